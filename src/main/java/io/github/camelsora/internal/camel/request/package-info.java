/**
 * From a message to a request. Where each field comes from is decided in {@link
 * io.github.camelsora.internal.camel.request.RequestReader}, what a body means in {@link
 * io.github.camelsora.internal.camel.request.RequestBodyParser}, whether a text body is a prompt or JSON in {@code RequestText},
 * what may be a key in {@link io.github.camelsora.internal.camel.request.KeyText}, which text can be stored in {@link
 * io.github.camelsora.internal.camel.request.TextCheck}. The options for that are in {@link
 * io.github.camelsora.internal.camel.request.MessageSettings}.
 */
package io.github.camelsora.internal.camel.request;

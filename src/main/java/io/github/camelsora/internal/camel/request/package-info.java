/**
 * From a message to a request. {@link io.github.camelsora.internal.camel.request.RequestReader} decides where each
 * field comes from, {@link io.github.camelsora.internal.camel.request.RequestBodyParser} what a body means,
 * {@code RequestText} whether a text body is a prompt or JSON,
 * {@link io.github.camelsora.internal.camel.request.KeyText} what may be a key,
 * {@link io.github.camelsora.internal.camel.request.TextCheck} which text can be stored.
 * {@link io.github.camelsora.internal.camel.request.MessageSettings} has the options for that.
 */
package io.github.camelsora.internal.camel.request;

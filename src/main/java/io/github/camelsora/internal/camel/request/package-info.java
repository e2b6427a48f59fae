/**
 * From a message to a request. Where each field comes from is decided in {@link
 * io.github.camelsora.internal.camel.request.RequestReader}; when a text body is a prompt and when it is JSON is
 * decided in {@link io.github.camelsora.internal.camel.request.RequestText}.
 */
package io.github.camelsora.internal.camel.request;

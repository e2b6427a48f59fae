/**
 * The consumer {@code from("sora:webhook")}. What happens with an event is decided in {@link
 * io.github.camelsora.internal.camel.webhook.WebhookConsumer}, how it is answered in {@code WebhookResponse}, which HTTP server
 * receives it in {@code WebhookServerLocator}.
 */
package io.github.camelsora.internal.camel.webhook;

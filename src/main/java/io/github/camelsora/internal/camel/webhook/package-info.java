/**
 * The consumer {@code from("sora:webhook")}. What happens with an event, and how it is answered, is decided in
 * {@link io.github.camelsora.internal.camel.webhook.WebhookConsumer}; what it changes, in {@code
 * track.WebhookCompletionReceiver}; which HTTP server receives it, in {@code WebhookServerLocator}.
 */
package io.github.camelsora.internal.camel.webhook;

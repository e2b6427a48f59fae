/**
 * The consumer {@code from("sora:webhook")}. Begin reading at {@link
 * io.github.camelsora.internal.camel.webhook.WebhookConsumer}; what the vendor gets as an answer is in {@link
 * io.github.camelsora.internal.camel.webhook.WebhookResponse}.
 */
package io.github.camelsora.internal.camel.webhook;

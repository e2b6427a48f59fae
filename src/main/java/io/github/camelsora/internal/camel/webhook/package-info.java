/**
 * The consumer {@code from("sora:webhook")}. {@link io.github.camelsora.internal.camel.webhook.WebhookConsumer}
 * decides what happens with an event and how it is answered, {@code track.WebhookCompletionReceiver} what the event
 * changes, {@code WebhookServerLocator} which HTTP server receives it. {@code EventNotices} runs the route.
 */
package io.github.camelsora.internal.camel.webhook;

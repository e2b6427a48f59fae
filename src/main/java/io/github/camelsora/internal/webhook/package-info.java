/**
 * What the service sends by itself: whether a request is really its own, and what it says. This package knows {@code api}
 * and {@code toapis}, since an event holds a task in the wire's form, and nothing of HTTP servers or of the ledger: begin
 * reading at {@link io.github.camelsora.internal.webhook.WebhookVerifier}; what a genuine request means is in {@link
 * io.github.camelsora.internal.webhook.WebhookEvent}.
 */
package io.github.camelsora.internal.webhook;

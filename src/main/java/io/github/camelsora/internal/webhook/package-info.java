/**
 * The vendor's webhook events. Whether a request is genuine is decided in {@link
 * io.github.camelsora.internal.webhook.WebhookVerifier}, what a genuine event says in {@link
 * io.github.camelsora.internal.webhook.WebhookEvent}. This package knows {@code api} and {@code toapis}, since an event contains
 * a task in the wire's form, and nothing of HTTP servers or of the ledger.
 */
package io.github.camelsora.internal.webhook;

/**
 * The vendor's webhook events. {@link io.github.camelsora.internal.webhook.WebhookVerifier} decides whether a request
 * is genuine, {@link io.github.camelsora.internal.webhook.WebhookEvent} reads what a genuine event says. This package
 * knows {@code api} and {@code toapis}, since an event contains a task in the wire's form, and nothing of HTTP servers
 * or of the ledger.
 */
package io.github.camelsora.internal.webhook;

/**
 * The one paid POST. What a known key leads to is decided in {@link
 * io.github.camelsora.internal.submit.SubmitService}; one try to send, and what its answer means for the ledger, is
 * in {@link io.github.camelsora.internal.submit.SubmitAttempt}; that the intent is in the ledger before the POST is
 * ensured by {@link io.github.camelsora.internal.submit.IntentLog}.
 */
package io.github.camelsora.internal.submit;

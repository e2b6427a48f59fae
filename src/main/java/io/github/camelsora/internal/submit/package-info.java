/**
 * The one paid POST. {@link io.github.camelsora.internal.submit.SubmitService} is where to begin: it does what {@link
 * io.github.camelsora.internal.submit.IdempotencyPolicy} decides about a known key, and decides what the result of an
 * attempt leads to. {@link io.github.camelsora.internal.submit.SubmitAttempt} ensures that the intent is in the
 * ledger, sends the request once and classifies the answer. A submit waits for its attempt in {@link
 * io.github.camelsora.internal.submit.SubmitQueue}. {@link io.github.camelsora.internal.submit.OutcomeRecorder}
 * writes the outcome, and repeats that while the ledger is away.
 */
package io.github.camelsora.internal.submit;

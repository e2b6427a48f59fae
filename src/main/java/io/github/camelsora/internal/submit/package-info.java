/**
 * The one paid POST. Begin reading at {@link io.github.camelsora.internal.submit.SubmitService}.
 * It asks {@link io.github.camelsora.internal.submit.IdempotencyPolicy} what a known key leads to, does it, and decides
 * what the result of an attempt leads to.
 * {@link io.github.camelsora.internal.submit.SubmitAttempt} ensures that the intent is in the ledger, sends the
 * request once and classifies the answer. A submit waits for its attempt in
 * {@link io.github.camelsora.internal.submit.SubmitQueue}. {@link io.github.camelsora.internal.submit.OutcomeRecorder}
 * writes the outcome, and repeats that while the ledger is unavailable.
 */
package io.github.camelsora.internal.submit;

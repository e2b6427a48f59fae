/**
 * The one paid POST. Begin reading at {@link io.github.camelsora.internal.submit.SubmitService}.
 * {@link io.github.camelsora.internal.submit.SubmitAdmission} registers the claim and the wait of the exchange, and has
 * {@link io.github.camelsora.internal.submit.IdempotencyPolicy} decide what a known key leads to. The service does so
 * again when more is known of the key, and carries the decision out.
 * {@link io.github.camelsora.internal.submit.EarlierSubmits} follows or searches for what was submitted under a key before.
 * A request that is to be sent goes to {@link io.github.camelsora.internal.submit.AttemptScheduler}, which queues attempts
 * and decides what the result of each leads to. It waits for its permit in {@link
 * io.github.camelsora.internal.submit.SubmitQueue}.
 * {@link io.github.camelsora.internal.submit.SubmitAttempt} ensures that the intent is in the ledger, sends the
 * request once and classifies the answer. {@link io.github.camelsora.internal.submit.IntentLog} writes intents, and
 * withdraws one under which nothing was paid. {@link io.github.camelsora.internal.submit.OutcomeRecorder}
 * writes the outcome, and repeats that while the ledger is unavailable.
 * {@link io.github.camelsora.internal.submit.LastResort} ensures that when an error, say for want of memory, breaks off
 * what follows an attempt.
 */
package io.github.camelsora.internal.submit;

/**
 * The one paid POST. {@link io.github.camelsora.internal.submit.SubmitService} is where to begin: it carries out what a known
 * key leads to, which {@link io.github.camelsora.internal.submit.IdempotencyPolicy} decides, and what the result of an attempt
 * leads to. {@link io.github.camelsora.internal.submit.SubmitAttempt} writes the intent before the POST, sends the request once
 * and classifies the answer; a submit waits for its attempt in {@link io.github.camelsora.internal.submit.SubmitQueue}; {@link
 * io.github.camelsora.internal.submit.OutcomeRecorder} writes what came of it, again and again while the ledger is away.
 */
package io.github.camelsora.internal.submit;

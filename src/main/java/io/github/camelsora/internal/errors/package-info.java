/**
 * The exceptions that routes get when a submit or a wait fails, with messages that say whether anything was paid:
 * {@link io.github.camelsora.internal.errors.SubmitExceptions}, {@link
 * io.github.camelsora.internal.errors.PauseExceptions} and {@link io.github.camelsora.internal.errors.WaitExceptions}.
 * {@link io.github.camelsora.internal.errors.ExplainedExceptions} adds what an earlier attempt of the same step has paid.
 */
package io.github.camelsora.internal.errors;

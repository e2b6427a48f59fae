/**
 * The exceptions that routes get when a submit or a wait fails, with messages that say whether anything was paid:
 * {@link io.github.camelsora.internal.errors.SubmitExceptions}, {@link
 * io.github.camelsora.internal.errors.PauseExceptions} and {@link io.github.camelsora.internal.errors.WaitExceptions}.
 */
package io.github.camelsora.internal.errors;

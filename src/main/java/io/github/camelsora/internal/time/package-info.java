/**
 * When something runs, and what happens when it fails. {@link io.github.camelsora.internal.time.TimerQueue} is the
 * one timer of a component, {@link io.github.camelsora.internal.time.RetryingExecutor} repeats what a thread pool
 * rejects, {@link io.github.camelsora.internal.time.GuardedCall} calls listeners and consumers of the user, {@link
 * io.github.camelsora.internal.time.Backoff} has the growing pauses, {@link io.github.camelsora.internal.time.OutageLog}
 * logs that something cannot be reached.
 */
package io.github.camelsora.internal.time;

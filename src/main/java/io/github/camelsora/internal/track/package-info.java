/**
 * Which exchange waits for which task in this JVM, and how a completion reaches it. Claims and waits are registered
 * in {@link io.github.camelsora.internal.track.TaskRegistry}; {@link io.github.camelsora.internal.track.WaitTimeouts}
 * ends waits by time, {@link io.github.camelsora.internal.track.ShutdownHandler} when routes stop or are suspended,
 * {@link io.github.camelsora.internal.track.WaitFailures} when there is no task to wait for. Every completion, from
 * whichever source, goes through {@link io.github.camelsora.internal.track.CompletionHandler}; those of webhooks come
 * by {@link io.github.camelsora.internal.track.WebhookCompletionReceiver}. Whether an answer is about the task that
 * was asked for is decided in {@link io.github.camelsora.internal.track.TaskIdentity}. How the end of a claim is
 * written is in {@link io.github.camelsora.internal.track.ClaimReleases}.
 */
package io.github.camelsora.internal.track;

/**
 * Which exchange waits for which task in this JVM, and how a completion reaches it.
 * {@link io.github.camelsora.internal.track.TaskRegistry} registers claims and waits.
 * {@link io.github.camelsora.internal.track.WaitTimeouts} ends waits by time,
 * {@link io.github.camelsora.internal.track.ShutdownHandler} when routes stop or are suspended
 * ({@link io.github.camelsora.internal.track.RoutePhase} says whether they are),
 * {@link io.github.camelsora.internal.track.WaitFailures} when there is no task to wait for. Every completion, from
 * whichever source, goes through {@link io.github.camelsora.internal.track.CompletionHandler}.
 * {@link io.github.camelsora.internal.track.WebhookCompletionReceiver} brings those of webhooks.
 * {@link io.github.camelsora.internal.track.TaskIdentity} decides whether an answer is about the queried task.
 * {@link io.github.camelsora.internal.track.AdoptionRevocation} decides when a task is taken back from the key that an operator has
 * adopted it for. {@link io.github.camelsora.internal.track.ClaimReleases} writes the end of a claim.
 */
package io.github.camelsora.internal.track;

/**
 * Which exchange waits for which task in this JVM, and how a completion reaches it. Claims and waits are registered in
 * {@link io.github.camelsora.internal.track.TaskRegistry}; every completion, from whichever source, goes through {@link
 * io.github.camelsora.internal.track.CompletionHandler}.
 */
package io.github.camelsora.internal.track;

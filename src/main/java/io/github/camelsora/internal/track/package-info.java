/**
 * Which exchange waits for which task in this JVM, and how a completion reaches it. Every completion, from whichever
 * source, goes through {@link io.github.camelsora.internal.track.CompletionHandler}.
 */
package io.github.camelsora.internal.track;

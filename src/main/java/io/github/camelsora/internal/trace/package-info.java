/**
 * What logs and traces say of a task: the names in the MDC of a thread, and the trace that a task belongs to. Knows {@code api}
 * only; begin reading at {@code TaskScope}.
 */
package io.github.camelsora.internal.trace;

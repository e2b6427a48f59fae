package io.github.camelsora.internal.toapis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Cancels a call that takes too long as a whole. Socket timeouts restart with each byte, so they never end an answer that comes
 * byte by byte. It uses the JDK's shared timer: a deadline holds no thread, only an entry in that timer's queue.
 */
final class CallDeadline {
    private static final String NAME = CallDeadline.class.getName();

    private final Cancellable call;
    private CompletableFuture<Void> phase = new CompletableFuture<>();
    private Duration exceededLimit;
    private boolean isComplete;

    private CallDeadline(Cancellable call) {
        this.call = call;
    }

    /** Creates the deadline of a call; it has no limit yet. */
    static CallDeadline of(Cancellable call, HttpContext context) {
        CallDeadline deadline = new CallDeadline(call);
        context.setAttribute(NAME, deadline);
        return deadline;
    }

    /** Limits the next phase of a call and ends the previous limit. Does nothing when the call has no deadline. */
    static void limit(HttpContext context, Duration longest) {
        if (context.getAttribute(NAME) instanceof CallDeadline deadline) {
            deadline.limit(longest);
        }
    }

    private synchronized void limit(Duration longest) {
        if (isComplete) {
            return;
        }
        phase.complete(null);
        CompletableFuture<Void> next = new CompletableFuture<>();
        phase = next;
        next.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).whenComplete((nothing, timeout) -> {
            if (timeout != null) {
                expire(next, longest);
            }
        });
    }

    private void expire(CompletableFuture<Void> which, Duration longest) {
        synchronized (this) {
            if (isComplete || which != phase) {
                return;
            }
            exceededLimit = longest;
        }
        // Closes the connection without a message to the other side, so this does not block.
        call.cancel();
    }

    /** The call has returned. */
    synchronized void complete() {
        isComplete = true;
        phase.complete(null);
    }

    /** The limit that the call exceeded; null when it did not. */
    synchronized Duration exceededLimit() {
        return exceededLimit;
    }
}

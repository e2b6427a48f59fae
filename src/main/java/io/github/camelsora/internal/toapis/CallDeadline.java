package io.github.camelsora.internal.toapis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Ends a call that takes too long as a whole. Timeouts of sockets begin anew with each byte, so an answer that drips would
 * never end by them. The timer is the JDK's own, one for all calls: a deadline holds no thread, and costs an entry in its
 * queue.
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

    /** Watches over a call from its beginning. */
    static CallDeadline of(Cancellable call, HttpContext context) {
        CallDeadline deadline = new CallDeadline(call);
        context.setAttribute(NAME, deadline);
        return deadline;
    }

    /** Limits the next part of a call, instead of what was limited before. Limits nothing when the call is not watched. */
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
        // Closes the connection. Nothing is said to the other side, so nothing waits for it.
        call.cancel();
    }

    /** The call is over. */
    synchronized void complete() {
        isComplete = true;
        phase.complete(null);
    }

    /** The time that was over before the call was; null when it was not. */
    synchronized Duration exceededLimit() {
        return exceededLimit;
    }
}

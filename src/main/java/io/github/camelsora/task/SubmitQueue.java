package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The submits of this node that are not sent yet, and those that are being sent. */
final class SubmitQueue {
    /** How long until a pool that was full is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final Ticker ticker;
    private final Executor http;
    private final Consumer<TaskRef> onParked;
    /** What is neither sent nor given up: it is on the HTTP pool, or waits for its next try. */
    private final Set<TaskRef> queued = ConcurrentHashMap.newKeySet();

    /** What is being sent at this moment: an answer will come, or not. */
    private final Set<TaskRef> sending = ConcurrentHashMap.newKeySet();

    private volatile boolean isParked;

    SubmitQueue(TaskLedger ledger, Ticker ticker, Executor http, Consumer<TaskRef> onParked) {
        this.ledger = ledger;
        this.ticker = ticker;
        this.http = http;
        this.onParked = onParked;
    }

    /** Queues a submit until its time, if the routes do not stop. */
    void enter(TaskRef ref, Instant when, Runnable send) {
        queued.add(ref);
        if (isParked) {
            // The stop came between the gate and here.
            endParked(ref);
        } else if (when.isAfter(ledger.now())) {
            ticker.at(when, () -> inTurn(ref, send));
        } else {
            inTurn(ref, send);
        }
    }

    /** Sends what was entered, unless it was parked meanwhile. */
    void leave(TaskRef ref, Runnable send) {
        sending.add(ref);
        try {
            if (queued.remove(ref)) {
                send.run();
            }
        } finally {
            sending.remove(ref);
        }
    }

    /** Runs an action on the HTTP pool; one that somebody has bounded may be full for the moment. */
    void inTurn(TaskRef ref, Runnable action) {
        try {
            http.execute(action);
        } catch (RejectedExecutionException e) {
            if (isParked) {
                endParked(ref);
            } else {
                ticker.at(ledger.now().plus(PAUSE), () -> inTurn(ref, action));
            }
        }
    }

    /** Ends all that are not sent yet, and takes no more. */
    void park() {
        isParked = true;
        queued.forEach(this::endParked);
    }

    private void endParked(TaskRef ref) {
        if (queued.remove(ref)) {
            onParked.accept(ref);
        }
    }

    boolean isParked() {
        return isParked;
    }

    /** Tells whether a submit of this node will be sent, or is being sent. */
    boolean holds(TaskRef ref) {
        return queued.contains(ref) || sending.contains(ref);
    }

    boolean isSending(TaskRef ref) {
        return sending.contains(ref);
    }

    boolean isSending() {
        return !sending.isEmpty();
    }
}

package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.pace.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The submits of this node that are not sent yet, and those that are being sent. */
final class SubmitQueue {
    /** How long until a pool that was full is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final Ticker ticker;
    private final Executor http;
    private final Consumer<TaskRef> onParked;
    /** What is neither sent nor given up, each with its ticket where it waits at a gate. */
    private final ConcurrentMap<TaskRef, Ticket> queued = new ConcurrentHashMap<>();

    /** What is being sent at this moment: an answer will come, or not. */
    private final Set<TaskRef> sending = ConcurrentHashMap.newKeySet();

    private volatile boolean isParked;

    SubmitQueue(TaskLedger ledger, Ticker ticker, Executor http, Consumer<TaskRef> onParked) {
        this.ledger = ledger;
        this.ticker = ticker;
        this.http = http;
        this.onParked = onParked;
    }

    /**
     * Queues a submit until its time, if the routes do not stop.
     *
     * @param line puts it in line at its gate when its time has come
     */
    void enter(TaskRef ref, Instant when, Supplier<Ticket> line) {
        queued.put(ref, Ticket.NOWHERE);
        if (isParked) {
            // The stop came before this one was in the queue.
            endParked(ref);
        } else if (when.isAfter(ledger.now())) {
            ticker.at(when, () -> line(ref, line));
        } else {
            line(ref, line);
        }
    }

    private void line(TaskRef ref, Supplier<Ticket> line) {
        if (queued.containsKey(ref)) {
            Ticket ticket = line.get();
            if (!queued.replace(ref, Ticket.NOWHERE, ticket)) {
                // Sent by now, or parked.
                ticket.leave();
            }
        }
    }

    /** Sends what was entered, unless it was parked meanwhile. */
    void leave(TaskRef ref, Runnable send) {
        sending.add(ref);
        try {
            if (queued.remove(ref) != null) {
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
        queued.keySet().forEach(this::endParked);
    }

    private void endParked(TaskRef ref) {
        Ticket ticket = queued.remove(ref);
        if (ticket != null) {
            ticket.leave();
            onParked.accept(ref);
        }
    }

    boolean isParked() {
        return isParked;
    }

    /** Tells whether a submit of this node will be sent, or is being sent. */
    boolean holds(TaskRef ref) {
        return queued.containsKey(ref) || sending.contains(ref);
    }

    boolean isSending(TaskRef ref) {
        return sending.contains(ref);
    }

    boolean isSending() {
        return !sending.isEmpty();
    }
}

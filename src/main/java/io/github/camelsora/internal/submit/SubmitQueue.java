package io.github.camelsora.internal.submit;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ratelimit.PermitRequest;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The submits of this node that are not sent yet, and those that are being sent; one a key. Those that are not sent are in
 * memory only: a crash leaves no trace of them, and nothing to look for.
 */
final class SubmitQueue {
    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final ConcurrentMap<TaskKey, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean isParked;

    SubmitQueue(TaskLedger ledger, TimerQueue timers) {
        this.ledger = ledger;
        this.timers = timers;
    }

    /** One submit, from its call until it is sent or given up; whoever takes it, does either. */
    private static final class Entry {
        final SubmitCommand command;
        final Runnable onParked;
        final AtomicBoolean isTaken = new AtomicBoolean();
        /** False while it only holds the place of its key: whoever has reserved it enters it, or gives the place back. */
        final boolean isEntered;

        volatile PermitRequest ticket = PermitRequest.NONE;

        Entry(SubmitCommand command, Runnable onParked, boolean isEntered) {
            this.command = command;
            this.onParked = onParked;
            this.isEntered = isEntered;
        }

        boolean take() {
            return isTaken.compareAndSet(false, true);
        }
    }

    /**
     * Takes the place of a key.
     *
     * @return empty; or the submit that has it already, which will tell all who wait for the key what becomes of it
     */
    Optional<SubmitCommand> reserve(SubmitCommand command) {
        Entry standing = entries.putIfAbsent(command.key(), new Entry(command, () -> {}, false));
        return Optional.ofNullable(standing).map(entry -> entry.command);
    }

    /** Gives a place back that is not needed. */
    void cancel(TaskKey key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.take()) {
            entries.remove(key, entry);
        }
    }

    /** Takes a submit back that could not be queued. False when it is being sent, or was parked. It keeps its place until that is freed. */
    boolean takeBack(TaskKey key) {
        Entry entry = entries.get(key);
        return entry != null && entry.take();
    }

    /**
     * Queues a submit from a time on, if the routes do not stop.
     *
     * @param line puts it in line at its gate
     * @param onParked tells who waits that the routes stop
     */
    void enter(SubmitCommand command, Instant when, Supplier<PermitRequest> line, Runnable onParked) {
        Entry entry = new Entry(command, onParked, true);
        entries.put(command.key(), entry);
        if (isParked) {
            // The stop came before this one was in the queue.
            park(entry);
        } else if (when.isAfter(ledger.now())) {
            timers.schedule(when, () -> line(entry, line));
        } else {
            line(entry, line);
        }
    }

    private static void line(Entry entry, Supplier<PermitRequest> line) {
        if (!entry.isTaken.get()) {
            entry.ticket = line.get();
            if (entry.isTaken.get()) {
                // Sent by now, or parked.
                entry.ticket.cancel();
            }
        }
    }

    /** Takes what was entered, to send it or to give it up, unless it was parked meanwhile. */
    void take(TaskKey key, Runnable action) {
        Entry entry = entries.get(key);
        if (entry != null && entry.take()) {
            try {
                action.run();
            } finally {
                // Not when it was entered again.
                entries.remove(key, entry);
            }
        }
    }

    /** Frees the place of a key before who waits is told that nothing was sent, so that who tries again at once finds it free. */
    void release(TaskKey key) {
        entries.remove(key);
    }

    /** Ends all that are not sent yet, and takes no more until it is resumed. */
    void park() {
        isParked = true;
        entries.values().stream().filter(entry -> entry.isEntered).forEach(this::park);
    }

    /** Takes submits again. */
    void resume() {
        isParked = false;
    }

    private void park(Entry entry) {
        if (entry.take()) {
            entry.ticket.cancel();
            entries.remove(entry.command.key(), entry);
            entry.onParked.run();
        }
    }

    boolean isParked() {
        return isParked;
    }

    /** Tells whether a submit of this node will be sent, or is being sent. */
    boolean holds(TaskKey key) {
        return entries.containsKey(key);
    }

    boolean isSending(TaskKey key) {
        Entry entry = entries.get(key);
        return entry != null && entry.isTaken.get();
    }

    boolean isSending() {
        return entries.values().stream().anyMatch(entry -> entry.isTaken.get());
    }
}

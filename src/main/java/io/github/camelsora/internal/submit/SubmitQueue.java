package io.github.camelsora.internal.submit;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.errors.PauseExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.ratelimit.PermitRequest;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.RoutePhase;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The submits of this node that are not sent yet, and those that are being sent; one a key; in memory only. A submit that waits
 * for a permit has no intent yet, so that a crash leaves nothing to recover, with two exceptions: a permit was free when it was
 * admitted, or the intent of its last attempt could not be withdrawn.
 */
final class SubmitQueue {
    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final SubmitPermits permits;
    private final ConcurrentMap<TaskKey, Entry> entries = new ConcurrentHashMap<>();
    private final RoutePhase phase;
    private final AccountPauses pauses;

    private final Consumer<TaskKey> onConcluded;

    /**
     * Creates an empty queue.
     *
     * @param onConcluded is passed the key of a submit that is neither queued nor sent any more
     */
    SubmitQueue(
            TaskLedger ledger,
            TimerQueue timers,
            SubmitPermits permits,
            RoutePhase phase,
            AccountPauses pauses,
            Consumer<TaskKey> onConcluded) {
        this.ledger = ledger;
        this.timers = timers;
        this.permits = permits;
        this.phase = phase;
        this.pauses = pauses;
        this.onConcluded = onConcluded;
    }

    /** One submit, from its call until it is sent or fails; the thread that acquires it does either. */
    private static final class Entry {
        final SubmitCommand command;
        final Consumer<SoraException> onUnsent;
        final AtomicBoolean isAcquired = new AtomicBoolean();
        /** False while the place of the key is only reserved: the thread that reserved it queues a submit or cancels it. */
        final boolean isQueued;

        volatile PermitRequest permit = PermitRequest.NONE;

        Entry(SubmitCommand command, Consumer<SoraException> onUnsent, boolean isQueued) {
            this.command = command;
            this.onUnsent = onUnsent;
            this.isQueued = isQueued;
        }

        boolean acquire() {
            return isAcquired.compareAndSet(false, true);
        }

        boolean isWaiting() {
            return isQueued && !isAcquired.get();
        }
    }

    /**
     * Reserves the place of a key.
     *
     * @return empty; or the submit that has it already, whose outcome all who wait for the key are notified of
     */
    Optional<SubmitCommand> reserve(SubmitCommand command) {
        Entry standing = entries.putIfAbsent(command.key(), new Entry(command, reason -> {}, false));
        return Optional.ofNullable(standing).map(entry -> entry.command);
    }

    /** The submit that has the place of a key. */
    Optional<SubmitCommand> find(TaskKey key) {
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.command);
    }

    /** Frees a reserved place that is not needed. */
    void cancel(TaskKey key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.acquire()) {
            entries.remove(key, entry);
        }
    }

    /**
     * Queues a submit whose place is reserved, unless the routes stop. Exactly one of the two actions runs, once.
     *
     * @param when from when on it may be sent
     * @param onPermit sends it; runs on the HTTP pool, with a permit
     * @param onUnsent fails it for a reason: its deadline has passed, the routes stop, or something failed here
     */
    void enqueue(PendingSubmit submit, Instant when, Runnable onPermit, Consumer<SoraException> onUnsent) {
        TaskKey key = submit.key();
        Entry entry = new Entry(submit.command(), onUnsent, true);
        entries.put(key, entry);
        // By the entry, not by the key: a permit that comes late must not send this request in the place of the next
        // one.
        Supplier<PermitRequest> request = () -> permits.request(
                submit,
                () -> runIfQueued(entry, onPermit),
                () -> runIfQueued(entry, () -> onUnsent.accept(outOfTime(submit))));
        try {
            Optional<AccountPause> pause = pauses.failing(submit.command().service());
            if (isSuspended()) {
                // The stop came before this one was in the queue.
                suspend(entry);
            } else if (pause.isPresent()) {
                // It began before this one was in the queue.
                fail(entry, PauseExceptions.paused(key, pause.get()));
            } else if (when.isAfter(ledger.now())) {
                timers.schedule(when, () -> requestPermit(entry, request));
            } else {
                requestPermit(entry, request);
            }
        } catch (RuntimeException | Error e) {
            // Unless it is being sent all the same, or has failed because of a stop.
            if (entry.acquire()) {
                onUnsent.accept(SubmitExceptions.internalError(key, e));
            }
        }
    }

    /** Why a submit was not sent before its deadline. */
    SoraException outOfTime(PendingSubmit submit) {
        Optional<AccountPause> pause = pauses.of(submit.command().service());
        if (pause.isPresent()) {
            return PauseExceptions.paused(submit.key(), pause.get());
        }
        return submit.lastAnswer() == null
                ? SubmitExceptions.noPermit(
                        submit.key(), permits.expectedWait(submit.command().service()))
                : SubmitExceptions.notAccepted(submit.key(), submit.lastAnswer());
    }

    private static void requestPermit(Entry entry, Supplier<PermitRequest> request) {
        if (!entry.isAcquired.get()) {
            entry.permit = request.get();
            if (entry.isAcquired.get()) {
                // It was sent by now, or has failed because of a stop.
                entry.permit.cancel();
            }
        }
    }

    /** Runs an action, which sends a queued submit or fails it, unless a stop has failed it meanwhile. */
    private void runIfQueued(Entry entry, Runnable action) {
        if (entry.acquire()) {
            runAcquired(entry, action);
        }
    }

    /** The place of the key stays taken meanwhile: until an intent is withdrawn, the next submit would take it for a lost one. */
    private void runAcquired(Entry entry, Runnable action) {
        try {
            action.run();
        } finally {
            // Not when it was queued again.
            TaskKey key = entry.command.key();
            entries.remove(key, entry);
            if (!contains(key)) {
                onConcluded.accept(key);
            }
        }
    }

    /** Frees the place of a submit. Called before its waiters fail, so that one that submits again at once finds it free. */
    void release(SubmitCommand command) {
        entries.computeIfPresent(command.key(), (key, entry) -> entry.command == command ? null : entry);
    }

    /** Fails all that are not sent yet, because the routes stop or are suspended; later ones fail when they are queued. */
    void failQueued() {
        entries.values().stream().filter(entry -> entry.isQueued).forEach(this::suspend);
    }

    private void suspend(Entry entry) {
        fail(entry, SubmitExceptions.suspended(entry.command.key()));
    }

    /**
     * Fails the submit of a key by command of an operator.
     *
     * @return false when none waits under the key; one that is being sent goes on
     */
    boolean failQueued(TaskKey key, SoraException reason) {
        Entry entry = entries.get(key);
        return entry != null && entry.isQueued && fail(entry, reason);
    }

    /** Fails all that a pause binds and that are not sent yet; later ones fail when they are queued. */
    void failPaused(AccountPause pause) {
        entries.values().stream()
                .filter(entry -> entry.isQueued && AccountPauses.binds(pause, entry.command.service()))
                .forEach(entry -> fail(entry, PauseExceptions.paused(entry.command.key(), pause)));
    }

    /** Tells whether the submit of a key waits to be sent. */
    boolean isWaiting(TaskKey key) {
        Entry entry = entries.get(key);
        return entry != null && entry.isWaiting();
    }

    /** How many submits of matching accounts wait to be sent. */
    int waiting(Predicate<String> accounts) {
        return (int) entries.values().stream()
                .filter(Entry::isWaiting)
                .filter(entry -> accounts.test(entry.command.key().account()))
                .count();
    }

    private boolean fail(Entry entry, SoraException reason) {
        boolean isAcquired = entry.acquire();
        if (isAcquired) {
            entry.permit.cancel();
            runAcquired(entry, () -> entry.onUnsent.accept(reason));
        }
        return isAcquired;
    }

    boolean isSuspended() {
        return phase.isSuspendedOrStopped();
    }

    /** Tells whether a submit of this node under the key is queued, or is being sent. */
    boolean contains(TaskKey key) {
        return entries.containsKey(key);
    }

    boolean isSending(TaskKey key) {
        Entry entry = entries.get(key);
        return entry != null && entry.isAcquired.get();
    }

    boolean isSending() {
        return entries.values().stream().anyMatch(entry -> entry.isAcquired.get());
    }
}

package io.github.camelsora.internal.submit;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.submit.IntentLog.Entry;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskTracker;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WaitHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests are submitted, each under its key. A key that is known is never paid for again: what is in flight is waited
 * for, what has ended is answered. A new one is sent by {@link SubmitAttempt}.
 */
public final class SubmitService {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitService.class);

    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(1);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final LostSubmitRecovery recovery;
    private final RetryingExecutor http;
    private final Supplier<Optional<String>> trouble;
    private final IntentLog intents;
    private final SubmitQueue queue;
    private final SubmitAttempt attempt;

    /**
     * Creates a submitter that pays for nothing while there is trouble.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param tracker who follows what was accepted
     * @param recovery who looks for what was lost
     * @param timers what waits between two tries
     * @param http where calls run
     * @param trouble tells why what is paid for now could not be followed; empty when it could
     */
    public SubmitService(
            TaskLedger ledger,
            NodeLease lease,
            TaskTracker tracker,
            LostSubmitRecovery recovery,
            TimerQueue timers,
            Executor http,
            Supplier<Optional<String>> trouble) {
        this.trouble = trouble;
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.recovery = recovery;
        this.http = new RetryingExecutor(ledger::now, timers, http);
        this.intents = new IntentLog(ledger, lease.node());
        this.queue = new SubmitQueue(ledger, timers);
        this.attempt =
                new SubmitAttempt(ledger, lease, tracker, recovery, this.http, intents, queue, this::proceed, trouble);
    }

    /**
     * Submits a request under its key. A key that is known already is not paid for again: its task is waited for, or its
     * result is answered. A new one waits for its turn; then its intent is written and it is sent, both on the HTTP pool.
     *
     * @param command what to submit
     * @param goal what to wait for
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws KeyConflictException if the key was used for a different request
     * @throws SoraException if this node stops, the ledger is away, or cannot hold the request; nothing was sent
     */
    public void submit(SubmitCommand command, Goal goal, Function<TaskClaim, TaskWaiter> waiter) {
        TaskKey key = command.key();
        // What was paid is not turned away: a redelivery while the routes stop must hear what became of its task.
        if (queue.isParked() && !isKnown(key)) {
            throw SubmitExceptions.parked(key);
        }
        dropForgotten(command);
        TaskClaim claim = tracker.claim(key, command.service());
        TaskWaiter claimant = null;
        boolean isReserved = false;
        boolean isIdle = attempt.isIdle(command);
        long term = lease.epoch();
        Optional<Entry> entry;
        WaitHandle wait;
        try {
            claimant = waiter.apply(claim);
            isReserved = reserve(command);
            entry = isReserved ? begin(command, isIdle) : Optional.empty();
            wait = tracker.await(claim, goal, command.service().timeouts().completion(), claimant);
        } catch (RuntimeException | Error e) {
            if (isReserved) {
                queue.cancel(key);
            }
            if (claimant != null) {
                claimant.onNotStarted();
            }
            claim.giveBack();
            throw notBegun(command, e);
        }
        BooleanSupplier isWaiting = () -> tracker.isWaiting(claim, wait);
        Optional<TaskRecord> known = entry.filter(e -> !e.isNew()).map(Entry::record);
        try {
            if (isReserved && known.isEmpty()) {
                attempt.line(command, entry.map(Entry::record).orElse(null), term, isWaiting);
            } else if (isReserved) {
                queue.cancel(key);
                proceed(command, known, isWaiting);
            } else {
                watch(command, isWaiting);
            }
        } catch (SoraException e) {
            wait.fail(e);
        } catch (RuntimeException | Error e) {
            wait.fail(SubmitExceptions.ledgerAway(key, known.orElse(null), e));
        }
        if (queue.isParked() && !isSending(key)) {
            // The stop came between the gate and the wait, so it has not seen this one.
            claim.park();
        }
    }

    private SoraException notBegun(SubmitCommand command, Throwable failure) {
        if (failure instanceof SoraException words) {
            return words;
        }
        return failure instanceof IllegalArgumentException unfit
                ? SubmitExceptions.unfit(command.key(), unfit)
                : unasked(command, failure);
    }

    private void dropForgotten(SubmitCommand command) {
        try {
            tracker.dropForgotten(command.key());
        } catch (RuntimeException e) {
            throw unasked(command, e);
        }
    }

    /** The ledger could not be asked; where this node follows the task of the key, it was accepted. */
    private SoraException unasked(SubmitCommand command, Throwable cause) {
        TaskKey key = command.key();
        return tracker.remembered(key)
                .map(known -> SubmitExceptions.ledgerAway(key, known, cause))
                .orElseGet(() -> SubmitExceptions.unasked(key, command.isNewKey(), cause));
    }

    /** The intent of what has to wait is written in its turn: until then a crash must leave nothing that looks as if it was sent. */
    private Optional<Entry> begin(SubmitCommand command, boolean isIdle) {
        Optional<String> reason = trouble.get();
        if (reason.isPresent()) {
            return known(command, reason.get());
        }
        if (isIdle) {
            return Optional.of(intents.enter(command));
        }
        return command.isNewKey() ? Optional.empty() : intents.find(command).map(record -> new Entry(record, false));
    }

    /** What was paid is answered all the same. */
    private Optional<Entry> known(SubmitCommand command, String reason) {
        return Optional.of(intents.find(command)
                .map(record -> new Entry(record, false))
                .orElseThrow(() -> SubmitExceptions.notFollowed(command.key(), reason)));
    }

    /**
     * Takes the place of a key in the queue.
     *
     * @return false when a submit of the same request has it, and will tell all who wait
     */
    private boolean reserve(SubmitCommand command) {
        Optional<SubmitCommand> ahead = queue.reserve(command);
        if (ahead.isPresent() && !ahead.get().isSameRequestAs(command)) {
            throw SubmitExceptions.keyConflict(command.key());
        }
        return ahead.isEmpty();
    }

    /** Goes on by what stands under a key, now that somebody waits for it. */
    private void proceed(SubmitCommand command, Optional<TaskRecord> known, BooleanSupplier isWaiting) {
        Optional<TaskRecord> standing = known;
        if (isIntent(standing)) {
            // Its submit tells all who wait after it has written. We wait now, so what we read now cannot slip past us.
            standing = intents.find(command);
            if (isIntent(standing)) {
                watch(command, isWaiting);
                return;
            }
            if (!isWaiting.getAsBoolean()) {
                // It was told what became of that submit, so nothing is sent on its behalf.
                return;
            }
        }
        if (standing.isPresent()) {
            adopt(standing.get(), command);
        } else if (reserve(command)) {
            attempt.line(command, null, NodeLease.ENDED, isWaiting);
        } else {
            watch(command, isWaiting);
        }
    }

    private static boolean isIntent(Optional<TaskRecord> record) {
        return record.isPresent() && record.get().state() == TaskState.INTENT;
    }

    /**
     * Another submit of the key is on its way, here or on another node, and tells who waits what becomes of it. Or it was left
     * behind, by a crash or by a ledger that was away when the answer came: then what became of it is not known.
     */
    private void watch(SubmitCommand command, BooleanSupplier isWaiting) {
        http.executeAfter(UNTIL_NEXT_LOOK, () -> {
            if (isWaiting.getAsBoolean() && !queue.holds(command.key())) {
                look(command, isWaiting);
            }
        });
    }

    private void look(SubmitCommand command, BooleanSupplier isWaiting) {
        TaskKey key = command.key();
        try {
            Optional<TaskRecord> standing = intents.find(command);
            if (!isIntent(standing)) {
                // It came to its end just before we waited, or elsewhere, and whoever ended it did not know of us.
                proceed(command, standing, isWaiting);
            } else if (isInHandsElsewhere(standing.get()) || intents.isLeft(key)) {
                watch(command, isWaiting);
            } else {
                recovery.search(standing.get(), command.service(), "an earlier submit broke off");
                // Another node may have been faster to take it over, and nobody waits for it there.
                tracker.steps().apply(key, new TaskEvent.WaiterRegistered());
            }
        } catch (SoraException e) {
            tracker.failed(key, e);
        } catch (RuntimeException e) {
            LOG.warn("Key {} could not be looked at in the ledger, will be tried again", key.key(), e);
            watch(command, isWaiting);
        }
    }

    private boolean isInHandsElsewhere(TaskRecord record) {
        return !lease.node().equals(record.owner()) && record.owner() != null && ledger.isLive(record.owner());
    }

    /** Somebody has submitted this request before: what is in flight is waited for, what has ended is answered. */
    private void adopt(TaskRecord standing, SubmitCommand command) {
        LOG.info(
                "Key {} is known and {}: nothing is sent, task {} is adopted",
                standing.key(),
                standing.state(),
                standing.taskId());
        boolean isLost = standing.state() == TaskState.UNKNOWN
                || standing.state() == TaskState.SET_ASIDE && standing.taskId() == null;
        if (isLost) {
            tracker.steps().apply(command.key(), new TaskEvent.WaiterRegistered());
            recovery.search(standing, command.service(), "an earlier answer was lost");
        } else {
            tracker.adopt(standing, command.service());
        }
    }

    /**
     * Tells whether a request need not be paid for any more.
     *
     * @param key who pays, and the key
     * @return true when the key was accepted before, or may have been
     * @throws SoraException if the ledger is away; nothing was sent
     */
    public boolean isKnown(TaskKey key) {
        try {
            return intents.isKnown(key);
        } catch (RuntimeException e) {
            throw SubmitExceptions.unasked(key, false, e);
        }
    }

    /**
     * What to say of a request that is refused before it is sent: an earlier one under its key may have been paid for.
     *
     * @param key who pays, and the key
     * @param refusal why it is refused; it says that nothing was paid
     * @return the refusal itself when nothing was sent under the key; else one of its kind that says what became of that
     */
    public SoraException refused(TaskKey key, SoraException refusal) {
        try {
            return ledger.find(key.account(), key.key())
                    .filter(standing -> standing.state() != TaskState.REJECTED)
                    .map(standing -> SubmitExceptions.refusedNow(refusal, standing))
                    .orElse(refusal);
        } catch (RuntimeException e) {
            return SubmitExceptions.refusedUnasked(refusal, key);
        }
    }

    /** Ends all submits that wait to be sent, because the routes stop or are suspended, and takes no more. */
    public void park() {
        queue.park();
    }

    /** Takes submits again, because the routes are resumed. */
    public void resume() {
        queue.resume();
    }

    /**
     * Tells whether a request is on its way at this moment.
     *
     * @param key who pays, and the key
     * @return true from before its first byte until its answer is in the ledger
     */
    public boolean isSending(TaskKey key) {
        return queue.isSending(key);
    }

    /**
     * Tells whether any request is on its way at this moment.
     *
     * @return true when an answer may still come
     */
    public boolean isSending() {
        return queue.isSending();
    }
}

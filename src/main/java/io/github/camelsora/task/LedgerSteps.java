package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.toapis.TaskJson;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The steps that a record takes in the ledger, each a compare-and-set that is tried again on the newest record. A step that
 * the record's state no longer allows changes nothing: whoever came first has won.
 */
final class LedgerSteps {
    private final TaskLedger ledger;

    LedgerSteps(TaskLedger ledger) {
        this.ledger = ledger;
    }

    /** The service has accepted the submit. */
    TaskRecord accept(TaskRef ref, String taskId, Due due) {
        return take(ref, TaskState.RUNNING, r -> r.accepted(taskId, ledger.now(), due));
    }

    /** A submit whose answer was lost is found to be accepted; one that is not lost stays as it is. */
    Optional<TaskRecord> recover(TaskRef ref, String taskId, Due due) {
        return change(ref, r -> r.state() == TaskState.UNKNOWN ? r.accepted(taskId, ledger.now(), due) : r);
    }

    /** The answer to the submit was lost. */
    TaskRecord loseSight(TaskRef ref) {
        return take(ref, TaskState.UNKNOWN, r -> r.withState(TaskState.UNKNOWN));
    }

    /** Nothing was paid: the service has refused the submit, or it was never sent. */
    TaskRecord reject(TaskRef ref) {
        return take(
                ref, TaskState.REJECTED, r -> r.withState(TaskState.REJECTED).ownedBy(null, null));
    }

    /** The end of the task was seen. Without anybody who waits here, it is free for others to deliver. */
    TaskRecord end(TaskRef ref, VideoTask verdict, boolean isClaimed) {
        return take(ref, TaskState.ENDED, r -> {
            TaskRecord ended = r.ended(TaskJson.write(verdict.withKey(ref.key())), ledger.now());
            return isClaimed ? ended : ended.ownedBy(null, null);
        });
    }

    /** Somebody has taken the verdict. */
    void deliver(TaskRef ref) {
        change(ref, r -> r.state() == TaskState.ENDED ? r.delivered(ledger.now()) : r);
    }

    /** The task is given up for now; an operator decides. */
    Optional<TaskRecord> setAside(TaskRef ref) {
        return change(
                ref, r -> r.state().isOpen() ? r.withState(TaskState.SET_ASIDE).ownedBy(null, null) : r);
    }

    /** A task that was set aside is followed again; one that was set aside with its verdict waits for a taker again. */
    TaskRecord resume(TaskRef ref, Due due) {
        return change(ref, r -> r.state() == TaskState.SET_ASIDE ? resumed(r, due) : r)
                .orElseThrow(() -> lost(ref));
    }

    private static TaskRecord resumed(TaskRecord record, Due due) {
        return record.verdict() == null
                ? record.withState(TaskState.RUNNING).withDue(due)
                : record.withState(TaskState.ENDED);
    }

    /** An ended task has found somebody who waits for it; null when it goes back to whoever comes. */
    void own(TaskRef ref, String owner) {
        change(ref, r -> r.state() == TaskState.ENDED ? r.ownedBy(owner, null) : r);
    }

    /** When the task will be polled next. */
    void planPoll(TaskRef ref, Instant nextPoll) {
        change(ref, r -> r.state() == TaskState.RUNNING ? r.withDue(nextPollAt(r.due(), nextPoll)) : r);
    }

    private static Due nextPollAt(Due due, Instant nextPoll) {
        return new Due(nextPoll, due.submitDeadline(), due.completionDeadline(), due.trackUntil());
    }

    private TaskRecord take(TaskRef ref, TaskState to, UnaryOperator<TaskRecord> step) {
        return change(ref, r -> r.state() != to && r.state().canBecome(to) ? step.apply(r) : r)
                .orElseThrow(() -> lost(ref));
    }

    private static IllegalStateException lost(TaskRef ref) {
        return new IllegalStateException("The ledger has lost key " + ref.key());
    }

    /** Applies a step to the newest record until it fits; a step that returns its argument writes nothing. */
    private Optional<TaskRecord> change(TaskRef ref, UnaryOperator<TaskRecord> step) {
        while (true) {
            Optional<TaskRecord> standing = ledger.find(ref.account(), ref.key());
            if (standing.isEmpty()) {
                return standing;
            }
            TaskRecord next = step.apply(standing.get());
            if (next == standing.get()) {
                return standing;
            }
            Optional<TaskRecord> written = ledger.replace(next);
            if (written.isPresent()) {
                return written;
            }
        }
    }
}

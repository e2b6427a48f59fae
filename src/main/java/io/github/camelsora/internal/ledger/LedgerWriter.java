package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The steps that a record takes in the ledger, each a compare-and-set that is tried again on the newest record. A step that
 * the record's state or owner no longer allows changes nothing: whoever came first has won.
 */
public final class LedgerWriter {
    private final TaskLedger ledger;
    private final String node;

    public LedgerWriter(TaskLedger ledger, String node) {
        this.ledger = ledger;
        this.node = node;
    }

    /** The service has accepted the submit of an intent. */
    public TaskRecord accept(TaskRecord intent, String taskId, Instant trackUntil) {
        return take(
                TaskKey.of(intent),
                TaskState.RUNNING,
                r -> isSameIntent(intent, r) ? r.accepted(taskId, ledger.now(), trackUntil) : r);
    }

    /** A submit whose answer was lost is found to be accepted; one that is not lost, or another one, stays as it is. */
    public Optional<TaskRecord> recover(TaskRecord lost, String taskId, Instant trackUntil) {
        return change(
                TaskKey.of(lost),
                r -> r.state() == TaskState.UNKNOWN && isSameIntent(lost, r)
                        ? r.accepted(taskId, ledger.now(), trackUntil)
                        : r);
    }

    /** The answer to the submit of an intent was lost; it is looked for from here. */
    public TaskRecord markUnknown(TaskRecord intent, Instant trackUntil) {
        return take(
                TaskKey.of(intent),
                TaskState.UNKNOWN,
                r -> isSameIntent(intent, r)
                        ? r.withState(TaskState.UNKNOWN).ownedBy(node).trackedUntil(trackUntil)
                        : r);
    }

    /** Nothing was paid: the service has refused the submit, or it was never sent. Another intent is not that submit. */
    public TaskRecord reject(TaskRecord intent) {
        return take(TaskKey.of(intent), TaskState.REJECTED, r -> {
            boolean isNotOurs = r.state() == TaskState.INTENT && !isOurs(r);
            return isNotOurs || !isSameIntent(intent, r) ? r : rejected(r);
        });
    }

    /** A key that is paid under once more has a new intent, with a wire key of its own. */
    private static boolean isSameIntent(TaskRecord intent, TaskRecord standing) {
        return Objects.equals(intent.wireKey(), standing.wireKey());
    }

    private static TaskRecord rejected(TaskRecord record) {
        return record.withState(TaskState.REJECTED).ownedBy(null);
    }

    /**
     * Somebody here waits for a task or its result: this node looks after it. Not when its result is in the hands of
     * another node's route, nor before another node has sent it.
     */
    public Optional<TaskRecord> claim(TaskKey key) {
        return change(key, r -> isToBeClaimed(r) ? r.ownedBy(node).dueAt(null) : r);
    }

    private boolean isToBeClaimed(TaskRecord record) {
        return switch (record.state()) {
            case UNKNOWN, RUNNING -> !isOurs(record) || record.due().nextDelivery() != null;
            case ENDED -> record.owner() == null;
            case INTENT, DELIVERED, SET_ASIDE, REJECTED -> false;
        };
    }

    /**
     * The end of the task was seen, while somebody here waits for it.
     *
     * @param isCertain whether the task cannot have been taken over from this node; if it can, another owner stays
     */
    public TaskRecord endForUs(TaskKey key, String taskId, VideoTask result, boolean isCertain) {
        return take(key, TaskState.ENDED, r -> {
            checkIsOf(taskId, r);
            // One that was set aside with its result has ended for good.
            if (r.result() != null) {
                return r;
            }
            TaskRecord ended = ended(r, result);
            return isCertain || isOurs(r) || r.owner() == null ? ended.ownedBy(node) : ended;
        });
    }

    /** Tells whether this node still owns a task, and makes sure of it: who has meant to take it over comes too late. */
    public boolean confirm(TaskKey key) {
        while (true) {
            Optional<TaskRecord> ours = ledger.find(key.account(), key.key()).filter(this::isOurs);
            if (ours.isEmpty() || ours.flatMap(ledger::replace).isPresent()) {
                return ours.isPresent();
            }
        }
    }

    /** The end of the task was seen. If nobody else looks after it, it waits for a taker. */
    public TaskRecord end(TaskKey key, String taskId, VideoTask result) {
        return take(key, TaskState.ENDED, r -> {
            checkIsOf(taskId, r);
            if (r.result() != null) {
                return r;
            }
            TaskRecord ended = ended(r, result);
            return r.owner() == null || isOurs(r) ? ended.ownedBy(null).dueAt(ledger.now()) : ended;
        });
    }

    private TaskRecord ended(TaskRecord record, VideoTask result) {
        Instant now = ledger.now();
        return record.ended(TaskJson.write(result.namedBy(record)), now).expiringAt(expiry(result.expiresAt(), now));
    }

    /** A time that makes no sense comes from outside, and must not be one that no ledger can hold. */
    private static Instant expiry(Instant told, Instant now) {
        boolean isSound = told != null
                && told.isAfter(now.minus(TaskReader.RESULT_LIFE.multipliedBy(30)))
                && told.isBefore(now.plus(TaskReader.RESULT_LIFE.multipliedBy(30)));
        return isSound ? told : now.plus(TaskReader.RESULT_LIFE);
    }

    /** The address of a video has turned up whose task had ended for lack of one: it is due for delivery again. */
    public Optional<TaskRecord> mend(TaskKey key, VideoTask found) {
        return changeOnly(key, r -> {
            Instant now = ledger.now();
            TaskRecord mended =
                    r.addressFound(TaskJson.write(found.namedBy(r)), now).expiringAt(expiry(found.expiresAt(), now));
            return r.isAddressFoundIn(mended) ? mended : r;
        });
    }

    /**
     * An exchange has completed with the result.
     *
     * @param isWithoutAddress whether the result that it had lacked an address; then one with an address is not delivered by it
     */
    public Optional<TaskRecord> deliver(TaskKey key, String taskId, boolean isWithoutAddress) {
        return change(key, r -> {
            boolean isAnother = isWithoutAddress && !r.isResultMissing();
            return r.state() == TaskState.ENDED && isOf(taskId, r) && !isAnother ? r.delivered(ledger.now()) : r;
        });
    }

    /** A route was told that the submit is lost. */
    public Optional<TaskRecord> tell(TaskKey key) {
        return change(key, r -> isLossUnreported(r) ? r.lossReported(ledger.now()) : r);
    }

    /** Nobody here has taken what there is to deliver: the result at once, the news of a lost submit at a later time. */
    public Optional<TaskRecord> giveBack(TaskKey key, Instant tellAt) {
        return changeOnly(key, r -> {
            if (!isOurs(r) || r.due().nextDelivery() != null) {
                return r;
            }
            if (r.state() == TaskState.ENDED) {
                return r.ownedBy(null).dueAt(ledger.now());
            }
            return isLossUnreported(r) ? r.dueAt(tellAt) : r;
        });
    }

    private static boolean isLossUnreported(TaskRecord record) {
        return record.state() == TaskState.UNKNOWN && record.times().lossReportedAt() == null;
    }

    /** A route has failed to take what there was to deliver: another time, unless another node has taken over. */
    public Optional<TaskRecord> redeliver(TaskKey key, String taskId, int deliveries, Instant when) {
        return change(key, r -> {
            if (!isOurs(r) || !isOf(taskId, r)) {
                return r;
            }
            TaskRecord later = r.withDeliveries(deliveries).dueAt(when);
            return r.state() == TaskState.ENDED ? later.ownedBy(null) : isLossUnreported(r) ? later : r;
        });
    }

    /** The task is given up for now; an operator decides. */
    public Optional<TaskRecord> setAside(TaskKey key) {
        return change(key, r -> r.state().isOpen() ? aside(r) : r);
    }

    /** No route could take the result; an operator decides. */
    public Optional<TaskRecord> setAsideUndelivered(TaskKey key, String taskId) {
        return change(key, r -> r.state() == TaskState.ENDED && isOurs(r) && isOf(taskId, r) ? aside(r) : r);
    }

    private static TaskRecord aside(TaskRecord record) {
        return record.withState(TaskState.SET_ASIDE).ownedBy(null).dueAt(null);
    }

    /** A task that was set aside is followed again; one that was set aside with its result waits for a taker again. */
    public TaskRecord resume(TaskKey key, Instant trackUntil) {
        return change(key, r -> r.state() == TaskState.SET_ASIDE ? resumed(r, trackUntil) : r)
                .orElseThrow(() -> lost(key));
    }

    private TaskRecord resumed(TaskRecord record, Instant trackUntil) {
        TaskRecord anew = record.withDeliveries(0);
        if (record.result() != null) {
            return anew.withState(TaskState.ENDED).dueAt(ledger.now());
        }
        TaskState open = record.taskId() == null ? TaskState.UNKNOWN : TaskState.RUNNING;
        return anew.withState(open).trackedUntil(trackUntil);
    }

    /** An operator may have retried the key on another node since: then its record is that of another task. */
    private static boolean isOf(String taskId, TaskRecord record) {
        return taskId == null || taskId.equals(record.taskId());
    }

    private static void checkIsOf(String taskId, TaskRecord record) {
        if (!isOf(taskId, record)) {
            throw lost(TaskKey.of(record));
        }
    }

    /** Nothing was paid after all, which could not be written when it was known. */
    public Optional<TaskRecord> rejectLate(TaskKey key) {
        return change(key, r -> r.state() == TaskState.INTENT && isOurs(r) ? rejected(r) : r);
    }

    private boolean isOurs(TaskRecord record) {
        return node.equals(record.owner());
    }

    private TaskRecord take(TaskKey key, TaskState to, UnaryOperator<TaskRecord> step) {
        return change(key, r -> r.state() != to && r.state().canBecome(to) ? step.apply(r) : r)
                .orElseThrow(() -> lost(key));
    }

    private static RecordNotFoundException lost(TaskKey key) {
        return new RecordNotFoundException(key);
    }

    /** Applies a step to the newest record until it fits; a step that returns its argument writes nothing. */
    private Optional<TaskRecord> change(TaskKey key, UnaryOperator<TaskRecord> step) {
        return change(key, step, true);
    }

    /** The same, and empty when nothing was written: nobody is to be woken for what was due before. */
    private Optional<TaskRecord> changeOnly(TaskKey key, UnaryOperator<TaskRecord> step) {
        return change(key, step, false);
    }

    private Optional<TaskRecord> change(TaskKey key, UnaryOperator<TaskRecord> step, boolean givesUnchanged) {
        while (true) {
            Optional<TaskRecord> standing = ledger.find(key.account(), key.key());
            if (standing.isEmpty()) {
                return standing;
            }
            TaskRecord next = step.apply(standing.get());
            if (next == standing.get()) {
                return givesUnchanged ? standing : Optional.empty();
            }
            Optional<TaskRecord> written = ledger.replace(next);
            if (written.isPresent()) {
                return written;
            }
        }
    }
}

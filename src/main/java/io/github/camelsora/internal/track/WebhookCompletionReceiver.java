package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.Optional;

/**
 * Takes what the service tells by itself. An end is in the ledger before the service hears that it has arrived, so that it may
 * forget it; what an earlier signal has ended stays as it is, which makes doubled and late news harmless.
 */
public final class WebhookCompletionReceiver {
    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final TaskIdentity identity;

    /** What became of a piece of news. */
    public enum Result {
        /** It concerns a task of ours, and the ledger knows what it says. */
        APPLIED,
        /** The ledger has no such task. */
        UNKNOWN_TASK,
        /** Its submit is still under way, so the ledger cannot say whose it is: it has to be told again. */
        RETRY_LATER
    }

    /**
     * Creates a place to bring news to.
     *
     * @param ledger the book of what may have cost money
     * @param tracker who follows tasks
     */
    public WebhookCompletionReceiver(TaskLedger ledger, TaskTracker tracker) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.identity = tracker.identity();
    }

    /**
     * Takes the end of a task.
     *
     * @param account who pays for it
     * @param ended the task as it has ended
     * @return what became of it
     * @throws RuntimeException if the ledger is away: it has to be told again
     */
    public Result completed(String account, VideoTask ended) {
        Optional<TaskRecord> record = find(account, ended);
        if (record.isEmpty()) {
            return Result.UNKNOWN_TASK;
        }
        if (record.get().state() == TaskState.INTENT) {
            return Result.RETRY_LATER;
        }
        Optional<String> doubt = identity.mismatch(record.get(), true, ended);
        if (doubt.isPresent()) {
            CompletionHandler.warnOfAnother(record.get(), ended, doubt.get());
            tracker.askNow(TaskKey.of(record.get()));
            return Result.UNKNOWN_TASK;
        }
        try {
            tracker.pushed(record.get(), ended);
        } catch (RecordNotFoundException e) {
            return Result.UNKNOWN_TASK;
        }
        return Result.APPLIED;
    }

    /**
     * Takes news that something has happened to a task, which cannot be relied on: the task is asked for, if it is followed
     * here.
     *
     * @param account who pays for it
     * @param hint the task as it was told
     * @return what became of it
     * @throws RuntimeException if the ledger is away
     */
    public Result hint(String account, VideoTask hint) {
        Optional<TaskRecord> record = ledger.findByTaskId(account, hint.id());
        record.ifPresent(known -> tracker.askNow(TaskKey.of(known)));
        return record.isPresent() ? Result.APPLIED : Result.UNKNOWN_TASK;
    }

    /** By the key that the news carries, which is of one intent only, else by its id. */
    private Optional<TaskRecord> find(String account, VideoTask ended) {
        Optional<TaskRecord> byKey =
                ended.wireKey() == null ? Optional.empty() : ledger.findByWireKey(account, ended.wireKey());
        if (byKey.isEmpty()) {
            return ledger.findByTaskId(account, ended.id());
        }
        return byKey.get().taskId() != null ? byKey : identified(byKey.get(), ended.id());
    }

    private Optional<TaskRecord> identified(TaskRecord lost, String taskId) {
        return switch (lost.state()) {
            case INTENT -> Optional.of(lost);
            // What was set aside is not looked for any more, and here it is.
            case UNKNOWN, SET_ASIDE ->
                tracker.recover(lost, taskId, lost.due().trackUntil()).map(found -> {
                    tracker.imports().merge(found);
                    return found;
                });
            // What was never accepted cannot have ended.
            case REJECTED, RUNNING, ENDED, DELIVERED -> Optional.empty();
        };
    }
}

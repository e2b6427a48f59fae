package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.trace.TaskScope;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what webhooks report. A completion is in the ledger before the webhook is answered, so that the service may forget it; a
 * result that the ledger has already stays as it is, so webhooks that come twice or late do no harm.
 */
public final class WebhookCompletionReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCompletionReceiver.class);

    private final TaskLedger ledger;
    private final TaskEntries entries;
    private final CompletionHandler completions;
    private final TaskIdentity identity;
    private final ImportedTasks imports;

    /** What came of a webhook. */
    public enum Result {
        /** It is about a task of the ledger, which has what the webhook says. */
        APPLIED,
        /** The ledger has no such task. */
        UNKNOWN_TASK,
        /** It reports no completion, or contradicts itself or the record of its task: the ledger stays as it is. */
        NOT_APPLIED,
        /** The submit of the task is still being sent, so that its record has no id yet: the webhook has to be sent again. */
        RETRY_LATER
    }

    /**
     * What came of the webhook of a completion.
     *
     * @param result what came of it
     * @param task the task as the webhook describes it; with the names, origin and price of its record if it was applied
     * @param traceContext the trace that the task belongs to; null when none is known
     */
    public record Receipt(Result result, VideoTask task, String traceContext) {
        public Receipt(Result result, VideoTask task) {
            this(result, task, null);
        }
    }

    public WebhookCompletionReceiver(
            TaskLedger ledger,
            TaskEntries entries,
            CompletionHandler completions,
            TaskIdentity identity,
            ImportedTasks imports) {
        this.ledger = ledger;
        this.entries = entries;
        this.completions = completions;
        this.identity = identity;
        this.imports = imports;
    }

    /**
     * A webhook says that a task has ended.
     *
     * @param account the account that pays for it
     * @param ended the task as it has ended
     * @return what came of it
     * @throws RuntimeException if the ledger is unavailable: the webhook has to be sent again
     */
    public Receipt completed(String account, VideoTask ended) {
        Optional<TaskRecord> found = find(account, ended);
        if (found.isEmpty()) {
            return new Receipt(Result.UNKNOWN_TASK, ended);
        }
        try (TaskScope scope = TaskScope.of(found.get())) {
            return completed(found.get(), ended);
        }
    }

    private Receipt completed(TaskRecord record, VideoTask ended) {
        if (record.state() == TaskState.INTENT) {
            return new Receipt(Result.RETRY_LATER, ended);
        }
        Optional<String> mismatch = identity.mismatch(record, true, ended);
        if (mismatch.isPresent()) {
            LOG.warn(
                    "A webhook for task {} (key {}) is about another task ({}): {}. It completes nothing; the task is polled at"
                            + " once if this node follows it",
                    record.taskId(),
                    record.key(),
                    ended.id(),
                    mismatch.get());
            pollNow(record);
            return new Receipt(Result.NOT_APPLIED, ended);
        }
        VideoTask named = ended.namedBy(record);
        try {
            completions.seen(record, named, CompletionSource.WEBHOOK);
        } catch (RecordNotFoundException e) {
            return new Receipt(Result.UNKNOWN_TASK, ended);
        }
        return new Receipt(Result.APPLIED, named, record.origin().traceContext());
    }

    /**
     * A webhook that contradicts itself names a task: the task is polled, if this node follows it.
     *
     * @param account the account that pays for it
     * @param hint the task that it names
     * @return what came of it
     * @throws RuntimeException if the ledger is unavailable
     */
    public Result hint(String account, VideoTask hint) {
        Optional<TaskRecord> record = ledger.findByTaskId(account, hint.id());
        record.ifPresent(this::pollNow);
        return record.isPresent() ? Result.NOT_APPLIED : Result.UNKNOWN_TASK;
    }

    private void pollNow(TaskRecord record) {
        TaskEntry task = entries.find(TaskKey.of(record)).orElse(null);
        if (task != null) {
            synchronized (task) {
                task.pollNow();
            }
        }
    }

    /** By the wire key, which is that of one intent only, else by the id. */
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
            // A submit that was set aside is no longer searched for, and is found here all the same.
            case UNKNOWN, SET_ASIDE -> imports.recover(lost, taskId, lost.due().trackUntil());
            // A submit that was never accepted cannot have ended.
            case REJECTED, RUNNING, ENDED, DELIVERED -> Optional.empty();
        };
    }
}

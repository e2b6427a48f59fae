package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerWriter;
import java.time.Instant;
import java.util.Optional;

/** What the ledger is told when a claim ends. It may be told late, when it was away, so it is a step of its own. */
@FunctionalInterface
public interface ClaimEnd {
    /**
     * An exchange has completed with the result of a task.
     *
     * @param taskId the task whose result it had
     * @param isWithoutAddress whether that result lacked an address, in whose place another may stand by now
     */
    record Delivered(String taskId, boolean isWithoutAddress) implements ClaimEnd {
        @Override
        public Optional<TaskRecord> write(LedgerWriter writer, TaskEntry task) {
            return taskId == null ? Optional.empty() : writer.deliver(task.key, taskId, isWithoutAddress);
        }
    }

    /** The route has failed to take a task too often. */
    static ClaimEnd aside(String taskId) {
        return (writer, task) -> writer.setAsideUndelivered(task.key, taskId);
    }

    /** The route has failed to take a task; it may try again later. */
    static ClaimEnd redelivery(String taskId, int deliveries, Instant when) {
        return (writer, task) -> writer.redeliver(task.key, taskId, deliveries, when);
    }

    /** Writes it; the caller holds the monitor of the task. */
    Optional<TaskRecord> write(LedgerWriter writer, TaskEntry task);
}

package io.github.camelsora.task;

import io.github.camelsora.api.TaskRecord;
import java.time.Instant;
import java.util.Optional;

/** What the ledger is told when a claim ends. It may be told late, when it was away, so it is a step of its own. */
@FunctionalInterface
interface ClaimEnd {
    /** The verdict was taken: the task is delivered. */
    ClaimEnd DELIVERED = (steps, task) -> steps.deliver(task.ref, task.taskId, false);

    /** The same, of a result that lacked an address, in whose place another may stand by now. */
    ClaimEnd DELIVERED_WITHOUT_ADDRESS = (steps, task) -> steps.deliver(task.ref, task.taskId, true);

    /** The route has failed to take it too often. */
    ClaimEnd SET_ASIDE = (steps, task) -> steps.setAsideUndelivered(task.ref, task.taskId);

    /** The route has failed to take it; it may try again later. */
    static ClaimEnd redelivery(int deliveries, Instant when) {
        return (steps, task) -> steps.redeliver(task.ref, task.taskId, deliveries, when);
    }

    /** Tells whether it says that the result was taken. */
    static boolean isDelivery(ClaimEnd end) {
        return end == DELIVERED || end == DELIVERED_WITHOUT_ADDRESS;
    }

    /** Writes it; the caller holds the monitor of the task. */
    Optional<TaskRecord> write(LedgerSteps steps, TrackedTask task);
}

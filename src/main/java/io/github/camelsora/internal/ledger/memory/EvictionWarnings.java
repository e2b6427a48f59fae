package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of records that the ledger in memory has evicted for lack of room, where that may cost money. Not thread-safe: its
 * ledger guards it.
 */
final class EvictionWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryTaskLedger.class);

    /** A key that was used so recently may come again, for instance by a redelivery. */
    private static final Duration RECENT = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofHours(1);

    private Instant nextForDelivered = Instant.MIN;

    /** A closed record was evicted: the ledger keeps {@code capacity} of them, some of which were never delivered. */
    void evicted(TaskRecord record, int capacity, int undelivered, Instant now) {
        if (ClosedIndex.isUndelivered(record)) {
            LOG.warn(
                    "Task {} (key {}) ended as {} and was never delivered; its record was removed, because {} closed tasks "
                            + "are kept (maxOpenTasks) and none of them was delivered. It was paid for, and its key would be "
                            + "paid for again. Its video can be fetched by sora:download until it expires; let a route "
                            + "from(\"sora:tasks\") receive such tasks, or keep the ledger on disk (ledgerFile).",
                    record.taskId(),
                    record.key(),
                    record.state(),
                    capacity);
        } else if (isRecentlyDelivered(record, now) && !now.isBefore(nextForDelivered)) {
            nextForDelivered = now.plus(PAUSE);
            LOG.warn(
                    "The record of key {} (task {}) was removed less than an hour after its task was delivered, because {}"
                            + " closed tasks are kept (maxOpenTasks), of which {} have not been delivered. A request that comes"
                            + " again under this key would be paid again, and so it is with the keys that are removed after"
                            + " this one, which is not reported again within an hour. Let a route from(\"sora:tasks\") receive"
                            + " what has not been delivered, keep the ledger on disk (ledgerFile), or set a larger maxOpenTasks.",
                    record.key(),
                    record.taskId(),
                    capacity,
                    undelivered);
        }
    }

    private static boolean isRecentlyDelivered(TaskRecord record, Instant now) {
        return record.state() == TaskState.DELIVERED
                && record.times().deliveredAt().plus(RECENT).isAfter(now);
    }
}

package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerRetryQueue;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the ledger how the claims of exchanges have ended, again and again while it is away, and releases for delivery what
 * no exchange of this node has completed with.
 */
final class ClaimReleases {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimReleases.class);

    private final TrackedTasks tasks;
    private final LedgerWriter writer;
    private final LedgerRetryQueue retries;
    private final DeliveryNotifier notifier;
    /** Tasks of which a claim has ended while the ledger was away. */
    private final Set<TaskKey> unwritten = ConcurrentHashMap.newKeySet();

    ClaimReleases(TrackedTasks tasks, LedgerWriter writer, LedgerRetryQueue retries, DeliveryNotifier notifier) {
        this.tasks = tasks;
        this.writer = writer;
        this.retries = retries;
        this.notifier = notifier;
    }

    /**
     * The claim of an exchange on a task has ended.
     *
     * @param end what the claim has ended with
     * @return true when no other exchange of this node holds a claim on it
     */
    boolean release(TaskEntry task, TaskEvent end) {
        synchronized (task) {
            task.claims--;
            // Forgotten by an operator: what stands under its key is another task's record.
            if (!task.isRetired) {
                writeOrRetry(task, end);
                tasks.retireWhenDone(task);
            }
            return task.claims == 0;
        }
    }

    /** Tells whether the ledger does not have yet how a claim on a task has ended. */
    boolean isUnwritten(TaskKey key) {
        return unwritten.contains(key);
    }

    private void writeOrRetry(TaskEntry task, TaskEvent end) {
        try {
            write(task, end);
        } catch (RuntimeException e) {
            // The exchange must not fail because of this. While this node lives, no other one knows what came of the
            // task.
            LOG.error(
                    "Could not record how the claim on task {} (key {}) ended; retrying every {} s. Nothing is paid again",
                    task.taskId,
                    task.key.key(),
                    LedgerRetryQueue.PAUSE.toSeconds(),
                    e);
            unwritten.add(task.key);
            retries.retry("how the claim on key " + task.key.key() + " ended", () -> writeLate(task, end));
        }
    }

    /** Another exchange may hold the task since: what it has completed with stays, but it is not released. */
    private void writeLate(TaskEntry task, TaskEvent end) {
        TaskEntry successor = tasks.find(task.key).orElse(null);
        if (successor == null || successor.claims == 0 || end instanceof TaskEvent.Delivered) {
            write(task, end);
        } else {
            unwritten.remove(task.key);
        }
    }

    private void write(TaskEntry task, TaskEvent end) {
        apply(task, end).ifPresent(notifier::notifySubscribers);
        unwritten.remove(task.key);
    }

    private Optional<TaskRecord> apply(TaskEntry task, TaskEvent end) {
        if (end instanceof TaskEvent.ClaimReleased) {
            return releaseUnlessPolled(task);
        }
        if (end instanceof TaskEvent.Delivered delivered && delivered.taskId() == null) {
            // It has completed with the acceptance of a task, and not with a result.
            return Optional.empty();
        }
        Optional<TaskRecord> standing = writer.apply(task.key, end).standing();
        // A submit whose loss was reported may have been found and have ended meanwhile.
        return end instanceof TaskEvent.LossReported ? releaseUnlessPolled(task) : standing;
    }

    /** A task that is polled on is released when it has ended. */
    private Optional<TaskRecord> releaseUnlessPolled(TaskEntry task) {
        return task.isPolled && task.result == null ? Optional.empty() : releaseUnclaimed(task);
    }

    /** Other nodes and routes may deliver the task, unless an exchange of this node holds a claim on it. */
    Optional<TaskRecord> releaseUnclaimed(TaskEntry task) {
        return task.claims > 0
                ? Optional.empty()
                : writer.apply(
                                task.key,
                                new TaskEvent.ClaimReleased(
                                        task.service.timeouts().recovery()))
                        .written();
    }
}

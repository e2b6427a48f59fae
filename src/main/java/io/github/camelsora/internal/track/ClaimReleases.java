package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.trace.TaskScope;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the ledger how the claims of exchanges have ended, again and again while it is unavailable, and releases for
 * delivery what no exchange of this node has completed with.
 */
public final class ClaimReleases {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimReleases.class);

    private final TaskEntries entries;
    private final LedgerWriter writer;
    private final LedgerRetries retries;
    private final DeliveryNotifier notifier;
    /** Tasks of which a claim has ended while the ledger was unavailable. */
    private final Set<TaskKey> unwritten = ConcurrentHashMap.newKeySet();

    public ClaimReleases(TaskEntries entries, LedgerWriter writer, LedgerRetries retries, DeliveryNotifier notifier) {
        this.entries = entries;
        this.writer = writer;
        this.retries = retries;
        this.notifier = notifier;
    }

    /**
     * The claim of an exchange on a task has ended.
     *
     * @param end what the claim has ended with
     * @param onWritten is passed what that has changed in the ledger, when it is written; that is nothing when the record was
     *     removed
     * @return true when no other exchange of this node holds a claim on it
     */
    boolean release(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        try (TaskScope scope = TaskScope.of(task.key().key(), task.record())) {
            return releaseInScope(task, end, onWritten);
        }
    }

    private boolean releaseInScope(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        synchronized (task) {
            task.removeClaim();
            // Once an operator has had its key forgotten, the record of the key is that of another task.
            if (task.isRetired()) {
                onWritten.accept(Change.none(task.key()));
            } else {
                writeOrRetry(task, end, onWritten);
                entries.retireWhenDone(task);
            }
            return !task.isClaimed();
        }
    }

    /** Tells whether the ledger does not have yet how a claim on a task has ended. */
    boolean isUnwritten(TaskKey key) {
        return unwritten.contains(key);
    }

    private void writeOrRetry(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        try {
            write(task, end, onWritten);
        } catch (RuntimeException e) {
            // The exchange must not fail because of this. Only this node knows how its claim ended.
            LOG.error(
                    "Could not record how the claim on task {} (key {}) ended; retrying every {} s. Nothing is paid again",
                    task.taskId(),
                    task.key().key(),
                    LedgerRetries.PAUSE.toSeconds(),
                    e);
            unwritten.add(task.key());
            retries.retry("how the claim on key " + task.key().key() + " ended", () -> writeLate(task, end, onWritten));
        }
    }

    /**
     * Another exchange may claim the task since: what this one has completed with is written, but the task is not released. The
     * monitor is that of the entry which stands for the key now, made if there is none, so that no claim begins in between.
     */
    private void writeLate(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        entries.with(task.key(), task.service(), current -> {
            try {
                if (!current.isClaimed() || end instanceof TaskEvent.Delivered) {
                    write(current, end, onWritten);
                }
                unwritten.remove(current.key());
            } finally {
                entries.retireWhenDone(current);
            }
            return null;
        });
    }

    /** The caller holds the monitor of the task. */
    private void write(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        apply(task, end, onWritten).ifPresent(notifier::notifySubscribers);
        unwritten.remove(task.key());
    }

    private Optional<TaskRecord> apply(TaskEntry task, TaskEvent end, Consumer<Change> onWritten) {
        if (end instanceof TaskEvent.ClaimReleased) {
            return releaseUnlessFollowed(task);
        }
        if (end instanceof TaskEvent.Delivered delivered && delivered.taskId() == null) {
            // It has completed with the acceptance of a task, and not with a result.
            return Optional.empty();
        }
        Change change = writer.apply(task.key(), end);
        onWritten.accept(change);
        // A submit whose loss was reported may have been found and have ended meanwhile.
        return end instanceof TaskEvent.LossReported ? releaseUnlessFollowed(task) : change.standing();
    }

    /** A task that is followed is released when it has ended. */
    private Optional<TaskRecord> releaseUnlessFollowed(TaskEntry task) {
        boolean isToBeReleased = !task.isClaimed() && !task.isFollowed();
        return isToBeReleased ? writer.apply(task.key(), task.claimReleased()).written() : Optional.empty();
    }
}

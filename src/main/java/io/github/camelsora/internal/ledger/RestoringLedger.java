package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.internal.ledger.TaskStep.Supersede;
import io.github.camelsora.internal.ledger.TaskStep.Write;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.time.GuardedCall;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger of which nothing is missing that this JVM knows of. Records may vanish under a running JVM, or go back to what they
 * were before: by a failover to an older copy of the database, by a file that was deleted. What this JVM follows is then
 * written again from memory when its key is looked up, so that the key is not paid twice. A record that an operator has had
 * forgotten is not written again.
 */
public final class RestoringLedger extends GuardedLedger {
    private static final Logger LOG = LoggerFactory.getLogger(RestoringLedger.class);

    private final List<Function<TaskKey, Optional<TaskRecord>>> memories = new CopyOnWriteArrayList<>();

    /**
     * Creates a ledger that knows of nothing beside what another one holds.
     *
     * @param ledger the ledger to work on
     * @param observer is notified of each call to it
     */
    public RestoringLedger(TaskLedger ledger, LedgerCallObserver observer) {
        super(ledger, observer);
    }

    /** The same, of whose calls nothing is notified. */
    public RestoringLedger(TaskLedger ledger) {
        this(ledger, LedgerCallObserver.NONE);
    }

    /**
     * Adds a memory to restore records from.
     *
     * @param memory what this JVM knows of a key
     */
    public void restoreFrom(Function<TaskKey, Optional<TaskRecord>> memory) {
        memories.add(memory);
    }

    @Override
    public Optional<TaskRecord> find(String account, String key) {
        Optional<TaskRecord> standing = super.find(account, key);
        TaskRecord known = remembered(new TaskKey(account, key));
        if (known == null) {
            return standing;
        }
        if (standing.isEmpty()) {
            return isForgotten(known) ? standing : restoreVanished(known);
        }
        // The step is the same for each node.
        TaskStep step =
                TaskStateMachine.next(standing.get(), new TaskEvent.RecordRestored(known), known.owner(), now());
        if (step instanceof Write write) {
            return restoreNewerVersion(standing.get(), write.next());
        }
        // The record is of another request; an operator may have had the known one forgotten for it.
        return step instanceof Supersede && !isForgotten(known) ? restoreLaterRequest(standing.get(), known) : standing;
    }

    private TaskRecord remembered(TaskKey key) {
        return memories.stream()
                .map(memory -> memory.apply(key).orElse(null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Optional<TaskRecord> restoreLaterRequest(TaskRecord standing, TaskRecord known) {
        if (forget(standing, known)) {
            logOlder(known);
            lostBooking(known)
                    .ifPresent(held -> GuardedCall.run(
                            "Holding the price of key " + known.key() + " again", () -> holdAgain(known, held)));
        }
        return super.find(known.account(), known.key());
    }

    /**
     * In a commit of its own: if that fails, the limit of spending misses a price, but the record is there and is not paid twice.
     */
    private void holdAgain(TaskRecord known, Booking held) {
        Optional<TaskRecord> standing;
        do {
            standing = super.find(known.account(), known.key())
                    .filter(record -> record.wireKey().equals(known.wireKey()));
        } while (standing.isPresent()
                && replace(new LedgerWrite(standing.get(), held, null)).isEmpty());
    }

    private static void logOlder(TaskRecord known) {
        LOG.error(
                "The ledger holds an older record of key {} (task {}) than the one that it held before; it was written"
                        + " again. Check the database: records that no JVM follows may be older, too.",
                known.key(),
                known.taskId());
    }

    private Optional<TaskRecord> restoreVanished(TaskRecord known) {
        Optional<TaskRecord> others = addAgain(known);
        if (others.isPresent()) {
            // Another writer added it after it had been looked up.
            return others;
        }
        LOG.error(
                "The ledger has lost the record of key {} (task {}), which this JVM follows; it was written again. Records"
                        + " that no JVM follows may be lost, too: check the database or the file.",
                known.key(),
                known.taskId());
        return super.find(known.account(), known.key());
    }

    private Optional<TaskRecord> addAgain(TaskRecord known) {
        return super.add(new LedgerWrite(known, lostBooking(known).orElse(null), null));
    }

    /**
     * What a record holds in the book. A database loses both together, when it becomes an older copy of itself. A ledger in memory
     * only evicts records, and its book keeps what they hold.
     */
    private Optional<Booking> lostBooking(TaskRecord known) {
        boolean isHeld = known.state() != TaskState.REJECTED && !TaskStateMachine.isCostless(known);
        return isHeld && isDurable() && book().isPresent()
                ? Optional.ofNullable(Bookings.held(known))
                : Optional.empty();
    }

    /** The price that the book had released with the end of a task; null when there is none. */
    private Booking lostRelease(TaskRecord standing, TaskRecord known) {
        boolean isReleased = TaskStateMachine.isCostless(known) && !TaskStateMachine.isCostless(standing);
        return isReleased && book().isPresent() ? Bookings.released(standing) : null;
    }

    private Optional<TaskRecord> restoreNewerVersion(TaskRecord standing, TaskRecord known) {
        Optional<TaskRecord> restored;
        try {
            restored = replace(new LedgerWrite(known, lostRelease(standing, known), null));
        } catch (IllegalStateException | TaskTakenException e) {
            LOG.warn("The record of key {} cannot be restored to what this JVM knows", known.key(), e);
            return Optional.of(standing);
        }
        if (restored.isPresent()) {
            logOlder(known);
            return restored;
        }
        return super.find(known.account(), known.key());
    }

    @Override
    public Optional<TaskRecord> add(LedgerWrite write) {
        return findRemembered(write.record()).or(() -> super.add(write));
    }

    /** Before a key is considered new. */
    private Optional<TaskRecord> findRemembered(TaskRecord record) {
        return remembered(TaskKey.of(record)) == null ? Optional.empty() : find(record.account(), record.key());
    }
}

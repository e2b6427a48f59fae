package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskStep.Supersede;
import io.github.camelsora.internal.ledger.TaskStep.Write;
import io.github.camelsora.internal.time.GuardedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes into the ledger what events make of records, each by compare-and-set: several nodes and threads may see events of one
 * task at once, and {@link TaskStateMachine} decides anew for the record that the winner has left. All changes of records come
 * from here, except that {@link RestoringLedger} writes again what a database has lost.
 */
public final class LedgerWriter {
    /** How long a ledger of ours keeps the actions of operators. */
    public static final Duration ACTIONS_KEPT = Duration.ofDays(366);

    private final TaskLedger ledger;
    private final String node;
    private final boolean keepsBook;
    private final boolean keepsHistory;
    private final ChangeObserver observer;
    /** Who has given the command that is carried out; null when changes come by themselves. */
    private final Operator operator;

    /**
     * Creates a writer.
     *
     * @param ledger the ledger to write to
     * @param node the name of this node
     * @param recordsHistory whether lines of the history are written, if the ledger keeps one
     * @param observer is notified of what was written
     */
    public LedgerWriter(TaskLedger ledger, String node, boolean recordsHistory, ChangeObserver observer) {
        this.ledger = ledger;
        this.node = node;
        this.keepsBook = ledger.book().isPresent();
        this.keepsHistory = recordsHistory && ledger.history().isPresent();
        this.observer = observer;
        this.operator = null;
    }

    private LedgerWriter(LedgerWriter writer, Operator operator) {
        this.ledger = writer.ledger;
        this.node = writer.node;
        this.keepsBook = writer.keepsBook;
        this.keepsHistory = writer.keepsHistory;
        this.observer = writer.observer;
        this.operator = operator;
    }

    /**
     * A writer for the command of an operator: the history has a line of each change that it writes, also of one that leaves the
     * state as it is.
     */
    public LedgerWriter actingFor(Operator newOperator) {
        return new LedgerWriter(this, newOperator);
    }

    /**
     * Applies an event to the record of a key as it stands, and again to the newest one when it was changed meanwhile.
     *
     * @throws RuntimeException if the ledger is unavailable; it may have written all the same
     */
    public Change apply(TaskKey key, TaskEvent event) {
        while (true) {
            Optional<TaskRecord> standing;
            if (next(null, event) instanceof Write first) {
                // Without a read before: a new key costs one statement, and a known one is answered by it.
                HistoryEntry entry = entry(event, null, first.next());
                standing = ledger.add(write(first, entry));
                if (standing.isEmpty()) {
                    return changed(entry, new Change(key, null, first.next()), first.booking());
                }
            } else {
                standing = ledger.find(key.account(), key.key());
                if (standing.isEmpty()) {
                    return Change.none(key);
                }
            }
            Optional<Change> change = compareAndSet(standing.get(), event);
            if (change.isPresent()) {
                return change.get();
            }
        }
    }

    /**
     * Applies an event to a record that was read, unless it was changed or removed since. The event is about that version: two
     * nodes that find a record due, or without a live owner, must not both have it.
     */
    public Change applyTo(TaskRecord read, TaskEvent event) {
        return compareAndSet(read, event).orElseGet(() -> Change.none(read));
    }

    /** Empty when the record was changed or removed since it was read. */
    private Optional<Change> compareAndSet(TaskRecord read, TaskEvent event) {
        TaskStep step = next(read, event);
        if (step instanceof Write write) {
            HistoryEntry entry = entry(event, read, write.next().withVersion(read.version() + 1));
            return ledger.replace(write(write, entry))
                    .map(written -> changed(entry, new Change(TaskKey.of(read), read, written), write.booking()));
        }
        if (step instanceof Supersede supersede) {
            TaskRecord successor = successor(read, supersede);
            HistoryEntry entry = entry(event, read, successor);
            return isSuperseded(read, supersede, keepsHistory ? entry : null)
                    ? Optional.of(changed(entry, new Change(TaskKey.of(read), read, successor), null))
                    : Optional.empty();
        }
        return Optional.of(step == TaskStep.NOT_FOUND ? Change.none(TaskKey.of(read)) : Change.none(read));
    }

    private boolean isSuperseded(TaskRecord read, Supersede supersede, HistoryEntry entry) {
        return supersede.isErasure()
                ? ledger.erase(read, supersede.successor(), entry)
                : ledger.forget(read, supersede.successor(), entry);
    }

    private LedgerWrite write(Write write, HistoryEntry entry) {
        return new LedgerWrite(write.next(), keepsBook ? write.booking() : null, keepsHistory ? entry : null);
    }

    /** The line of the history; null for a change of no state, task or result that is no command of an operator. */
    private HistoryEntry entry(TaskEvent event, TaskRecord before, TaskRecord after) {
        TaskState from = before == null ? null : before.state();
        TaskState to = after == null ? null : after.state();
        if (from == to && operator == null && !isOfTaskOrResult(before, after)) {
            return null;
        }
        TaskRecord record = after == null ? before : after;
        return new HistoryEntry(
                record.account(),
                record.key(),
                after == null ? before.version() + 1 : after.version(),
                ledger.now(),
                event.getClass().getSimpleName(),
                from,
                to,
                node,
                operator == null ? null : operator.actor(),
                operator == null || operator.reason() == null ? EventDetail.of(event) : operator.reason());
    }

    /** Of two records in one state: a task is taken back, or the address of its video is found, perhaps with what was charged. */
    private static boolean isOfTaskOrResult(TaskRecord before, TaskRecord after) {
        return !Objects.equals(before.taskId(), after.taskId()) || !Objects.equals(before.result(), after.result());
    }

    private Change changed(HistoryEntry entry, Change change, Booking booking) {
        if (entry != null) {
            GuardedCall.run("The observer of key " + entry.key(), () -> observer.changed(entry, change));
        }
        if (booking != null) {
            GuardedCall.run("The observer of account " + booking.account(), () -> observer.booked(booking));
        }
        return change;
    }

    /** As the ledger has written it. */
    private static TaskRecord successor(TaskRecord read, Supersede supersede) {
        return supersede.successor() == null ? null : supersede.successor().withVersion(read.version() + 1);
    }

    /**
     * Applies an event to many records that were read, in one commit where the ledger can do that.
     *
     * @param read the records, each of another key
     * @return what was changed; records that were changed or removed since they were read are not among it
     */
    public List<Change> applyToAll(List<TaskRecord> read, TaskEvent event) {
        Map<TaskKey, TaskRecord> before = read.stream().collect(Collectors.toMap(TaskKey::of, Function.identity()));
        Map<TaskKey, HistoryEntry> entries = new HashMap<>();
        List<LedgerWrite> writes = new ArrayList<>();
        for (TaskRecord record : read) {
            if (next(record, event) instanceof Write write) {
                if (write.booking() != null) {
                    throw new IllegalArgumentException(
                            event + " changes the book, so it is applied to one record at a time");
                }
                HistoryEntry entry = entry(event, record, write.next().withVersion(record.version() + 1));
                entries.put(TaskKey.of(record), entry);
                writes.add(write(write, entry));
            }
        }
        return ledger.replaceAll(writes).stream()
                .map(written -> {
                    TaskKey key = TaskKey.of(written);
                    return changed(entries.get(key), new Change(key, before.get(key), written), null);
                })
                .toList();
    }

    /**
     * Writes a line of the history for a command of an operator that has changed no record. The command counts even if its line
     * cannot be written.
     *
     * @param key the key that it is about
     * @param event what was done
     */
    public void recordAction(TaskKey key, String event) {
        if (keepsHistory) {
            GuardedCall.run("Writing '" + event + "' of key " + key.key() + " into the history", () -> ledger.history()
                    .orElseThrow()
                    .add(new HistoryEntry(
                            key.account(),
                            key.key(),
                            0,
                            ledger.now(),
                            event,
                            null,
                            null,
                            node,
                            operator.actor(),
                            operator.reason())));
        }
    }

    private TaskStep next(TaskRecord standing, TaskEvent event) {
        return TaskStateMachine.next(standing, event, node, ledger.now());
    }
}

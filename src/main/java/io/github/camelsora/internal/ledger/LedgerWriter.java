package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskStep.Supersede;
import io.github.camelsora.internal.ledger.TaskStep.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes into the ledger what events make of records, each by compare-and-set: several nodes and threads may see events of one
 * task at once, and {@link TaskStateMachine} decides anew for the record that the winner has left. All changes of records come
 * from here, except that {@link RestoringLedger} writes again what a database has lost.
 */
public final class LedgerWriter {
    private final TaskLedger ledger;
    private final String node;

    /**
     * Creates a writer.
     *
     * @param ledger the ledger to write to
     * @param node the name of this node
     */
    public LedgerWriter(TaskLedger ledger, String node) {
        this.ledger = ledger;
        this.node = node;
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
                standing = add(first);
                if (standing.isEmpty()) {
                    return new Change(key, null, first.next());
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
            return replace(write).map(written -> new Change(TaskKey.of(read), read, written));
        }
        if (step instanceof Supersede supersede) {
            return ledger.forget(read, supersede.successor())
                    ? Optional.of(new Change(TaskKey.of(read), read, successor(read, supersede)))
                    : Optional.empty();
        }
        return Optional.of(step == TaskStep.NOT_FOUND ? Change.none(TaskKey.of(read)) : Change.none(read));
    }

    private Optional<TaskRecord> add(Write first) {
        return isBooked(first) ? ledger.add(first.next(), first.booking()) : ledger.add(first.next());
    }

    private Optional<TaskRecord> replace(Write write) {
        return isBooked(write) ? ledger.replace(write.next(), write.booking()) : ledger.replace(write.next());
    }

    private boolean isBooked(Write write) {
        return write.booking() != null && ledger.keepsBook();
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
        List<TaskRecord> next = new ArrayList<>();
        for (TaskRecord record : read) {
            if (next(record, event) instanceof Write write) {
                if (write.booking() != null) {
                    throw new IllegalArgumentException(
                            event + " changes the book, so it is applied to one record at a time");
                }
                next.add(write.next());
            }
        }
        return ledger.replaceAll(next).stream()
                .map(written -> new Change(TaskKey.of(written), before.get(TaskKey.of(written)), written))
                .toList();
    }

    private TaskStep next(TaskRecord standing, TaskEvent event) {
        return TaskStateMachine.next(standing, event, node, ledger.now());
    }
}

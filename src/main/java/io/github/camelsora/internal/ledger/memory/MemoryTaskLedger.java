package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.StepRules;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.jdbc.ForgottenTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ledger of a JVM that may forget when it ends. It holds a bounded number of open records and refuses more, and keeps
 * as many closed ones so that their keys still answer. Beyond that it forgets the oldest of those that were delivered or
 * rejected, with a warning where its key may still be in use; only where there is none the oldest that was not delivered, with a
 * warning.
 */
public final class MemoryTaskLedger implements TaskLedger {
    private static final Comparator<TaskRecord> OLDEST_FIRST = Comparator.comparing(
            record -> record.times().createdAt(), Comparator.nullsFirst(Comparator.naturalOrder()));

    private final InstantSource clock;
    private int capacity;
    private final Map<TaskKey, TaskRecord> records = new HashMap<>();
    private final Map<TaskKey, TaskKey> keyByTaskId = new HashMap<>();
    private final Map<TaskKey, TaskKey> keyByWireKey = new HashMap<>();
    private final DueIndex due = new DueIndex();
    private final OwnerIndex owned = new OwnerIndex();
    private final ClosedIndex closed = new ClosedIndex();
    private final EvictionWarnings warnings = new EvictionWarnings();
    private final MemoryLeases leases = new MemoryLeases();
    // What was forgotten, by account and key with the incarnation; the oldest first.
    private final Map<List<String>, Forgotten> forgotten = new LinkedHashMap<>();

    private record Forgotten(String taskId, Instant at) {}

    /**
     * Creates an empty ledger.
     *
     * @param clock what tells the time
     * @param capacity how many open records it takes, and how many closed ones it keeps
     */
    public MemoryTaskLedger(InstantSource clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    /**
     * Has it hold more, for one more component that shares it.
     *
     * @param wanted how many open records it takes at least, and how many closed ones it keeps
     */
    public synchronized void growTo(int wanted) {
        capacity = Math.max(capacity, wanted);
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public synchronized Optional<TaskRecord> add(TaskRecord record) {
        TaskKey key = TaskKey.of(record);
        TaskRecord standing = records.get(key);
        if (standing != null) {
            return Optional.of(standing);
        }
        if (record.state().isOpen() && isFull()) {
            throw full(record);
        }
        write(key, record);
        return Optional.empty();
    }

    private boolean isFull() {
        return records.size() - closed.size() >= capacity;
    }

    private ServiceUnavailableException full(TaskRecord record) {
        return new ServiceUnavailableException(
                "The ledger holds " + capacity
                        + " open tasks, which is its limit (maxOpenTasks). Nothing was sent; try "
                        + "again when some have ended.",
                new About(SubmitOutcome.NOT_SENT, record.key(), record.taskId()),
                null);
    }

    @Override
    public synchronized Optional<TaskRecord> find(String account, String key) {
        return Optional.ofNullable(records.get(new TaskKey(account, key)));
    }

    @Override
    public synchronized Optional<TaskRecord> findByTaskId(String account, String taskId) {
        return Optional.ofNullable(keyByTaskId.get(new TaskKey(account, taskId)))
                .map(records::get);
    }

    @Override
    public synchronized Optional<TaskRecord> findByWireKey(String account, String wireKey) {
        return Optional.ofNullable(keyByWireKey.get(new TaskKey(account, wireKey)))
                .map(records::get);
    }

    @Override
    public synchronized Optional<TaskRecord> replace(TaskRecord next) {
        TaskKey key = TaskKey.of(next);
        TaskRecord standing = records.get(key);
        if (standing == null || standing.version() != next.version()) {
            return Optional.empty();
        }
        StepRules.check(standing, next);
        if (!standing.state().isOpen() && next.state().isOpen() && isFull()) {
            throw full(next);
        }
        TaskRecord written = next.withVersion(next.version() + 1);
        write(key, written);
        return Optional.of(written);
    }

    @Override
    public synchronized boolean forget(TaskRecord record, TaskRecord successor) {
        TaskKey key = TaskKey.of(record);
        // The whole record and not its version alone, which a successor under the same key may have reached, too.
        if (!record.equals(records.get(key))) {
            return false;
        }
        forget(key);
        forgotten.put(incarnation(record), new Forgotten(record.taskId(), now()));
        if (forgotten.size() > capacity) {
            forgotten.remove(forgotten.keySet().iterator().next());
        }
        if (successor != null) {
            forgotten.remove(incarnation(successor));
            write(key, successor.withVersion(record.version() + 1));
        }
        return true;
    }

    @Override
    public synchronized boolean isForgotten(TaskRecord record) {
        return forgotten.containsKey(incarnation(record));
    }

    @Override
    public synchronized boolean isForgottenTask(String account, String taskId) {
        // There are few: an operator has made each of them.
        return forgotten.entrySet().stream()
                .anyMatch(note -> note.getKey().get(0).equals(account)
                        && taskId.equals(note.getValue().taskId()));
    }

    private static List<String> incarnation(TaskRecord record) {
        return List.of(record.account(), record.key(), ForgottenTable.incarnation(record));
    }

    @Override
    public synchronized List<TaskRecord> findDue(String account, String tag, int limit) {
        return due.find(account, tag, now(), limit);
    }

    @Override
    public synchronized List<TaskRecord> findAbandoned(String account, String baseUrl, int limit) {
        Instant now = now();
        Stream<TaskRecord> ofNobody =
                owned.of(account, null).filter(record -> record.state().isOpen());
        Stream<TaskRecord> ofTheDead = owned.ofNodes(account, node -> !leases.isLive(node, now));
        return Stream.concat(ofNobody, ofTheDead)
                .filter(record -> !record.state().isOpen() || record.baseUrl().equals(baseUrl))
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<TaskRecord> findOwned(String account, String node) {
        return owned.of(account, node).toList();
    }

    @Override
    public synchronized List<TaskRecord> findEnded(String account, String node, Instant since) {
        return owned.of(account, node)
                .filter(record -> record.state() == TaskState.ENDED)
                .filter(record -> !record.times().endedAt().isBefore(since))
                .toList();
    }

    @Override
    public synchronized boolean renewLease(String node, Duration lease) {
        return leases.renew(node, now(), lease);
    }

    @Override
    public synchronized void releaseLease(String node) {
        leases.leave(node);
    }

    @Override
    public synchronized boolean isLive(String node) {
        return leases.isLive(node, now());
    }

    @Override
    public synchronized int removeClosed(Instant before, int limit) {
        List<TaskKey> old = closed.settled()
                .filter(record -> wasKeptSince(record, before))
                .limit(limit)
                .map(TaskKey::of)
                .toList();
        old.forEach(this::forget);
        forgotten.values().removeIf(note -> note.at().isBefore(before));
        return old.size();
    }

    private static boolean wasKeptSince(TaskRecord record, Instant before) {
        Instant since =
                switch (record.state()) {
                    case DELIVERED -> record.times().deliveredAt();
                    case REJECTED -> record.times().createdAt();
                    default -> null;
                };
        return since != null && since.isBefore(before);
    }

    private void write(TaskKey key, TaskRecord record) {
        TaskRecord earlier = records.put(key, record);
        if (earlier != null) {
            due.remove(earlier);
            removeByWireKey(earlier, key);
            owned.remove(earlier);
            closed.remove(earlier, record);
        }
        due.add(record);
        owned.add(record);
        closed.add(record);
        if (record.taskId() != null) {
            keyByTaskId.put(new TaskKey(record.account(), record.taskId()), key);
        }
        if (record.wireKey() != null) {
            keyByWireKey.put(new TaskKey(record.account(), record.wireKey()), key);
        }
        if (closed.size() > capacity) {
            closed.first().ifPresent(this::makeRoom);
        }
    }

    private void makeRoom(TaskRecord first) {
        forget(TaskKey.of(first));
        warnings.removed(first, capacity, closed.undelivered(), now());
    }

    private void forget(TaskKey key) {
        TaskRecord record = records.remove(key);
        due.remove(record);
        removeByWireKey(record, key);
        owned.remove(record);
        closed.remove(record, null);
        if (record.taskId() != null) {
            // Only its own entry: the task may stand under a second key, say of somebody who awaited it.
            keyByTaskId.remove(new TaskKey(record.account(), record.taskId()), key);
        }
    }

    private void removeByWireKey(TaskRecord record, TaskKey key) {
        if (record.wireKey() != null) {
            keyByWireKey.remove(new TaskKey(record.account(), record.wireKey()), key);
        }
    }
}

package io.github.camelsora.internal.metrics;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.RetryingExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures that only the ledger knows. They are read every {@link #INTERVAL}, on a thread that may wait for the ledger, so that
 * a gauge never waits; without a reading of the last minute they are {@link Double#NaN}. Nothing is read until an account is
 * watched.
 */
public final class LedgerFigures {
    /** The states of tasks that are not closed; of the others a ledger has too many to count. */
    public static final List<TaskState> COUNTED =
            List.of(TaskState.INTENT, TaskState.UNKNOWN, TaskState.RUNNING, TaskState.ENDED, TaskState.SET_ASIDE);

    public static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFigures.class);
    private static final long LONGEST_AGE = Duration.ofMinutes(1).toNanos();

    private final TaskLedger ledger;
    private final RetryingExecutor executor;
    private final LongSupplier nanoTime;
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private volatile Reading last;

    /**
     * Creates figures of which nothing is read yet.
     *
     * @param executor where the ledger is read
     * @param nanoTime this JVM's counter: the ledger's clock may be one that waits for it
     */
    public LedgerFigures(TaskLedger ledger, RetryingExecutor executor, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    private record Group(String account, TaskState state) {}

    /**
     * What was read.
     *
     * @param waits how long the oldest result of an account had waited by then
     */
    private record Reading(long nanos, Map<Group, Long> counts, Map<String, Duration> waits) {}

    /** Reads the figures of an account, too. */
    public void watch(String account) {
        accounts.add(account);
        if (isStarted.compareAndSet(false, true)) {
            executor.executeAfter(Duration.ZERO, this::readAndRepeat);
        }
    }

    private void readAndRepeat() {
        try {
            ledger.search().ifPresent(search -> last = read(search));
        } catch (RuntimeException | Error e) {
            LOG.debug("The figures of the ledger could not be read; trying again in {} s", INTERVAL.toSeconds(), e);
        } finally {
            Retry.untilDone(() -> executor.executeAfter(INTERVAL, this::readAndRepeat));
        }
    }

    private Reading read(LedgerSearch search) {
        Map<Group, Long> counts = new HashMap<>();
        Map<String, Duration> waits = new HashMap<>();
        long nanos = nanoTime.getAsLong();
        Instant now = ledger.now();
        for (TaskCount count : search.count(TaskFilter.ALL.withStates(COUNTED.toArray(TaskState[]::new)))) {
            counts.put(new Group(count.account(), count.state()), count.tasks());
            if (count.state() == TaskState.ENDED && accounts.contains(count.account())) {
                search.oldestUndelivered(count.account())
                        .ifPresent(since -> waits.put(count.account(), Duration.between(since, now)));
            }
        }
        return new Reading(nanos, counts, waits);
    }

    /** How many tasks of an account are in a state. */
    public double open(String account, TaskState state) {
        Reading reading = recent();
        return reading == null ? Double.NaN : reading.counts().getOrDefault(new Group(account, state), 0L);
    }

    /** For how many seconds the oldest result of an account has waited for its delivery; 0 when none waits. */
    public double oldestUndelivered(String account) {
        Reading reading = recent();
        if (reading == null) {
            return Double.NaN;
        }
        Duration wait = reading.waits().get(account);
        return wait == null || wait.isNegative()
                ? 0
                : wait.plusNanos(nanoTime.getAsLong() - reading.nanos()).toMillis() / 1000.0;
    }

    private Reading recent() {
        Reading reading = last;
        return reading == null || nanoTime.getAsLong() - reading.nanos() > LONGEST_AGE ? null : reading;
    }
}

package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.ManualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What gauges show of the ledger, also while it is away. */
class LedgerFiguresTest {
    private final ManualTime time = new ManualTime();
    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(time, 100));
    private final LedgerFigures figures = figuresOf(ledger);

    private LedgerFigures figuresOf(TaskLedger whose) {
        return figuresOf(whose, time);
    }

    private LedgerFigures figuresOf(TaskLedger whose, Executor pool) {
        Instant start = time.instant();
        return new LedgerFigures(
                whose,
                new RetryingExecutor(time::instant, time.timers(), pool),
                () -> Duration.between(start, time.instant()).toNanos());
    }

    private void watchAndRead(String account) {
        figures.watch(account);
        time.advance(Duration.ofMillis(1));
    }

    private void addEnded(String account, String key, Instant end) {
        TaskRecord intent = LedgerRecords.intent(account, key);
        ledger.add(intent);
        ledger.replace(
                intent.accepted("video_" + key, end, end).ended("{}", end).dueAt(end));
    }

    @Test
    void tasksAreCountedByAccountAndState() {
        ledger.add(LedgerRecords.intent("one", "key-1"));
        ledger.add(LedgerRecords.intent("one", "key-2"));
        ledger.add(LedgerRecords.intent("other", "key-3"));

        watchAndRead("one");

        assertThat(figures.open("one", TaskState.INTENT)).isEqualTo(2);
        assertThat(figures.open("one", TaskState.RUNNING)).isZero();
    }

    @Test
    void nothingIsKnownBeforeTheFirstReading() {
        figures.watch("one");

        assertThat(figures.open("one", TaskState.INTENT)).isNaN();
        assertThat(figures.oldestUndelivered("one")).isNaN();
    }

    @Test
    void nothingIsReadWhileNothingIsWatched() {
        time.timers().runDue();

        assertThat(time.queuedActions()).isZero();
    }

    @Test
    void aChangeIsSeenWithinFifteenSecondsAndNotSooner() {
        watchAndRead("one");
        ledger.add(LedgerRecords.intent("one", "key-1"));

        time.advance(Duration.ofSeconds(14));
        assertThat(figures.open("one", TaskState.INTENT)).isZero();

        time.advance(Duration.ofSeconds(2));
        assertThat(figures.open("one", TaskState.INTENT)).isEqualTo(1);
    }

    @Test
    void theOldestResultGrowsOlderBetweenReadings() {
        addEnded("one", "key-1", time.instant().minusSeconds(100));
        addEnded("one", "key-2", time.instant().minusSeconds(50));

        watchAndRead("one");
        time.advance(Duration.ofSeconds(5));

        assertThat(figures.oldestUndelivered("one")).isBetween(105.0, 105.1);
        assertThat(figures.oldestUndelivered("other")).isZero();
    }

    @Test
    void aDeliveredResultIsNoLongerTheOldest() {
        addEnded("one", "key-1", time.instant().minusSeconds(100));
        watchAndRead("one");
        TaskRecord record = ledger.find("one", "key-1").orElseThrow();

        ledger.replace(record.withState(TaskState.DELIVERED).dueAt(null));
        time.advance(Duration.ofSeconds(16));

        assertThat(figures.oldestUndelivered("one")).isZero();
    }

    @Test
    void whileTheLedgerIsAwayTheLastReadingStaysForAMinute() {
        ledger.add(LedgerRecords.intent("one", "key-1"));
        watchAndRead("one");
        ledger.fail();

        time.advance(Duration.ofSeconds(59));
        assertThat(figures.open("one", TaskState.INTENT)).isEqualTo(1);

        time.advance(Duration.ofSeconds(2));
        assertThat(figures.open("one", TaskState.INTENT)).isNaN();
        assertThat(figures.oldestUndelivered("one")).isNaN();

        ledger.recover();
        time.advance(Duration.ofSeconds(16));
        assertThat(figures.open("one", TaskState.INTENT)).isEqualTo(1);
    }

    @Test
    void aLedgerThatHangsIsReadOnceAndGaugesDoNotWait() {
        // The reading has its thread and does not come back.
        List<Runnable> hanging = new ArrayList<>();
        LedgerFigures figures = figuresOf(ledger, hanging::add);
        figures.watch("one");

        time.advance(Duration.ofMinutes(2));

        assertThat(hanging).hasSize(1);
        assertThat(figures.open("one", TaskState.INTENT)).isNaN();
    }

    @Test
    void aLedgerWithoutASearchHasNoFigures() {
        TaskLedger without = (TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TaskLedger.class},
                (proxy, method, arguments) ->
                        method.getName().equals("search") ? Optional.empty() : method.invoke(ledger, arguments));
        LedgerFigures none = figuresOf(without);

        none.watch("one");
        time.advance(Duration.ofSeconds(16));

        assertThat(none.open("one", TaskState.INTENT)).isNaN();
        assertThat(none.oldestUndelivered("one")).isNaN();
    }
}

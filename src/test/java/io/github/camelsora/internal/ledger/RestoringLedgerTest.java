package io.github.camelsora.internal.ledger;

import static io.github.camelsora.internal.ledger.LedgerRecords.withWireKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.VideoTasks;
import io.github.camelsora.support.WarningCapture;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written again, and what stays as the ledger has it. */
class RestoringLedgerTest {
    private final Map<TaskKey, TaskRecord> memory = new HashMap<>();
    private final FaultyLedger database = new FaultyLedger(new MemoryTaskLedger(() -> LedgerRecords.NOON, 100));
    private final RestoringLedger ledger = new RestoringLedger(database);

    RestoringLedgerTest() {
        ledger.restoreFrom(key -> Optional.empty());
        ledger.restoreFrom(key -> Optional.ofNullable(memory.get(key)));
    }

    @Test
    void aKeyThatNoMemoryKnowsIsNew() {
        TaskRecord intent = LedgerRecords.intent("default", "key-1");

        assertThat(ledger.add(intent)).isEmpty();

        assertThat(ledger.find("default", "key-1")).contains(intent);
    }

    @Test
    void aRecordThatVanishedIsWrittenAgainWhenItIsSearchedFor() {
        TaskRecord known = remember(LedgerRecords.running("default", "key-1", "video_1"));

        try (WarningCapture log = WarningCapture.of(RestoringLedger.class)) {
            assertThat(ledger.find("default", "key-1")).contains(known);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("has lost the record of key key-1 (task video_1)");
        }
        assertThat(database.find("default", "key-1")).contains(known);
    }

    @Test
    void aRecordThatVanishedIsWrittenAgainBeforeItsKeyIsConsideredNew() {
        TaskRecord known = remember(LedgerRecords.running("default", "key-1", "video_1"));

        Optional<TaskRecord> standing = ledger.add(LedgerRecords.intent("default", "key-1"));

        assertThat(standing).contains(known);
        assertThat(database.find("default", "key-1")).contains(known);
    }

    @Test
    void aRecordThatAnOperatorRemovedIsNotWrittenAgain() {
        TaskRecord known = forgotten(LedgerRecords.running("default", "key-1", "video_1"));

        assertThat(ledger.find("default", "key-1")).isEmpty();
        TaskRecord anew = LedgerRecords.intentWith("default", "key-1", "key-1~anew");
        assertThat(ledger.add(anew)).isEmpty();

        assertThat(known.wireKey()).isNotEqualTo(anew.wireKey());
        assertThat(database.find("default", "key-1")).contains(anew);
    }

    @Test
    void anOlderRecordIsReplacedByTheKnownOne() {
        TaskRecord older = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord known = remember(LedgerRecords.step(older, TaskState.RUNNING).withVersion(5));

        try (WarningCapture log = WarningCapture.of(RestoringLedger.class)) {
            assertThat(ledger.find("default", "key-1")).map(TaskRecord::state).contains(TaskState.RUNNING);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("holds an older record of key key-1 (task video_of_key-1)");
        }
        assertThat(database.find("default", "key-1")).map(TaskRecord::taskId).contains(known.taskId());
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN"})
    void aSubmitWhoseResultIsKnownIsNotLeftAsLost(TaskState older) {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        if (older == TaskState.UNKNOWN) {
            database.replace(LedgerRecords.step(intent, older)).orElseThrow();
        }
        TaskRecord running = LedgerRecords.step(intent, TaskState.RUNNING);
        remember(LedgerRecords.step(running, TaskState.ENDED).withVersion(5));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::state).contains(TaskState.ENDED);
        assertThat(database.find("default", "key-1")).map(TaskRecord::state).contains(TaskState.ENDED);
    }

    @Test
    void aNewerRecordStays() {
        remember(LedgerRecords.intent("default", "key-1"));
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord newer =
                database.replace(LedgerRecords.step(intent, TaskState.RUNNING)).orElseThrow();

        assertThat(ledger.find("default", "key-1")).contains(newer);
        assertThat(database.find("default", "key-1")).contains(newer);
    }

    @Test
    void aRecordThatMustNotBecomeTheKnownOneStays() {
        TaskRecord standing = wayTo(TaskState.DELIVERED, added(LedgerRecords.intent("default", "key-1")));
        remember(LedgerRecords.running("default", "key-1", "video_1").withVersion(9));

        try (WarningCapture log = WarningCapture.of(RestoringLedger.class)) {
            assertThat(ledger.find("default", "key-1")).contains(standing);
            assertThat(log.lines()).singleElement().asString().contains("key key-1 cannot be restored");
        }
        assertThat(database.find("default", "key-1")).contains(standing);
    }

    @Test
    void theRecordOfAnEarlierRequestIsReplacedByTheKnownOne() {
        added(LedgerRecords.intentWith("default", "key-1", "key-1~earlier"));
        TaskRecord known = remember(LedgerRecords.running("default", "key-1", "video_1"));

        try (WarningCapture log = WarningCapture.of(RestoringLedger.class)) {
            assertThat(ledger.find("default", "key-1")).map(TaskRecord::taskId).contains("video_1");
            assertThat(log.lines()).singleElement().asString().contains("key key-1 (task video_1)");
        }
        assertThat(database.find("default", "key-1")).map(TaskRecord::wireKey).contains(known.wireKey());
    }

    @Test
    void aRecordThatVanishedHoldsItsPriceAgain() {
        database.outliveTheJvm();
        remember(priced(20));

        ledger.find("default", "key-1");

        assertHeld(20);
    }

    @Test
    void aRecordThatTheMemoryHasEvictedIsNotBookedTwice() {
        TaskRecord intent = priced(20);
        database.add(new LedgerWrite(intent, Bookings.held(intent), null));
        TaskRecord evicted = remember(wayTo(TaskState.DELIVERED, intent));
        assertThat(database.removeClosed(LedgerRecords.NOON.plusSeconds(1000), 10))
                .isEqualTo(1);

        assertThat(ledger.find("default", "key-1")).isPresent();

        assertHeld(20);
    }

    @Test
    void aFailedTaskWhosePriceWasReleasedIsNotBookedAgain() {
        database.outliveTheJvm();
        remember(failedAndReleased());

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::state).contains(TaskState.ENDED);

        assertHeld(0);
    }

    @Test
    void anOlderRecordOfAFailedTaskReleasesItsPriceAgain() {
        database.outliveTheJvm();
        TaskRecord known = remember(failedAndReleased().withVersion(5));
        TaskRecord older = released(priced(20));
        database.add(new LedgerWrite(older, Bookings.held(older), null));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::result).contains(known.result());

        assertHeld(0);
    }

    private static TaskRecord released(TaskRecord record) {
        return record.withPrice(new TaskPrice(record.price().estimated(), null, true));
    }

    private static TaskRecord failedAndReleased() {
        TaskRecord running = LedgerRecords.step(released(priced(20)), TaskState.RUNNING);
        return running.ended(TaskJson.write(VideoTasks.failed(running.taskId(), running.key())), LedgerRecords.NOON);
    }

    @Test
    void aRecordThatReplacesThatOfAnEarlierRequestHoldsItsPriceAgain() {
        database.outliveTheJvm();
        TaskRecord earlier = withWireKey(priced(5), "key-1~earlier");
        database.add(new LedgerWrite(earlier, Bookings.held(earlier), null));
        TaskRecord known = remember(LedgerRecords.step(withWireKey(priced(20), "key-1~known"), TaskState.RUNNING));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::taskId).contains(known.taskId());
        assertHeld(25);

        // Once.
        assertThat(ledger.find("default", "key-1")).map(TaskRecord::taskId).contains(known.taskId());
        assertHeld(25);
    }

    @Test
    void theRecordOfALaterRequestStaysAfterTheKnownOneWasForgotten() {
        forgotten(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord later = added(LedgerRecords.intentWith("default", "key-1", "key-1~later"));

        assertThat(ledger.find("default", "key-1")).contains(later);
        assertThat(database.find("default", "key-1")).contains(later);
    }

    private TaskRecord wayTo(TaskState state, TaskRecord first) {
        return LedgerRecords.wayTo(state).stream()
                .reduce(
                        first,
                        (record, next) -> database.replace(LedgerRecords.step(record, next))
                                .orElseThrow(),
                        (a, b) -> b);
    }

    private static TaskRecord priced(long credits) {
        return LedgerRecords.priced("key-1", "tenant", credits, LedgerRecords.NOON);
    }

    private void assertHeld(long credits) {
        assertThat(database.book().orElseThrow().held("default").since("tenant", Instant.EPOCH))
                .isEqualByComparingTo(BigDecimal.valueOf(credits));
    }

    private TaskRecord added(TaskRecord record) {
        assertThat(database.add(record)).isEmpty();
        return record;
    }

    private TaskRecord remember(TaskRecord record) {
        memory.put(TaskKey.of(record), record);
        return record;
    }

    /** A record that this JVM still knows, and that an operator has removed. */
    private TaskRecord forgotten(TaskRecord record) {
        added(record);
        assertThat(database.forget(record, null)).isTrue();
        return remember(record);
    }
}

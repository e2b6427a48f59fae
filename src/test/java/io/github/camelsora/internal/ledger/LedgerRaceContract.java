package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.internal.cluster.Contenders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds when many do it at once. */
interface LedgerRaceContract extends LedgerUnderTest {
    int CONTENDERS = 8;
    int ROUNDS = 25;
    int ROUNDS_OF_MANY = 10;

    @Test
    default void ofManyAddsOfOneKeyExactlyOneSucceeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key-" + round;

            List<Boolean> added = Contenders.all(CONTENDERS, contender -> ledger().add(
                            LedgerRecords.running("default", key, "video_" + key + "_" + contender))
                    .isEmpty());

            assertThat(added).containsOnlyOnce(true);
        }
    }

    @Test
    default void allAddsOfOneKeyAreAnsweredWithTheSameRecord() throws Exception {
        List<TaskRecord> seen = Contenders.all(CONTENDERS, contender -> {
            TaskRecord own = LedgerRecords.running("default", "key-1", "video_" + contender);
            return ledger().add(own).orElse(own);
        });

        assertThat(seen).containsOnly(ledger().find("default", "key-1").orElseThrow());
    }

    @Test
    default void ofManyChangesOfOneVersionExactlyOneSucceeds() throws Exception {
        added(LedgerRecords.intent("default", "key-1"));
        for (int round = 0; round < ROUNDS; round++) {
            TaskRecord read = ledger().find("default", "key-1").orElseThrow();

            List<TaskRecord> winners = Contenders.all(
                            CONTENDERS, contender -> ledger().replace(read.ownedBy("node-" + contender))
                                    .orElse(null))
                    .stream()
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(winners)
                    .containsExactly(ledger().find("default", "key-1").orElseThrow());
        }
    }

    @Test
    default void ofManyKeysThatAreGivenOneTaskExactlyOneHasIt() throws Exception {
        for (int round = 0; round < ROUNDS_OF_MANY; round++) {
            String task = "video_" + round;
            String key = "key-" + round + "-";
            List<TaskRecord> lost = IntStream.range(0, CONTENDERS)
                    .mapToObj(contender -> brought(LedgerRecords.intent("default", key + contender), TaskState.UNKNOWN))
                    .toList();

            List<Boolean> given = Contenders.all(CONTENDERS, contender -> isGiven(lost.get(contender), task));

            assertThat(given).containsOnlyOnce(true);
            assertThat(lost)
                    .filteredOn(record ->
                            ledger().find("default", record.key()).orElseThrow().equals(record))
                    .hasSize(CONTENDERS - 1);
        }
    }

    private boolean isGiven(TaskRecord lost, String task) {
        try {
            TaskRecord found = lost.accepted(task, LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL);
            return ledger().replace(found).isPresent();
        } catch (TaskTakenException e) {
            return false;
        }
    }

    @Test
    default void ofAnAnswerAndAnAddedRecordThatNameOneTaskExactlyOneIsWritten() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String task = "video_" + round;
            TaskRecord intent = added(LedgerRecords.intent("default", "key-" + round));
            TaskRecord other = LedgerRecords.running("default", "other-" + round, task);

            List<Boolean> written =
                    Contenders.all(2, contender -> contender == 0 ? isGiven(intent, task) : isAdded(other));

            assertThat(written).containsOnlyOnce(true);
        }
    }

    private boolean isAdded(TaskRecord record) {
        try {
            return ledger().add(record).isEmpty();
        } catch (TaskTakenException e) {
            return false;
        }
    }

    @Test
    default void ofManyAcquisitionsOfADueRecordExactlyOneSucceeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ledger().add(LedgerRecords.due("default", "key-" + round, ledger().now()));

            List<Boolean> acquired =
                    Contenders.all(CONTENDERS, contender -> ledger().findDue("default", null, 10).stream()
                            .anyMatch(due -> ledger().replace(
                                            due.ownedBy("node-" + contender).dueAt(null))
                                    .isPresent()));

            assertThat(acquired).containsOnlyOnce(true);
        }
    }

    @Test
    default void noChangeIsLostAmongMany() throws Exception {
        ledger().add(LedgerRecords.running("default", "key-1", "video_1"));

        Contenders.all(CONTENDERS, contender -> IntStream.range(0, ROUNDS)
                .mapToObj(turn -> trackOneMilliLonger())
                .toList());

        Instant end = ledger().find("default", "key-1").orElseThrow().due().trackUntil();
        assertThat(ChronoUnit.MILLIS.between(LedgerRecords.TRACK_UNTIL, end)).isEqualTo(CONTENDERS * ROUNDS);
    }

    private TaskRecord trackOneMilliLonger() {
        while (true) {
            TaskRecord read = ledger().find("default", "key-1").orElseThrow();
            Instant longer = read.due().trackUntil().plusMillis(1);
            Optional<TaskRecord> written = ledger().replace(read.trackedUntil(longer));
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    @Test
    default void ofManyEndsOfOneTaskExactlyOneIsWritten() throws Exception {
        TaskRecord running = standing(TaskState.RUNNING);

        List<Boolean> written = Contenders.all(CONTENDERS, contender -> ledger().replace(
                        running.ended("{\"seenBy\": " + contender + "}", LedgerRecords.NOON))
                .isPresent());

        assertThat(written).containsOnlyOnce(true);
    }

    @Test
    default void ofManyRemovalsOfOneRecordExactlyOneSucceeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

            List<Boolean> removed = Contenders.all(CONTENDERS, contender -> ledger().forget(record, null));

            assertThat(removed).containsOnlyOnce(true);
        }
    }

    // What was added again is not what was read, so it stays.
    @Test
    default void aRemovalNeverRemovesARecordThatBeginsAnew() throws Exception {
        TaskRecord first = added(LedgerRecords.running("default", "key-1", "video_1"));

        Contenders.all(CONTENDERS, contender -> {
            ledger().forget(first, null);
            return ledger().add(LedgerRecords.running("default", "key-1", "video_2"));
        });

        assertThat(ledger().find("default", "key-1")).map(TaskRecord::taskId).contains("video_2");
    }

    @Test
    default void readsDuringWritesReturnWholeRecords() throws Exception {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        int writers = CONTENDERS / 2;

        List<Boolean> whole = Contenders.all(
                CONTENDERS, contender -> IntStream.range(0, ROUNDS * 4).allMatch(turn -> {
                    TaskRecord read = ledger().find("default", "key-1").orElseThrow();
                    if (contender < writers) {
                        ledger().replace(longRequest(read, contender));
                    }
                    return read.equals(intent) || read.request().length() == LONG_REQUEST + read.deliveries();
                }));

        assertThat(whole).containsOnly(true);
    }

    int LONG_REQUEST = 20_000;

    private static TaskRecord longRequest(TaskRecord read, int contender) {
        String request = "x".repeat(LONG_REQUEST + contender);
        return LedgerRecords.intent(read.account(), read.key(), request)
                .withDeliveries(contender)
                .withVersion(read.version());
    }

    @Test
    default void ofManyBatchChangesOfTheSameRecordsOneChangesEach() throws Exception {
        List<TaskRecord> found = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            found.add(added(LedgerRecords.running("default", "key-" + i, "video_" + i)));
        }

        List<List<TaskRecord>> changed = Contenders.all(CONTENDERS, contender -> {
            List<TaskRecord> shuffled = new ArrayList<>(found);
            Collections.shuffle(shuffled, new Random(contender));
            return ledger().replaceAll(shuffled.stream()
                    .map(record -> LedgerWrite.of(record.ownedBy("node-" + contender)))
                    .toList());
        });

        assertThat(changed.stream().flatMap(List::stream)).hasSize(40).allSatisfy(record -> assertThat(
                        ledger().find("default", record.key()))
                .contains(record));
    }

    @Test
    default void concurrentRemovalsOfOldRecordsRemoveEachOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            brought(LedgerRecords.intent("default", "key-" + i), TaskState.DELIVERED);
        }

        List<Integer> removed = Contenders.all(
                CONTENDERS, contender -> ledger().removeClosed(LedgerRecords.NOON.plus(Duration.ofDays(1)), 100));

        assertThat(removed.stream().mapToInt(count -> count).sum()).isEqualTo(40);
    }

    @Test
    default void manyMayRenewOneLeaseAtOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String node = "node-" + round;

            List<Boolean> renewed =
                    Contenders.all(CONTENDERS, contender -> ledger().renewLease(node, Duration.ofMinutes(1)));

            assertThat(renewed).contains(false);
            assertThat(ledger().isLive(node)).isTrue();
        }
    }
}

package io.github.camelsora.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every ledger promises, whatever it is made of: extend this, give it an empty one, and all of it is tested. It uses
 * nothing but the SPI, and takes records only along the ways that tasks take.
 */
abstract class TaskLedgerContract {
    private static final int CONTENDERS = 8;
    private static final int ROUNDS = 25;

    TaskLedger ledger;

    /** A ledger without any record, with room for at least 100 open ones. */
    abstract TaskLedger emptyLedger();

    /** Headers that the ledger under test must give back as they were. One that keeps JSON bears fewer types than memory. */
    Map<String, Object> carriedHeaders() {
        return Map.of("CamelFileName", "größe/動画.mp4", "attempt", 3, "urgent", true, "empty", "");
    }

    @BeforeEach
    void openLedger() {
        ledger = emptyLedger();
    }

    @Test
    void aRecordIsFoundUnderItsAccountAndKey() {
        ledger.add(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> found = ledger.find("default", "key-1");

        assertThat(found).contains(LedgerRecords.intent("default", "key-1"));
    }

    @Test
    void aNewRecordIsAnsweredWithNothing() {
        Optional<TaskRecord> standing = ledger.add(LedgerRecords.intent("default", "key-1"));

        assertThat(standing).isEmpty();
    }

    @Test
    void aKeyThatNobodyUsedIsNotFound() {
        ledger.add(LedgerRecords.intent("default", "key-1"));

        assertThat(ledger.find("default", "key-2")).isEmpty();
    }

    @Test
    void keysAreToldApartByCase() {
        ledger.add(LedgerRecords.intent("default", "key"));

        assertThat(ledger.find("default", "KEY")).isEmpty();
    }

    @Test
    void oneKeyInTwoAccountsIsTwoRecords() {
        TaskRecord ours = LedgerRecords.intent("ours", "key-1");
        TaskRecord theirs = LedgerRecords.running("theirs", "key-1", "video_1");

        ledger.add(ours);
        ledger.add(theirs);

        assertThat(ledger.find("ours", "key-1")).contains(ours);
        assertThat(ledger.find("theirs", "key-1")).contains(theirs);
    }

    @Test
    void addingAKnownKeyAnswersTheStandingRecord() {
        TaskRecord standing = LedgerRecords.running("default", "key-1", "video_1");
        ledger.add(standing);

        Optional<TaskRecord> answered = ledger.add(LedgerRecords.intent("default", "key-1"));

        assertThat(answered).contains(standing);
    }

    @Test
    void addingAKnownKeyChangesNothing() {
        TaskRecord standing = LedgerRecords.running("default", "key-1", "video_1");
        ledger.add(standing);

        ledger.add(LedgerRecords.running("default", "key-1", "video_2"));

        assertThat(ledger.find("default", "key-1")).contains(standing);
        assertThat(ledger.findByTaskId("default", "video_2")).isEmpty();
    }

    @Test
    void aTaskIdFindsItsRecord() {
        TaskRecord record = LedgerRecords.running("default", "key-1", "video_1");
        ledger.add(record);

        assertThat(ledger.findByTaskId("default", "video_1")).contains(record);
    }

    @Test
    void aTaskIdThatCameLaterFindsItsRecord() {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> accepted = ledger.replace(LedgerRecords.step(intent, TaskState.RUNNING));

        assertThat(ledger.findByTaskId("default", "video_of_key-1")).isPresent().isEqualTo(accepted);
    }

    @Test
    void aTaskIdIsNotFoundInAnotherAccount() {
        ledger.add(LedgerRecords.running("ours", "key-1", "video_1"));

        assertThat(ledger.findByTaskId("theirs", "video_1")).isEmpty();
    }

    @Test
    void oneTaskIdInTwoAccountsIsTwoRecords() {
        TaskRecord ours = LedgerRecords.running("ours", "key-1", "video_1");
        TaskRecord theirs = LedgerRecords.running("theirs", "key-2", "video_1");
        ledger.add(ours);
        ledger.add(theirs);

        assertThat(ledger.findByTaskId("ours", "video_1")).contains(ours);
        assertThat(ledger.findByTaskId("theirs", "video_1")).contains(theirs);
    }

    @Test
    void aRecordBeginsWithVersionZero() {
        ledger.add(LedgerRecords.intent("default", "key-1").withVersion(7));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::version).contains(0L);
    }

    @Test
    void eachChangeRaisesTheVersion() {
        TaskRecord first = added(LedgerRecords.intent("default", "key-1"));

        TaskRecord second = ledger.replace(first.ownedBy("node-2", null)).orElseThrow();
        TaskRecord third = ledger.replace(second.ownedBy("node-3", null)).orElseThrow();

        assertThat(List.of(first.version(), second.version(), third.version()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aChangeIsAnsweredWithWhatStandsNow() {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> written = ledger.replace(record.ownedBy("node-2", null));

        assertThat(written).isPresent().isEqualTo(ledger.find("default", "key-1"));
    }

    @Test
    void aChangeOfAStaleVersionIsRefused() {
        TaskRecord stale = added(LedgerRecords.intent("default", "key-1"));
        ledger.replace(stale.ownedBy("node-2", null));

        Optional<TaskRecord> written = ledger.replace(stale.ownedBy("node-3", null));

        assertThat(written).isEmpty();
        assertThat(ledger.find("default", "key-1")).map(TaskRecord::owner).contains("node-2");
    }

    // Whoever lost a race must be able to tell that from a mistake, to look again.
    @Test
    void aStaleStepIsTooLateRatherThanForbidden() {
        TaskRecord stale = standing(TaskState.RUNNING);
        ledger.replace(LedgerRecords.step(stale, TaskState.ENDED));

        Optional<TaskRecord> written = ledger.replace(stale.ownedBy("node-2", null));

        assertThat(written).isEmpty();
    }

    @Test
    void aRecordThatIsNotThereCannotBeChanged() {
        Optional<TaskRecord> written = ledger.replace(LedgerRecords.intent("default", "key-1"));

        assertThat(written).isEmpty();
        assertThat(ledger.find("default", "key-1")).isEmpty();
    }

    @Test
    void aRemovedRecordIsNotFound() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));

        boolean isRemoved = ledger.remove(record);

        assertThat(isRemoved).isTrue();
        assertThat(ledger.find("default", "key-1")).isEmpty();
        assertThat(ledger.findByTaskId("default", "video_1")).isEmpty();
    }

    @Test
    void aRemovedKeyIsAsIfItHadNeverBeenUsed() {
        ledger.remove(standing(TaskState.REJECTED));

        Optional<TaskRecord> standing = ledger.add(LedgerRecords.intent("default", "key-1"));

        assertThat(standing).isEmpty();
        assertThat(ledger.find("default", "key-1")).contains(LedgerRecords.intent("default", "key-1"));
    }

    @Test
    void removingAStaleVersionDoesNothing() {
        TaskRecord stale = added(LedgerRecords.intent("default", "key-1"));
        Optional<TaskRecord> newest = ledger.replace(stale.ownedBy("node-2", null));

        boolean isRemoved = ledger.remove(stale);

        assertThat(isRemoved).isFalse();
        assertThat(ledger.find("default", "key-1")).isEqualTo(newest);
    }

    @Test
    void aStaleRecordNeverRemovesItsSuccessor() {
        TaskRecord stale = added(LedgerRecords.running("default", "key-1", "video_1"));
        ledger.remove(stale);
        TaskRecord successor = added(LedgerRecords.running("default", "key-1", "video_2"));
        assertThat(successor.version()).isEqualTo(stale.version());

        boolean isRemoved = ledger.remove(stale);

        assertThat(isRemoved).isFalse();
        assertThat(ledger.find("default", "key-1")).contains(successor);
    }

    @Test
    void removingWhatIsNotThereDoesNothing() {
        assertThat(ledger.remove(LedgerRecords.intent("default", "key-1"))).isFalse();
    }

    @Test
    void removingOneRecordLeavesTheOthers() {
        TaskRecord one = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord other = added(LedgerRecords.running("default", "key-2", "video_2"));

        ledger.remove(one);

        assertThat(ledger.find("default", "key-2")).contains(other);
        assertThat(ledger.findByTaskId("default", "video_2")).contains(other);
    }

    static Stream<Arguments> allowedSteps() {
        return steps(true);
    }

    static Stream<Arguments> forbiddenSteps() {
        return steps(false);
    }

    private static Stream<Arguments> steps(boolean isAllowed) {
        return Stream.of(TaskState.values()).flatMap(from -> Stream.of(TaskState.values())
                .filter(to -> from.canBecome(to) == isAllowed)
                .map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("allowedSteps")
    void anAllowedStepIsTaken(TaskState from, TaskState to) {
        TaskRecord record = standing(from);

        ledger.replace(LedgerRecords.step(record, to));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::state).contains(to);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("forbiddenSteps")
    void aForbiddenStepIsRefusedAndChangesNothing(TaskState from, TaskState to) {
        TaskRecord record = standing(from);

        assertThatIllegalStateException().isThrownBy(() -> ledger.replace(record.withState(to)));

        assertThat(ledger.find("default", "key-1")).contains(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"ENDED", "DELIVERED"})
    void aVerdictNeverChanges(TaskState state) {
        TaskRecord record = standing(state);

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.replace(
                        record.ended("{\"status\": \"FAILED\"}", ledger.now()).withState(state)));

        assertThat(ledger.find("default", "key-1")).contains(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"UNKNOWN", "RUNNING"})
    void aRecordWithAVerdictIsNeverOpenAgain(TaskState open) {
        TaskRecord ended = standing(TaskState.ENDED);
        TaskRecord aside = ledger.replace(ended.withState(TaskState.SET_ASIDE)).orElseThrow();

        assertThatIllegalStateException().isThrownBy(() -> ledger.replace(aside.withState(open)));

        assertThat(ledger.find("default", "key-1")).contains(aside);
    }

    @Test
    void aVerdictIsNeverTakenBack() {
        TaskRecord record = standing(TaskState.ENDED);

        assertThatIllegalStateException().isThrownBy(() -> ledger.replace(record.ended(null, ledger.now())));

        assertThat(ledger.find("default", "key-1")).contains(record);
    }

    @Test
    void aVerdictOutlivesEachLaterStep() {
        TaskRecord ended = standing(TaskState.ENDED);

        ledger.replace(ended.delivered(ledger.now()));

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::verdict).contains(ended.verdict());
    }

    @Test
    void everyFieldComesBackAsItWasWritten() {
        TaskRecord record = new TaskRecord(
                "account ‘größer’",
                "key/with spaces, ünï💡 and 'quotes'",
                "https://toapis.com",
                "remix",
                "{\"prompt\": \"" + "Ein Hündchen 🐶 spielt\\n".repeat(5_000) + "\"}",
                TaskState.ENDED,
                "video_01K8SGYNNNVBQTXNR4MM964S7K",
                "{\"errorMessage\": \"" + "内容违反政策 ".repeat(5_000) + "\"}",
                "node-1",
                LedgerRecords.NOON.plusMillis(1),
                new Times(
                        LedgerRecords.NOON.plusMillis(2),
                        LedgerRecords.NOON.plusMillis(3),
                        LedgerRecords.NOON.plusMillis(4),
                        LedgerRecords.NOON.plusMillis(5)),
                new Due(
                        LedgerRecords.NOON.plusMillis(6),
                        LedgerRecords.NOON.plusMillis(7),
                        LedgerRecords.NOON.plusMillis(8),
                        LedgerRecords.NOON.plusMillis(999)),
                "größe",
                carriedHeaders(),
                0);

        ledger.add(record);

        assertThat(ledger.find(record.account(), record.key())).contains(record);
    }

    @Test
    void whatIsNotKnownComesBackAsNull() {
        TaskRecord record = new TaskRecord(
                "default",
                "key-1",
                "https://toapis.com",
                "await",
                null,
                TaskState.RUNNING,
                null,
                null,
                null,
                null,
                new Times(LedgerRecords.NOON, null, null, null),
                new Due(null, null, null, null),
                null,
                null,
                0);

        ledger.add(record);

        assertThat(ledger.find("default", "key-1")).contains(record);
    }

    @Test
    void everyFieldThatMayChangeComesBackAsItWasReplaced() {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord next = intent.accepted("video_é", LedgerRecords.NOON.plusMillis(11), LedgerRecords.due(12))
                .ownedBy("node-2", LedgerRecords.NOON.plusMillis(13));

        TaskRecord written = ledger.replace(next).orElseThrow();

        assertThat(ledger.find("default", "key-1")).contains(next.withVersion(written.version()));
    }

    @Test
    void ofManyWhoAddOneKeyExactlyOneIsAdded() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key-" + round;

            List<Boolean> added = Contenders.all(CONTENDERS, contender -> ledger.add(
                            LedgerRecords.running("default", key, "video_" + key + "_" + contender))
                    .isEmpty());

            assertThat(added).containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyWhoAddOneKeyAllLearnOfTheSameRecord() throws Exception {
        List<TaskRecord> seen = Contenders.all(CONTENDERS, contender -> {
            TaskRecord own = LedgerRecords.running("default", "key-1", "video_" + contender);
            return ledger.add(own).orElse(own);
        });

        assertThat(seen).containsOnly(ledger.find("default", "key-1").orElseThrow());
    }

    @Test
    void ofManyWhoChangeOneVersionExactlyOneWins() throws Exception {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        for (int round = 0; round < ROUNDS; round++) {
            TaskRecord read = ledger.find("default", "key-1").orElseThrow();

            List<TaskRecord> winners = Contenders.all(
                            CONTENDERS, contender -> ledger.replace(read.ownedBy("node-" + contender, null))
                                    .orElse(null))
                    .stream()
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(winners)
                    .containsExactly(ledger.find("default", record.key()).orElseThrow());
        }
    }

    @Test
    void noChangeIsLostAmongMany() throws Exception {
        ledger.add(LedgerRecords.running("default", "key-1", "video_1"));
        Instant start = ledger.find("default", "key-1").orElseThrow().due().nextPoll();

        Contenders.all(CONTENDERS, contender -> IntStream.range(0, ROUNDS)
                .mapToObj(turn -> pushPollByOneMilli())
                .toList());

        Instant end = ledger.find("default", "key-1").orElseThrow().due().nextPoll();
        assertThat(ChronoUnit.MILLIS.between(start, end)).isEqualTo(CONTENDERS * ROUNDS);
    }

    private TaskRecord pushPollByOneMilli() {
        while (true) {
            TaskRecord read = ledger.find("default", "key-1").orElseThrow();
            Due due = read.due();
            Optional<TaskRecord> written = ledger.replace(read.withDue(new Due(
                    due.nextPoll().plusMillis(1), due.submitDeadline(), due.completionDeadline(), due.trackUntil())));
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    @Test
    void ofManyEndsOfOneTaskExactlyOneIsWritten() throws Exception {
        TaskRecord running = standing(TaskState.RUNNING);

        List<Boolean> written = Contenders.all(
                CONTENDERS, contender -> ledger.replace(running.ended("{\"seenBy\": " + contender + "}", ledger.now()))
                        .isPresent());

        assertThat(written).containsOnlyOnce(true);
    }

    @Test
    void theClockGoesForward() {
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> times.add(ledger.now()));

        assertThat(times).isSorted();
    }

    /** Adds a record and answers it as it stands. */
    TaskRecord added(TaskRecord record) {
        assertThat(ledger.add(record)).isEmpty();
        return ledger.find(record.account(), record.key()).orElseThrow();
    }

    /** Takes a new record to a state, on the way that a task takes. */
    private TaskRecord standing(TaskState state) {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        for (TaskState next : LedgerRecords.wayTo(state)) {
            record = ledger.replace(LedgerRecords.step(record, next)).orElseThrow();
        }
        return record;
    }
}

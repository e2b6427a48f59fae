package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Changing a record: by compare-and-set, along allowed steps, and never its result. */
interface LedgerStepContract extends LedgerUnderTest {

    @Test
    default void eachChangeRaisesTheVersion() {
        TaskRecord first = added(LedgerRecords.intent("default", "key-1"));

        TaskRecord second = ledger().replace(first.ownedBy("node-2")).orElseThrow();
        TaskRecord third = ledger().replace(second.ownedBy("node-3")).orElseThrow();

        assertThat(List.of(first.version(), second.version(), third.version()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void aChangeIsAnsweredWithWhatStandsNow() {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> written = ledger().replace(record.ownedBy("node-2"));

        assertThat(written).isPresent().isEqualTo(ledger().find("default", "key-1"));
    }

    @Test
    default void aChangeOfAStaleVersionIsRejected() {
        TaskRecord stale = added(LedgerRecords.intent("default", "key-1"));
        ledger().replace(stale.ownedBy("node-2"));

        Optional<TaskRecord> written = ledger().replace(stale.ownedBy("node-3"));

        assertThat(written).isEmpty();
        assertThat(ledger().find("default", "key-1")).map(TaskRecord::owner).contains("node-2");
    }

    @Test
    default void severalChangesAtOnceAreAnsweredWithWhatStandsNow() {
        TaskRecord running = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord intent = added(LedgerRecords.intent("default", "key-2"));

        List<TaskRecord> written = ledger().replaceAll(LedgerRecords.alone(
                running.ownedBy("node-2"), intent.withState(TaskState.UNKNOWN).ownedBy("node-2")));

        assertThat(written)
                .hasSize(2)
                .allSatisfy(record ->
                        assertThat(ledger().find("default", record.key())).contains(record))
                .extracting(TaskRecord::owner)
                .containsOnly("node-2");
    }

    @Test
    default void ofSeveralChangesAtOnceSomeMayBeEnds() {
        TaskRecord running = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord ending = added(LedgerRecords.running("default", "key-2", "video_2"));

        List<TaskRecord> written = ledger().replaceAll(
                        LedgerRecords.alone(running.ownedBy("node-2"), LedgerRecords.step(ending, TaskState.ENDED)));

        assertThat(written).extracting(TaskRecord::state).containsOnly(TaskState.RUNNING, TaskState.ENDED);
        assertThat(ledger().find("default", "key-2")).map(TaskRecord::state).contains(TaskState.ENDED);
    }

    @Test
    default void ofSeveralChangesAtOnceThoseOfAStaleVersionAreRejected() {
        TaskRecord fresh = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord stale = added(LedgerRecords.intent("default", "key-2"));
        TaskRecord removed = added(LedgerRecords.intent("default", "key-3"));
        ledger().replace(stale.ownedBy("node-2"));
        ledger().forget(removed, null);

        List<TaskRecord> written = ledger().replaceAll(LedgerRecords.alone(
                stale.ownedBy("node-3"), fresh.ownedBy("node-3"), removed.ownedBy("node-3")));

        assertThat(written).extracting(TaskRecord::key).containsExactly("key-1");
        assertThat(ledger().find("default", "key-2")).map(TaskRecord::owner).contains("node-2");
        assertThat(ledger().find("default", "key-3")).isEmpty();
    }

    @Test
    default void noChangesAtOnceAreNone() {
        assertThat(ledger().replaceAll(List.of())).isEmpty();
    }

    // The loser of a race must be able to distinguish it from a mistake, to read again.
    @Test
    default void aStaleStepIsTooLateRatherThanForbidden() {
        TaskRecord stale = standing(TaskState.RUNNING);
        ledger().replace(LedgerRecords.step(stale, TaskState.ENDED));

        Optional<TaskRecord> written = ledger().replace(stale.ownedBy("node-2"));

        assertThat(written).isEmpty();
    }

    @Test
    default void aRecordThatIsNotThereCannotBeChanged() {
        Optional<TaskRecord> written = ledger().replace(LedgerRecords.intent("default", "key-1"));

        assertThat(written).isEmpty();
        assertThat(ledger().find("default", "key-1")).isEmpty();
    }

    @Test
    default void aChangeLeavesTheSameKeyOfOtherAccountsAlone() {
        TaskRecord ours = added(LedgerRecords.intent("ours", "key-1"));
        TaskRecord theirs = added(LedgerRecords.intent("theirs", "key-1"));

        ledger().replace(ours.ownedBy("node-2"));

        assertThat(ledger().find("theirs", "key-1")).contains(theirs);
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
    @MethodSource("io.github.camelsora.internal.ledger.LedgerStepContract#allowedSteps")
    default void anAllowedStepIsWritten(TaskState from, TaskState to) {
        TaskRecord record = standing(from);

        Optional<TaskRecord> written = ledger().replace(LedgerRecords.step(record, to));

        assertThat(written).map(TaskRecord::state).contains(to);
        assertThat(ledger().find("default", "key-1")).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("io.github.camelsora.internal.ledger.LedgerStepContract#forbiddenSteps")
    default void aForbiddenStepIsRejectedAndChangesNothing(TaskState from, TaskState to) {
        TaskRecord record = standing(from);

        assertThatIllegalStateException().isThrownBy(() -> ledger().replace(record.withState(to)));

        assertThat(ledger().find("default", "key-1")).contains(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"ENDED", "DELIVERED"})
    default void aResultNeverChanges(TaskState state) {
        TaskRecord record = standing(state);
        TaskRecord other =
                record.ended("{\"status\": \"FAILED\"}", ledger().now()).withState(state);

        assertThatIllegalStateException().isThrownBy(() -> ledger().replace(other));

        assertThat(ledger().find("default", "key-1")).contains(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"UNKNOWN", "RUNNING"})
    default void aRecordWithAResultIsNeverOpenAgain(TaskState open) {
        TaskRecord ended = standing(TaskState.ENDED);
        TaskRecord aside =
                ledger().replace(ended.withState(TaskState.SET_ASIDE)).orElseThrow();

        assertThatIllegalStateException().isThrownBy(() -> ledger().replace(aside.withState(open)));

        assertThat(ledger().find("default", "key-1")).contains(aside);
    }

    @Test
    default void aResultIsNeverRemoved() {
        TaskRecord record = standing(TaskState.ENDED);

        assertThatIllegalStateException().isThrownBy(() -> ledger().replace(record.ended(null, ledger().now())));

        assertThat(ledger().find("default", "key-1")).contains(record);
    }

    @Test
    default void aResultOutlivesEachLaterStep() {
        TaskRecord ended = standing(TaskState.ENDED);

        ledger().replace(ended.delivered(ledger().now()));

        assertThat(ledger().find("default", "key-1")).map(TaskRecord::result).contains(ended.result());
    }
}

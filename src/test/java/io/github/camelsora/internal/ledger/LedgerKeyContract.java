package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One account and key, one record: adding, finding, removing. */
interface LedgerKeyContract extends LedgerUnderTest {

    @Test
    default void aRecordIsFoundUnderItsAccountAndKey() {
        ledger().add(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> found = ledger().find("default", "key-1");

        assertThat(found).contains(LedgerRecords.intent("default", "key-1"));
    }

    @Test
    default void aNewRecordIsAnsweredWithNothing() {
        Optional<TaskRecord> standing = ledger().add(LedgerRecords.intent("default", "key-1"));

        assertThat(standing).isEmpty();
    }

    @Test
    default void anUnusedKeyIsNotFound() {
        ledger().add(LedgerRecords.intent("default", "key-1"));

        assertThat(ledger().find("default", "key-2")).isEmpty();
    }

    @Test
    default void keysDifferByCase() {
        ledger().add(LedgerRecords.intent("default", "key"));

        assertThat(ledger().find("default", "KEY")).isEmpty();
    }

    @Test
    default void keysDifferByBlanks() {
        ledger().add(LedgerRecords.intent("default", "key"));

        assertThat(ledger().find("default", "key ")).isEmpty();
    }

    @Test
    default void aKeyOf500CharactersIsFound() {
        TaskRecord record = LedgerRecords.intent("a".repeat(200), "k".repeat(500));
        ledger().add(record);

        assertThat(ledger().find(record.account(), record.key())).contains(record);
    }

    @Test
    default void oneKeyInTwoAccountsIsTwoRecords() {
        TaskRecord ours = LedgerRecords.intent("ours", "key-1");
        TaskRecord theirs = LedgerRecords.running("theirs", "key-1", "video_1");

        ledger().add(ours);
        ledger().add(theirs);

        assertThat(ledger().find("ours", "key-1")).contains(ours);
        assertThat(ledger().find("theirs", "key-1")).contains(theirs);
    }

    @Test
    default void addingAKnownKeyAnswersTheStandingRecord() {
        TaskRecord standing = LedgerRecords.running("default", "key-1", "video_1");
        ledger().add(standing);

        Optional<TaskRecord> answered = ledger().add(LedgerRecords.intent("default", "key-1"));

        assertThat(answered).contains(standing);
    }

    @Test
    default void addingAKnownKeyChangesNothing() {
        TaskRecord standing = LedgerRecords.running("default", "key-1", "video_1");
        ledger().add(standing);

        ledger().add(LedgerRecords.running("default", "key-1", "video_2"));

        assertThat(ledger().find("default", "key-1")).contains(standing);
        assertThat(ledger().findByTaskId("default", "video_2")).isEmpty();
    }

    @Test
    default void aRecordKeepsTheVersionThatItIsAddedWith() {
        ledger().add(LedgerRecords.intent("default", "key-1").withVersion(7));

        assertThat(ledger().find("default", "key-1")).map(TaskRecord::version).contains(7L);
    }

    @Test
    default void aTaskIdFindsItsRecord() {
        TaskRecord record = LedgerRecords.running("default", "key-1", "video_1");
        ledger().add(record);

        assertThat(ledger().findByTaskId("default", "video_1")).contains(record);
    }

    @Test
    default void aTaskIdThatCameLaterFindsItsRecord() {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> accepted = ledger().replace(LedgerRecords.step(intent, TaskState.RUNNING));

        assertThat(ledger().findByTaskId("default", "video_of_key-1"))
                .isPresent()
                .isEqualTo(accepted);
    }

    @Test
    default void aTaskIdIsNotFoundInAnotherAccount() {
        ledger().add(LedgerRecords.running("ours", "key-1", "video_1"));

        assertThat(ledger().findByTaskId("theirs", "video_1")).isEmpty();
    }

    @Test
    default void oneTaskIdInTwoAccountsIsTwoRecords() {
        TaskRecord ours = LedgerRecords.running("ours", "key-1", "video_1");
        TaskRecord theirs = LedgerRecords.running("theirs", "key-2", "video_1");
        ledger().add(ours);
        ledger().add(theirs);

        assertThat(ledger().findByTaskId("ours", "video_1")).contains(ours);
        assertThat(ledger().findByTaskId("theirs", "video_1")).contains(theirs);
    }

    @Test
    default void aTaskOfOneKeyIsNeitherAddedUnderAnotherNorGivenToIt() {
        TaskRecord first = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord second = LedgerRecords.running("default", "key-2", "video_1");
        TaskRecord lost = brought(LedgerRecords.intent("default", "key-3"), TaskState.UNKNOWN);

        assertThatThrownBy(() -> ledger().add(second))
                .isInstanceOf(TaskTakenException.class)
                .hasMessage("task video_1 is that of key key-1");
        assertThatThrownBy(() -> ledger().replace(given(lost, "video_1")))
                .isInstanceOf(TaskTakenException.class)
                .hasMessage("task video_1 is that of key key-1");

        assertThat(ledger().find("default", "key-2")).isEmpty();
        assertThat(ledger().find("default", "key-3")).contains(lost);
        assertThat(ledger().findByTaskId("default", "video_1")).contains(first);
    }

    @Test
    default void aRecordIsNotReplacedByOneWithTheTaskOfAnotherKey() {
        added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord rejected = brought(LedgerRecords.intent("default", "key-2"), TaskState.REJECTED);

        assertThatThrownBy(() -> ledger().forget(rejected, LedgerRecords.running("default", "key-2", "video_1")))
                .isInstanceOf(TaskTakenException.class);

        assertThat(ledger().find("default", "key-2")).contains(rejected);
        assertThat(ledger().isForgotten(rejected)).isFalse();
    }

    @Test
    default void aTaskThatNoKeyHasAnyMoreCanBeGivenToAnother() {
        TaskRecord first = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord lost = brought(LedgerRecords.intent("default", "key-2"), TaskState.UNKNOWN);
        ledger().forget(first, LedgerRecords.intent("default", "key-1"));

        Optional<TaskRecord> found = ledger().replace(given(lost, "video_1"));

        assertThat(found).isPresent();
        assertThat(ledger().findByTaskId("default", "video_1")).isEqualTo(found);
    }

    @Test
    default void aTaskThatIsAwaitedByItsIdCanHaveTheRecordOfItsSubmitBesides() {
        TaskRecord imported = added(LedgerRecords.importing("default", "a-1", "video_1"));
        TaskRecord lost = brought(LedgerRecords.intent("default", "key-1"), TaskState.UNKNOWN);
        TaskRecord found = ledger().replace(given(lost, "video_1")).orElseThrow();

        assertThat(ledger().findByTaskId("default", "video_1")).contains(found);
        ledger().forget(found, null);
        assertThat(ledger().findByTaskId("default", "video_1")).contains(imported);
    }

    private static TaskRecord given(TaskRecord lost, String taskId) {
        return lost.accepted(taskId, LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL);
    }

    @Test
    default void aRemovedRecordIsNotFound() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));

        boolean isRemoved = ledger().forget(record, null);

        assertThat(isRemoved).isTrue();
        assertThat(ledger().find("default", "key-1")).isEmpty();
        assertThat(ledger().findByTaskId("default", "video_1")).isEmpty();
    }

    @Test
    default void aRecordIsRemovedAlsoAsReplaceHasAnsweredIt() {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord answered = ledger().replace(record.lossReported(LedgerRecords.NOON.plusNanos(123_456_789)))
                .orElseThrow();

        assertThat(ledger().forget(answered, null)).isTrue();
    }

    @Test
    default void aRemovedKeyIsAsIfItHadNeverBeenUsed() {
        ledger().forget(standing(TaskState.REJECTED), null);

        Optional<TaskRecord> standing = ledger().add(LedgerRecords.intent("default", "key-1"));

        assertThat(standing).isEmpty();
        assertThat(ledger().find("default", "key-1")).contains(LedgerRecords.intent("default", "key-1"));
    }

    @Test
    default void removingAStaleVersionDoesNothing() {
        TaskRecord stale = added(LedgerRecords.intent("default", "key-1"));
        Optional<TaskRecord> newest = ledger().replace(stale.ownedBy("node-2"));

        boolean isRemoved = ledger().forget(stale, null);

        assertThat(isRemoved).isFalse();
        assertThat(ledger().find("default", "key-1")).isEqualTo(newest);
    }

    @Test
    default void aStaleRecordNeverRemovesItsSuccessor() {
        TaskRecord stale = added(LedgerRecords.running("default", "key-1", "video_1"));
        ledger().forget(stale, null);
        TaskRecord successor = added(LedgerRecords.running("default", "key-1", "video_2"));
        assertThat(successor.version()).isEqualTo(stale.version());

        boolean isRemoved = ledger().forget(stale, null);

        assertThat(isRemoved).isFalse();
        assertThat(ledger().find("default", "key-1")).contains(successor);
    }

    @Test
    default void removingAMissingRecordDoesNothing() {
        assertThat(ledger().forget(LedgerRecords.intent("default", "key-1"), null))
                .isFalse();
    }

    @Test
    default void removingOneRecordLeavesTheOthers() {
        TaskRecord one = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord other = added(LedgerRecords.running("default", "key-2", "video_2"));

        ledger().forget(one, null);

        assertThat(ledger().find("default", "key-2")).contains(other);
        assertThat(ledger().findByTaskId("default", "video_2")).contains(other);
    }
}

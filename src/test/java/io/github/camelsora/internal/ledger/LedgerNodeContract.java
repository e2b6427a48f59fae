package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Nodes live as long as their leases, and what they leave behind is found. */
public interface LedgerNodeContract extends LedgerUnderTest {
    Duration LEASE = Duration.ofMinutes(10);

    @Test
    default void aNodeThatWasNeverSeenIsNotLive() {
        assertThat(ledger().isLive("node-1")).isFalse();
    }

    @Test
    default void aNodeLivesWhileItsLeaseLasts() {
        ledger().renewLease("node-1", LEASE);

        assertThat(ledger().isLive("node-1")).isTrue();
        assertThat(ledger().isLive("node-2")).isFalse();
    }

    @Test
    default void aNodeWhoseLeaseHasRunOutIsNotLive() {
        ledger().renewLease("node-1", LEASE);

        letLeaseRunOut("node-1");

        assertThat(ledger().isLive("node-1")).isFalse();
    }

    @Test
    default void aNewNodeEndsNoLeaseOfAnother() {
        ledger().renewLease("node-1", LEASE);

        ledger().renewLease("node-2", LEASE);

        assertThat(ledger().isLive("node-1")).isTrue();
    }

    @Test
    default void theFirstLeaseBeginsAnew() {
        assertThat(ledger().renewLease("node-1", LEASE)).isFalse();
    }

    @Test
    default void aLeaseThatLastsIsRenewed() {
        ledger().renewLease("node-1", LEASE);

        assertThat(ledger().renewLease("node-1", LEASE)).isTrue();
    }

    @Test
    default void aLeaseThatHasRunOutBeginsAnew() {
        ledger().renewLease("node-1", LEASE);
        letLeaseRunOut("node-1");

        boolean wasLasting = ledger().renewLease("node-1", LEASE);

        assertThat(wasLasting).isFalse();
        assertThat(ledger().isLive("node-1")).isTrue();
    }

    @Test
    default void aLeaseThatBeganAnewIsRenewed() {
        ledger().renewLease("node-1", LEASE);
        letLeaseRunOut("node-1");
        ledger().renewLease("node-1", LEASE);

        assertThat(ledger().renewLease("node-1", LEASE)).isTrue();
    }

    @Test
    default void aLeaseMayLastForYears() {
        ledger().renewLease("node-1", Duration.ofDays(4_000));

        assertThat(ledger().isLive("node-1")).isTrue();
    }

    @Test
    default void aNodeThatLeavesIsNotLive() {
        ledger().renewLease("node-1", LEASE);
        ledger().renewLease("node-2", LEASE);

        ledger().releaseLease("node-1");

        assertThat(ledger().isLive("node-1")).isFalse();
        assertThat(ledger().isLive("node-2")).isTrue();
    }

    @Test
    default void aNodeThatComesBackBeginsAnew() {
        ledger().renewLease("node-1", LEASE);
        ledger().releaseLease("node-1");

        assertThat(ledger().renewLease("node-1", LEASE)).isFalse();
    }

    @Test
    default void aNodeWithoutALeaseMayLeave() {
        assertThatCode(() -> ledger().releaseLease("node-1")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING"})
    default void anOpenRecordWithoutAnOwnerIsAbandoned(TaskState open) {
        TaskRecord record = ownedBy(null, open);

        assertThat(abandoned()).containsExactly(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING"},
            mode = Mode.EXCLUDE)
    default void aClosedRecordWithoutAnOwnerIsNotAbandoned(TaskState closed) {
        ownedBy(null, closed);

        assertThat(abandoned()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    default void aRecordOfALiveNodeIsNotAbandoned(TaskState state) {
        ledger().renewLease("node-1", LEASE);
        ownedBy("node-1", state);

        assertThat(abandoned()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING", "ENDED"})
    default void anUnfinishedRecordIsAbandonedWhenTheLeaseOfItsOwnerRunsOut(TaskState state) {
        ledger().renewLease("node-1", LEASE);
        ledger().renewLease("node-2", LEASE);
        TaskRecord record = ownedBy("node-1", state);

        letLeaseRunOut("node-1");

        assertThat(abandoned()).containsExactly(record);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING", "ENDED"},
            mode = Mode.EXCLUDE)
    default void aFinishedRecordIsNotAbandonedWhenTheLeaseOfItsOwnerRunsOut(TaskState state) {
        ledger().renewLease("node-1", LEASE);
        ownedBy("node-1", state);

        letLeaseRunOut("node-1");

        assertThat(abandoned()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING", "ENDED"})
    default void anUnfinishedRecordIsAbandonedWhenItsOwnerWasNeverSeen(TaskState state) {
        ledger().renewLease("node-2", LEASE);
        TaskRecord record = ownedBy("node-1", state);

        assertThat(abandoned()).containsExactly(record);
    }

    @Test
    default void aRecordIsAbandonedAsSoonAsItsNodeLeaves() {
        ledger().renewLease("node-1", LEASE);
        TaskRecord record = ownedBy("node-1", TaskState.RUNNING);

        ledger().releaseLease("node-1");

        assertThat(abandoned()).containsExactly(record);
    }

    @Test
    default void aRecordThatALiveNodeTakesOverIsNoLongerAbandoned() {
        ledger().renewLease("node-2", LEASE);
        TaskRecord record = ownedBy("node-1", TaskState.RUNNING);

        ledger().replace(record.ownedBy("node-2"));

        assertThat(abandoned()).isEmpty();
    }

    @Test
    default void theOldestAbandonedComesFirst() {
        ledger().add(LedgerRecords.createdAt("default", "second", LedgerRecords.NOON.plusSeconds(2)));
        brought(LedgerRecords.createdAt("default", "first", LedgerRecords.NOON.plusSeconds(1)), TaskState.ENDED);
        brought(LedgerRecords.createdAt("default", "third", LedgerRecords.NOON.plusSeconds(3)), TaskState.RUNNING);

        assertThat(abandoned()).extracting(TaskRecord::key).containsExactly("first", "second", "third");
    }

    @Test
    default void noMoreAbandonedRecordsAreFoundThanTheLimit() {
        ledger().add(LedgerRecords.createdAt("default", "second", LedgerRecords.NOON.plusSeconds(2)));
        ledger().add(LedgerRecords.createdAt("default", "first", LedgerRecords.NOON.plusSeconds(1)));
        ledger().add(LedgerRecords.createdAt("default", "third", LedgerRecords.NOON.plusSeconds(3)));

        List<TaskRecord> found = ledger().findAbandoned("default", LedgerRecords.SERVICE, 2);

        assertThat(found).extracting(TaskRecord::key).containsExactly("first", "second");
    }

    @Test
    default void abandonedRecordsOfOtherAccountsAreNotFound() {
        ledger().add(LedgerRecords.intent("theirs", "key-1"));
        brought(LedgerRecords.intent("theirs", "key-2"), TaskState.ENDED);

        assertThat(abandoned()).isEmpty();
    }

    // A node polls a running task at its own service.
    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"INTENT", "UNKNOWN", "RUNNING"})
    default void aRunningRecordOfAnotherServiceIsNotFound(TaskState open) {
        brought(LedgerRecords.livingAt("default", "key-1", "https://other.example"), open);

        assertThat(abandoned()).isEmpty();
    }

    // The delivery of a result needs no service.
    @Test
    default void anEndedRecordOfAnotherServiceIsFound() {
        TaskRecord ended =
                brought(LedgerRecords.livingAt("default", "key-1", "https://other.example"), TaskState.ENDED);

        assertThat(abandoned()).containsExactly(ended);
    }

    private TaskRecord ownedBy(String owner, TaskState state) {
        return ledger().replace(standing(state).ownedBy(owner)).orElseThrow();
    }

    private List<TaskRecord> abandoned() {
        return ledger().findAbandoned("default", LedgerRecords.SERVICE, 10);
    }

    @Test
    default void aRecordOfANodeIsFoundWhileItIsOpenOrHasEnded() {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord running = added(LedgerRecords.running("default", "key-2", "video_2"));
        TaskRecord ended = ledger().replace(LedgerRecords.step(
                        added(LedgerRecords.running("default", "key-3", "video_3")), TaskState.ENDED))
                .orElseThrow();

        assertThat(ledger().findOwned("default", "node-1")).containsExactlyInAnyOrder(intent, running, ended);
    }

    @Test
    default void aClosedRecordAndOneOfAnotherNodeAreNotAmongTheRecordsOfANode() {
        TaskRecord aside = added(LedgerRecords.running("default", "key-1", "video_1"));
        ledger().replace(aside.withState(TaskState.SET_ASIDE));
        ledger().replace(added(LedgerRecords.running("default", "key-2", "video_2"))
                .ownedBy("node-2"));
        ledger().replace(added(LedgerRecords.running("default", "key-3", "video_3"))
                .ownedBy(null));
        added(LedgerRecords.running("theirs", "key-4", "video_4"));

        assertThat(ledger().findOwned("default", "node-1")).isEmpty();
    }

    @Test
    default void aRecordOfANodeThatAnotherNodeEndedIsFound() {
        added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord ended = ledger().replace(LedgerRecords.step(
                        added(LedgerRecords.running("default", "key-2", "video_2")), TaskState.ENDED))
                .orElseThrow();
        ledger().replace(LedgerRecords.step(
                added(LedgerRecords.running("default", "key-3", "video_3")).ownedBy("node-2"), TaskState.ENDED));
        ledger().replace(LedgerRecords.step(
                added(LedgerRecords.running("default", "key-4", "video_4")).ownedBy(null), TaskState.ENDED));
        ledger().replace(LedgerRecords.step(
                added(LedgerRecords.running("theirs", "key-5", "video_5")), TaskState.ENDED));

        assertThat(ledger().findEnded("default", "node-1", ended.times().endedAt()))
                .containsExactly(ended);
    }

    @Test
    default void aRecordThatEndedEarlierIsNotFoundAgain() {
        TaskRecord ended = ledger().replace(LedgerRecords.step(
                        added(LedgerRecords.running("default", "key-1", "video_1")), TaskState.ENDED))
                .orElseThrow();

        assertThat(ledger().findEnded(
                                "default", "node-1", ended.times().endedAt().plusMillis(1)))
                .isEmpty();
    }
}

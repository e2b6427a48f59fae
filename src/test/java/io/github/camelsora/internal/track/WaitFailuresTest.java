package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.support.TestWaiter;
import org.junit.jupiter.api.Test;

/** Waits fail when there is no task to wait for, and claims on a forgotten key do not reach the next task of the key. */
class WaitFailuresTest extends TrackTestSupport {
    private final SoraException reason = SubmitExceptions.suspended(ref("1"));

    @Test
    void allWaitsOfAKeyFailAndThoseOfOthersLast() {
        TestWaiter one = await("1");
        TestWaiter two = await("1");
        TestWaiter other = await("2");

        failures.fail(ref("1"), reason);
        failures.fail(ref("3"), reason);

        assertThat(one.failure()).isSameAs(reason);
        assertThat(two.failure()).isSameAs(reason);
        assertThat(other.timesNotified()).isZero();
    }

    @Test
    void aForgottenKeyFailsItsWaitsStopsItsPollsAndLeavesMemory() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        assertThat(failures.removeAndFailWaits(ref("1"), () -> true, reason)).isTrue();

        assertThat(waiting.failure()).isSameAs(reason);
        assertThat(polls.stops).isEqualTo(1);
        assertThat(entries.count()).isZero();
    }

    @Test
    void aKeyWhoseRecordWasChangedMeanwhileIsNotForgotten() {
        TestWaiter waiting = await("1");
        RecordedPolls polls = follow(addRunning("1"));

        assertThat(failures.removeAndFailWaits(ref("1"), () -> false, reason)).isFalse();

        assertThat(waiting.timesNotified()).isZero();
        assertThat(polls.stops).isZero();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNotInMemoryIsForgottenInTheLedgerOnly() {
        assertThat(failures.removeAndFailWaits(ref("1"), () -> true, reason)).isTrue();
        assertThat(failures.removeAndFailWaits(ref("1"), () -> false, reason)).isFalse();
    }

    @Test
    void aClaimOnAForgottenTaskDoesNotReachTheNextOneOfItsKey() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        failures.removeAndFailWaits(ref("1"), () -> ledger.forget(record("1"), null), reason);
        TaskRecord next = addRunning("1");

        waiting.claim().release();

        assertThat(record("1")).isEqualTo(next);
    }

    @Test
    void anEntryWhoseRecordAnotherNodeHasForgottenIsDropped() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        ledger.forget(record("1"), null);

        failures.dropForgotten(ref("1"));

        assertThat(waiting.failure())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContaining("an operator had the key forgotten");
        assertThat(entries.count()).isZero();
    }

    @Test
    void anEntryWhoseKeyIsThatOfAnotherSubmitByNowIsDropped() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));
        ledger.forget(record("1"), null);
        add(LedgerRecords.intentWith(ACCOUNT, "1", "1~abcdefghij"));

        failures.dropForgotten(ref("1"));

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(record("1").wireKey()).isEqualTo("1~abcdefghij");
    }

    @Test
    void anEntryWhoseRecordStandsIsKept() {
        TestWaiter waiting = await("1");
        follow(addRunning("1"));

        failures.dropForgotten(ref("1"));
        failures.dropForgotten(ref("2"));

        assertThat(waiting.timesNotified()).isZero();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void anEntryWhoseRecordTheLedgerHasLostIsKept() {
        TestWaiter waiting = await("1");
        follow(LedgerRecords.running(ACCOUNT, "1", "video_1"));

        failures.dropForgotten(ref("1"));

        assertThat(waiting.timesNotified()).isZero();
        assertThat(entries.count()).isEqualTo(1);
    }

    @Test
    void anEntryThatHasNoRecordYetIsKept() {
        TestWaiter waiting = await("1");

        failures.dropForgotten(ref("1"));

        assertThat(waiting.timesNotified()).isZero();
    }
}

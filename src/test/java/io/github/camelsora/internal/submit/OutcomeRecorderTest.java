package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What came of a submit is written when the ledger is back, for the submit that it is about and for no other. */
class OutcomeRecorderTest extends TaskTestSupport {

    @Test
    void anIdThatCouldNotBeWrittenIsWrittenWhenTheLedgerIsBack() {
        String id = acceptWhileTheLedgerIsUnavailable().failure().getTaskId();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(id);
    }

    @Test
    void itsTaskIsFollowedFromThen() {
        acceptWhileTheLedgerIsUnavailable();
        pass(LedgerRetries.PAUSE);

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void anIdThatTheLedgerHasWrittenWithoutConfirmingItIsFollowed() {
        ledger.onceWritten(TaskState.RUNNING, () -> {
            throw new IllegalStateException("The connection was cut after the commit (simulated by the test)");
        });
        remix("key-1");
        pass(LedgerRetries.PAUSE);

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anIdIsWrittenAlsoWhenAnotherNodeHasTakenItsSubmitForLostMeanwhile() {
        toApis.lookup(LookUp.OFF);
        String id = acceptWhileTheLedgerIsUnavailable().failure().getTaskId();
        new LedgerWriter(ledger, "node-2", true, (entry, change) -> {})
                .applyTo(
                        record("key-1"),
                        new TaskEvent.TakenOver(ledger.now().plus(TRACKING_TIMEOUT), RECOVERY_TIMEOUT));

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(id);
    }

    @Test
    void anIdIsWrittenAlsoWhenAnOperatorHasSetItsLostSubmitAsideMeanwhile() {
        toApis.lookup(LookUp.OFF);
        String id = acceptWhileTheLedgerIsUnavailable().failure().getTaskId();
        LedgerWriter other = new LedgerWriter(ledger, "node-2", true, (entry, change) -> {});
        other.applyTo(record("key-1"), new TaskEvent.TakenOver(ledger.now().plus(TRACKING_TIMEOUT), RECOVERY_TIMEOUT));
        other.applyTo(record("key-1"), new TaskEvent.OperatorSetAside());

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(id);
        completeAndPoll("key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void anIdIsNotWrittenIntoTheRecordOfTheNextSubmitOfItsKey() {
        String id = acceptWhileTheLedgerIsUnavailable().failure().getTaskId();
        TaskRecord next = forgetAndWriteTheNextIntent();

        try (WarningCapture warnings = WarningCapture.of(OutcomeRecorder.class)) {
            pass(LedgerRetries.PAUSE);
            pass(LedgerRetries.PAUSE);

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains(id, "paid for under key key-1", "the key is now that of another submit", "sora:await");
        }
        assertThat(record("key-1")).isEqualTo(next);
    }

    @Test
    void anIdIsNotWrittenIntoARecordThatHasTheIdOfAnotherTask() {
        acceptWhileTheLedgerIsUnavailable();
        TaskRecord intent = record("key-1");
        ledger.replace(intent.accepted("video_of_another", ledger.now(), LIMITS.trackUntil(ledger.now())));

        try (WarningCapture warnings = WarningCapture.of(OutcomeRecorder.class)) {
            pass(LedgerRetries.PAUSE);

            assertThat(warnings.lines()).singleElement().asString().contains("that of another submit");
        }
        assertThat(taskId("key-1")).isEqualTo("video_of_another");
    }

    // A record that the ledger has lost is restored from memory. What was withdrawn is no longer there.
    @Test
    void aWithdrawnIntentIsNotRestoredIntoALedgerThatHasLostIt() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        remix("key-1");
        ledger.failOverTo(new MemoryTaskLedger(clock(), 100));

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void anIntentThatIsYetToBeWithdrawnIsNotRestoredIntoALedgerThatHasLostIt() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        TestWaiter first = submit("key-1");
        ledger.onceBeforeReplace(ledger::fail);
        work();
        ledger.recover();
        ledger.failOverTo(new MemoryTaskLedger(clock(), 100));

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aLateWithdrawalLeavesTheIntentOfTheNextSubmitInMemory() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        submit("key-1", Goal.ACCEPTED);
        TaskRecord earlier = record("key-1").withState(TaskState.REJECTED);
        work();

        engine.registry.withdrawn(LedgerRecords.withWireKey(earlier, earlier.key() + "~another000"));

        assertThat(engine.registry.remembered(ref("key-1")))
                .map(TaskRecord::wireKey)
                .contains(earlier.wireKey());
    }

    @Test
    void aSubmitThatFailsWhileTheRoutePoolIsFullStillFreesItsKey() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        submit("key-1");
        routes.reject(true);
        work();
        routes.reject(false);

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    private TestWaiter acceptWhileTheLedgerIsUnavailable() {
        TestWaiter waiting = submit("key-1");
        ledger.fail();
        work();
        ledger.recover();
        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        return waiting;
    }

    private TaskRecord forgetAndWriteTheNextIntent() {
        ledger.forget(record("key-1"), null);
        writeIntentOf("node-2", "key-1");
        return record("key-1");
    }
}

package io.github.camelsora.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A submit whose answer was lost is searched for by its key; each of its waiters is notified once, and at the right time. */
class LostSubmitTest extends TaskTestSupport {

    @Test
    void aFoundTaskIsWaitedForLongerThanItWasSearchedFor() {
        loseTheNextAnswer();
        TestWaiter waiting = remix("key-1");
        passSeconds(5);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);

        passInSteps(RECOVERY_TIMEOUT.plusSeconds(30), Duration.ofSeconds(10));
        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void theWaitForAFoundTaskEndsInItsOwnTime() {
        loseTheNextAnswer();
        TestWaiter waiting = remix("key-1");
        passSeconds(5);

        passInSteps(COMPLETION_TIMEOUT, Duration.ofSeconds(10));

        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aLostAnswerIsRecordedWhenTheLedgerIsBackAlsoWhereItCannotBeLookedUp() {
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        ServiceProfile keyless = new ServiceProfile(ACCOUNT, client, false, null, SCHEDULE, LIMITS);
        SubmitCommand keyed = submission("key-1", "Add a puppy");
        SubmitCommand command =
                new SubmitCommand(keyed.key(), keyed.request(), keyless, keyed.labels(), Spending.NONE, true);
        TestWaiter waiting = new TestWaiter();
        submits.submit(command, TaskWaiter.Goal.ENDED, waiting::with);
        CompletableFuture<Void> sending = workElsewhere();
        answer.awaitReached(SOON);
        ledger.fail();
        answer.cut();
        sending.join();
        work();
        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);

        ledger.recover();
        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aLaterWaiterDoesNotProlongTheWaitOfTheFirst() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        TestWaiter first = remix("key-1");
        pass(RECOVERY_TIMEOUT.minusSeconds(1));
        TestWaiter second = remix("key-1");

        passSeconds(2);

        assertThat(first.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(second.timesNotified()).isZero();
    }

    @Test
    void aLaterWaiterWaitsAsLongAsTheFirst() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remix("key-1");
        pass(RECOVERY_TIMEOUT.minusSeconds(1));
        TestWaiter second = remix("key-1");

        pass(RECOVERY_TIMEOUT);

        assertThat(second.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAbandonedIntentIsSearchedForByItsKey() {
        addIntent("key-1");
        sendFromElsewhere("key-1");
        TestWaiter waiting = remix("key-1");

        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        completeAndPoll("key-1");
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAbandonedIntentIsNeverSent() {
        addIntent("key-1");
        TestWaiter waiting = remix("key-1");

        passInSteps(RECOVERY_TIMEOUT.plusSeconds(5), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(waiting.failure().isSafeToResend()).isFalse();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(posts()).isZero();
    }

    @Test
    void aWaitForAnAbandonedIntentEndsWhenTheRoutesStop() {
        addIntent("key-1");
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), TaskWaiter.Goal.ENDED, claim -> {
            stop();
            return waiting.with(claim);
        });
        routes.runAll();

        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void aQueuedSubmitIsNotConsideredLost() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 60");
        remix("key-1");
        remix("key-1");

        passSeconds(30);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        passSeconds(30);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(toApis.requests(Call.STATUS)).isEmpty();
    }

    @Test
    void aSubmitThatIsNeverFoundIsSetAsideWithAWarning() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remix("key-1").claim().release();

        try (WarningCapture warnings = WarningCapture.of(LostSubmitRecovery.class)) {
            passInSteps(TRACKING_TIMEOUT.plusMinutes(10), Duration.ofMinutes(5));

            assertThat(warnings.lines()).singleElement().asString().contains("key-1", "set aside");
        }
        assertThat(recovery.isSearching(ref("key-1"))).isFalse();
    }

    @Test
    void aSubmitThatIsFoundDuringItsLastLookUpIsFollowedAndNotSetAside() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remix("key-1").claim().release();
        passInSteps(TRACKING_TIMEOUT.minusMinutes(20), Duration.ofMinutes(5));
        String found = toApis.addTask();
        ledger.onceBeforeReplace(
                () -> ledger.replace(record("key-1").accepted(found, ledger.now(), LIMITS.trackUntil(ledger.now()))));

        try (WarningCapture warnings = WarningCapture.of(LostSubmitRecovery.class)) {
            passInSteps(Duration.ofMinutes(30), Duration.ofMinutes(5));

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(recovery.isSearching(ref("key-1"))).isFalse();
        completeAndPoll("key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aRecordThatWasSetAsideWithoutAnIdIsSearchedForAfterANewSubmit() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remix("key-1").claim().release();
        passInSteps(TRACKING_TIMEOUT.plusMinutes(10), Duration.ofMinutes(5));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        toApis.lookup(LookUp.ON);

        TestWaiter second = remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        completeAndPoll("key-1");
        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRequestThatCannotBeWrittenTwiceLeavesNoWaiterBehind() {
        SubmitRequest moody = new SubmitRequest(SubmitOperation.REMIX, "video_0", Map.of("prompt", new Moody()));
        SubmitCommand command = new SubmitCommand(ref("key-1"), moody, service(), TaskLabels.NONE, Spending.NONE, true);
        TestWaiter waiting = new TestWaiter();
        submits.submit(command, TaskWaiter.Goal.ENDED, waiting::with);

        work();
        passInSteps(RECOVERY_TIMEOUT, Duration.ofSeconds(10));

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
    }

    /** A value that can be written as JSON once. */
    public static final class Moody {
        private boolean wasAsked;

        public String getWord() {
            if (wasAsked) {
                throw new IllegalStateException("No more, says the test");
            }
            wasAsked = true;
            return "puppy";
        }
    }

    private void loseTheNextAnswer() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
    }

    /** An intent as a crash leaves it behind. */
    private void addIntent(String key) {
        TaskRecord intent = LedgerRecords.intentAt(
                toApis.baseUrl(),
                ACCOUNT,
                key,
                submission(key, "Add a puppy").request().toJson());
        ledger.add(intent);
    }

    private void sendFromElsewhere(String key) {
        client.submit(submission(key, "Add a puppy").request(), key, record(key).wireKey(), null, null);
    }
}

package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A timeout is not a result: the wait ends, the task goes on. */
class WaitTimeoutTest extends TaskTestSupport {

    @Test
    void aWaitThatTimesOutEndsWithTheTaskId() {
        TestWaiter waiting = remix("key-1");

        pass(COMPLETION_TIMEOUT);

        assertThat(waiting.failure()).isInstanceOf(WaitTimedOutException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
    }

    @Test
    void aWaitDoesNotEndBeforeItsTime() {
        TestWaiter waiting = remix("key-1");

        pass(COMPLETION_TIMEOUT.minusMillis(1));

        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aTaskWhoseWaitTimedOutStaysRunning() {
        remix("key-1");

        pass(COMPLETION_TIMEOUT);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskWithoutAWaiterIsTrackedToItsEnd() {
        remix("key-1").claim().release();
        pass(COMPLETION_TIMEOUT);

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aWaitThatTimedOutIsNotNotifiedOfTheEnd() {
        TestWaiter waiting = remix("key-1");
        pass(COMPLETION_TIMEOUT);

        completeAndPoll("key-1");

        assertThat(waiting.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aWaitThatReachedItsGoalDoesNotTimeOut() {
        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        pass(COMPLETION_TIMEOUT);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void theTimeOfAWaitBeginsWithTheAcceptance() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 600");
        TestWaiter waiting = remix("key-1");
        passSeconds(600);

        pass(COMPLETION_TIMEOUT.minusMillis(1));

        assertThat(taskId("key-1")).isNotNull();
        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aWaitThatBeginsAfterTheAcceptanceHasItsFullTime() {
        remix("key-1");
        pass(COMPLETION_TIMEOUT.dividedBy(2));
        TestWaiter second = remix("key-1");

        pass(COMPLETION_TIMEOUT.minusMillis(1));

        assertThat(second.timesNotified()).isZero();
    }

    @Test
    void aWaitThatBeganLaterEndsLater() {
        remix("key-1");
        pass(COMPLETION_TIMEOUT.dividedBy(2));
        TestWaiter second = remix("key-1");

        pass(COMPLETION_TIMEOUT);

        assertThat(second.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aWaitForATaskThatOnlyTheLedgerKnewHasItsFullTime() {
        addRunning("key-1", toApis.addTask());
        TestWaiter waiting = await(taskId("key-1"));
        work();

        pass(COMPLETION_TIMEOUT.minusMillis(1));
        int early = waiting.timesNotified();
        pass(Duration.ofMillis(1));

        assertThat(early).isZero();
        assertThat(waiting.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aTaskThatNeverEndsIsSetAsideWhenItsTrackingTimeIsOver() {
        remix("key-1").claim().release();

        passInSteps(TRACKING_TIMEOUT, Duration.ofMinutes(10));
        passSeconds(60);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aTaskThatIsSetAsideIsWarnedOfAndItsWaitsEnd() {
        TestWaiter waiting = remix("key-1");

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            timeOutTracking();

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains(taskId("key-1"), "key-1", "is set aside", "It was paid for");
        }
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        assertThat(waiting.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aTaskThatAnotherNodeHasSetAsideIsNotReportedAsSetAsideHere() {
        TestWaiter waiting = remix("key-1");
        ledger.replace(record("key-1").withState(TaskState.SET_ASIDE).ownedBy(null));

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            timeOutTracking();

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("key-1", "in the ledger it is SET_ASIDE")
                    .doesNotContain("is set aside");
        }
        assertThat(waiting.failure()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void aTaskWhoseRecordWasRemovedIsNotReportedAsSetAside() {
        TestWaiter waiting = remix("key-1");
        ledger.forget(record("key-1"), null);

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            timeOutTracking();

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("key-1", "no longer in the ledger")
                    .doesNotContain("set aside");
        }
        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(engine.entries.count()).isZero();
    }

    @Test
    void aTaskThatHasEndedWhenItsTrackingTimeIsOverIsNotSetAside() {
        TestWaiter waiting = remix("key-1");
        VideoTask result = completed(taskId("key-1"), "key-1");
        new LedgerWriter(ledger, "node-2", true, (entry, change) -> {})
                .apply(ref("key-1"), new TaskEvent.TaskCompleted(taskId("key-1"), result, TaskEvent.ClaimHere.CERTAIN));

        try (WarningCapture warnings = WarningCapture.of(CompletionHandler.class)) {
            timeOutTracking();

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(waiting.task().videoUrl()).isEqualTo(result.videoUrl());
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    private void timeOutTracking() {
        engine.completions.trackingTimedOut(engine.entries.find(ref("key-1")).orElseThrow());
        work();
    }

    @Test
    void aTaskIsNotSetAsideBeforeItsTrackingTimeIsOver() {
        remix("key-1").claim().release();
        passInSteps(TRACKING_TIMEOUT.minusSeconds(2), Duration.ofSeconds(86_398 / 2));

        passSeconds(1);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aRetryAfterBeyondTheTrackingTimeSetsNothingAsideEarly() {
        TestWaiter waiting = remix("key-1");
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 90000");

        passSeconds(5);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aTaskThatWasSetAsideIsNotPolledAnyMore() {
        remix("key-1");
        pass(TRACKING_TIMEOUT.plusSeconds(1));
        int polls = toApis.books().polls(taskId("key-1"));

        passSeconds(3_600);

        assertThat(toApis.books().polls(taskId("key-1"))).isEqualTo(polls);
    }

    @Test
    void aTaskThatWasSetAsideHasNoOwner() {
        remix("key-1");

        pass(TRACKING_TIMEOUT.plusSeconds(1));

        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void aTaskThatWasSetAsideIsFollowedAgainAfterANewSubmit() {
        remix("key-1").claim().release();
        pass(TRACKING_TIMEOUT.plusSeconds(1));
        TestWaiter waiting = remix("key-1");

        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void acceptanceOfATaskThatWasSetAsideIsAnsweredWithItsId() {
        remix("key-1").claim().release();
        pass(TRACKING_TIMEOUT.plusSeconds(1));

        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aTaskThatWasSetAsideIsEndedByALateSignal() {
        remix("key-1").claim().release();
        pass(TRACKING_TIMEOUT.plusSeconds(1));
        VideoTask ended = heard.get(0);

        signal(new VideoTask(
                ended.id(), null, null, TaskStatus.FAILED, null, null, null, null, null, null, null, null, null, null));

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void waitsEndEachInItsTurn() {
        TestWaiter first = remix("key-1");
        passSeconds(60);
        TestWaiter second = remix("key-2");

        pass(COMPLETION_TIMEOUT.minusSeconds(60));

        assertThat(first.failure()).isInstanceOf(WaitTimedOutException.class);
        assertThat(second.timesNotified()).isZero();
    }

    @Test
    void aSubmitThatIsNotAcceptedYetDoesNotTimeOutAsAWait() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = remix("key-1");

        passInSteps(COMPLETION_TIMEOUT.plusSeconds(60), Duration.ofSeconds(10));

        assertThat(waiting.timesNotified()).isZero();
    }
}

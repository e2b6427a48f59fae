package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** During a suspension waits end at once and nothing is sent, as after a stop; but tasks are followed, and routes can resume. */
class SuspendedWaitTest extends TaskTestSupport {

    @Test
    void waitsEndAtOnceWithTheTaskId() {
        TestWaiter waiting = remix("key-1");

        suspend();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(waiting.failure()).hasMessageContaining("suspended");
    }

    @Test
    void aSuspensionDoesNotWarnThatTheLedgerEnds() {
        TestWaiter waiting = remix("key-1");

        try (WarningCapture warnings = WarningCapture.of(ShutdownHandler.class)) {
            suspend();

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(waiting.failure()).hasMessageNotContaining("is not delivered");
    }

    @Test
    void aTaskIsPolledToItsEndMeanwhile() {
        TestWaiter waiting = remix("key-1");
        suspend();
        waiting.claim().release();

        completeAndPoll("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").due().nextDelivery()).isNotNull();
    }

    @Test
    void aWaitThatBeginsMeanwhileEndsTheSameWay() {
        remix("key-1");
        String id = taskId("key-1");
        suspend();

        TestWaiter late = await(id);
        work();

        assertThat(late.failure()).isInstanceOf(WaitParkedException.class);
    }

    @Test
    void aWaitThatBeginsAfterwardsLasts() {
        remix("key-1");
        suspend();
        resume();

        TestWaiter again = remix("key-1");
        completeAndPoll("key-1");

        assertThat(again.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitMeanwhileIsRejectedAndSentAfterwards() {
        suspend();
        WaitParkedException rejection = catchThrowableOfType(WaitParkedException.class, () -> submit("key-1"));
        assertThat(rejection.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        resume();

        remix("key-1");

        assertThat(posts()).isEqualTo(1);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aSubmitOfAKnownKeyMeanwhileGetsTheResultThatIsThere() {
        remix("key-1");
        completeAndPoll("key-1");
        remix("key-2");
        suspend();

        TestWaiter ofEnded = remix("key-1");
        TestWaiter ofRunning = remix("key-2");

        assertThat(ofEnded.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ofRunning.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aSubmitThatASuspensionOvertakesIsNotSent() {
        ledger.onceWritten(TaskState.INTENT, this::suspend);

        TestWaiter waiting = remix("key-1");

        assertThat(posts()).isZero();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatASuspensionAndItsEndOvertakeIsSentOnceAndWaitedFor() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            suspend();
            resume();
        });

        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        assertThat(posts()).isEqualTo(1);
        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void theKeyOfASubmitThatASuspensionAndItsEndOvertakeStaysItsOwn() {
        TestWaiter second = new TestWaiter();
        ledger.onceWritten(TaskState.INTENT, () -> {
            suspend();
            resume();
            submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, second::with);
        });

        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");

        assertThat(posts()).isEqualTo(1);
        assertThat(second.task()).isEqualTo(first.task());
    }

    @Test
    void aSubmitThatIsUnderWayIsWaitedForWhenTheAnswerComesAfterwards() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        suspend();
        resume();
        post.release();
        sending.join();
        completeAndPoll("key-1");

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aSubmitThatIsLostMeanwhileIsSearchedForAndFound() {
        toApis.lookup(LookUp.OFF);
        Hold post = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);
        suspend();
        post.cut();
        sending.join();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);

        toApis.lookup(LookUp.ON);
        passInSteps(Duration.ofMinutes(10), Duration.ofSeconds(10));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aWaitThatBeginsWhileASuspensionFailsQueuedSubmitsSaysThatTheRoutesAreSuspended() {
        remix("key-1");
        submit("key-2");
        TestWaiter again = new TestWaiter();
        // The suspension has failed the queued submit, and has not ended the waits yet.
        ledger.onceWritten(
                TaskState.REJECTED, () -> submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, again::with));

        suspend();
        work();

        assertThat(again.failure()).isInstanceOf(WaitParkedException.class).hasMessageContaining("suspended");
        assertThat(again.failure()).hasMessageNotContaining("the routes stop");
    }

    // The search has found the routes running, and the stop has left the wait to the request that is on its way.
    @Test
    void aStopWhileTheSearchForALostSubmitBeginsEndsItsWait() {
        AtomicBoolean isToStop = new AtomicBoolean(true);
        ledger = new FaultyLedger(new MemoryTaskLedger(
                () -> {
                    boolean isLost = ledger.find(ACCOUNT, "key-1")
                            .filter(record -> record.state() == TaskState.UNKNOWN)
                            .isPresent();
                    if (isLost && isToStop.getAndSet(false)) {
                        stop();
                    }
                    return clock().instant();
                },
                100));
        lease = new NodeLease(ledger, NODE, LEASE);
        lease.renew();
        wire(ledger, http, routes);
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();

        TestWaiter waiting = remix("key-1");

        assertThat(isToStop).isFalse();
        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
    }

    @Test
    void aStopAfterASuspensionIsForGood() {
        remix("key-1");
        suspend();

        stop();
        resume();
        passSeconds(600);

        assertThat(toApis.books().statusCalls()).isZero();
        assertThat(engine.phase.isSuspendedOrStopped()).isTrue();
    }

    @Test
    void aSuspensionAfterAStopChangesNothing() {
        stop();

        suspend();
        resume();

        assertThat(engine.phase.isStopped()).isTrue();
    }
}

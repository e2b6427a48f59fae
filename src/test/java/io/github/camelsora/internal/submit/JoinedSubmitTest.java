package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A submit whose key another submit uses at the time, here or on another node: it waits for what comes of that. */
class JoinedSubmitTest extends TaskTestSupport {
    private static final String OTHER_NODE = "node-2";

    @BeforeEach
    void startTheOtherNode() {
        ledger.renewLease(OTHER_NODE, LEASE);
    }

    @Test
    void itWaitsWhileALiveNodeMaySendTheRequest() {
        writeIntentOf(OTHER_NODE, "key-1");

        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        assertThat(toApis.books().statusCalls()).isZero();
        assertThat(posts()).isZero();
    }

    @Test
    void itSearchesForTheTaskOnceTheOtherNodeHasStopped() {
        writeIntentOf(OTHER_NODE, "key-1");
        remix("key-1");

        ledger.releaseLease(OTHER_NODE);
        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(record("key-1").owner()).isEqualTo(NODE);
        assertThat(toApis.books().statusCalls()).isPositive();
        assertThat(posts()).isZero();
    }

    @Test
    void itIsCompletedWithTheTaskThatTheOtherNodeSubmits() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        String id = toApis.addTask();
        acceptOnTheOtherNode("key-1", id);

        passSeconds(1);

        assertThat(waiting.task().id()).isEqualTo(id);
        assertThat(posts()).isZero();
    }

    @Test
    void itIsSentWhenTheServiceHasRejectedTheOther() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        rejectOnTheOtherNode("key-1");

        passSeconds(1);

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    // The first of them has read the ledger when the second has the place of the key.
    @Test
    void ofTwoThatAreToBeSentAtOnceOneIsSentAndBothAreAnswered() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        rejectOnTheOtherNode("key-1");
        TestWaiter second = new TestWaiter();
        ledger.onceAfterFind(() -> submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, second::with));

        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(first.task().id()).isEqualTo(taskId("key-1"));
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ofTwoDifferentRequestsThatAreToBeSentAtOnceTheOneWithThePlaceOfTheKeyIsSent() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter puppy = submit("key-1", Goal.ACCEPTED);
        rejectOnTheOtherNode("key-1");
        TestWaiter kitten = new TestWaiter();
        ledger.onceAfterFind(() -> submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, kitten::with));

        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(puppy.failure()).isInstanceOf(KeyConflictException.class);
        assertThat(kitten.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").request()).contains("kitten");
        assertThat(posts()).isEqualTo(1);
    }

    // It has not read the ledger again when the other is accepted.
    @Test
    void itFailsWhenADifferentRequestIsSentAndAcceptedMeanwhile() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter puppy = submit("key-1", Goal.ACCEPTED);
        rejectOnTheOtherNode("key-1");
        TestWaiter kitten = new TestWaiter();

        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, kitten::with);
        work();

        assertThat(kitten.task().id()).isEqualTo(taskId("key-1"));
        assertThat(puppy.failure()).isInstanceOf(KeyConflictException.class);
    }

    @Test
    void itWaitsWhileThisNodeSendsTheRequest() {
        Hold post = toApis.on(Call.SUBMIT).times(1).hold();
        submit("key-1", Goal.ACCEPTED);
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);

        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));
        TaskState meanwhile = state("key-1");
        post.release();
        sending.join();
        work();

        assertThat(meanwhile).isEqualTo(TaskState.INTENT);
        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void itFailsWhenItsKeyIsUsedForAnotherRequestAfterAll() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = remix("key-1");
        ledger.forget(record("key-1"), null);
        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, new TestWaiter()::with);

        passInSteps(Duration.ofSeconds(3), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(KeyConflictException.class);
        assertThat(record("key-1").request()).contains("kitten");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void itGoesOnWaitingWhileTheLedgerIsUnavailable() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        acceptOnTheOtherNode("key-1", toApis.addTask());
        ledger.fail();
        passInSteps(Duration.ofSeconds(5), Duration.ofSeconds(1));
        assertThat(waiting.timesNotified()).isZero();
        ledger.recover();

        passSeconds(1);

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void theLedgerIsReadNoMoreForAnExchangeThatHasLeft() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = submit("key-1");
        AtomicBoolean isRead = new AtomicBoolean();
        waiting.claim().endWait();
        ledger.onceBeforeFind(() -> isRead.set(true));

        passInSteps(Duration.ofSeconds(5), Duration.ofSeconds(1));

        assertThat(isRead).isFalse();
    }

    // The suspension comes between the claim and the wait, and so did not end the wait.
    @Test
    void aSuspensionThatComesWhileItBeginsEndsItsWait() {
        writeIntentOf(OTHER_NODE, "key-1");
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, claim -> {
            suspend();
            return waiting.with(claim);
        });
        work();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        assertThat(posts()).isZero();
    }

    @Test
    void aSuspensionThatComesWhileItBeginsLeavesItWaitingForARequestThatIsOnItsWay() {
        Hold post = toApis.on(Call.SUBMIT).times(1).hold();
        submit("key-1", Goal.ACCEPTED);
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, claim -> {
            suspend();
            return waiting.with(claim);
        });
        assertThat(waiting.timesNotified()).isZero();
        post.release();
        sending.join();
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSuspensionThatComesWhileANewSubmitBeginsLeavesNothingBehind() {
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, claim -> {
            suspend();
            return waiting.with(claim);
        });
        work();

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(submits.isSending(ref("key-1"))).isFalse();
        assertThat(posts()).isZero();
    }

    private void acceptOnTheOtherNode(String key, String taskId) {
        new LedgerWriter(ledger, OTHER_NODE, true, (entry, change) -> {})
                .apply(
                        ref(key),
                        new TaskEvent.SubmitAccepted(
                                record(key).wireKey(), taskId, ledger.now().plus(TRACKING_TIMEOUT), null));
    }

    private void rejectOnTheOtherNode(String key) {
        new LedgerWriter(ledger, OTHER_NODE, true, (entry, change) -> {})
                .apply(ref(key), new TaskEvent.IntentWithdrawn(record(key).wireKey(), "rejected"));
    }
}

package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Exchanges on several nodes ask for one key: one of them pays, all get the answer, and it is delivered once. */
class SeveralNodesTest extends ClusterTestSupport {

    @Test
    void aKeyIsPaidOnceAndAnsweredOnEveryNode() {
        TestWaiter here = remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");

        complete("key-1");
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aResultThatOneNodeHandedToItsExchangeIsDelivered() {
        TestWaiter here = remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        complete("key-1");
        elapseSeconds(15);

        here.claim().delivered();
        there.claim().release();

        assertDeliveredOnce("key-1");
    }

    @Test
    void aResultThatNoExchangeReceivedWaitsForADelivery() {
        TestWaiter here = remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        complete("key-1");
        elapseSeconds(15);

        there.claim().release();
        here.claim().release();

        assertThat(first.due()).hasSize(1);
    }

    @Test
    void aRequestThatAnotherNodeIsAboutToSendIsWaitedFor() {
        TestWaiter here = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        first.pause();
        TestWaiter there = remixOn(second, "key-1");
        elapseSeconds(25);
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        first.goOn();
        letThemWork();
        complete("key-1");
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRequestThatAnotherNodeSendsLateIsNotReportedAsLost() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 600");
        remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");

        elapse(RECOVERY_TIMEOUT.plusSeconds(60));
        assertThat(there.timesNotified()).isZero();
        elapse(SUBMIT_TIMEOUT);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aRequestThatADeadNodeHasSentIsFoundByItsKey() {
        leaveAnIntentBehind();

        TestWaiter there = remixOn(second, "key-1");
        outlastTheLease();
        complete("key-1");
        elapseSeconds(15);

        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aWaitingNodeOwnsTheRequestOfADeadNodeAlsoWhenAThirdNodeWasFaster() {
        Node third = startNode("third");
        leaveAnIntentBehind();
        TestWaiter there = second.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        third.pause();
        outlastTheLeaseButKeep(second);
        ledger.onceAfterFind(third.housekeeper::doHousekeeping);

        second.timers.runDue();
        second.http.runAll();

        assertThat(there.timesNotified()).isZero();
        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void aRequestThatWasRejectedOnAnotherNodeIsSentForTheExchangeThatWaitsHere() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.INSUFFICIENT_QUOTA);
        TestWaiter here = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        TestWaiter there = remixOn(second, "key-1");

        elapseSeconds(10);

        assertThat(here.failure().isSafeToResend()).isTrue();
        assertThat(there.timesNotified()).isZero();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsReportedToAllExchangesThatWait() {
        loseTheNextAnswerForGood();
        TestWaiter here = remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");

        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        assertThat(here.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(there.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void allExchangesThatWaitForALostAnswerGetItsVideoWhenItIsFound() {
        loseTheNextAnswer();
        TestWaiter here = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        first.http.runAll();
        TestWaiter there = remixOn(second, "key-1");

        elapseSeconds(5);
        complete("key-1");
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aTaskSubmittedWithoutAWaitElsewhereIsOursWhileAnExchangeWaitsHere() {
        fireAndForgetOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        second.pause();

        complete("key-1");
        elapseSeconds(20);

        assertThat(first.due()).isEmpty();
        second.goOn();
        elapseSeconds(15);
        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aTaskWhoseWaitHasEndedHereIsDelivered() {
        fireAndForgetOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        elapse(COMPLETION_TIMEOUT.plusSeconds(5));
        assertThat(there.failure()).isInstanceOf(WaitTimedOutException.class);
        there.claim().release();

        // The one that submitted it is the first to see the end.
        second.pause();
        complete("key-1");
        elapseSeconds(15);
        second.goOn();
        elapseSeconds(15);

        deliverOn(first);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskWhoseWaitHasEndedElsewhereIsStillOurs() {
        TestWaiter here = remixOn(first, "key-1");
        ceaseToWaitOn(second);
        second.pause();
        complete("key-1");
        elapseSeconds(15);

        second.goOn();
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.due()).isEmpty();
        here.claim().delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskWhoseWaitHasEndedElsewhereIsOursAlsoWhenThatNodeSeesTheCompletion() {
        TestWaiter here = remixOn(first, "key-1");
        ceaseToWaitOn(second);
        first.pause();
        complete("key-1");
        elapseSeconds(15);

        first.goOn();
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.due()).isEmpty();
    }

    @Test
    void aCompletionSeenByAStatusCallOnAnotherNodeIsDelivered() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");

        signal(second.engine, seen(taskId("key-1")));
        elapseSeconds(30);

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aCompletionSeenByAStatusCallOnAnotherNodeIsHandedToTheWaitingExchange() {
        TestWaiter here = remixOn(first, "key-1");
        complete("key-1");

        signal(second.engine, seen(taskId("key-1")));
        assertThat(second.due()).isEmpty();
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        here.claim().delivered();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aLateSynchronizationDoesNotResumeATaskThatWasSetAside() {
        fireAndForgetOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        there.claim().release();
        first.pause();
        complete("key-1");
        elapseSeconds(15);
        acquireOn(second).retryOrSetAside(0, Duration.ofSeconds(30));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);

        first.goOn();
        elapseSeconds(15);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        assertThat(first.due()).isEmpty();
    }

    @Test
    void aWaitingExchangeGetsTheCompletionOfATaskThatWasSetAside() {
        TestWaiter here = remixOn(first, "key-1");
        ceaseToWaitOn(second);
        first.pause();
        complete("key-1");
        elapseSeconds(15);
        acquireOn(second).retryOrSetAside(0, Duration.ofSeconds(30));

        first.goOn();
        elapseSeconds(15);

        assertThat(here.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void anAwaitedTaskOfADeadNodeIsPolledByAnother() {
        String id = toApis.addTask();
        first.await(id, service());
        first.pause();
        outlastTheLease();

        toApis.complete(id);
        elapseSeconds(15);

        assertThat(deliverOn(second).id()).isEqualTo(id);
    }

    @Test
    void twoNodesThatFindOneTaskDoNotBothDeliverIt() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        TaskRecord found = second.due().get(0);

        assertThat(first.acquire(service())).isPresent();

        assertThat(second.deliveries.acquire(found, service())).isEmpty();
        assertThat(second.engine.entries.count()).isZero();
    }

    @Test
    void aResultThatAnotherNodeIsDeliveringAnswersARequestForItsKey() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        Delivery delivery = acquireOn(first);

        TestWaiter there = remixOn(second, "key-1");
        assertThat(there.task().status()).isEqualTo(TaskStatus.COMPLETED);
        there.claim().release();
        assertThat(second.due()).isEmpty();
        delivery.delivered();

        assertDeliveredOnce("key-1");
    }

    /** An exchange of that node waits for the key, and ends before there is an answer. */
    private void ceaseToWaitOn(Node node) {
        remixOn(node, "key-1").claim().release();
    }

    /** The first node dies while its request is on its way: it was accepted, and only the service knows. */
    private void leaveAnIntentBehind() {
        Hold post = toApis.on(Call.SUBMIT).afterProcessing().hold();
        first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        CompletableFuture.runAsync(first.http::runAll);
        post.awaitReached(SOON);
        first.pause();
    }

    /** Nothing is done on a node but to keep it alive, until the first one is dead. */
    private void outlastTheLeaseButKeep(Node node) {
        for (int i = 0; i < 5; i++) {
            leaveUndone(Node.LEASE.dividedBy(4));
            node.lease.renew();
        }
    }

    private VideoTask seen(String taskId) {
        return ((QueryAnswer.Found) client.query(taskId)).task();
    }
}

package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An end that a webhook reports is an end like any other: the first report counts, on whatever node. */
class WebhookCompletionTest extends ClusterTestSupport {
    private static final Operator BY = new Operator("joe", null);

    @BeforeEach
    void shareADurableLedger() {
        ledger.outliveTheJvm();
        first = startNode("first");
        second = startNode("second");
        letThemWork();
    }

    @Test
    void aWebhookEndsAWaitWithoutAPoll() {
        TestWaiter waiting = remixOn(first, "key-1");

        Result result =
                first.webhookCompletions.completed(ACCOUNT, completed("key-1")).result();
        first.work();

        assertThat(result).isEqualTo(Result.APPLIED);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.requests(Call.STATUS)).isEmpty();
    }

    @Test
    void aWebhookMakesATaskWithoutAWaiterDue() {
        fireAndForgetOn(first, "key-1");

        first.webhookCompletions.completed(ACCOUNT, completed("key-1"));

        assertThat(deliverOn(second).key()).isEqualTo("key-1");
    }

    @Test
    void aWebhookThatComesTwiceIsDeliveredOnce() {
        fireAndForgetOn(first, "key-1");
        first.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        deliverOn(first);

        Result result =
                first.webhookCompletions.completed(ACCOUNT, completed("key-1")).result();

        assertThat(result).isEqualTo(Result.APPLIED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aWebhookToAnotherNodeEndsAWaitWithinTwoSecondsAndWithoutAPoll() {
        TestWaiter waiting = remixOn(first, "key-1");

        second.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        elapseSeconds(2);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.requests(Call.STATUS)).isEmpty();
    }

    @Test
    void anEndThatWasWrittenAWhileAfterItsTimeIsSeenToo() {
        TestWaiter waiting = remixOn(first, "key-1");
        ledger.onceBeforeReplace(() -> {
            leaveUndone(Duration.ofSeconds(2));
            first.work();
        });

        second.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        elapseSeconds(2);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aWebhookToAnotherNodeEndsAWaitAlsoAfterThePoolWasFull() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.own.reject(true);
        elapseSeconds(2);
        first.own.reject(false);

        second.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        elapseSeconds(2);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aWebhookToAnotherNodeMakesATaskWithoutAWaiterDue() {
        fireAndForgetOn(first, "key-1");

        second.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        elapseSeconds(2);

        assertThat(deliverOn(second).key()).isEqualTo("key-1");
        assertDeliveredOnce("key-1");
    }

    @Test
    void aStatusCallOfAnotherNodeDoesNotMakePollsLessFrequent() {
        for (int n = 1; n <= 10; n++) {
            remixOn(first, "key-" + n);
            signal(second.engine, completed("key-" + n));
            elapseSeconds(2);
        }
        TestWaiter waiting = remixOn(first, "key-11");
        complete("key-11");

        elapseSeconds(6);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void whileWebhooksComeHereTasksAreHardlyPolled() {
        for (int n = 1; n <= 10; n++) {
            fireAndForgetOn(second, "key-" + n);
            first.webhookCompletions.completed(ACCOUNT, completed("key-" + n));
        }
        remixOn(first, "key-11");

        elapse(Duration.ofMinutes(4));

        assertThat(toApis.books().polls(taskId("key-11"))).isZero();
    }

    @Test
    void anEndThatWasWrittenWhileThisNodeWasPausedIsSeen() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        second.webhookCompletions.completed(ACCOUNT, completed("key-1"));
        elapse(Duration.ofSeconds(20));

        first.goOn();
        elapseSeconds(2);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aSubmitWhoseAnswerWasLostIsFoundByItsKeyOnAnotherNode() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);

        Result result = second.webhookCompletions
                .completed(ACCOUNT, carryingItsKey("video_found"))
                .result();
        elapseSeconds(2);

        assertThat(result).isEqualTo(Result.APPLIED);
        assertThat(waiting.task().id()).isEqualTo("video_found");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aLostSubmitThatIsNoLongerSearchedForIsDelivered() {
        loseTheNextAnswerForGood();
        fireAndForgetOn(first, "key-1");
        elapse(Duration.ofMinutes(3));
        first.acquire(service()).ifPresent(Delivery::delivered);
        ledger.replace(record("key-1").withState(TaskState.SET_ASIDE).ownedBy(null));

        first.webhookCompletions.completed(ACCOUNT, carryingItsKey("video_found"));

        assertThat(deliverOn(second).id()).isEqualTo("video_found");
    }

    @Test
    void aWebhookFindsASubmitThatWasSetAsideAlthoughItsLossIsReportedAtTheSameTime() {
        loseTheNextAnswerForGood();
        fireAndForgetOn(first, "key-1");
        elapse(Duration.ofMinutes(10));
        Delivery report = acquireOn(first);
        second.operatorService.setAside(ref("key-1"), BY);
        ledger.onceBeforeReplace(report::delivered);

        first.webhookCompletions.completed(ACCOUNT, carryingItsKey("video_found"));

        assertThat(deliverOn(second).id()).isEqualTo("video_found");
    }

    @Test
    void aWebhookFindsALostSubmitAlthoughItIsSetAsideAtTheSameTime() {
        loseTheNextAnswerForGood();
        fireAndForgetOn(first, "key-1");
        ledger.onceBeforeReplace(() -> second.operatorService.setAside(ref("key-1"), BY));

        first.webhookCompletions.completed(ACCOUNT, carryingItsKey("video_found"));

        assertThat(deliverOn(second).id()).isEqualTo("video_found");
    }

    @Test
    void aWebhookBeforeTheAnswerToItsSubmitHasToBeRetried() {
        first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);

        Result result = first.webhookCompletions
                .completed(ACCOUNT, carryingItsKey("video_1"))
                .result();

        assertThat(result).isEqualTo(Result.RETRY_LATER);
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
    }

    @Test
    void aTaskThatWasNotSubmittedIsUnknown() {
        assertThat(first.webhookCompletions
                        .completed(ACCOUNT, completed("video_1", "key-1"))
                        .result())
                .isEqualTo(Result.UNKNOWN_TASK);
        assertThat(first.webhookCompletions
                        .completed(ACCOUNT, completed("video_1", null))
                        .result())
                .isEqualTo(Result.UNKNOWN_TASK);
    }

    @Test
    void aKeyThatIsThatOfAnotherTaskEndsNothing() {
        remixOn(first, "key-1");

        Result result = first.webhookCompletions
                .completed(ACCOUNT, completed("video_of_a_stranger", "key-1"))
                .result();

        assertThat(result).isEqualTo(Result.UNKNOWN_TASK);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskThatWasSetAsideIsNotReopenedForAnotherTaskUnderItsKey() {
        remixOn(first, "key-1");
        ledger.replace(record("key-1").withState(TaskState.SET_ASIDE).ownedBy(null));

        Result result = first.webhookCompletions
                .completed(ACCOUNT, completed("video_of_a_stranger", "key-1"))
                .result();

        assertThat(result).isEqualTo(Result.UNKNOWN_TASK);
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    // Between finding a task in memory and ending it, its last exchange may release it.
    @Test
    void aTaskThatIsReleasedMeanwhileIsNotHalfEnded() {
        TestWaiter waiting = remixOn(first, "key-1");
        TaskEntry followed = waiting.claim().task();
        first.engine.completions.recordVanished(followed);

        boolean isEnded = first.engine.completions.completed(followed, completed("key-1"), CompletionSource.WEBHOOK);

        assertThat(isEnded).isFalse();
    }

    @Test
    void aWebhookFailsWhileTheLedgerIsUnavailable() {
        remixOn(first, "key-1");
        VideoTask ended = completed("key-1");
        ledger.fail();

        assertThatThrownBy(() -> first.webhookCompletions.completed(ACCOUNT, ended))
                .isInstanceOf(RuntimeException.class);

        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aHintHasTheTaskPolledAtOnce() {
        TestWaiter waiting = remixOn(first, "key-1");
        complete("key-1");

        first.webhookCompletions.hint(ACCOUNT, completed("key-1"));
        first.work();

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.requests(Call.STATUS)).hasSize(1);
    }

    @Test
    void aHintAloneEndsNothing() {
        TestWaiter waiting = remixOn(first, "key-1");

        first.webhookCompletions.hint(ACCOUNT, completed("key-1"));
        first.work();

        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    /** A webhook of a task that carries the wire key of key-1. */
    private VideoTask carryingItsKey(String taskId) {
        TaskRecord sent = record("key-1");
        return completed(taskId, null).namedBy(sent.taskId() == null ? sent : sent.accepted(taskId, null, null));
    }

    private VideoTask completed(String key) {
        return completed(taskId(key), key);
    }
}

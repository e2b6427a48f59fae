package io.github.camelsora.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The loss of a submit is reported to one route or exchange, once; a task that is found later is delivered as usual. */
class LossReportTest extends ClusterTestSupport {
    private static final Duration LOOKUP_INTERVAL = Duration.ofMinutes(6);

    @Test
    void aLossWithoutAWaiterIsReportedAfterRecoveryTimeout() {
        loseAndForget("key-1");

        elapse(RECOVERY_TIMEOUT.minusSeconds(10));
        assertThat(first.due()).isEmpty();
        elapseSeconds(20);

        VideoTask task = deliverOn(first);
        assertThat(task.status()).isEqualTo(TaskStatus.UNKNOWN);
        assertThat(task.key()).isEqualTo("key-1");
        assertThat(task.id()).isNull();
        assertThat(task.errorMessage()).contains("key-1", "may be running and paid for", "Do not submit it again");
    }

    @Test
    void theExceptionOfALossForbidsToResend() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        SubmissionUnknownException meaning = acquireOn(first).unknown();

        assertThat(meaning.getTaskKey()).isEqualTo("key-1");
        assertThat(meaning.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(meaning.isSafeToResend()).isFalse();
    }

    @Test
    void aLossIsReportedOnce() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        deliverOn(first);
        elapse(Duration.ofHours(2));

        assertThat(first.due()).isEmpty();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(record("key-1").times().lossReportedAt()).isNotNull();
    }

    @Test
    void aLossIsReportedOnceAlsoWhenTheNodeThatSearchesDies() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        deliverOn(first);

        first.pause();
        elapse(RECOVERY_TIMEOUT.plusMinutes(2));

        assertThat(record("key-1").owner()).isEqualTo("second");
        assertThat(second.due()).isEmpty();
    }

    @Test
    void aTaskThatIsFoundAfterTheReportIsDelivered() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        deliverOn(first);

        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);
        complete("key-1");
        elapseSeconds(15);

        VideoTask task = deliverOn(first);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.id()).isNotNull();
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskThatIsFoundAndEndsDuringTheReportIsDeliveredAfterwards() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        Delivery notice = acquireOn(first);
        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);
        complete("key-1");
        elapseSeconds(15);
        assertThat(first.due()).isEmpty();

        notice.delivered();

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskThatIsFoundWhileTheReportFailsIsDelivered() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        Delivery notice = acquireOn(first);
        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);

        notice.retryOrSetAside(5, Duration.ofSeconds(30));
        elapseSeconds(60);
        assertThat(first.due()).isEmpty();
        complete("key-1");
        elapseSeconds(15);

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aReportThatFailsAfterItsTaskHasEndedIsNoFailedDeliveryOfTheResult() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        Delivery notice = acquireOn(first);
        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);
        complete("key-1");
        elapseSeconds(15);
        AtomicInteger notifications = first.countNotifications();

        notice.retryOrSetAside(5, Duration.ofSeconds(30));

        assertThat(notifications).hasValue(1);
        Delivery delivery = acquireOn(first);
        assertThat(delivery.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(delivery.record().deliveries()).isZero();
    }

    @Test
    void aTaskThatIsFoundInTimeIsNotReportedAsLost() {
        loseAndForget("key-1");

        toApis.lookup(LookUp.ON);
        elapse(RECOVERY_TIMEOUT.plusMinutes(1));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(first.due()).isEmpty();
    }

    @Test
    void theNodeThatReportsALossSearchesFromThenOn() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        deliverOn(second);
        first.stop();

        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void oneNodeSearchesAtATime() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        deliverOn(second);
        elapse(Duration.ofMinutes(10));
        long before = toApis.books().statusCalls();

        elapse(Duration.ofHours(1));

        // Every five minutes.
        assertThat(toApis.books().statusCalls() - before).isBetween(11L, 13L);
    }

    @Test
    void aReportToAnExchangeIsEnough() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);

        waiting.claim().lossReported();
        elapse(Duration.ofHours(1));

        assertThat(first.due()).isEmpty();
    }

    @Test
    void aLossWithAWaiterIsNotReportedToOthers() {
        loseAndForget("key-1");
        TestWaiter waiting = remixOn(second, "key-1");

        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(first.due()).isEmpty();
    }

    @Test
    void aWaitThatAStopEndsDuringTheSearchLeavesTheReportToARoute() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        first.stop();
        waiting.claim().release();

        elapse(RECOVERY_TIMEOUT.plusSeconds(30));

        assertThat(deliverOn(second).status()).isEqualTo(TaskStatus.UNKNOWN);
    }

    @Test
    void aReportThatFailsIsRepeated() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));

        acquireOn(first).retryOrSetAside(1, Duration.ofSeconds(30));
        assertThat(first.due()).isEmpty();
        elapseSeconds(30);

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.UNKNOWN);
    }

    @Test
    void aReportThatFailsTooOftenIsNotRepeatedButTheSearchGoesOn() {
        loseAndForget("key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        acquireOn(first).retryOrSetAside(1, Duration.ofSeconds(30));
        elapseSeconds(30);

        acquireOn(first).retryOrSetAside(1, Duration.ofSeconds(30));
        elapse(Duration.ofHours(1));

        assertThat(first.due()).isEmpty();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        toApis.lookup(LookUp.ON);
        elapse(LOOKUP_INTERVAL);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void withoutAKeyAtTheServiceALossIsReportedAndSetAsideAfterTrackingTimeout() {
        ServiceProfile keyless = new ServiceProfile(ACCOUNT, client, false, null, SCHEDULE, LIMITS);
        SubmitCommand command = submission("key-1", "Add a puppy");
        loseTheNextAnswer();
        first.fireAndForget(
                new SubmitCommand(command.key(), command.request(), keyless, command.labels(), Spending.NONE, true));

        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
        Delivery notice = first.deliveries.acquire(first.due().get(0), keyless).orElseThrow();
        assertThat(notice.task().errorMessage()).contains("sendRequestKey is false");
        assertThat(notice.task().wireKey()).as("the key that was not sent").isNull();
        notice.delivered();
        elapse(TRACKING_TIMEOUT);

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        assertThat(toApis.books().statusCalls()).isZero();
    }

    /** A submit without a waiter whose outcome is unknown. */
    private void loseAndForget(String key) {
        loseTheNextAnswerForGood();
        TestWaiter waiting = first.submit(submission(key, "Add a puppy"), Goal.ACCEPTED);
        first.work();
        waiting.claim().release();
    }
}

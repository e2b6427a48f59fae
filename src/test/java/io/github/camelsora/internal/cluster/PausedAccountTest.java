package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.KeyProblem;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TestWaiter;
import org.junit.jupiter.api.Test;

/** A pause of an account is obeyed by each node within a third of a lease, and outlives the node that has begun it. */
class PausedAccountTest extends ClusterTestSupport {
    private static final long A_THIRD_OF_A_LEASE = Node.LEASE.dividedBy(3).toSeconds();
    private static final String NO_CREDITS = "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"m\"}}";
    private static final String OTHER_KEY = "sk-other";

    private void runOutOfCreditsOn(Node node) {
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": 0}");
        toApis.on(Call.SUBMIT).times(1).answer(402, NO_CREDITS);
        remixOn(node, "refused");
    }

    @Test
    void aPauseByAnOperatorIsObeyedByTheOtherNodeAndSoIsItsEnd() {
        first.engine.pauses.pause(ACCOUNT, new Operator("joe", "Why"));
        elapseSeconds(A_THIRD_OF_A_LEASE);

        TestWaiter waiting = remixOn(second, "key-1");
        elapseSeconds(60);
        assertThat(posts()).isZero();

        second.engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        second.work();
        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        elapseSeconds(A_THIRD_OF_A_LEASE);
        remixOn(first, "key-2");
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void afterALackOfCreditsOnOneNodeNoPostStartsOnAnyAndDeliveriesGoOn() {
        fireAndForgetOn(first, "running");
        runOutOfCreditsOn(first);
        elapseSeconds(A_THIRD_OF_A_LEASE);
        long before = posts();

        assertThatThrownBy(() -> remixOn(second, "key-1")).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThatThrownBy(() -> remixOn(first, "key-2")).isExactlyInstanceOf(InsufficientCreditsException.class);
        complete("running");
        elapseSeconds(60);

        assertThat(posts()).isEqualTo(before);
        deliverOn(second);
        assertDeliveredOnce("running");
    }

    @Test
    void submitsThatAreQueuedOnTheOtherNodeFailWithThePause() {
        first.engine.pauses.pause(ACCOUNT, new Operator("joe", "Why"));
        elapseSeconds(A_THIRD_OF_A_LEASE);
        TestWaiter waiting = remixOn(second, "key-1");
        first.engine.pauses.begin(
                service(), new KeyProblem(Cause.NO_CREDITS, service().keyFingerprint()), "HTTP 402", null);
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": 0}");

        elapseSeconds(A_THIRD_OF_A_LEASE);

        assertThat(waiting.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void aNodeWithAnotherKeySubmitsOn() {
        toApis.addApiKey(OTHER_KEY);
        runOutOfCreditsOn(first);
        elapseSeconds(A_THIRD_OF_A_LEASE);

        TestWaiter waiting = second.submit(
                submission("key-1", "Add a puppy", clientOf(toApis.baseUrl(), ApiKey.fixed(OTHER_KEY))), Goal.ACCEPTED);
        second.work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aPauseOutlivesTheNodeThatHasBegunItAndEndsOnTheOther() {
        runOutOfCreditsOn(first);
        first.pause();
        outlastTheLease();
        assertThatThrownBy(() -> remixOn(second, "key-1")).isExactlyInstanceOf(InsufficientCreditsException.class);
        toApis.clearFaults();

        elapseSeconds(60);
        remixOn(second, "key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void aNodeThatStartsDuringAPauseObeysItFromItsFirstSubmitOn() {
        runOutOfCreditsOn(first);
        first.pause();

        Node third = startNode("third");
        third.work();

        assertThatThrownBy(() -> remixOn(third, "key-1")).isExactlyInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void aNodeWhoseHousekeepingIsLateReadsThePausesBeforeItsNextPost() {
        second.housekeeper.stop();
        runOutOfCreditsOn(first);
        elapseSeconds(A_THIRD_OF_A_LEASE + 1);
        long before = posts();

        TestWaiter waiting = remixOn(second, "key-1");

        assertThat(waiting.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(before);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aNodeWhoseHousekeepingIsLateHoldsItsNextSubmitForAPauseByAnOperator() {
        second.housekeeper.stop();
        first.engine.pauses.pause(ACCOUNT, new Operator("joe", "Why"));
        elapseSeconds(A_THIRD_OF_A_LEASE + 1);

        TestWaiter waiting = remixOn(second, "key-1");

        assertThat(waiting.timesNotified()).isZero();
        assertThat(posts()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        second.engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        second.work();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aNodeThatCannotReadThePausesInTimeSendsNothing() {
        second.housekeeper.stop();
        elapseSeconds(A_THIRD_OF_A_LEASE + 1);
        TestWaiter waiting = second.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        ledger.fail();

        second.work();

        assertThat(waiting.failure()).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
    }

    @Test
    void aNodeThatHasJustReadThePausesDoesNotReadThemForEachSubmit() {
        second.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        ledger.fail();

        second.work();

        assertThat(posts()).isEqualTo(1);
    }
}

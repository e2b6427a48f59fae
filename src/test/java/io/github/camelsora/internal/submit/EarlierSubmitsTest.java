package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a step that fails before its request is sent says of earlier submits under its key. */
class EarlierSubmitsTest extends TaskTestSupport {
    private static final SoraException REASON =
            new BadRequestException("No prompt.", new About(SubmitOutcome.NOT_SENT, "key-1", null), null);

    @Test
    void aKeyUnderWhichNothingWasSentIsUnknown() {
        assertThat(submits.earlier().isKnown(ref("key-1"))).isFalse();
    }

    @Test
    void aKeyUnderWhichTheServiceRejectedTheSubmitIsUnknown() {
        toApis.on(Call.SUBMIT).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        remix("key-1");

        assertThat(submits.earlier().isKnown(ref("key-1"))).isFalse();
    }

    @Test
    void theKeyOfARunningTaskIsKnown() {
        addRunning("key-1", toApis.addTask());

        assertThat(submits.earlier().isKnown(ref("key-1"))).isTrue();
    }

    @Test
    void whetherAKeyIsKnownCannotBeSaidWithoutTheLedger() {
        ledger.fail();

        ServiceUnavailableException failure = catchThrowableOfType(
                ServiceUnavailableException.class, () -> submits.earlier().isKnown(ref("key-1")));

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(failure.getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void theReasonStandsWhenNothingWasSentUnderTheKey() {
        assertThat(submits.earlier().explain(ref("key-1"), REASON)).isSameAs(REASON);
    }

    @Test
    void theReasonIsCompletedWithTheTaskThatWasPaidUnderTheKey() {
        addRunning("key-1", toApis.addTask());

        SoraException explained = submits.earlier().explain(ref("key-1"), REASON);

        assertThat(explained).isInstanceOf(BadRequestException.class).hasMessageContaining(taskId("key-1"));
        assertThat(explained.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(explained.getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(explained.isSafeToResend()).isFalse();
    }

    @Test
    void theReasonKeepsItsKind() {
        addRunning("key-1", toApis.addTask());
        SoraException noCredits =
                new InsufficientCreditsException("No credits.", new About(SubmitOutcome.NOT_SENT, "key-1", null), null);

        assertThat(submits.earlier().explain(ref("key-1"), noCredits)).isInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void aReasonAboutTheModelKeepsItsKind() {
        addRunning("key-1", toApis.addTask());
        SoraException ended = new ModelUnavailableException(
                "Model old-1 has ended.", new About(SubmitOutcome.NOT_SENT, "key-1", null), null);

        SoraException explained = submits.earlier().explain(ref("key-1"), ended);

        assertThat(explained)
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageStartingWith("Model old-1 has ended.");
        assertThat(explained.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
    }

    @Test
    void theReasonSaysThatTheLedgerCouldNotBeUsed() {
        ledger.fail();

        SoraException explained = submits.earlier().explain(ref("key-1"), REASON);

        assertThat(explained).hasMessageContaining("is unknown, because the ledger could not be used");
        assertThat(explained.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
    }

    @Test
    void aWaiterOfALostSubmitIsNotifiedThatItsAnswerWasLost() {
        writeIntentOf("node-2", "key-1");
        new LedgerWriter(ledger, "node-2", true, (entry, change) -> {})
                .apply(
                        ref("key-1"),
                        new TaskEvent.AnswerLost(
                                record("key-1").wireKey(), ledger.now().plus(TRACKING_TIMEOUT)));

        TestWaiter waiting = waitInVain();

        assertThat(waiting.failure()).hasMessageContaining("an earlier answer was lost");
        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void aWaiterOfAnIntentOfADeadNodeIsNotifiedThatTheSubmitBrokeOff() {
        writeIntentOf("node-2", "key-1");

        TestWaiter waiting = waitInVain();

        assertThat(waiting.failure()).hasMessageContaining("an earlier submit broke off");
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
    }

    private TestWaiter waitInVain() {
        toApis.lookup(LookUp.OFF);
        TestWaiter waiting = remix("key-1");
        passInSteps(RECOVERY_TIMEOUT.plusSeconds(10), Duration.ofSeconds(5));
        assertThat(posts()).isZero();
        return waiting;
    }
}

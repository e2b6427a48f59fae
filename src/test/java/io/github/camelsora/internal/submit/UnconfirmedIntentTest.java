package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A ledger call that throws may have written the intent all the same. Nothing is sent then, so the intent is withdrawn; it
 * alone, because the key may be paid under its next intent by then.
 */
class UnconfirmedIntentTest extends TaskTestSupport {

    @Test
    void aSubmitWhoseIntentWasNotConfirmedSendsNothing() {
        confirmNoIntent();

        ServiceUnavailableException failure =
                catchThrowableOfType(ServiceUnavailableException.class, () -> submit("key-1"));
        pass(LedgerRetries.PAUSE);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
    }

    @Test
    void itsIntentIsWithdrawn() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(record("key-1").owner()).isNull();
    }

    @Test
    void theNextSubmitOfItsKeyIsSent() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));

        TestWaiter next = submit("key-1", Goal.ACCEPTED);
        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    // The next submit has read the intent, and is about to decide what it leads to.
    @Test
    void theNextSubmitOfItsKeyIsSentAlsoWhenTheIntentIsWithdrawnRightAfterItWasRead() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        TestWaiter next = submit("key-1", Goal.ACCEPTED);
        ledger.onceAfterFind(() -> pass(LedgerRetries.PAUSE));

        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderItsKeyIsSentOnceItIsWithdrawn() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        pass(LedgerRetries.PAUSE);

        TestWaiter next = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, next::with);
        work();

        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").request()).contains("kitten");
    }

    @Test
    void anIntentThatIsNotConfirmedWithThePermitIsWithdrawn() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = remix("key-1");
        confirmNoIntent();
        passSeconds(1);
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    // The ledger has lost the record of a task that ended, which this node remembers, so the wait is over as it begins;
    // and the
    // route pool rejects it. That stands for any failure at this point.
    @Test
    void anIntentWhoseSubmitFailsBeforeItIsQueuedIsWithdrawn() {
        wire(ledger, http, routes);
        remix("key-1");
        completeAndPoll("key-1");
        ledger.failOverTo(new MemoryTaskLedger(clock(), 100));
        routes.reject(true);

        SoraException failure = catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        routes.reject(false);
        pass(LedgerRetries.PAUSE);

        assertThat(failure.isSafeToResend()).isFalse();
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    // The first intent was never written. That of the second submit was, and its task is paid for; the id waits for the
    // ledger.
    @Test
    void theWithdrawalNeverReachesTheNextIntentOfItsKey() {
        ledger.fail();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        ledger.recover();
        TestWaiter second = submit("key-1");
        ledger.fail();
        work();
        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(second.failure().getTaskId());
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void theWithdrawalIsRepeatedUntilTheLedgerIsBack() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        ledger.fail();
        passInSteps(LedgerRetries.PAUSE.multipliedBy(3), LedgerRetries.PAUSE);
        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    /** The next intent is written, and the call that writes it throws. */
    private void confirmNoIntent() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            throw new IllegalStateException("The connection was cut after the commit (simulated by the test)");
        });
    }
}

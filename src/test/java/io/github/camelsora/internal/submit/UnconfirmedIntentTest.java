package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    // The next submit waits for another node's, then has read the intent, and is about to decide what it leads to.
    @Test
    void theNextSubmitOfItsKeyIsSentAlsoWhenTheIntentIsWithdrawnRightAfterItWasRead() {
        ledger.renewLease("node-2", LEASE);
        writeIntentOf("node-2", "key-1");
        TestWaiter next = submit("key-1", Goal.ACCEPTED);
        new LedgerWriter(ledger, "node-2")
                .apply(
                        ref("key-1"),
                        new TaskEvent.IntentWithdrawn(record("key-1").wireKey()));
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
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
    void anotherRequestUnderItsKeyIsSentAlsoBeforeItIsWithdrawn() {
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        TestWaiter next = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, next::with);
        work();
        passInSteps(Duration.ofMinutes(2), LedgerRetries.PAUSE);

        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").request()).contains("kitten");
        assertThat(posts()).isEqualTo(1);
    }

    // The write waits in the database, say for a lock, and is committed after the call has failed.
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 10})
    void anIntentThatIsWrittenLateIsWithdrawn(int withdrawalsBefore) {
        TaskRecord late = failToWriteTheIntent();
        passInSteps(LedgerRetries.PAUSE.multipliedBy(withdrawalsBefore), LedgerRetries.PAUSE);

        ledger.add(late);
        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(record("key-1").wireKey()).isEqualTo(late.wireKey());
    }

    @Test
    void anIntentThatIsNeverWrittenIsLookedForDuringOneMinute() {
        failToWriteTheIntent();
        passInSteps(Duration.ofMinutes(1), LedgerRetries.PAUSE);
        AtomicInteger reads = new AtomicInteger();
        ledger.onceBeforeFind(reads::incrementAndGet);

        passInSteps(Duration.ofMinutes(1), LedgerRetries.PAUSE);

        assertThat(reads).hasValue(0);
    }

    @Test
    void anIntentThatAnotherNodeHasTakenForLostMeanwhileIsWithdrawn() {
        toApis.lookup(LookUp.OFF);
        confirmNoIntent();
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        new LedgerWriter(ledger, "node-2")
                .applyTo(
                        record("key-1"),
                        new TaskEvent.TakenOver(ledger.now().plus(TRACKING_TIMEOUT), RECOVERY_TIMEOUT));

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(record("key-1").owner()).isNull();
        assertThat(record("key-1").due().nextDelivery()).isNull();
    }

    @Test
    void whatTheLedgerHasRejectedIsNotWithdrawn() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            ledger.forget(record("key-1"), null);
            throw new IllegalArgumentException("The tag is too long");
        });
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        AtomicInteger reads = new AtomicInteger();
        ledger.onceBeforeFind(reads::incrementAndGet);

        pass(LedgerRetries.PAUSE);

        assertThat(reads).hasValue(0);
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

    /** A submit fails because its intent cannot be written; returns the intent. */
    private TaskRecord failToWriteTheIntent() {
        AtomicReference<TaskRecord> intent = new AtomicReference<>();
        ledger.onceWritten(TaskState.INTENT, () -> {
            intent.set(record("key-1"));
            ledger.forget(intent.get(), null);
            throw new IllegalStateException("No answer within the time limit (simulated by the test)");
        });
        catchThrowableOfType(SoraException.class, () -> submit("key-1"));
        return intent.get();
    }

    /** The next intent is written, and the call that writes it throws. */
    private void confirmNoIntent() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            throw new IllegalStateException("The connection was cut after the commit (simulated by the test)");
        });
    }
}

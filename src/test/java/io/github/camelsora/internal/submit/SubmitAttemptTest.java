package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.ToApisClient;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.apache.hc.client5.http.classic.HttpClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt: that its intent stands in the ledger as this node's when the request is sent. */
class SubmitAttemptTest extends TaskTestSupport {
    private static final Duration SHORT_LEASE = Duration.ofSeconds(30);

    @Test
    void anIntentThatAnotherNodeHasTakenOverIsNotSent() {
        toApis.lookup(LookUp.OFF);
        TestWaiter waiting = submitAndOutlastTheLease();
        new LedgerWriter(ledger, "node-2", true, (entry, change) -> {})
                .applyTo(
                        record("key-1"),
                        new TaskEvent.TakenOver(ledger.now().plus(TRACKING_TIMEOUT), RECOVERY_TIMEOUT));

        work();

        assertThat(posts()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void anIntentThatIsStillThisNodesAfterABreakOfItsLeaseIsSent() {
        TestWaiter waiting = submitAndOutlastTheLease();
        String wireKey = record("key-1").wireKey();

        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").wireKey()).isEqualTo(wireKey);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anIntentThatAnOperatorHasForgottenMeanwhileIsWrittenAnew() {
        TestWaiter waiting = submitAndOutlastTheLease();
        TaskRecord forgotten = record("key-1");
        ledger.forget(forgotten, null);

        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").wireKey()).isNotEqualTo(forgotten.wireKey());
        assertThat(toApis.task(taskId("key-1")).clientBusinessId())
                .isEqualTo(record("key-1").wireKey());
    }

    @Test
    void aSubmitWhoseIntentCannotBeConfirmedAfterABreakOfTheLeaseIsNotSentAndFreesItsKey() {
        TestWaiter waiting = submitAndOutlastTheLease();
        ledger.fail();
        work();
        ledger.recover();

        pass(LedgerRetries.PAUSE);

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isZero();
    }

    private TestWaiter submitAndOutlastTheLease() {
        lease = new NodeLease(ledger, NODE, SHORT_LEASE);
        lease.renew();
        wire(ledger, http, routes);
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        leaveUndone(SHORT_LEASE.plusSeconds(1));
        lease.renew();
        return waiting;
    }

    @Test
    void aSubmitThatBreaksOffWhileItIsSentIsNeverSentAgain() {
        toApis.lookup(LookUp.OFF);
        HttpClient withoutMemory = (HttpClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpClient.class}, (proxy, method, arguments) -> {
                    throw new OutOfMemoryError("thrown by a test");
                });
        ToApisClient broken = new ToApisClient(
                BaseUrl.parse(toApis.baseUrl()), ApiKey.fixed(toApis.apiKey()), SILENT, withoutMemory, withoutMemory);
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", "Add a puppy", broken), Goal.ENDED, waiting::with);
        work();
        pass(RECOVERY_TIMEOUT);

        assertThat(waiting.failure())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContaining("broke off");
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(posts()).isZero();
    }

    @Nested
    class WhenTheIntentIsWrittenWithThePermit {
        private TestWaiter waiting;

        @Test
        void aLedgerThatIsFullFailsTheSubmitWithItsOwnReason() {
            SoraException full = new ServiceUnavailableException(
                    "The ledger is full", new About(SubmitOutcome.NOT_SENT, "key-1", null), null);

            failTheWriteWith(full);

            assertThat(waiting.failure()).isSameAs(full);
        }

        @Test
        void aRequestThatTheLedgerCannotHoldIsRejected() {
            failTheWriteWith(new IllegalArgumentException("The tag is too long"));

            assertThat(waiting.failure())
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("The tag is too long");
        }

        @Test
        void aLedgerThatIsUnavailableFailsTheSubmitAsNotSent() {
            failTheWriteWith(new IllegalStateException("No connection"));

            assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whetherTheKeyMayBePaidForIsKnownForAKeyThatWasMadeForTheCall(boolean isNewKey) {
            failTheWriteWith(new IllegalStateException("No connection"), isNewKey);

            assertThat(waiting.failure().getOutcome())
                    .isEqualTo(isNewKey ? SubmitOutcome.NOT_SENT : SubmitOutcome.UNKNOWN);
        }

        private void failTheWriteWith(RuntimeException failure) {
            failTheWriteWith(failure, true);
        }

        private void failTheWriteWith(RuntimeException failure, boolean isNewKey) {
            toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
            waiting = new TestWaiter();
            SubmitCommand command = submission("key-1", "Add a puppy");
            submits.submit(
                    new SubmitCommand(
                            command.key(),
                            command.request(),
                            command.service(),
                            command.labels(),
                            Spending.NONE,
                            isNewKey),
                    Goal.ENDED,
                    waiting::with);
            work();
            ledger.onceBeforeReplace(() -> {
                throw failure;
            });

            passSeconds(1);

            assertThat(posts()).isEqualTo(1);
            assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        }
    }
}

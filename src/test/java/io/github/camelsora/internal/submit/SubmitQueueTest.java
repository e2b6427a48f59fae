package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submits that wait for a token: one in ten minutes here, and the first one is used. */
class SubmitQueueTest extends TaskTestSupport {
    private static final Operator BY = new Operator("joe", null);

    private static final Duration UNTIL_THE_NEXT_TOKEN = Duration.ofMinutes(10);

    @BeforeEach
    void useTheOnlyToken() {
        double perSecond = 1.0 / UNTIL_THE_NEXT_TOKEN.toSeconds();
        rateLimiters
                .of(ACCOUNT, toApis.baseUrl())
                .setLimits(new RateLimits(new RateLimit(perSecond, 1), RateLimit.UNLIMITED));
        remix("key-0");
    }

    @Test
    void aQueuedSubmitHasNoRecord() {
        submit("key-1");

        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void itsIntentIsWrittenWhenItHasItsPermit() {
        submit("key-1");

        passTheTurn();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void twoOfOneKeyAreSentOnceAndBothAnswered() {
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        TestWaiter second = submit("key-1", Goal.ACCEPTED);

        passTheTurn();

        assertThat(first.task().id()).isEqualTo(second.task().id());
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aStopFailsBothQueuedSubmitsOfOneKey() {
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        TestWaiter second = submit("key-1", Goal.ACCEPTED);

        stop();
        routes.runAll();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void aPermitThatComesAfterASuspensionDoesNotSendTheNextSubmitOfItsKey() {
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        leaveUndone(UNTIL_THE_NEXT_TOKEN);
        // Its permit is granted, and its call waits in the pool.
        timers.runDue();
        suspend();
        resume();
        TestWaiter second = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, second::with);

        work();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(1);
        assertThat(second.timesNotified()).isZero();
        passTheTurn();
        assertThat(posts()).isEqualTo(2);
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(record("key-1").request()).contains("kitten");
    }

    @Test
    void aSubmitThatComesWhileACancelledOneIsWithdrawnIsSentAndNotTakenForLost() {
        TestWaiter cancelled = queueWithAnIntent("key-1");
        TestWaiter next = new TestWaiter();
        ledger.onceBeforeReplace(() -> {
            redeliver("key-1", next);
            passSeconds(2);
        });

        submits.cancel(ref("key-1"), "joe");
        passInSteps(UNTIL_THE_NEXT_TOKEN.multipliedBy(2), Duration.ofSeconds(10));

        assertThat(cancelled.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(3);
    }

    @Test
    void aSubmitThatComesWhileACancelledOneIsWithdrawnFailsWithASuspension() {
        queueWithAnIntent("key-1");
        TestWaiter next = new TestWaiter();
        ledger.onceBeforeReplace(() -> {
            redeliver("key-1", next);
            suspend();
        });

        submits.cancel(ref("key-1"), "joe");
        routes.runAll();

        assertThat(next.failure()).isNotNull();
        assertThat(posts()).isEqualTo(2);
    }

    /** Queues a submit whose first attempt was not accepted, and whose intent could not be withdrawn. */
    private TestWaiter queueWithAnIntent(String key) {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 20");
        TestWaiter waiting = submit(key, Goal.ACCEPTED);
        ledger.onceWritten(
                TaskState.INTENT,
                () -> ledger.onceBeforeReplace(() -> {
                    throw new IllegalStateException("The ledger is not available (simulated by the test)");
                }));
        passTheTurn();
        assertThat(state(key)).isEqualTo(TaskState.INTENT);
        return waiting;
    }

    private void redeliver(String key, TestWaiter waiting) {
        SubmitCommand first = submission(key, "Add a puppy");
        SubmitCommand again = new SubmitCommand(
                first.key(), first.request(), first.service(), first.labels(), first.spending(), false);
        submits.submit(again, Goal.ACCEPTED, waiting::with);
    }

    @Test
    void aReservedKeyStaysReservedAfterAStopUntilItIsCancelled() {
        SubmitQueue queue = new SubmitQueue(
                ledger, timers, new SubmitPermits(engine.queries), engine.phase, engine.pauses, key -> {});
        SubmitCommand first = submission("key-1", "Add a puppy");
        SubmitCommand second = submission("key-1", "Add a puppy");
        queue.reserve(first);

        queue.failQueued();

        assertThat(queue.reserve(second)).containsSame(first);
        queue.cancel(first.key());
        assertThat(queue.reserve(second)).isEmpty();
    }

    @Test
    void thePlaceOfAKeyIsFreedOnlyByTheSubmitThatHasIt() {
        SubmitQueue queue = new SubmitQueue(
                ledger, timers, new SubmitPermits(engine.queries), engine.phase, engine.pauses, key -> {});
        SubmitCommand first = submission("key-1", "Add a puppy");
        SubmitCommand second = submission("key-1", "Add a puppy");
        queue.reserve(first);

        queue.release(second);
        assertThat(queue.reserve(second)).containsSame(first);

        queue.release(first);
        assertThat(queue.reserve(second)).isEmpty();
    }

    @Test
    void aSubmitThatCannotBeQueuedFails() {
        SubmitQueue queue = new SubmitQueue(
                ledger, timers, new SubmitPermits(engine.queries), engine.phase, engine.pauses, key -> {});
        SubmitCommand good = submission("key-1", "Add a puppy");
        SubmitCommand withoutService =
                new SubmitCommand(good.key(), good.request(), null, good.labels(), Spending.NONE, true);
        List<SoraException> reasons = new ArrayList<>();
        AtomicInteger permits = new AtomicInteger();

        queue.enqueue(
                new PendingSubmit(
                        withoutService, 1, ledger.now().plus(SUBMIT_TIMEOUT), 1, null, null, NodeLease.NO_EPOCH, null),
                ledger.now(),
                permits::incrementAndGet,
                reasons::add);

        assertThat(reasons).singleElement().satisfies(reason -> assertThat(reason.getOutcome())
                .isEqualTo(SubmitOutcome.NOT_SENT));
        assertThat(permits).hasValue(0);
    }

    @Test
    void aSubmitThatIsQueuedAgainKeepsItsPlaceBeforeThoseThatCameLater() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 20");
        submit("key-1");
        passInSteps(UNTIL_THE_NEXT_TOKEN, Duration.ofSeconds(10));
        submit("key-2");

        passInSteps(UNTIL_THE_NEXT_TOKEN, Duration.ofSeconds(10));

        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(request ->
                        request.json().path("client_business_id").textValue().substring(0, 5))
                .containsExactly("key-0", "key-1", "key-1");
    }

    @Test
    void anotherRequestUnderAQueuedKeyIsRejected() {
        submit("key-1");

        assertThatThrownBy(() -> submits.submit(
                        submission("key-1", "Add a kitten"), Goal.ENDED, claim -> new TestWaiter().with(claim)))
                .isInstanceOf(KeyConflictException.class)
                .hasMessageContaining("key-1");
    }

    @Test
    void aKnownKeyIsAnsweredWithoutAPermit() {
        TestWaiter again = submit("key-0", Goal.ACCEPTED);
        work();

        assertThat(again.task().id()).isEqualTo(taskId("key-0"));
    }

    @Test
    void aTaskThatAnotherNodeSubmittedMeanwhileIsJoined() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        String id = toApis.addTask();
        addRunning("key-1", id);

        passTheTurn();

        assertThat(waiting.task().id()).isEqualTo(id);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aConflictWithASubmitOfAnotherNodeFailsNoExchangeThatWaitsForItsTaskByItsId() {
        TestWaiter submitting = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ENDED, submitting::with);
        String id = toApis.addTask();
        addRunning("key-1", id);
        passInSteps(UNTIL_THE_NEXT_TOKEN.minusMinutes(1), Duration.ofSeconds(10));
        TestWaiter awaiting = await(id);

        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(awaiting.timesNotified()).isZero();
        completeAndPoll("key-1");

        assertThat(submitting.failure()).isInstanceOf(KeyConflictException.class);
        assertThat(awaiting.task().id()).isEqualTo(id);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitThatFailsAtItsDeadlineFailsNoExchangeThatWaitsForTheTaskByItsId() {
        submit("key-that-gets-the-token");
        TestWaiter submitting = submit("key-1");
        String id = toApis.addTask();
        addRunning("key-1", id);
        passInSteps(SUBMIT_TIMEOUT.minusMinutes(1), Duration.ofSeconds(10));
        TestWaiter awaiting = await(id);

        passInSteps(Duration.ofMinutes(2), Duration.ofSeconds(10));
        assertThat(awaiting.timesNotified()).isZero();
        completeAndPoll("key-1");

        assertThat(submitting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(awaiting.task().id()).isEqualTo(id);
    }

    @Test
    void aSubmitWhoseTaskCannotBeReadFromTheLedgerSaysThatItIsPaid() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        addRunning("key-1", toApis.addTask());
        ledger.onceBeforeFind(ledger::fail);

        passTheTurn();

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aQueuedSubmitWithoutAWaiterIsNotSent() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        waiting.claim().endWait();

        passTheTurn();

        assertThat(posts()).isEqualTo(1);
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void itIsSentForTheSecondWaiterWhenTheFirstHasLeft() {
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        first.claim().endWait();

        passTheTurn();

        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    // The first waiter is not there any more to check what becomes of the intent.
    @Test
    void theSecondWaiterIsNotifiedOfAnIntentOfAnotherNodeAlsoWhenTheFirstHasLeft() {
        toApis.lookup(LookUp.OFF);
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        first.claim().endWait();
        String request = submission("key-1", "Add a puppy").request().toJson();
        ledger.add(LedgerRecords.intentAt(toApis.baseUrl(), ACCOUNT, "key-1", request));

        passTheTurn();
        passInSteps(RECOVERY_TIMEOUT.plusSeconds(30), Duration.ofSeconds(10));

        assertThat(second.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aFailureThatIsRetriedStaysUntilTheRetryHasItsTurn() {
        toApis.fail(taskId("key-0"), "generation_failed", "Too dark");
        passSeconds(60);
        OperatorService operatorService = engine.operator;

        operatorService.retry(ref("key-0"), BY, record -> submission("key-0", "Add a puppy"));
        work();
        assertThat(state("key-0")).isEqualTo(TaskState.REJECTED);
        passTheTurn();

        assertThat(state("key-0")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(2);
    }

    private void passTheTurn() {
        work();
        passInSteps(UNTIL_THE_NEXT_TOKEN, Duration.ofSeconds(10));
    }
}

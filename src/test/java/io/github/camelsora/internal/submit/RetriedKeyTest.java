package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key that is paid under again: an answer that is lost is never looked up as the task that the key had before. */
class RetriedKeyTest extends TaskTestSupport {
    private static final Operator BY = new Operator("joe", null);

    @Test
    void aRetryWhoseAnswerIsLostIsFoundAsItsOwnTask() {
        remix("key-1");
        String failed = taskId("key-1");
        toApis.fail(failed, "generation_failed", "Too dark");
        passSeconds(15);
        loseTheNextAnswer();

        operator().retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        work();
        passSeconds(5);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(newestTask()).isNotEqualTo(failed);
    }

    @Test
    void aTaskThatWasSetAsideIsRetriedWhenItIsReleasedAndHasFailed() {
        remix("key-1").claim().release();
        passInSteps(TRACKING_TIMEOUT.plusMinutes(5), Duration.ofMinutes(5));

        assertThatThrownBy(() -> operator().retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("key-1", "SET_ASIDE", "Nothing was sent", "First release it");
        operator().release(ref("key-1"), BY, ledger.now().plus(TRACKING_TIMEOUT));
        remix("key-1");
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(15);
        operator().retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        work();

        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void aNewPromptUnderAForgottenKeyIsNotAnsweredWithTheOldVideo() {
        TestWaiter old = remix("key-1");
        completeAndPoll("key-1");
        operator().forget(ref("key-1"), BY);
        loseTheNextAnswer();

        TestWaiter waiting = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ENDED, waiting::with);
        work();
        passSeconds(5);
        completeAndPoll("key-1");

        assertThat(waiting.task().id())
                .isEqualTo(newestTask())
                .isNotEqualTo(old.task().id());
        assertThat(waiting.task().key()).isEqualTo("key-1");
    }

    @Test
    void afterARestartWithTheLedgerInMemoryALostAnswerIsFoundAsItsOwnTask() {
        remix("key-1");
        String before = taskId("key-1");
        restartWithAnEmptyLedger();
        loseTheNextAnswer();

        remix("key-1");
        passSeconds(5);

        assertThat(taskId("key-1")).isEqualTo(newestTask()).isNotEqualTo(before);
    }

    @Test
    void anAcceptanceThatComesAfterItsKeyWasForgottenIsNotAppliedToTheNextSubmit() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remix("key-1");
        TaskRecord lost = record("key-1");
        operator().forget(ref("key-1"), BY);
        submit("key-1");

        Instant trackUntil = ledger.now().plusSeconds(60);
        new LedgerWriter(ledger, NODE, true, (entry, change) -> {})
                .apply(
                        ref("key-1"),
                        new TaskEvent.SubmitAccepted(lost.wireKey(), "video_of_the_lost", trackUntil, null));

        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        assertThat(new LedgerWriter(ledger, NODE, true, (entry, change) -> {})
                        .apply(
                                ref("key-1"),
                                new TaskEvent.LostSubmitFound(lost.wireKey(), "video_of_the_lost", trackUntil))
                        .standing())
                .isPresent()
                .hasValueSatisfying(record -> assertThat(record.taskId()).isNull());
    }

    @Test
    void eachTryOfARequestThatWasNotSentHasAWireKeyThatStandsInTheLedger() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 10");
        remix("key-1");
        passSeconds(15);

        List<String> sent = toApis.requests(Call.SUBMIT).stream()
                .map(ReceivedRequest::json)
                .map(json -> json.path("client_business_id").textValue())
                .toList();
        assertThat(sent)
                .hasSize(2)
                .allMatch(key -> key.startsWith("key-1~"))
                .last()
                .isEqualTo(record("key-1").wireKey());
    }

    @Test
    void theMessageOfALostAnswerNamesTheKeyForTheVendorsConsole() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();

        TestWaiter waiting = remix("key-1");
        passInSteps(RECOVERY_TIMEOUT.plusSeconds(5), Duration.ofSeconds(5));

        assertThat(waiting.failure())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContaining(record("key-1").wireKey());
        assertThat(waiting.failure().getTask().wireKey())
                .isEqualTo(record("key-1").wireKey());
        assertThat(waiting.failure().getTask().key()).isEqualTo("key-1");
    }

    @Test
    void theTaskBeforeTheRetryIsNeverAcceptedAsItsTask() {
        remix("key-1");
        String old = taskId("key-1");
        toApis.fail(old, "generation_failed", "Too dark");
        passSeconds(15);
        toApis.on(Call.SUBMIT).times(1).answer(200, "{\"id\": \"" + old + "\", \"status\": \"queued\"}");
        toApis.on(Call.STATUS)
                .when(request -> request.path().contains("/key-1~"))
                .answer(200, "{\"id\": \"" + old + "\", \"status\": \"failed\"}");

        operator().retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        work();
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(5));

        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(taskId("key-1")).isNull();
    }

    @Test
    void anExchangeThatHadTheFailureDoesNotDeliverTheVideoOfTheRetry() {
        TestWaiter first = remix("key-1");
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(15);
        retryElsewhere();
        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        first.claim().delivered();

        assertThat(second.task().id()).isEqualTo(newestTask());
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void anExchangeThatSubmitsAfterARetryOnAnotherNodeDoesNotGetTheFailure() {
        remix("key-1");
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(15);
        retryElsewhere();

        TestWaiter second = remix("key-1");

        assertThat(second.timesNotified()).isZero();
    }

    @Test
    void aWaiterForAKeyThatAnotherNodeForgetsDoesNotGetTheNextVideo() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        TestWaiter puppy = remix("key-1");
        ledger.forget(record("key-1"), null);

        TestWaiter kitten = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ENDED, kitten::with);
        work();
        completeAndPoll("key-1");

        assertThat(kitten.task().id()).isEqualTo(newestTask());
        assertThat(puppy.failure()).isInstanceOf(SubmissionUnknownException.class);
    }

    /** As another node of the ledger does it: this one is not notified of it. */
    private void retryElsewhere() {
        TaskRecord failed = record("key-1");
        TaskRecord anew = LedgerRecords.intentWith(ACCOUNT, "key-1", "key-1~retried000");
        ledger.forget(
                failed,
                new TaskRecord(
                        ACCOUNT,
                        "key-1",
                        anew.wireKey(),
                        failed.baseUrl(),
                        failed.operation(),
                        failed.request(),
                        TaskState.INTENT,
                        null,
                        null,
                        NODE,
                        new TaskRecord.Times(ledger.now(), null, null, null, null),
                        TaskRecord.Due.NOTHING,
                        0,
                        null,
                        null,
                        null,
                        null,
                        0));
        VideoTask accepted = ((SubmitAnswer.Accepted) client.submit(
                        submission("key-1", "Add a puppy").request(), "key-1", anew.wireKey(), null, null))
                .task();
        new LedgerWriter(ledger, NODE, true, (entry, change) -> {})
                .apply(
                        ref("key-1"),
                        new TaskEvent.SubmitAccepted(
                                record("key-1").wireKey(),
                                accepted.id(),
                                ledger.now().plus(TRACKING_TIMEOUT),
                                null));
    }

    private OperatorService operator() {
        return engine.operator;
    }

    private void restartWithAnEmptyLedger() {
        ledger = new FaultyLedger(new MemoryTaskLedger(clock(), 100));
        lease = new NodeLease(ledger, NODE, LEASE);
        lease.renew();
        wire(ledger, http, routes);
    }

    private void loseTheNextAnswer() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
    }

    private String newestTask() {
        return toApis.tasks().get(toApis.tasks().size() - 1).id();
    }
}

package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer with the body of another task ends no task, reaches no route, and the query is repeated. */
class StrangeAnswerTest extends TaskTestSupport {
    private static final String URL = "https://files.toapis.com/of-another-customer.mp4";
    private TestWaiter waiting;
    private String taskId;

    @BeforeEach
    void submitOne() {
        waiting = remix("key-1");
        taskId = taskId("key-1");
    }

    @Test
    void aPollThatIsAnsweredWithATaskOfTheLedgerIsRejected() {
        remix("key-2");
        answer(completedBody(taskId("key-2"), ""));

        assertRejected();
    }

    @Test
    void aPollThatIsAnsweredWithTheWireKeyOfAnotherRequestIsRejected() {
        answer(completedBody("tsk_other", "\"client_business_id\": \"order-2~0123456789\","));

        assertRejected();
    }

    @Test
    void theWireKeyOfAnEarlierSubmitOfTheSameKeyIsRejected() {
        answer(completedBody("tsk_other", "\"client_business_id\": \"key-1~0123456789\","));

        assertRejected();
    }

    @ParameterizedTest
    @CsvSource({"model, veo-3", "prompt, Add a kitten", "remixed_from_video_id, task_other"})
    void aPollWhoseModelPromptOrSourceIsAnotherIsRejected(String field, String value) {
        String source = toApis.requests(Call.SUBMIT).get(0).path().replaceAll(".*/videos/([^/_]*).*", "$1");
        answer(completedBody("tsk_other", "\"" + field + "\": \"" + value.replace("task_", source + "_") + "\","));

        assertRejected();
    }

    @Test
    void theSameTaskUnderAnIdOfAnotherFormIsAccepted() {
        answer(completedBody("tsk_same", "\"model\": \"sora-2\","));

        passSeconds(15);

        assertThat(waiting.task().videoUrl()).isEqualTo(URL);
        assertThat(waiting.task().id()).isEqualTo(taskId);
    }

    @Test
    void theWireKeyProvesATaskUnderAnIdOfAnotherForm() {
        answer(completedBody("tsk_same", "\"model\": \"renamed\", \"client_business_id\": \"" + wireKey() + "\","));

        passSeconds(15);

        assertThat(waiting.task().key()).isEqualTo("key-1");
        assertThat(waiting.task().id()).isEqualTo(taskId);
    }

    @Test
    void aWireKeyThatTheServiceHasCutIsNoContradiction() {
        answer(completedBody(taskId, "\"client_business_id\": \"KEY-1~0\","));
        toApis.answerStatus(
                taskId,
                completedBody(taskId, "\"client_business_id\": \"" + wireKey().substring(0, 8) + "\","));

        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aRepeatedPollIsAcceptedWhenItsAnswerIsRight() {
        remix("key-2");
        answer(completedBody(taskId("key-2"), ""));
        passSeconds(15);
        toApis.answerStatus(taskId, completedBody(taskId, ""));

        passSeconds(60);

        assertThat(waiting.task().videoUrl()).isEqualTo(URL);
    }

    @Test
    void aStatusCallDoesNotReturnAnotherTask() {
        remix("key-2");
        answer(completedBody(taskId("key-2"), ""));

        assertThatThrownBy(() -> engine.statusQueries.query(service(), taskId))
                .isInstanceOfSatisfying(ServiceUnavailableException.class, e -> {
                    assertThat(e.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
                    assertThat(e.getTaskId()).isEqualTo(taskId);
                })
                .hasMessageContaining("another task");
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aStatusCallReturnsTheSecondAnswerWhenOnlyThatIsRight() {
        remix("key-2");
        toApis.on(Call.STATUS).times(1).answer(200, completedBody(taskId("key-2"), ""));
        toApis.answerStatus(taskId, completedBody(taskId, ""));

        VideoTask seen = engine.statusQueries.query(service(), taskId).task();

        assertThat(seen.videoUrl()).isEqualTo(URL);
        assertThat(seen.key()).isEqualTo("key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aWebhookThatCarriesANumberOfTheGatewaysOwnEndsItsTask() {
        Result receipt = engine.webhookCompletions
                .completed(ACCOUNT, carrying(taskId, "B20261129001"))
                .result();
        work();

        assertThat(receipt).isEqualTo(Result.APPLIED);
        assertThat(waiting.task().id()).isEqualTo(taskId);
    }

    @Test
    void aWebhookThatMixesUpTwoTasksEndsNeither() {
        remix("key-2");
        VideoTask mixed = carrying(taskId, record("key-2").wireKey());

        Result receipt = engine.webhookCompletions.completed(ACCOUNT, mixed).result();

        assertThat(receipt).isEqualTo(Result.NOT_APPLIED);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aNumberOfTheGatewaysOwnContradictsNothing() {
        answer(completedBody(taskId, "\"client_business_id\": \"B20261129001\","));

        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void anAcceptanceWithANumberOfTheGatewaysOwnIsAnAcceptance() {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(200, "{\"id\": \"video_new\", \"client_business_id\": \"B20261129001\"}");

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aPollThatIsAnsweredWithATaskOfAnotherAccountIsRejected() {
        ServiceProfile other = new ServiceProfile("other", client, true, null, SCHEDULE, LIMITS);
        SubmitCommand theirs = submission("key-9", "Add a puppy");
        submits.submit(
                new SubmitCommand(
                        new TaskKey("other", "key-9"), theirs.request(), other, TaskLabels.NONE, Spending.NONE, true),
                Goal.ENDED,
                new TestWaiter()::with);
        work();
        answer(completedBody(ledger.find("other", "key-9").orElseThrow().taskId(), "\"model\": \"sora-2\","));

        assertRejected();
    }

    @Test
    void aPollThatIsAnsweredWithTheSourceIsRejected() {
        answer(completedBody(submission("x", "y").request().videoId(), "\"model\": \"sora-2\","));

        assertRejected();
    }

    @Test
    void aPollThatIsAnsweredWithATaskFromBeforeTheRequestIsRejected() {
        long before = ledger.now().minus(Duration.ofDays(1)).getEpochSecond();
        answer(completedBody("tsk_other", "\"created_at\": " + before + ","));

        assertRejected();
    }

    @Test
    void anAcceptanceThatNamesTheSourceIsALostAnswer() {
        String source = submission("x", "y").request().videoId();
        toApis.on(Call.SUBMIT).times(1).answer(200, "{\"id\": \"" + source + "\", \"status\": \"queued\"}");

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aWebhookFindsItsTaskByTheWireKeyWhateverItsId() {
        VideoTask event = carrying("tsk_same", wireKey());

        Result receipt = engine.webhookCompletions.completed(ACCOUNT, event).result();
        work();

        assertThat(receipt).isEqualTo(Result.APPLIED);
        assertThat(waiting.task().id()).isEqualTo(taskId);
    }

    @Test
    void anAcceptanceThatNamesTheTaskOfAnotherRequestIsALostAnswer() {
        toApis.on(Call.SUBMIT).times(1).answer(200, "{\"id\": \"" + taskId + "\", \"status\": \"queued\"}");

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.UNKNOWN);
        assertThat(taskId("key-2")).isNull();
    }

    @Test
    void anAcceptanceThatCarriesAnotherKeyIsALostAnswer() {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(200, "{\"id\": \"video_x\", \"client_business_id\": \"order-9~0123456789\"}");

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.UNKNOWN);
    }

    private static VideoTask carrying(String id, String wireKey) {
        return new VideoTask(
                id, null, wireKey, TaskStatus.COMPLETED, 100, null, null, null, null, URL, null, null, null, null);
    }

    private String wireKey() {
        return record("key-1").wireKey();
    }

    private void answer(String body) {
        toApis.answerStatus(taskId, body);
    }

    private static String completedBody(String id, String fields) {
        return "{\"id\": \"" + id + "\", \"status\": \"completed\", " + fields + " \"result\": {\"data\": [{\"url\": \""
                + URL + "\"}]}}";
    }

    private void assertRejected() {
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(waiting.timesNotified()).isZero();
        assertThat(heard).noneMatch(task -> URL.equals(task.videoUrl()) && "key-1".equals(task.key()));
        assertThat(toApis.books().polls(taskId)).isGreaterThan(1);
    }
}

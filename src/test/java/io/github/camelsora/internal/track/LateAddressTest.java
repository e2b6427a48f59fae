package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that has completed before its video has an address: it counts as running for a while, then as failed, for now. */
class LateAddressTest extends TaskTestSupport {
    private static final Operator BY = new Operator("joe", null);

    private static final Duration GRACE = Duration.ofMinutes(2);
    private static final String MISSING = "result_missing";
    private TestWaiter waiting;
    private String taskId;

    @BeforeEach
    void completeWithoutAnAddress() {
        waiting = remix("key-1");
        taskId = taskId("key-1");
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"completed\", \"progress\": 100}");
    }

    @Test
    void anAddressThatComesWithALaterPollIsWaitedFor() {
        passInSteps(Duration.ofSeconds(100), Duration.ofSeconds(10));
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        answerWithTheAddress();

        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(waiting.task().videoUrl()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"related\": [{\"id\": \"v0\", \"url\": \"https://x/of-another-customer.mp4\"}]",
                "\"base_video\": {\"url\": \"https://x/source.mp4\"}",
                "\"urls\": [\"https://toapis.com/v1/videos/v1/cancel\"]",
                "\"usage\": {\"url\": \"https://toapis.com/billing\"}"
            })
    void anAddressThatIsNoResultDoesNotEndTheWait(String fields) {
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"completed\", " + fields + "}");
        passSeconds(15);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        answerWithTheAddress();

        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(waiting.task().videoUrl()).endsWith("/late.mp4");
    }

    @Test
    void meanwhileListenersAndRoutesSeeATaskThatRuns() {
        passSeconds(15);

        assertThat(heard).last().extracting(VideoTask::status).isEqualTo(TaskStatus.IN_PROGRESS);
        assertThat(engine.statusQueries.query(service(), taskId).task().status())
                .isEqualTo(TaskStatus.IN_PROGRESS);
    }

    @Test
    void anAddressThatDoesNotComeIsAFailureOfItsOwn() {
        passInSteps(GRACE.plusSeconds(30), Duration.ofSeconds(10));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(waiting.task().errorCode()).isEqualTo(MISSING);
    }

    @Test
    void onePollThatComesLateIsNotTheEnd() {
        passSeconds(15);
        leaveUndone(Duration.ofMinutes(10));

        work();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskThatRunsAgainMeanwhileBeginsAnewToWaitForItsAddress() {
        passInSteps(Duration.ofSeconds(100), Duration.ofSeconds(10));
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"in_progress\"}");
        passSeconds(15);
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"completed\"}");

        passInSteps(Duration.ofSeconds(100), Duration.ofSeconds(10));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anAcceptanceThatIsCompletedWithoutAnAddressIsPolled() {
        toApis.on(Call.SUBMIT).times(1).answer(200, "{\"id\": \"video_2\", \"status\": \"completed\"}");
        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aStatusCallThatFindsTheAddressReplacesTheFailure() {
        endWithoutAnAddress();
        waiting.claim().delivered();
        answerWithTheAddress();

        VideoTask seen = engine.statusQueries.query(service(), taskId).task();

        assertThat(seen.status()).isEqualTo(TaskStatus.COMPLETED);
        assertMended();
    }

    @Test
    void awaitSeesTheAddress() {
        endWithoutAnAddress();
        waiting.claim().delivered();
        answerWithTheAddress();

        TestWaiter second = await(taskId);
        work();

        assertThat(second.task().videoUrl()).isNotNull();
        second.claim().delivered();
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
        assertThat(ledger.findDue(ACCOUNT, null, 10)).isEmpty();
    }

    @Test
    void theSameKeySeesTheAddress() {
        endWithoutAnAddress();
        waiting.claim().delivered();
        answerWithTheAddress();

        TestWaiter second = remix("key-1");

        assertThat(second.task().videoUrl()).isNotNull();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whileTheAddressIsMissingTheSameKeyIsAnsweredWithTheFailure() {
        endWithoutAnAddress();
        waiting.claim().delivered();

        TestWaiter second = remix("key-1");

        assertThat(second.task().errorCode()).isEqualTo(MISSING);
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aServiceThatDoesNotAnswerLeavesTheFailureAsItIs() {
        endWithoutAnAddress();
        toApis.on(Call.STATUS).answer(500, "{}");

        TestWaiter second = remix("key-1");

        assertThat(second.task().errorCode()).isEqualTo(MISSING);
    }

    @Test
    void aWebhookBringsTheAddress() {
        endWithoutAnAddress();
        waiting.claim().delivered();

        engine.webhookCompletions.completed(ACCOUNT, completed(taskId, null));

        assertMended();
    }

    @Test
    void anExchangeThatStillHandlesTheFailureDoesNotDeliverTheVideo() {
        endWithoutAnAddress();
        answerWithTheAddress();
        engine.statusQueries.query(service(), taskId);

        waiting.claim().delivered();

        assertMended();
    }

    @Test
    void anExchangeThatAwaitedTheIdAndHandlesTheFailureDoesNotDeliverTheVideo() {
        TestWaiter byId = await(taskId);
        endWithoutAnAddress();
        waiting.claim().release();
        answerWithTheAddress();
        engine.statusQueries.query(service(), taskId);

        byId.claim().delivered();

        assertMended();
    }

    @Test
    void anExchangeThatStillHandlesTheFailureDoesNotDeliverTheVideoThatAnotherExchangeHas() {
        endWithoutAnAddress();
        answerWithTheAddress();
        TestWaiter second = await(taskId);
        work();

        waiting.claim().delivered();
        second.claim().release();

        assertThat(second.task().videoUrl()).isNotNull();
        assertMended();
    }

    @Test
    void aDeliveryOfTheFailureThatEndsLaterDoesNotDeliverTheVideo() {
        endWithoutAnAddress();
        waiting.claim().release();
        Delivery delivery = deliveries().acquire(record("key-1"), service()).orElseThrow();
        answerWithTheAddress();
        engine.statusQueries.query(service(), taskId);

        delivery.delivered();

        assertMended();
    }

    @Test
    void noOtherEndChanges() {
        toApis.fail(taskId, "generation_failed", "Too dark");
        remix("key-2");
        toApis.fail(taskId("key-2"), "generation_failed", "Too dark");
        passSeconds(15);
        String result = record("key-2").result();

        engine.webhookCompletions.completed(ACCOUNT, completed(taskId("key-2"), null));

        assertThat(record("key-2").result()).isEqualTo(result);
    }

    @Test
    void aFieldOfTheServiceThatIsNamedLikeOursIsNoMissingAddress() {
        toApis.answerStatus(
                taskId,
                "{\"id\": \"" + taskId + "\", \"status\": \"completed\", \"errorCode\": \"result_missing\","
                        + " \"result\": {\"data\": [{\"url\": \"https://files.toapis.com/1.mp4\"}]}}");
        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(record("key-1").isResultMissing()).isFalse();
    }

    @Test
    void aFailureDoesNotReplaceAMissingAddress() {
        endWithoutAnAddress();
        String result = record("key-1").result();
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"failed\"}");

        engine.statusQueries.query(service(), taskId);

        assertThat(record("key-1").result()).isEqualTo(result);
    }

    @Test
    void retryDoesNotPayWhenTheAddressIsThereNow() {
        endWithoutAnAddress();
        waiting.claim().delivered();
        answerWithTheAddress();

        assertThatThrownBy(() -> retry("key-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address");
        work();

        assertThat(posts()).isEqualTo(1);
        assertMended();
    }

    @Test
    void retryPaysWhenTheAddressIsStillMissing() {
        endWithoutAnAddress();

        retry("key-1");
        work();

        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void retryDoesNotPayWhenTheTaskRunsAgain() {
        endWithoutAnAddress();
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId + "\", \"status\": \"in_progress\"}");

        assertThatThrownBy(() -> retry("key-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runs again");

        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void retryDoesNotPayWhenTheAnswerIsAboutAnotherTask() {
        endWithoutAnAddress();
        remix("key-2");
        toApis.answerStatus(taskId, "{\"id\": \"" + taskId("key-2") + "\", \"status\": \"completed\"}");

        assertThatThrownBy(() -> retry("key-1")).isInstanceOf(IllegalArgumentException.class);

        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void retryDoesNotPayWhenTheServiceCannotBeReached() {
        endWithoutAnAddress();
        toApis.on(Call.STATUS).answer(503, "{}");

        assertThatThrownBy(() -> retry("key-1")).isInstanceOf(IllegalArgumentException.class);

        assertThat(posts()).isEqualTo(1);
    }

    private DeliveryDispatcher deliveries() {
        return engine.deliveries;
    }

    private void retry(String key) {
        engine.operator.retry(ref(key), BY, record -> submission(key, "Add a puppy"));
    }

    private void endWithoutAnAddress() {
        passInSteps(GRACE.plusSeconds(30), Duration.ofSeconds(10));
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    private void answerWithTheAddress() {
        toApis.answerStatus(
                taskId,
                "{\"id\": \"" + taskId + "\", \"status\": \"completed\", \"result\": {\"data\": [{\"url\":"
                        + " \"https://files.toapis.com/late.mp4\"}]}}");
    }

    private void assertMended() {
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(record("key-1").isResultMissing()).isFalse();
        List<TaskRecord> due = ledger.findDue(ACCOUNT, null, 10);
        assertThat(due).extracting(TaskRecord::key).containsExactly("key-1");
    }
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusTest extends SimulatorTest {

    private static final String WITH_KEY = "{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}";

    @Test
    void progressRisesFromQueuedToCompleted() throws Exception {
        simulator().taskDuration(Duration.ofSeconds(100));
        String task = acceptedRemix(PUPPY);

        assertProgress(task, "queued", 0);
        simulator().clock().advance(Duration.ofSeconds(40));
        assertProgress(task, "in_progress", 40);
        simulator().clock().advance(Duration.ofMillis(59_999));
        assertProgress(task, "in_progress", 99);
        simulator().clock().advance(Duration.ofMillis(1));
        assertProgress(task, "completed", 100);
    }

    private void assertProgress(String task, String word, int progress) throws Exception {
        JsonNode answer = json(status(task));
        assertThat(answer.get("status").textValue()).isEqualTo(word);
        assertThat(answer.get("progress").intValue()).isEqualTo(progress);
    }

    @Test
    void theStatusOfACompletedTaskHasTheDocumentedShape() throws Exception {
        simulator().taskDuration(Duration.ofSeconds(292));
        String task = acceptedRemix(PUPPY);
        simulator().clock().advance(Duration.ofHours(1));

        JsonNode answer = json(status(task));

        assertThat(answer).isEqualTo(json("""
                {"id": "%s", "object": "generation.task", "model": "sora-2", "status": "completed", "progress": 100,
                 "created_at": 1768392000, "completed_at": 1768392292, "expires_at": 1768478692,
                 "result": {"type": "video", "data": [{"url": "%s", "format": "mp4"}]}}""".formatted(
                        task, simulator().task(task).videoUrls().get(0))));
        assertThat(answer.at("/result/data/0/url").textValue())
                .startsWith(simulator().fileBaseUrl() + "/videos/" + task);
    }

    @Test
    void theStatusOfAFailedTaskHasTheDocumentedShape() throws Exception {
        String task = acceptedRemix("{\"prompt\": \"This will [fail]\"}");
        simulator().clock().advance(Duration.ofSeconds(2));

        assertThat(json(status(task))).isEqualTo(json("""
                {"id": "%s", "object": "generation.task", "model": "sora-2", "status": "failed", "progress": 0,
                 "created_at": 1768392000, "error": {"code": "generation_failed",
                 "message": "Generation failed: Content violates the content policy"}}""".formatted(task)));
    }

    @Test
    void aTaskWithoutDurationHasEndedAtTheFirstQuery() throws Exception {
        simulator().taskDuration(Duration.ZERO);

        assertProgress(acceptedRemix(PUPPY), "completed", 100);
    }

    @Test
    void theDurationOfATaskCanDependOnItsRequest() throws Exception {
        simulator()
                .taskDuration(
                        request -> Duration.ofSeconds(request.path("duration").asInt()));
        String ten = acceptedRemix("{\"prompt\": \"x\", \"duration\": 10}");
        String fifteen = acceptedRemix("{\"prompt\": \"x\", \"duration\": 15}");

        simulator().clock().advance(Duration.ofSeconds(10));

        assertThat(simulator().task(ten).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(simulator().task(fifteen).state()).isEqualTo(TaskState.IN_PROGRESS);
    }

    @Test
    void aTestCanEndATaskOnce() throws Exception {
        String failed = acceptedRemix(PUPPY);
        String completed = acceptedRemix(PUPPY);

        simulator().fail(failed, "upstream_error", "No GPU left");
        simulator().complete(failed);
        simulator().complete(completed);
        simulator().fail(completed, "too_late", "Too late");
        simulator().clock().advance(Duration.ofHours(1));

        assertThat(json(status(failed)).at("/error/message").textValue()).isEqualTo("No GPU left");
        assertProgress(failed, "failed", 0);
        assertProgress(completed, "completed", 100);
    }

    @Test
    void aTestCanSetOnlyTheStatusWord() throws Exception {
        String task = acceptedRemix(PUPPY);
        simulator().complete(task);

        simulator().statusWord(task, "Succeeded");
        JsonNode answer = json(status(task));
        simulator().statusWord(task, null);

        assertThat(answer.get("status").textValue()).isEqualTo("Succeeded");
        assertThat(answer.at("/result/data/0/url").isTextual()).isTrue();
        assertProgress(task, "completed", 100);
    }

    @Test
    void aTestCanSetTheWholeStatusAnswer() throws Exception {
        String task = acceptedRemix(PUPPY);

        simulator().answerStatus(task, "{\"state\": \"who knows\"}");
        JsonNode answer = json(status(task));
        simulator().answerStatus(task, null);

        assertThat(answer).isEqualTo(json("{\"state\": \"who knows\"}"));
        assertProgress(task, "queued", 0);
    }

    @Test
    void theFieldOfTheUrlCanBeConfigured() throws Exception {
        String task = acceptedRemix(PUPPY);
        simulator().complete(task);
        String url = simulator().task(task).videoUrls().get(0);

        assertThat(look(task, ResultUrl.DATA_URL).at("/result/data/0/url").textValue())
                .isEqualTo(url);
        assertThat(look(task, ResultUrl.DATA_VIDEO_URL)
                        .at("/result/data/0/video_url")
                        .textValue())
                .isEqualTo(url);
        assertThat(look(task, ResultUrl.TOP_VIDEO_URL).at("/video_url").textValue())
                .isEqualTo(url);
        assertThat(look(task, ResultUrl.TOP_URL).at("/url").textValue()).isEqualTo(url);
        assertThat(look(task, ResultUrl.NONE).toString()).contains("completed").doesNotContain("http");
    }

    private JsonNode look(String task, ResultUrl place) throws Exception {
        simulator().resultUrl(place);
        return json(status(task));
    }

    @Test
    void aTaskCanHaveSeveralVideos() throws Exception {
        String task = acceptedRemix("{\"prompt\": \"x\", \"metadata\": {\"n\": 3}}");
        simulator().complete(task);

        assertThat(json(status(task)).at("/result/data")).hasSize(3);
        assertThat(simulator().task(task).videoUrls()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void theFirstQueriesFindNothingWhileReplicasLag() throws Exception {
        simulator().replicaLag(2);
        String task = acceptedRemix(WITH_KEY);

        HttpResponse<String> first = status(task);
        HttpResponse<String> second = status("order-1");
        HttpResponse<String> third = status(task);

        assertThat(first.statusCode()).isEqualTo(404);
        assertThat(json(first).at("/error/code").textValue()).isEqualTo("task_not_found");
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @Test
    void aTaskIsFoundByItsClientBusinessId() throws Exception {
        String task = acceptedRemix(WITH_KEY);

        assertThat(json(status("order-1")).get("id").textValue()).isEqualTo(task);
    }

    @Test
    void aTaskIsNotFoundByItsClientBusinessIdWhileLookUpIsOff() throws Exception {
        simulator().lookup(LookUp.OFF);
        String task = acceptedRemix(WITH_KEY);

        assertThat(status("order-1").statusCode()).isEqualTo(404);
        assertThat(status(task).statusCode()).isEqualTo(200);
        assertThat(simulator().task(task).clientBusinessId()).isEqualTo("order-1");
    }

    @Test
    void anUnknownTaskIsNotFound() throws Exception {
        HttpResponse<String> answer = status("task_nobody_knows");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("task_not_found");
    }

    @Test
    void anExpiredTaskStaysCompletedUnlessConfiguredOtherwise() throws Exception {
        String task = acceptedRemix(PUPPY);
        simulator().expire(task);

        JsonNode completed = json(status(task));
        simulator().expiredWord("expired");
        JsonNode expired = json(status(task));

        assertThat(completed.get("status").textValue()).isEqualTo("completed");
        assertThat(completed.get("expires_at").longValue()).isEqualTo(NOON.getEpochSecond());
        assertThat(completed.has("result")).isTrue();
        assertThat(expired.get("status").textValue()).isEqualTo("expired");
        assertThat(expired.has("result")).isFalse();
    }

    @Test
    void aTaskSubmittedElsewhereCanBeQueried() throws Exception {
        String task = simulator().addTask();

        assertProgress(task, "queued", 0);
        assertThat(simulator().books().submitsAccepted()).isZero();
    }
}

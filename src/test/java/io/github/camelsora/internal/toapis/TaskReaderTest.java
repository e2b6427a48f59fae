package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks in every envelope of the contract; what their results look like is in {@link TaskResultTest}. */
class TaskReaderTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");
    private static final String SUBMITTED = """
            {"id": "video_01K8SGYNNNVBQTXNR4MM964S7K", "object": "generation.task", "model": "sora-2",
             "status": "queued", "progress": 0, "created_at": 1768380224, "metadata": {"size": "720x720"}}""";
    private static final String OFFICIAL = """
            {"id": "video_2", "object": "video", "model": "sora-2-official", "status": "in_progress", "progress": 5,
             "created_at": 1768380224, "remixed_from_video_id": "video_1", "seconds": "12", "size": "720x1280"}""";
    private static final String OLDER = """
            {"code": 200, "data": [{"status": "submitted", "task_id": "task_3"}]}""";

    /** What a test wants to see of a task that runs. */
    private record Seen(String id, TaskStatus status, Integer progress, String model, Instant createdAt) {
        static Seen of(VideoTask task) {
            return new Seen(task.id(), task.status(), task.progress(), task.model(), task.createdAt());
        }
    }

    @Test
    void theDocumentedEnvelopeIsRead() {
        VideoTask task = read(SUBMITTED);

        assertThat(Seen.of(task))
                .isEqualTo(new Seen(
                        "video_01K8SGYNNNVBQTXNR4MM964S7K",
                        TaskStatus.QUEUED,
                        0,
                        "sora-2",
                        Instant.ofEpochSecond(1768380224)));
    }

    @Test
    void theVideoEnvelopeIsRead() {
        VideoTask task = read(OFFICIAL);

        assertThat(Seen.of(task))
                .isEqualTo(new Seen(
                        "video_2", TaskStatus.IN_PROGRESS, 5, "sora-2-official", Instant.ofEpochSecond(1768380224)));
    }

    @Test
    void theOlderEnvelopeIsRead() {
        VideoTask task = read(OLDER);

        assertThat(Seen.of(task)).isEqualTo(new Seen("task_3", TaskStatus.QUEUED, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'task_id': 't'}                                  | t",
                "{'id': 't', 'task_id': 't'}                       | t",
                "{'id': '', 'task_id': 't'}                        | t",
                "{'id': null, 'task_id': 't'}                      | t",
                "{'id': 42}                                        | 42",
                "{'code': 200, 'data': [{'id': 't'}]}              | t",
                "{'code': 200, 'data': {'task_id': 't'}}           | t",
                "{'code': 'success', 'data': [{'task_id': 't'}]}   | t",
            },
            quoteCharacter = '"')
    void theIdIsFoundWhereverItStands(String answer, String id) {
        VideoTask task = read(answer.replace('\'', '"'));

        assertThat(task.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'id': null}",
                "{'id': ''}",
                "{'id': '  '}",
                "{'id': {'value': 't'}}",
                "{'id': ['t']}",
                "{'code': 200, 'data': []}",
                "{'code': 200, 'data': null}",
                "{'code': 200, 'data': 'task_1'}",
                "{'code': 200, 'data': [null]}",
                "{'code': 200, 'data': [[]]}",
                "{'code': 'task_not_exist', 'message': 'No such task', 'data': null}",
            })
    void withoutAnIdThereIsNoTask(String answer) {
        Optional<VideoTask> task = tryToRead(answer.replace('\'', '"'));

        assertThat(task).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000t", "t\\u0000", "t\\ud800", "t\\udbff", "t\\udc00", "t\\udfff"})
    void anIdThatNoLedgerKeepsIsNone(String id) {
        assertThat(tryToRead("{\"id\": \"" + id + "\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t\ud7ff", "t\ue000", "t\ud83d\udc36", "\u0001"})
    void anIdInAnyScriptIsKept(String id) {
        assertThat(read(Json.write(Map.of("id", id))).id()).isEqualTo(id);
    }

    @Test
    void anIdIsAsLongAsTheColumnOfALedgerAtMost() {
        assertThat(tryToRead("{\"id\": \"" + "t".repeat(400) + "\"}")).isPresent();
        assertThat(tryToRead("{\"id\": \"" + "t".repeat(401) + "\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "submitted, QUEUED",
        "pending, QUEUED",
        "not_start, QUEUED",
        "in_progress, IN_PROGRESS",
        "processing, IN_PROGRESS",
        "running, IN_PROGRESS",
        "succeeded, COMPLETED",
        "success, COMPLETED",
        "done, COMPLETED",
        "succeed, COMPLETED",
        "FINISHED, COMPLETED",
        "complete, COMPLETED",
        "completed, COMPLETED",
        "failed, FAILED",
        "failure, FAILED",
        "error, FAILED",
        "rejected, FAILED",
        "TIMEOUT, FAILED",
        "timed_out, FAILED",
        "aborted, FAILED",
        "blocked, FAILED",
        "cancelled, FAILED",
        "canceled, FAILED",
        "expired, EXPIRED",
        "COMPLETED, COMPLETED",
        "Success, COMPLETED",
        "SUCCESS, COMPLETED",
        "FAILURE, FAILED",
        "Not_Start, QUEUED",
        "IN_PROGRESS, IN_PROGRESS",
        "' running ', IN_PROGRESS",
    })
    void everyWordIsUnderstoodInAnyCase(String word, TaskStatus status) {
        VideoTask task = read("""
                {"id": "t", "status": "%s", "result": {"data": [{"url": "https://files.test/x.mp4"}]}}""".formatted(word));

        assertThat(task.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"warming_up", "completing", "completed!", "finishing", "unknown", "paused", "成功", "null", "0"})
    void aWordThatIsNotKnownMeansStillRunning(String word) {
        VideoTask task = read("""
                {"id": "t", "status": "%s", "result": {"data": [{"url": "https://files.test/x.mp4"}]}}""".formatted(word));

        assertThat(task.status()).isEqualTo(TaskStatus.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "null", "{}", "[]", "[\"completed\"]", "{\"word\": \"completed\"}"})
    void aStatusThatIsNoWordMeansStillRunning(String status) {
        VideoTask task = read("{\"id\": \"t\", \"status\": " + status + "}");

        assertThat(task.status().isTerminal()).isFalse();
    }

    @Test
    void aMissingStatusMeansStillRunning() {
        VideoTask task = read("{\"id\": \"t\"}");

        assertThat(task.status().isTerminal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "100, 100",
        "'\"100%\"', 100",
        "'\"42 %\"', 42",
        "'\"42\"', 42",
        "' 33.4 ', 33",
        "'\"33.4%\"', 33",
        "150, 100",
        "-1, 0",
        "1e400, 100",
    })
    void progressIsReadAsANumberAPercentageOrText(String written, int progress) {
        VideoTask task = read("{\"id\": \"t\", \"progress\": " + written + "}");

        assertThat(task.progress()).isEqualTo(progress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"half\"", "\"NaN\"", "true", "{}", "[50]", "{\"value\": 50}"})
    void progressThatIsNoNumberIsNull(String written) {
        VideoTask task = read("{\"id\": \"t\", \"progress\": " + written + "}");

        assertThat(task.progress()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1768380224",
                "\"1768380224\"",
                "1768380224.0",
                "1768380224000",
                "\"2026-01-14T08:43:44Z\"",
                "\"2026-01-14T16:43:44+08:00\""
            })
    void aTimeIsReadInWhateverFormItComes(String written) {
        VideoTask task = read("{\"id\": \"t\", \"created_at\": " + written + "}");

        assertThat(task.createdAt()).isEqualTo(Instant.parse("2026-01-14T08:43:44Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "-1", "\"\"", "\"soon\"", "\"25:00\"", "{}", "[1768380224]", "true", "1e400"})
    void aTimeThatCannotBeReadBreaksNothing(String written) {
        VideoTask task = read("{\"id\": \"t\", \"created_at\": " + written + ", \"progress\": 7}");

        assertThat(task.progress()).isEqualTo(7);
    }

    @Test
    void noTaskWasMadeIn1970() {
        VideoTask task = read("{\"id\": \"t\", \"created_at\": 0}");

        assertThat(task.createdAt()).isNull();
    }

    @Test
    void theTimesOfACompletedTaskAreRead() {
        VideoTask task = read("""
                {"id": "t", "status": "completed", "created_at": 1768380222, "completed_at": 1768380514,
                 "expires_at": 1768466914, "result": {"data": [{"url": "https://files.test/x.mp4"}]}}""");

        assertThat(List.of(task.createdAt(), task.completedAt(), task.expiresAt()))
                .containsExactly(
                        Instant.ofEpochSecond(1768380222),
                        Instant.ofEpochSecond(1768380514),
                        Instant.ofEpochSecond(1768466914));
    }

    @Test
    void theNamesThatWebhooksGiveToTimesAreReadToo() {
        VideoTask task = read("""
                {"task_id": "t", "status": "FAILURE", "submitted_at": 1783953000, "finished_at": 1783953300}""");

        assertThat(List.of(task.createdAt(), task.completedAt()))
                .containsExactly(Instant.ofEpochSecond(1783953000), Instant.ofEpochSecond(1783953300));
    }

    @Test
    void ourKeyIsReadBack() {
        VideoTask task = read("{\"id\": \"t\", \"client_business_id\": \"order_123\"}");

        assertThat(task.key()).isEqualTo("order_123");
    }

    @Test
    void fieldsThatAreNotKnownAreKept() {
        VideoTask task = read("""
                {"id": "t", "object": "generation.task", "shiny": {"new": [1, null, "x"]}, "gone": null}""");

        assertThat(task.raw())
                .containsEntry("object", "generation.task")
                .containsEntry("gone", null)
                .extracting("shiny", MAP)
                .containsEntry("new", Arrays.asList(1, null, "x"));
    }

    @Test
    void theEnvelopeAroundATaskIsKeptToo() {
        VideoTask task = read(OLDER);

        assertThat(task.raw()).containsEntry("code", 200).containsKey("data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 't', 'model': {}, 'error': [], 'result': 7, 'client_business_id': {}, 'expires_at': []}",
                "{'id': 't', 'model': 7, 'error': 7, 'result': 'x', 'metadata': 7}",
                "{'id': 't', 'status': 'completed', 'result': null, 'url': null, 'video_url': {}}",
                "{'id': 't', 'status': 'completed', 'result': {'data': [null, 7, 'x', [], {}, {'url': {}}]}}",
                "{'id': 't', 'status': 'failed', 'error': {'code': {}, 'message': []}}",
                "{'id': 't', 'status': 'failed', 'error': {'code': null, 'message': null}}",
                "{'id': 't', 'status': 7, 'progress': {}, 'created_at': {}}",
                "{'id': true, 'status': true, 'progress': true, 'created_at': true}",
            })
    void oddTypesNeverThrow(String answer) {
        Optional<VideoTask> task = tryToRead(answer.replace('\'', '"'));

        assertThat(task).isPresent();
    }

    private static VideoTask read(String answer) {
        return tryToRead(answer).orElseThrow();
    }

    private static Optional<VideoTask> tryToRead(String answer) {
        return TaskReader.read(
                Json.readObject(answer.getBytes(StandardCharsets.UTF_8)).orElseThrow(), BASE);
    }
}

package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task that has ended brings: its videos, or the reason why there are none. */
class TaskResultTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");
    private static final String URL = "https://files.toapis.com/videos/x.mp4?sig=abc&expires=1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'result': {'type': 'video', 'data': [{'url': '%s', 'format': 'mp4'}]}",
                "'result': {'type': 'video', 'data': [{'video_url': '%s'}]}",
                "'result': {'data': [{'url': null, 'video_url': '%s'}]}",
                "'result': {'data': [{'url': 'pending', 'video_url': '%s'}]}",
                "'result': {'data': [null, {}, {'url': '%s'}]}",
                "'result': {'data': []}, 'video_url': '%s'",
                "'result': null, 'url': '%s'",
                "'video_url': '%s'",
                "'url': '%s'",
                "'url': '', 'video_url': '%s'",
            })
    void theVideoIsFoundWhereverItsAddressStands(String result) {
        VideoTask task = completed(result.formatted(URL));

        assertThat(task.videoUrl()).isEqualTo(URL);
    }

    @Test
    void theAddressIsKeptByteForByte() {
        String signed = "https://files.toapis.com/a%2Fb%20c.mp4?X-Amz-Signature=%2B%3D&x=ü|{}";

        VideoTask task = completed("'result': {'data': [{'url': '" + signed + "'}]}");

        assertThat(task.videoUrl()).isEqualTo(signed);
    }

    @Test
    void theDocumentedPlaceComesFirst() {
        VideoTask task =
                completed("'result': {'data': [{'url': '" + URL + "'}]}, 'url': 'https://elsewhere.test/y.mp4'");

        assertThat(task.videoUrl()).isEqualTo(URL);
    }

    @Test
    void severalVideosKeepTheirOrder() {
        VideoTask task = completed("'result': {'data': [{'url': 'https://f.test/1.mp4'},"
                + " {'video_url': 'https://f.test/2.mp4'}, {'url': 'https://f.test/3.mp4'}]}");

        assertThat(task.videos())
                .extracting(Video::url)
                .containsExactly("https://f.test/1.mp4", "https://f.test/2.mp4", "https://f.test/3.mp4");
    }

    @Test
    void theFirstOfSeveralVideosIsTheVideo() {
        VideoTask task =
                completed("'result': {'data': [{'url': 'https://f.test/1.mp4'}, {'url': 'https://f.test/2.mp4'}]}");

        assertThat(task.videoUrl()).isEqualTo("https://f.test/1.mp4");
    }

    @Test
    void aVideoBringsItsFormatAndItsLastFrame() {
        VideoTask task = completed("'result': {'data': [{'url': '" + URL
                + "', 'format': 'mp4', 'last_frame_url': 'https://f.test/l.png'}]}");

        assertThat(task.videos()).containsExactly(new Video(URL, "mp4", "https://f.test/l.png"));
    }

    @Test
    void aVideoWithoutFormatAndLastFrameIsAVideo() {
        VideoTask task = completed("'url': '" + URL + "'");

        assertThat(task.videos()).containsExactly(new Video(URL, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'result': null",
                "'result': {}",
                "'result': {'data': null}",
                "'result': {'data': []}",
                "'result': {'data': [{}]}",
                "'result': {'data': [{'url': null}]}",
                "'result': {'data': [{'url': ''}]}",
                "'result': {'data': [{'url': 'x.mp4'}]}",
                "'result': {'data': [{'url': 'file:///etc/passwd'}]}",
                "'result': {'data': [{'last_frame_url': 'https://f.test/l.png'}]}",
                "'url': 'https://'",
                "'progress': 100",
            })
    void completedWithoutAUsableAddressIsCompletedAndShowsNoVideo(String result) {
        VideoTask task = completed(result);

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.videoUrl()).isNull();
        assertThat(TaskReader.isWithoutAddress(task)).isTrue();
    }

    @Test
    void whatCompletedWithoutAnAddressCountsAsFailedForGood() {
        VideoTask task =
                TaskReader.resultMissing(completed("'result': {'data': []}").withKey("k"));

        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(task.key()).isEqualTo("k");
        assertThat(TaskReader.isWithoutResult(task)).isTrue();
        assertThat(task.errorCode()).isEqualTo(TaskReader.NO_RESULT);
        assertThat(task.errorMessage()).contains("completed").contains("no address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 'completed', 'url': 'https://f.test/1.mp4'",
                "'status': 'failed', 'error': {'code': 'x', 'message': 'y'}",
                "'status': 'running'"
            })
    void noOtherTaskIsWithoutItsResult(String fields) {
        VideoTask task = read("{'id': 't', " + fields + "}");

        assertThat(TaskReader.isWithoutAddress(task)).isFalse();
        assertThat(TaskReader.isWithoutResult(task)).isFalse();
        assertThat(TaskReader.resultMissing(task)).isSameAs(task);
    }

    @Test
    void aCompletedTaskHasNoError() {
        VideoTask task = completed("'url': '" + URL + "', 'error': {'code': 'x', 'message': 'y'}");

        assertThat(task.errorCode()).isNull();
        assertThat(task.errorMessage()).isNull();
    }

    @Test
    void aRunningTaskHasNoVideosYet() {
        VideoTask task = read("{'id': 't', 'status': 'in_progress', 'url': '" + URL + "'}");

        assertThat(task.videos()).isEmpty();
        assertThat(task.videoUrl()).isNull();
    }

    @Test
    void aFailedTaskTellsWhy() {
        VideoTask task = read("{'id': 't', 'status': 'failed', 'progress': 0, 'error': {'code': 'generation_failed',"
                + " 'message': 'Generation failed: Content violates the content policy'}}");

        assertThat(task.errorCode()).isEqualTo("generation_failed");
        assertThat(task.errorMessage()).isEqualTo("Generation failed: Content violates the content policy");
    }

    @Test
    void aFailedTaskMayTellWhyInPlainText() {
        VideoTask task = read("{'id': 't', 'status': 'failed', 'error': 'The upstream was busy'}");

        assertThat(task.errorMessage()).isEqualTo("The upstream was busy");
    }

    @Test
    void aFailedTaskMayGiveNoReason() {
        VideoTask task = read("{'id': 't', 'status': 'failed', 'error': null}");

        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(task.errorMessage()).isNull();
    }

    private static VideoTask completed(String result) {
        return read("{'id': 't', 'status': 'completed', " + result + "}");
    }

    private static VideoTask read(String answer) {
        byte[] json = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return TaskReader.read(Json.readObject(json).orElseThrow(), BASE).orElseThrow();
    }
}

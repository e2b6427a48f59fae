package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways put the address of a video in places of their own. It was paid for, so it is found; nothing else is taken for it. */
class VideoFinderTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://gateway.test:8443/toapis/v1");
    private static final String URL = "http://files.test/x.mp4";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content': {'video_url': '%s'}",
                "'content': {'video_url': {'url': '%s'}}",
                "'metadata': {'url': '%s'}",
                "'metadata': {'n': 1, 'output': {'url': '%s'}}",
                "'result': {'video': {'url': '%s'}}",
                "'result': {'videos': [{'url': '%s', 'content_type': 'video/mp4'}]}",
                "'result': '%s'",
                "'data': [{'url': '%s'}]",
                "'data': {'id': 'up_1', 'output': {'video_url': '%s'}}",
                "'result': {'type': 'video', 'data': [{'url': ['%s']}]}",
                "'result_url': '%s'",
                "'resultUrl': '%s'",
                "'download_url': '%s'",
                "'output': ['%s']",
                "'output': {'Video-URL': '%s'}",
                "'video': '%s'",
                "'video_url': null, 'fail_reason': '%s'",
                "'response': {'generatedSamples': [{'video': {'uri': '%s'}}]}",
                "'data': {'resultJson': '{\\\"resultUrls\\\":[\\\"%s\\\"]}'}",
                "'type': 'image2video', 'image_to_video': {'url': '%s'}",
            })
    void theAddressOfAVideoIsFoundWhereverAGatewayPutsIt(String place) {
        VideoTask task = completed(place.formatted(URL));

        assertThat(task.videoUrl()).isEqualTo(URL);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code': 'success', 'message': '', 'data': {'task_id': 't', 'status': 'SUCCESS', 'fail_reason': '%s'}}",
                "{'code': 'success', 'data': {'task_id': 't', 'status': 'SUCCESS', 'fail_reason': '', 'result_url': '%s',"
                        + " 'data': {'id': 'up_1', 'status': 'completed'}}}",
                "{'code': 'success', 'data': {'task_id': 't', 'status': 'SUCCESS', 'data': {'content': {'video_url': '%s'}}}}",
                "{'code': 200, 'data': [{'task_id': 't', 'status': 'done'}], 'video_url': '%s'}",
                "{'data': {'task_id': 't', 'status': 'done'}, 'extra': {'url': '%s'}}",
            })
    void anAddressInsideOrBesideAWrappedTaskIsFound(String answer) {
        VideoTask task = read(answer.formatted(URL));

        assertThat(task.videoUrl()).isEqualTo(URL);
    }

    @Test
    void theVideoOfAnotherTaskInTheSameAnswerIsNotTaken() {
        VideoTask task = read("{'data': [{'task_id': 't', 'status': 'done'},"
                + " {'task_id': 'other', 'status': 'done', 'url': '" + URL + "'}]}");

        assertThat(TaskReader.isWithoutAddress(task)).isTrue();
    }

    @Test
    void theDocumentedPlaceComesBeforeAllOthers() {
        VideoTask task = completed("'video_url': 'http://files.test/y.mp4', 'output': ['http://files.test/z.mp4'],"
                + " 'result': {'data': [{'url': '" + URL + "'}]}");

        assertThat(task.videos()).extracting(Video::url).containsExactly(URL);
    }

    @Test
    void severalVideosInAnotherPlaceKeepTheirOrder() {
        VideoTask task = completed("'output': {'videos': [{'url': 'http://f.test/1.mp4', 'format': 'mp4'},"
                + " {'cover_url': 'http://f.test/c.png', 'url': 'http://f.test/2.mp4'}]}");

        assertThat(task.videos())
                .containsExactly(
                        new Video("http://f.test/1.mp4", "mp4", null), new Video("http://f.test/2.mp4", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'thumbnail_url': 'https://f.test/t'",
                "'cover': {'url': 'https://f.test/c'}",
                "'poster': 'https://f.test/p'",
                "'image': {'url': 'https://f.test/i'}",
                "'last_frame': {'url': 'https://f.test/l'}",
                "'result': {'data': [{'url': 'https://f.test/l.PNG?sig=1'}]}",
                "'output': ['https://f.test/l.webp#x']",
                "'output': [{'type': 'image', 'url': 'https://f.test/l'}]",
                "'output': [{'content_type': 'image/png', 'url': 'https://f.test/l'}]",
                "'audio': {'url': 'https://f.test/a'}",
                "'output': ['https://f.test/a.mp3']",
            })
    void aPictureOrASoundIsNeverTakenForTheVideo(String fields) {
        assertThat(TaskReader.isWithoutAddress(completed(fields))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'image_urls': ['https://f.test/i']",
                "'video_with_roles': [{'url': 'https://f.test/v.mp4', 'role': 'reference_video'}]",
                "'content': [{'url': 'https://f.test/v.mp4', 'role': 'reference_video'}]",
                "'video_list': [{'video_url': 'https://f.test/v.mp4'}]",
                "'input': {'video_url': 'https://f.test/v.mp4'}",
                "'request': {'video_url': 'https://f.test/v.mp4'}",
                "'payload': {'video_url': 'https://f.test/v.mp4'}",
                "'params': {'url': 'https://f.test/v.mp4'}",
                "'source': {'video_url': 'https://f.test/v.mp4'}",
                "'remixed_from': {'id': 'video_0', 'url': 'https://f.test/v.mp4'}",
                "'original_video_url': 'https://f.test/v.mp4'",
                "'callback_url': 'https://me.test/hook'",
                "'webhook': {'url': 'https://me.test/hook'}",
                "'error': {'url': 'https://docs.test/errors'}",
                "'param': '{\\\"video_url\\\":\\\"https://f.test/v.mp4\\\"}'",
                "'data': {'properties': {'input': {'url': 'https://f.test/v.mp4'}}}",
                "'urls': {'get': 'https://api.test/t', 'cancel': 'https://api.test/t/cancel'}",
                "'fail_reason': 'https://docs.test/errors says that it was refused'",
                "'fail_reason': '/tmp/x was not there'",
            })
    void whatWasSentToMakeTheVideoIsNeverTakenForIt(String fields) {
        assertThat(TaskReader.isWithoutAddress(completed(fields))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'related': [{'id': 'v0', 'url': 'https://f.test/v.mp4'}]",
                "'related': [{'id': 'v0', 'video_url': 'https://f.test/v.mp4'}]",
                "'history': [{'video_url': 'https://f.test/v.mp4'}]",
                "'from_video': {'url': 'https://f.test/v.mp4'}",
                "'base_video': {'url': 'https://f.test/v.mp4'}",
                "'initial_video': {'url': 'https://f.test/v.mp4'}",
                "'src': {'url': 'https://f.test/v.mp4'}",
                "'ads': {'video_url': 'https://f.test/v.mp4'}",
                "'result': {'usage': {'url': 'https://f.test/v'}, 'self': {'url': 'https://f.test/v'}}",
                "'owner_info': {'url': 'https://f.test/me'}",
                "'model_info': {'url': 'https://f.test/sora-2'}",
                "'usage': {'url': 'https://f.test/billing'}",
                "'anything': {'url': 'https://f.test/x'}",
                "'links': {'self': {'url': 'https://f.test/v1/videos/t'}, 'urls': ['https://f.test/x']}",
            })
    void whatIsAboutAnotherVideoOrAboutNoneIsNotTakenForTheResult(String fields) {
        assertThat(TaskReader.isWithoutAddress(completed(fields))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'urls': ['https://f.test/v1/videos/t/cancel']",
                "'urls': ['https://gateway.test:8443/toapis/v1/anything/t']",
                "'metadata': {'url': 'https://gateway.test:8443/toapis/v1/anything/t'}",
                "'output': {'url': '/v1/videos/t'}",
                "'data': {'uri': 'https://f.test/api/v2/tasks/t?wait=1'}",
            })
    void aCallOfTheApiIsNotTakenForTheVideo(String fields) {
        assertThat(TaskReader.isWithoutAddress(completed(fields))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'metadata': {'url': 'https://gateway.test:8443/toapis/v1/videos/t/content'}",
                "'output': {'url': 'https://gateway.test:8443/toapis/v1/files/t.mp4?sig=1'}",
                "'download_url': 'https://gateway.test:8443/toapis/v1/videos/t'",
                "'result': {'data': [{'url': 'https://gateway.test:8443/toapis/v1/videos/t'}]}",
            })
    void aVideoThatTheApiItselfServesIsFound(String fields) {
        assertThat(completed(fields).videoUrl()).startsWith("https://gateway.test:8443/toapis/v1/");
    }

    @Test
    void anAddressThatIsNotTheResultDoesNotKeepTheResultFromBeingFound() {
        VideoTask task = completed("'related': [{'url': 'https://f.test/v.mp4'}], 'usage': {'url': 'https://f.test/u'},"
                + " 'links': {'download': {'url': '" + URL + "'}}, 'hd': {'url': 'https://f.test/w'}");

        assertThat(task.videoUrl()).isEqualTo(URL);
    }

    @Test
    void aTaskThatHasFailedHasNoVideoInItsReason() {
        VideoTask task = read("{'id': 't', 'status': 'failed', 'fail_reason': 'https://docs.test/errors'}");

        assertThat(task.videoUrl()).isNull();
        assertThat(task.errorMessage()).isEqualTo("https://docs.test/errors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://f.test/my video.mp4        | http://f.test/my%20video.mp4",
                "http://f.test/v.mp4\\n            | http://f.test/v.mp4",
                "\\r\\n  http://f.test/v.mp4 \\t   | http://f.test/v.mp4",
                "http://f.te\\nst/a\\tb/v.mp4      | http://f.test/ab/v.mp4",
                "http://f.test/v.mp4?d=a; filename=my video.mp4&sig=a%2Bb"
                        + " | http://f.test/v.mp4?d=a;%20filename=my%20video.mp4&sig=a%2Bb",
                "http://f.test/v.mp4?a=1#b c       | http://f.test/v.mp4?a=1#b%20c",
                "http://f.test/a\\u0001b.mp4       | http://f.test/a%01b.mp4",
                "http:\\\\\\\\f.test\\\\v.mp4      | http://f.test/v.mp4",
                "https:/f.test/v.mp4               | https://f.test/v.mp4",
                "HTTPS://F.test/v.mp4?x=\\\\       | HTTPS://F.test/v.mp4?x=\\",
            })
    void aSloppyAddressIsReadAsABrowserWould(String written, String meant) {
        VideoTask task = completed("'video_url': '" + written + "'");

        assertThat(task.videoUrl()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:// f.test/v.mp4",
                "http://f te.st/v.mp4",
                "https:///",
                "mailto:x@f.test",
                "http:"
            })
    void whatABrowserWouldNotFetchIsNoAddress(String written) {
        assertThat(TaskReader.isWithoutAddress(completed("'video_url': '" + written + "'")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/files/x.mp4?sig=1, https://gateway.test:8443/files/x.mp4?sig=1",
        "/my files/x.mp4, https://gateway.test:8443/my%20files/x.mp4",
        "//cdn.test/x.mp4, https://cdn.test/x.mp4",
    })
    void aRelativeAddressLeadsToTheHostThatAnswered(String written, String meant) {
        VideoTask task = completed("'result': {'data': [{'url': '" + written + "'}]}");

        assertThat(task.videoUrl()).isEqualTo(meant);
    }

    @Test
    void anAbsoluteAddressComesBeforeARelativeOne() {
        VideoTask task = completed("'url': '/v1/videos/t', 'download_url': '/x.mp4', 'video_url': '" + URL + "'");

        assertThat(task.videoUrl()).isEqualTo(URL);
    }

    @ParameterizedTest
    @CsvSource({
        "clip, result",
        "clip, output",
        "output, result",
        "video, output",
        "videos, video",
        "data, videos",
        "content, data",
        "response, content",
        "clip, response",
        "metadata, clip",
    })
    void whereTwoPlacesHoldAnAddressTheLikelierOneCounts(String unlikely, String likely) {
        VideoTask task =
                completed("'%s': {'x': {'file_url': 'http://files.test/y.mp4'}}, '%s': {'x': {'file_url': '%s'}}"
                        .formatted(unlikely, likely, URL));

        assertThat(task.videos()).extracting(Video::url).containsExactly(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'x': 1}",
                "[{'x': 1}, 'x']",
                "'{\\\"x\\\": 1}'",
                "{'x': [{'x': 1}]}",
                "{'x':{'x':{'x':{'x':{'x':{'x':{'x':{'x':{'url': 'http://files.test/y.mp4'}}}}}}}}}",
                "[[[[[[[[[{'url': 'http://files.test/y.mp4'}]]]]]]]]]",
            })
    void aPlaceWithoutAVideoDoesNotKeepItFromBeingFoundInTheNext(String empty) {
        VideoTask task = completed("'result': " + empty + ", 'output': {'url': '" + URL + "'}");

        assertThat(task.videos()).extracting(Video::url).containsExactly(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'x':{'x':{'x':{'x':{'x':{'x':{'x':{'url': '%s'}}}}}}}}",
                "[[[[[[[{'url': '%s'}]]]]]]]",
                "{'x':{'x':{'x':{'x':{'x':{'x':'{\\\"url\\\": \\\"%s\\\"}'}}}}}}",
            })
    void aVideoIsFoundEightLevelsDeep(String place) {
        assertThat(completed("'result': " + place.formatted(URL)).videoUrl()).isEqualTo(URL);
    }

    @Test
    void anAnswerNestedWithoutEndIsSearchedToADepth() {
        String nested = "{}";
        for (int depth = 0; depth < 12; depth++) {
            nested = Json.write(Map.of("data", nested));
        }

        VideoTask task = completed("'result': " + "{'a':".repeat(100) + "{'url':'" + URL + "'}" + "}".repeat(100)
                + ", 'output': " + nested.replace('"', '\''));

        assertThat(TaskReader.isWithoutAddress(task)).isTrue();
    }

    private static VideoTask completed(String fields) {
        return read("{'id': 't', 'status': 'completed', " + fields + "}");
    }

    private static VideoTask read(String answer) {
        byte[] json = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return TaskReader.read(Json.readObject(json).orElseThrow(), BASE).orElseThrow();
    }
}

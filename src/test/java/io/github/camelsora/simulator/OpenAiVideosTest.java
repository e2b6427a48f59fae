package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiVideosTest extends SimulatorTest {

    /** The body of a remix as OpenAI's Java SDK sends it. */
    private static final String PROMPT_PART = String.join(
            "\r\n",
            "--2cb2-11",
            "Content-Disposition: form-data; name=\"prompt\"",
            "Content-Type: text/plain",
            "",
            "Add a puppy: 'café'",
            "--2cb2-11--",
            "");

    @BeforeEach
    void speaksOpenAi() {
        simulator().openAiVideos(true);
    }

    @Test
    void aRemixIsReadFromAMultipartBody() throws Exception {
        String source = simulator().addSource();

        HttpResponse<String> answer = multipartRemix(source);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("object").textValue()).isEqualTo("video");
        assertThat(json(answer).path("status").textValue()).isEqualTo("queued");
        assertThat(json(answer).path("remixed_from_video_id").textValue()).isEqualTo(source);
        assertThat(simulator()
                        .requests(Call.SUBMIT)
                        .get(0)
                        .json()
                        .path("prompt")
                        .textValue())
                .isEqualTo("Add a puppy: 'café'");
    }

    @Test
    void aStatusQueryIsAnsweredWithTheVideoObject() throws Exception {
        String id = json(multipartRemix(simulator().addSource())).path("id").textValue();
        simulator().clock().advance(Duration.ofSeconds(1));
        HttpResponse<String> running = get("/v1/videos/" + id);
        simulator().clock().advance(Duration.ofSeconds(1));
        HttpResponse<String> ended = get("/v1/videos/" + id);

        assertThat(json(running).path("status").textValue()).isEqualTo("in_progress");
        assertThat(json(running).path("progress").intValue()).isEqualTo(50);
        assertThat(json(running).has("completed_at")).isFalse();
        assertThat(json(ended).path("status").textValue()).isEqualTo("completed");
        assertThat(json(ended).path("completed_at").longValue())
                .isEqualTo(NOON.plusSeconds(2).getEpochSecond());
        assertThat(json(ended).has("result")).isFalse();
        assertThat(simulator().books().statusCalls()).isEqualTo(2);
    }

    @Test
    void aFailedVideoHasItsError() throws Exception {
        String id = acceptedRemix(PUPPY);
        simulator().fail(id, "moderation_blocked", "Refused");

        assertThat(json(get("/v1/videos/" + id)).path("error")).isEqualTo(json("""
                {"code": "moderation_blocked", "message": "Refused"}"""));
    }

    @Test
    void theOwnerOfTheKeyDownloadsTheContent() throws Exception {
        String id = acceptedRemix(PUPPY);
        HttpResponse<String> early = get("/v1/videos/" + id + "/content");
        simulator().complete(id);

        HttpResponse<byte[]> content = download(call("/v1/videos/" + id + "/content"));

        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(content.body()).isEqualTo(VideoFile.bytes());
        assertThat(simulator().books().fileCalls()).isEqualTo(2);
    }

    @Test
    void aKeyIsNeeded() throws Exception {
        String id = acceptedRemix(PUPPY);
        simulator().complete(id);
        simulator().revokeApiKey(simulator().apiKey());

        assertThat(get("/v1/videos/" + id).statusCode()).isEqualTo(401);
        assertThat(get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(401);
    }

    @Test
    void faultsApplyToItsCalls() throws Exception {
        simulator().on(Call.SUBMIT).times(1).afterProcessing().cut();
        simulator().on(Call.STATUS).times(1).answer(503, "");

        assertThatThrownBy(() -> multipartRemix(simulator().addSource())).isInstanceOf(IOException.class);

        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
        assertThat(get("/v1/videos/" + simulator().addSource()).statusCode()).isEqualTo(503);
    }

    @Test
    void itIsOptional() throws Exception {
        String id = acceptedRemix(PUPPY);
        simulator().openAiVideos(false);

        assertThat(get("/v1/videos/" + id).statusCode()).isEqualTo(404);
        assertThat(multipartRemix(simulator().addSource()).statusCode()).isEqualTo(400);
        assertThat(json(status(id)).path("object").textValue()).isEqualTo("generation.task");
    }

    private HttpResponse<String> multipartRemix(String source) throws Exception {
        return send(call("/v1/videos/" + source + "/remix")
                .header("Content-Type", "multipart/form-data; boundary=2cb2-11")
                .POST(HttpRequest.BodyPublishers.ofString(PROMPT_PART)));
    }
}

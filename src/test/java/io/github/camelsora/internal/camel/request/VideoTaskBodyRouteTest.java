package io.github.camelsora.internal.camel.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.SoraTestSupport;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the body of a finished step can be read as. */
class VideoTaskBodyRouteTest extends SoraTestSupport {
    private static final String RAW = "{\"id\": \"video_1\", \"object\": \"generation.task\", \"model\": \"sora-2\","
            + " \"status\": \"completed\", \"progress\": 100, \"created_at\": 1768380222, \"completed_at\": 1768380514,"
            + " \"expires_at\": 1768466914, \"brand_new\": \"ü\", \"result\": {\"type\": \"video\", \"data\":"
            + " [{\"url\": \"https://files.test/x.mp4?signature=s\", \"format\": \"mp4\"},"
            + " {\"url\": \"https://files.test/y.mp4?signature=s\", \"last_frame_url\": \"https://files.test/y.png\"}]}}";

    private Message out;

    @BeforeEach
    void lookAtATask() throws Exception {
        toApis.addSource("video_1");
        toApis.answerStatus("video_1", RAW);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:status?taskId=video_1")
                        .setProperty("seen", simple("${body.id} ${body.status} ${body.videoUrl} ${body.progress}"))
                        .setProperty("nothing", simple("${body.errorCode}"));
            }
        });
        out = send("direct:in", null).getMessage();
    }

    @Test
    void itHasPlainValues() {
        VideoTask task = out.getBody(VideoTask.class);

        assertThat(task.id()).isEqualTo("video_1");
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.progress()).isEqualTo(100);
        assertThat(task.model()).isEqualTo("sora-2");
        assertThat(task.createdAt()).isEqualTo(Instant.ofEpochSecond(1768380222));
        assertThat(task.completedAt()).isEqualTo(Instant.ofEpochSecond(1768380514));
        assertThat(task.expiresAt()).isEqualTo(Instant.ofEpochSecond(1768466914));
        assertThat(task.videoUrl()).isEqualTo("https://files.test/x.mp4?signature=s");
        assertThat(task.videos()).hasSize(2);
        assertThat(task.errorCode()).isNull();
        assertThat(task.raw()).containsEntry("brand_new", "ü");
    }

    @Test
    void simpleReadsIt() {
        assertThat(out.getExchange().getProperty("seen", String.class))
                .isEqualTo("video_1 COMPLETED https://files.test/x.mp4?signature=s 100");
    }

    @Test
    void simpleReadsNothingWhereThereIsNothing() {
        assertThat(out.getExchange().getProperty("nothing")).isIn(null, "");
    }

    @Test
    void itConvertsToJsonText() throws Exception {
        assertIsTheTask(out.getBody(String.class));
    }

    @Test
    void itConvertsToJsonBytes() throws Exception {
        assertIsTheTask(new String(out.getBody(byte[].class), UTF_8));
    }

    @Test
    void itConvertsToAStreamOfJson() throws Exception {
        assertIsTheTask(new String(out.getBody(InputStream.class).readAllBytes(), UTF_8));
    }

    @Test
    void itConvertsToAMap() {
        Map<?, ?> map = out.getBody(Map.class);

        assertThat(map.get("id")).isEqualTo("video_1");
        assertThat(map.get("status")).isEqualTo("COMPLETED");
        assertThat(map.get("videoUrl")).isEqualTo("https://files.test/x.mp4?signature=s");
    }

    private static void assertIsTheTask(String text) throws Exception {
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.path("id").textValue()).isEqualTo("video_1");
        assertThat(json.path("status").textValue()).isEqualTo("COMPLETED");
        assertThat(json.path("videos")).hasSize(2);
        assertThat(json.path("raw").path("brand_new").textValue()).isEqualTo("ü");
    }
}

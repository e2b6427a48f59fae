package io.github.camelsora.internal.camel.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.HttpServer;
import io.github.camelsora.support.SoraTestSupport;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.rest.RestBindingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body of this component goes to other components with their default settings, after it was paid for. */
class HandOverRouteTest extends SoraTestSupport {
    private static final ObjectMapper DEFAULTS = new ObjectMapper();

    @TempDir
    Path folder;

    private String source;

    @BeforeEach
    void addASource() {
        source = toApis.addSource();
    }

    private VideoTask task() {
        return send("sora:remix?videoId=" + source, "A puppy").getMessage().getBody(VideoTask.class);
    }

    @Test
    void aTaskGoesThroughAnObjectMapperAsItIsMadeByDefault() throws Exception {
        start();
        VideoTask task = task();

        String json = DEFAULTS.writeValueAsString(task);

        assertThat(DEFAULTS.readTree(json).path("createdAt").textValue())
                .isEqualTo(task.createdAt().toString());
        assertThat(DEFAULTS.readTree(json))
                .isEqualTo(DEFAULTS.readTree(camel.getTypeConverter().convertTo(String.class, task)));
        assertThat(DEFAULTS.readValue(json, VideoTask.class)).isEqualTo(task);
        assertThat(DEFAULTS.readValue("[" + json + "]", VideoTask[].class)).containsExactly(task);
    }

    @Test
    void aTaskWithinOtherDataGoesThroughToo() throws Exception {
        start();
        VideoTask task = task();

        JsonNode json = DEFAULTS.valueToTree(Map.of("tasks", List.of(task)));

        assertThat(json.path("tasks").path(0).path("id").textValue()).isEqualTo(task.id());
    }

    @Test
    void aRequestGoesThroughAndIsTheSameRequestAgain() throws Exception {
        RemixRequest request = new RemixRequest(
                "video_1", "A puppy", "sora-2-pro", 15, "9:16", Map.of("seed", 7, "metadata", Map.of("style", "noir")));

        String json = DEFAULTS.writeValueAsString(request);

        assertThat(json).contains("\"video_id\":\"video_1\"", "\"aspect_ratio\":\"9:16\"", "\"seed\":7");
        assertThat(DEFAULTS.readValue(json, RemixRequest.class)).isEqualTo(request);
        assertThat(DEFAULTS.readValue("{\"prompt\":\"A puppy\"}", RemixRequest.class))
                .isEqualTo(RemixRequest.of(null, "A puppy"));
    }

    @Test
    void aBalanceGoesThrough() throws Exception {
        start();
        Balance balance = send("sora:balance", null).getMessage().getBody(Balance.class);

        String json = DEFAULTS.writeValueAsString(balance);

        assertThat(DEFAULTS.readValue(json, Balance.class)).isEqualTo(balance);
        assertThat(DEFAULTS.readTree(json))
                .isEqualTo(DEFAULTS.readTree(camel.getTypeConverter().convertTo(String.class, balance)));
    }

    @Test
    void marshalAndUnmarshalWorkInARoute() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .unmarshal()
                        .json(RemixRequest.class)
                        .to("sora:remix")
                        .marshal()
                        .json()
                        .setProperty("json", bodyAs(String.class))
                        .unmarshal()
                        .json(VideoTask.class);
            }
        });

        Exchange out = send("direct:in", "{\"video_id\":\"" + source + "\",\"prompt\":\"A puppy\"}");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(out.getProperty("json", String.class)).contains("\"createdAt\":\"20");
    }

    @Test
    void aRestServiceAnswersWithTheTask() throws Exception {
        int port = HttpServer.start(camel);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                restConfiguration().component("platform-http").bindingMode(RestBindingMode.json);
                rest("/remixes").post().type(RemixRequest.class).to("direct:remix");
                from("direct:remix").to("sora:remix");
            }
        });

        HttpResponse<String> answer =
                post(port, "/remixes", "{\"video_id\":\"" + source + "\",\"prompt\":\"A puppy\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(DEFAULTS.readTree(answer.body()).path("status").textValue()).isEqualTo("COMPLETED");
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void anHttpServerWithoutABindingAnswersWithTheTaskToo() throws Exception {
        int port = HttpServer.start(camel);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/remixes").to("sora:remix?videoId=" + source);
            }
        });

        HttpResponse<String> answer = post(port, "/remixes", "{\"prompt\":\"A puppy\"}");

        assertThat(DEFAULTS.readTree(answer.body()).path("status").textValue()).isEqualTo("COMPLETED");
    }

    static Stream<Object> bodies() {
        return Stream.of(
                VideoTask.fromMap(Map.of("id", "video_1", "status", "COMPLETED")),
                RemixRequest.of("video_1", "A puppy"),
                new Balance(null, null, null, null, true));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aFileHoldsTheJson(Object body) throws Exception {
        start();

        Exchange out = send("file:" + folder + "?fileName=body.json", body);

        assertThat(out.getException()).isNull();
        assertThat(DEFAULTS.readTree(folder.resolve("body.json").toFile())).isEqualTo(DEFAULTS.valueToTree(body));
        assertThat(Files.readString(folder.resolve("body.json"), UTF_8)).isEqualTo(text(body));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void eachConvertsToAllThatOtherComponentsNeed(Object body) throws Exception {
        start();

        assertThat(camel.getTypeConverter().convertTo(byte[].class, body))
                .isEqualTo(text(body).getBytes(UTF_8));
        assertThat(camel.getTypeConverter().convertTo(InputStream.class, body).readAllBytes())
                .isEqualTo(text(body).getBytes(UTF_8));
        assertThat(DEFAULTS.<JsonNode>valueToTree(camel.getTypeConverter().convertTo(Map.class, body)))
                .isEqualTo(DEFAULTS.valueToTree(body));
    }

    private String text(Object body) {
        return camel.getTypeConverter().convertTo(String.class, body);
    }

    @Test
    void aTaskThatComesAsJsonIsTheVideoToRemix() throws Exception {
        start();
        VideoTask first = task();

        Exchange out = send("sora:remix?videoId=none&prompt=Second", text(first));

        VideoTask second = out.getMessage().getBody(VideoTask.class);
        assertThat(toApis.task(second.id()).sourceId()).isEqualTo(first.id());
        assertThat(toApis.requests(io.github.camelsora.simulator.Call.SUBMIT)
                        .get(1)
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "prompt", "client_business_id");
    }

    private static HttpResponse<String> post(int port, String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}

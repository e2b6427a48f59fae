package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The base class of the simulator's tests: a simulator whose clock stands still, and a client for it. */
@Timeout(120)
abstract class SimulatorTest {

    static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    static final Duration SOON = Duration.ofSeconds(20);
    static final String PUPPY = """
            {"model": "sora-2", "prompt": "Add a puppy playing in the scene",
             "duration": 15, "aspect_ratio": "16:9"}""";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @RegisterExtension
    final ToApisSimulatorExtension toApis =
            ToApisSimulatorExtension.of(ToApisSimulator.builder().clock(SimulatorClock.stopped(NOON)));

    ToApisSimulator simulator() {
        return toApis.simulator();
    }

    HttpResponse<String> remix(String source, String body) throws Exception {
        return send(call("/v1/videos/" + source + "/remix").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> remix(String body) throws Exception {
        return remix(simulator().addSource(), body);
    }

    HttpResponse<String> generate(String body) throws Exception {
        return send(call("/v1/videos/generations").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> status(String id) throws Exception {
        return get("/v1/videos/generations/" + id);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(call(path));
    }

    /** Submits a remix that must be accepted, and returns its task id. */
    String acceptedRemix(String body) throws Exception {
        HttpResponse<String> answer = remix(body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return Json.read(answer.body()).get("id").textValue();
    }

    HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create(simulator().baseUrl() + path))
                .timeout(SOON)
                .header("Authorization", "Bearer " + simulator().apiKey());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<byte[]> download(String url) throws IOException, InterruptedException {
        return download(HttpRequest.newBuilder(URI.create(url)));
    }

    static HttpResponse<byte[]> download(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(SOON).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.read(answer.body());
    }

    static JsonNode json(String text) {
        return Json.read(text);
    }
}

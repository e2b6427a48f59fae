package io.github.camelsora.benchmark.rivals.temporal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** The activities, over HTTP. */
final class RemixActivitiesImpl implements RemixActivities {
    private static final String API = System.getProperty("rival.api") + "/v1/videos/";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public String submit(Order order) {
        try {
            // "Check before act": a service that finds a task by the key of the client makes the submit idempotent.
            if (LOOK_UP) {
                HttpResponse<String> found =
                        http.send(api("generations/" + order.order()).build(), BodyHandlers.ofString());
                if (found.statusCode() != 404) {
                    return json.readTree(expect200(found)).path("id").asText();
                }
            }
            String body = json.writeValueAsString(
                    Map.of("model", "sora-2", "prompt", order.prompt(), "client_business_id", order.order()));
            HttpResponse<String> answer = http.send(
                    api(order.video() + "/remix")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() == 429 || answer.statusCode() == 503) {
                throw ApplicationFailure.newFailure("Answered with " + answer.statusCode(), REFUSED);
            }
            return json.readTree(expect200(answer)).path("id").asText();
        } catch (ConnectException e) {
            throw ApplicationFailure.newFailure("Not connected", REFUSED);
        } catch (IOException | InterruptedException e) {
            throw Activity.wrap(e);
        }
    }

    @Override
    public String poll(String task) {
        try {
            JsonNode answer = json.readTree(send(api("generations/" + task).build(), BodyHandlers.ofString()));
            return switch (answer.path("status").asText()) {
                case "completed" -> answer.at("/result/data/0/url").asText();
                case "failed" ->
                    throw ApplicationFailure.newFailure(answer.path("error").toString(), FAILED);
                default -> throw ApplicationFailure.newFailure("Not yet", "Running");
            };
        } catch (IOException e) {
            throw Activity.wrap(e);
        }
    }

    @Override
    public void download(String order, String url) {
        Path videos = Path.of(System.getProperty("rival.videos"));
        Path part = videos.resolve(order + ".part");
        send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofFile(part));
        try {
            Files.move(part, videos.resolve(order + ".mp4"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Activity.wrap(e);
        }
    }

    @Override
    public void notify(String order) {
        send(
                HttpRequest.newBuilder(URI.create(System.getProperty("rival.notify")))
                        .POST(BodyPublishers.ofString(order))
                        .build(),
                BodyHandlers.discarding());
    }

    private static HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(API + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + System.getProperty("rival.key"));
    }

    private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return expect200(http.send(request, handler));
        } catch (IOException | InterruptedException e) {
            throw Activity.wrap(e);
        }
    }

    private static <T> T expect200(HttpResponse<T> answer) {
        if (answer.statusCode() != 200) {
            throw ApplicationFailure.newFailure("Answered with " + answer.statusCode(), "Http");
        }
        return answer.body();
    }
}

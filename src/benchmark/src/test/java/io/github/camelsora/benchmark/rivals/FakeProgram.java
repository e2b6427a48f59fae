package io.github.camelsora.benchmark.rivals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A rival that is wrong on purpose, as {@code fake.fault} says. */
final class FakeProgram {
    private static final String FAULT = System.getProperty("fake.fault");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Set<Path> DONE = new HashSet<>();

    private FakeProgram() {}

    public static void main(String[] arguments) {
        Executors.newSingleThreadScheduledExecutor()
                .scheduleWithFixedDelay(FakeProgram::lookForOrders, 0, 20, TimeUnit.MILLISECONDS);
    }

    private static void lookForOrders() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("rival.orders")))) {
            files.filter(DONE::add).forEach(file -> {
                boolean isDone = remix(file.getFileName().toString().replace(".json", ""), file);
                if (!isDone) {
                    DONE.remove(file);
                }
            });
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    /** Whether it went as far as it is meant to go. */
    private static boolean remix(String order, Path file) {
        try {
            String id = submit(order, file);
            if (FAULT.equals("pays-twice")) {
                submit(order, file);
            }
            if (FAULT.equals("delivers-nothing")) {
                return true;
            }
            String status = "";
            while (!status.contains("\"completed\"")) {
                status = call(request("/v1/videos/generations/" + id)).body();
            }
            if (!FAULT.equals("stores-nothing")) {
                CLIENT.send(
                        HttpRequest.newBuilder(URI.create(find(URL, status))).build(),
                        HttpResponse.BodyHandlers.ofFile(Path.of(System.getProperty("rival.videos"), order + ".mp4")));
            }
            for (int i = 0; i < (FAULT.equals("notifies-twice") ? 2 : 1); i++) {
                call(HttpRequest.newBuilder(URI.create(System.getProperty("rival.notify")))
                        .POST(HttpRequest.BodyPublishers.ofString(order)));
            }
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String submit(String order, Path file) throws IOException, InterruptedException {
        String video = find(Pattern.compile("\"video\": \"([^\"]+)\""), Files.readString(file));
        HttpResponse<String> answer = call(request("/v1/videos/" + video + "/remix")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\": \"sora-2\", \"prompt\": \"" + order + ": a puppy\"}")));
        return find(ID, answer.body());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(System.getProperty("rival.api") + path))
                .header("Authorization", "Bearer " + System.getProperty("rival.key"));
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("There is no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}

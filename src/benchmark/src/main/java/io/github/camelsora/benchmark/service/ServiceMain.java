package io.github.camelsora.benchmark.service;

import io.github.camelsora.simulator.Books;
import io.github.camelsora.simulator.LimitGroup;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The main class of the JVM that the simulator runs in, so that what it costs is not counted as ours. It says where it is,
 * answers each line that comes in with its books, and ends when no more can come.
 */
final class ServiceMain {
    private static final long NETWORK_BYTES_PER_SECOND = 125_000_000;
    private static final String VIDEO = "/io/github/camelsora/simulator/remix.mp4";

    private ServiceMain() {}

    public static void main(String[] arguments) throws IOException {
        ServiceOptions options = ServiceOptions.ofThisJvm();
        Refusals refusals = new Refusals();
        ToApisSimulatorBuilder builder = ToApisSimulator.builder()
                .credits(ToApisSimulator.UNLIMITED)
                .requestsKept(0)
                .onAnswer((request, status) -> refusals.see(status))
                .taskDuration(
                        request -> options.durationOf(request.path("prompt").asText()));
        options.limits().ifPresent(meaning -> builder.limits(LimitGroup.DEFAULT, meaning));
        if (options.videoMegabytes() > 0) {
            builder.video(video(options.videoMegabytes()));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ToApisSimulator simulator = builder.start();
                LimitedNetwork network =
                        new LimitedNetwork(URI.create(simulator.fileBaseUrl()).getPort(), NETWORK_BYTES_PER_SECOND)) {
            System.out.println(String.join(
                    " ",
                    simulator.baseUrl(),
                    simulator.apiKey(),
                    simulator.addSource(),
                    simulator.fileBaseUrl(),
                    "http://127.0.0.1:" + network.port()));
            while (in.readLine() != null) {
                Books books = simulator.books();
                System.out.println(new Counts(
                                books.submitsReceived(),
                                books.submitsAccepted(),
                                books.statusCalls(),
                                refusals.count(),
                                refusals.late())
                        .toLine());
            }
        }
    }

    /** The simulator's video of three seconds, made long by a box of the kind that players leap over. */
    private static byte[] video(int megabytes) {
        try (InputStream in = ServiceMain.class.getResourceAsStream(VIDEO)) {
            byte[] video = in.readAllBytes();
            byte[] grown = Arrays.copyOf(video, megabytes << 20);
            ByteBuffer.wrap(grown, video.length, 8)
                    .putInt(grown.length - video.length)
                    .put("free".getBytes(StandardCharsets.US_ASCII));
            return grown;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package sample;

import io.github.camelsora.simulator.ToApisSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Runs the route of Kamelets as it is, as {@link SimulatedRun} runs the other one. The engine finds them in camel-sora's jar. */
public final class KameletRun {
    private KameletRun() {}

    /**
     * Runs until all videos are stored.
     *
     * @param args none
     * @throws Exception if the program could not run
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "kamelet-run-");
        try (ToApisSimulator toApis =
                ToApisSimulator.builder().taskDuration(Duration.ofSeconds(3)).start()) {
            // The videos take half of it.
            SimulatedRun.runOnce(toApis, folder, "kamelets.yaml", "idle-seconds", 6);

            try (Stream<Path> videos = Files.list(folder.resolve("videos"))) {
                videos.sorted().forEach(video -> SimulatedRun.say(video.getFileName().toString()));
            }
            SimulatedRun.say(toApis.books().submitsReceived() + " videos were submitted and paid for");
        }
    }
}

package sample;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application as it is, without a key: the service is a simulator in this JVM. It runs twice over the same prompts, to
 * show that the second time nothing is paid.
 */
public final class SimulatedRun {
    private static final List<String> PROMPTS =
            List.of("A cat on a roof at night", "A \"dog\" in the snow", "Ein Bär im Café\n");

    private final ToApisSimulator toApis;
    private final Path folder;

    private SimulatedRun(ToApisSimulator toApis, Path folder) {
        this.toApis = toApis;
        this.folder = folder;
    }

    /**
     * Runs until all prompts are done, twice.
     *
     * @param args none
     * @throws Exception if a prompt was not done as it should be, and the build fails
     */
    public static void main(String[] args) throws Exception {
        // Another folder each time: in the ledger of the last run these prompts are done and paid.
        Path folder = Files.createTempDirectory(Path.of("target"), "simulated-run-");
        try (ToApisSimulator toApis =
                ToApisSimulator.builder().taskDuration(Duration.ofSeconds(3)).start()) {
            SimulatedRun run = new SimulatedRun(toApis, folder);
            say("Spring Boot " + SpringApplication.class.getPackage().getImplementationVersion() + ", Camel "
                    + CamelContext.class.getPackage().getImplementationVersion());
            say("Prompts are dropped into " + folder.resolve("prompts"));
            run.makeVideos();
            say("The application is started anew, and the same prompts are dropped again");
            run.makeVideos();
            run.report();
        }
    }

    private void makeVideos() throws Exception {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                VideosApplication.class,
                "--camel.component.sora.base-url=" + toApis.baseUrl(),
                "--camel.component.sora.api-key=" + toApis.apiKey(),
                // Its videos are on this machine, and downloads from private hosts are rejected by default.
                "--camel.component.sora.allow-private-hosts=true",
                "--camel.component.sora.poll-initial-delay=1s",
                "--camel.component.sora.poll-interval=1s",
                "--camel.component.sora.ledger-file=" + folder.resolve("ledger"),
                // The run ends when the prompts are done.
                "--camel.main.run-controller=false",
                "--sora.prompts=" + folder.resolve("prompts"),
                "--sora.directory=" + folder.resolve("videos"))) {
            CamelContext camel = application.getBean(CamelContext.class);
            NotifyBuilder done = new NotifyBuilder(camel)
                    .fromRoute("prompts")
                    .whenCompleted(PROMPTS.size())
                    .create();
            drop();
            if (!done.matches(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Not all prompts are done after a minute; the log above says why");
            }
        }
    }

    private void drop() throws IOException {
        Path prompts = Files.createDirectories(folder.resolve("prompts"));
        for (int i = 0; i < PROMPTS.size(); i++) {
            Path written = Files.writeString(prompts.resolve("video-" + i + ".part"), PROMPTS.get(i));
            Files.move(written, prompts.resolve("video-" + i + ".txt"));
        }
    }

    private void report() throws IOException {
        ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        for (String line : Files.readAllLines(folder.resolve("videos/videos.jsonl"))) {
            JsonNode video = json.readTree(line);
            Path file = folder.resolve("videos").resolve(video.path("file").asText());
            if (Files.size(file) != video.path("bytes").asLong()) {
                throw new IllegalStateException(file + " is not as long as its line says: " + line);
            }
            say(line);
        }
        say(toApis.books().submitsReceived() + " videos were submitted and paid for");
    }

    private static void say(String text) {
        System.out.println("== " + text);
    }
}

package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelsora.simulator.ToApisSimulator;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the application as it is, without a key: the service is a simulator in this JVM. It runs twice over the same prompts, to
 * show that the second time nothing is paid.
 */
@QuarkusMainTest
class SimulatedRunTest {
    private static final List<String> PROMPTS =
            List.of("A cat on a roof at night", "A \"dog\" in the snow", "Ein Bär im Café\n");

    @Test
    void thePromptsArriveTwiceAndArePaidOnce(QuarkusMainLauncher quarkus) throws Exception {
        // Another folder each time: in the ledger of the last run these prompts are done and paid.
        Path folder = Files.createTempDirectory(Path.of("target"), "simulated-run-");
        try (ToApisSimulator toApis =
                ToApisSimulator.builder().taskDuration(Duration.ofSeconds(3)).start()) {
            runOnce(quarkus, toApis, folder);
            runOnce(quarkus, toApis, folder);

            Files.readAllLines(folder.resolve("videos/videos.jsonl")).forEach(SimulatedRunTest::say);
            assertEquals(PROMPTS.size(), toApis.books().submitsReceived());
            say(toApis.books().submitsReceived() + " videos were submitted and paid for");
        }
    }

    private static void runOnce(QuarkusMainLauncher quarkus, ToApisSimulator toApis, Path folder) throws Exception {
        drop(folder.resolve("prompts"));

        toApis.camelProperties().forEach(System::setProperty);
        System.setProperty("camel.component.sora.ledger-file", folder.resolve("ledger").toString());
        System.setProperty("sora.prompts", folder.resolve("prompts").toString());
        System.setProperty("sora.directory", folder.resolve("videos").toString());
        // It ends when the prompts are done.
        System.setProperty("camel.main.duration-max-messages", String.valueOf(PROMPTS.size()));
        System.setProperty("camel.main.duration-max-seconds", "60");

        assertEquals(0, quarkus.launch().exitCode());
    }

    private static void drop(Path prompts) throws IOException {
        Files.createDirectories(prompts);
        for (int i = 0; i < PROMPTS.size(); i++) {
            Files.writeString(prompts.resolve("video-" + i + ".txt"), PROMPTS.get(i));
        }
    }

    private static void say(String text) {
        System.out.println("== " + text);
    }
}

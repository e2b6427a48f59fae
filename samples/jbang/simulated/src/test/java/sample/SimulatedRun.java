package sample;

import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.camel.main.KameletMain;

/**
 * Runs the files as they are, without a key, by the engine of Camel JBang: the service is a simulator in this JVM. It runs twice
 * over the same prompts, to show that the second time nothing is paid.
 */
public final class SimulatedRun {
    private static final List<String> PROMPTS =
            List.of("A cat on a roof at night", "A \"dog\" in the snow", "Ein Bär im Café\n");

    private SimulatedRun() {}

    /**
     * Runs until all prompts are done, twice.
     *
     * @param args none
     * @throws Exception if the program could not run
     */
    public static void main(String[] args) throws Exception {
        // Another folder each time: in the ledger of the last run these prompts are done and paid.
        Path folder = Files.createTempDirectory(Path.of("target"), "simulated-run-");
        try (ToApisSimulator toApis =
                ToApisSimulator.builder().taskDuration(Duration.ofSeconds(3)).start()) {
            runOnce(toApis, folder, "videos.yaml", "messages", PROMPTS.size());
            runOnce(toApis, folder, "videos.yaml", "messages", PROMPTS.size());

            Files.readAllLines(folder.resolve("videos/videos.jsonl")).forEach(SimulatedRun::say);
            say(toApis.books().submitsReceived() + " videos were submitted and paid for");
        }
    }

    /** Drops the prompts, and runs a file of routes until it has processed so many messages, or was idle for so many seconds. */
    static void runOnce(ToApisSimulator toApis, Path folder, String routes, String unit, int limit) throws Exception {
        drop(folder.resolve("prompts"));

        Properties properties = new Properties();
        properties.putAll(toApis.camelProperties());
        properties.setProperty("camel.component.sora.ledger-file", folder.resolve("ledger").toString());
        properties.setProperty("sora.prompts", folder.resolve("prompts").toString());
        properties.setProperty("sora.directory", folder.resolve("videos").toString());
        // It ends when the prompts are done.
        properties.setProperty("camel.main.duration-max-" + unit, String.valueOf(limit));
        properties.setProperty("camel.main.duration-max-seconds", "60");

        KameletMain main = new KameletMain("camel.jbang");
        // As "camel run application.properties FILE" does: it reads the dependencies before the engine starts.
        main.addInitialProperty("camel.jbang.dependencies", dependencies());
        main.addInitialProperty("camel.component.properties.location", "file:../application.properties");
        main.addInitialProperty("camel.main.routesIncludePattern", "file:../" + routes);
        main.addInitialProperty("camel.jbang.kameletsVersion", "4.18.0");
        main.setOverrideProperties(properties);
        main.run();
    }

    private static String dependencies() throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../application.properties"))) {
            settings.load(file);
        }
        return settings.getProperty("camel.jbang.dependencies");
    }

    private static void drop(Path prompts) throws IOException {
        Files.createDirectories(prompts);
        for (int i = 0; i < PROMPTS.size(); i++) {
            Files.writeString(prompts.resolve("video-" + i + ".txt"), PROMPTS.get(i));
        }
    }

    static void say(String text) {
        System.out.println("== " + text);
    }
}

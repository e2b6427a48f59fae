package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project that a newcomer writes. {@code .ci/getting-started} follows the page with Maven, from an empty folder. */
class GettingStartedPageTest {
    private static final Path PAGE = Path.of("src/main/docs/sora-getting-started.adoc");

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS =
            ToApisSimulatorExtension.of(ToApisSimulator.builder().taskDuration(Duration.ofMillis(100)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = "first-route.yaml first-route.properties")
    @Timeout(60)
    void theRouteMakesOneVideoHoweverOftenItRuns(String files, ToApisSimulator toApis) throws Exception {
        run(files.split(" "), toApis);
        run(files.split(" "), toApis);

        try (Stream<Path> videos = Files.list(folder.resolve("videos"))) {
            assertThat(videos).singleElement().asString().endsWith(".mp4");
        }
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void theRouteNeedsTheModuleThatTheProjectHas() throws Exception {
        RouteModules.assertNeeded(Snippets.file("first-route.yaml"), List.of("camel-timer"), Map.of());

        assertThat(Files.readString(PAGE)).contains("<artifactId>camel-timer</artifactId>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel.version", "h2.version"})
    void itHasTheVersionsOfTheProject(String property) throws Exception {
        String project = Files.readString(Path.of("pom.xml"));
        String version = first("<" + property + ">(.*)</", project);

        assertThat(Files.readString(PAGE)).contains(">" + version + "</");
    }

    @Test
    void mavenDoesNotWaitForThreadsWhenTheRouteHasEnded() throws Exception {
        assertThat(Files.readString(PAGE)).contains("<exec.cleanupDaemonThreads>false</");
    }

    /** Runs the project until it ends by itself, with the settings of the page but for the places. */
    private void run(String[] files, ToApisSimulator toApis) throws Exception {
        Path route = Files.writeString(
                folder.resolve("first-route.yaml"),
                Snippets.read(Snippets.file(files[0]))
                        .replace("directory: videos", "directory: " + folder.resolve("videos")));
        Properties settings = new Properties();
        settings.load(new StringReader(Snippets.read(Snippets.file(files[1]))));
        settings.setProperty(
                "camel.component.sora.ledger-file", folder.resolve("sora").toString());
        settings.setProperty("camel.component.sora.base-url", toApis.baseUrl());
        settings.setProperty("camel.component.sora.poll-initial-delay", "20");
        settings.setProperty("camel.main.routes-include-pattern", "file:" + route);
        Main main = new Main();
        // The default one runs when the JVM ends, and the test is over by then.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.setOverrideProperties(settings);
        main.run();
    }

    private static String first(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}

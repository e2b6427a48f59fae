package io.github.camelsora.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the check of routes finds in files of each language, and what it accepts. */
class ValidateRoutesTest {
    private static final String FOLDER = "src/test/resources/io/github/camelsora/validate/";

    /** Each error of the files in bad/, in the order of the output: the place, and a part of the message. */
    private static final List<String> ERRORS = List.of(
            "Bad.java:9: operation: Invalid enum value: remixx",
            "Bad.java:10: videoID: Unknown option. Did you mean: [videoId",
            "Bad.java:11: waitForCompletion: Invalid boolean value: perhaps",
            "Bad.java:12: fileExist: Invalid enum value: Append",
            "Bad.java:13: pollSchedule: Invalid enum value: often",
            "Bad.java:14: 'tasks' receives, so it is used in from(), not in to()",
            "Bad.java:15: 'remix' works on messages that a route sends to it, so it is used in to(), not in from()",
            "Bad.java:16: There is no component 'sorra'. Did you mean sora",
            "Bad.java:16: noop: Invalid boolean value: maybe",
            "Syntax.java:3: This is not Java: ",
            "bad.xml:3: videoId: Option not applicable in consumer only mode",
            "bad.xml:3: concurrentConsumers: Invalid integer value: many",
            "bad.xml:5: '15m' is not a duration",
            "bad.xml:6: 'tasks' receives",
            "bad.xml:7: timerName: Missing required option",
            "bad.yaml:3: webhookMaxPayloadSize must be a number of bytes between 1 and",
            "bad.yaml:8: videoIndex must be a number from 0, or all",
            "bad.yaml:11: An endpoint that sets its own baseUrl must set its own apiKey",
            "bad.yaml:13: operation: Invalid enum value: remixx",
            "bad.yaml:16: broker: Unknown option",
            "bad.yaml:18: Option requestKey uses ${bean:key}, which is not allowed",
            "bad.yaml:21: spendLimit has the entry 'much'",
            "bad.yaml:22: submitTimeout: Option not applicable in consumer only mode",
            "syntax.xml:3: This is not XML: ",
            "syntax.yaml:3: This is not YAML: ");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void eachErrorIsReportedAtItsPlaceAndNothingElseIs() {
        assertThatThrownBy(() -> validate(FOLDER + "bad"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("errors: " + ERRORS.size());

        List<String> lines = lines();
        assertThat(lines).hasSize(ERRORS.size() + 1);
        for (int i = 0; i < ERRORS.size(); i++) {
            assertThat(lines.get(i))
                    .startsWith(FOLDER.replace('/', File.separatorChar) + "bad" + File.separator + ERRORS.get(i));
        }
    }

    @Test
    void whatOnlyTheRunTimeOrTheComponentKnowsIsAccepted() throws Exception {
        validate(FOLDER + "good");

        assertThat(lines()).containsExactly("35 endpoints in 3 files were checked, errors: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes", "samples", "src/main/resources", "src/test/resources/io/github/camelsora/docs"})
    void theRoutesThatWeShowHaveNoError(String path) throws Exception {
        validate(path);

        assertThat(lines()).singleElement().asString().endsWith("errors: 0");
    }

    @ParameterizedTest
    @CsvSource({
        "a.yaml, '- from: {uri: \"sora:tasks\", steps: [{to: {uri: \"sora:OPERATION\"}}]}'",
        "a.xml, '<routes><route><from uri=\"sora:tasks\"/><to uri=\"sora:OPERATION\"/></route></routes>'",
        "A.java, 'class A extends org.apache.camel.builder.RouteBuilder { public void configure() {"
                + " from(\"sora:tasks\").to(\"sora:OPERATION\"); } }'"
    })
    void aWrongOperationFailsAndARightOneDoesNot(String name, String route) throws Exception {
        Path file = folder.resolve(name);

        Files.writeString(file, route.replace("OPERATION", "remix"));
        validate(file.toString());
        Files.writeString(file, route.replace("OPERATION", "remixx"));

        assertThatThrownBy(() -> validate(file.toString()))
                .hasMessage("2 endpoints in 1 files were checked, errors: 1");
        assertThat(lines()).anyMatch(line -> line.startsWith(file + ":1: operation: Invalid enum value: remixx"));
    }

    @Test
    void aComponentMayHaveAnotherName() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "- from: {uri: \"soraEurope:tasks\", steps: []}");

        assertThatThrownBy(() -> validate(file.toString())).isInstanceOf(IllegalStateException.class);
        validate("--component", "soraEurope=sora", file.toString());

        Files.writeString(file, "- from: {uri: \"soraEurope:task\", steps: []}");
        assertThatThrownBy(() -> validate("--component", "soraEurope=sora", file.toString()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCheckOfNothingFails() throws Exception {
        Path file = Files.writeString(folder.resolve("log.xml"), "<configuration/>");

        assertThatThrownBy(() -> validate(file.toString())).hasMessage("No endpoint was found, so nothing was checked");
        assertThatThrownBy(() -> validate(folder.resolve("none").toString()))
                .hasMessageContaining("There is no file or folder");
        assertThatThrownBy(this::validate).hasMessageContaining("name files or folders");
        assertThatThrownBy(() -> validate("--component", "x")).hasMessageContaining("wants two names");
    }

    @Test
    void aFileOfXmlCannotReadOtherFiles() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "sora:remixx");
        Path file = Files.writeString(
                folder.resolve("a.xml"),
                "<!DOCTYPE r [<!ENTITY s SYSTEM \"" + secret.toUri()
                        + "\">]><r><enrich><constant>&s;</constant></enrich></r>");

        assertThatThrownBy(() -> validate(file.toString())).isInstanceOf(IllegalStateException.class);

        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("remixx");
    }

    @ParameterizedTest
    @CsvSource({
        "camel-catalog-[0-9].*, org.apache.camel:camel-catalog",
        "snakeyaml-engine-.*, org.apache.camel:camel-yaml-dsl"
    })
    void aMissingLibraryIsNamed(String jar, String module) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(entry).getFileName().toString().matches(jar)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> main = loader.loadClass(ValidateRoutes.class.getName());

            assertThatThrownBy(() -> main.getMethod("main", String[].class)
                            .invoke(null, (Object) new String[] {FOLDER + "good/good.yaml"}))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage("Routes cannot be checked: add the dependency " + module);
        }
    }

    private void validate(String... args) throws Exception {
        out.reset();
        ValidateRoutes.validate(new PrintStream(out, true, StandardCharsets.UTF_8), args);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

package io.github.camelsora.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraEndpoint;
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
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
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
            "Bad.java:10: viedoId: Unknown option. Did you mean: [videoId",
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
            "bad.xml:9: operation: Invalid enum value: remix   . Possible values",
            "bad.yaml:3: webhookMaxPayloadSize must be a number of bytes between 1 and",
            "bad.yaml:8: videoIndex must be a number from 0, or all",
            "bad.yaml:11: An endpoint that sets its own baseUrl must set its own apiKey",
            "bad.yaml:13: operation: Invalid enum value: remixx",
            "bad.yaml:16: broker: Unknown option",
            "bad.yaml:18: Option requestKey uses ${bean:key}, which is not allowed",
            "bad.yaml:21: spendLimit has the entry 'much'",
            "bad.yaml:22: submitTimeout: Option not applicable in consumer only mode",
            "bad.yaml:25: operation: Invalid enum value: task",
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

        assertThat(lines()).containsExactly("51 endpoints in 3 files were checked, errors: 0");
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

    @ParameterizedTest
    @ValueSource(strings = {"sora", "sora:", "sora:?prompt=Snow"})
    void anEndpointNeedsAnOperation(String uri) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "- from: {uri: \"" + uri + "\", steps: []}");

        assertThatThrownBy(() -> validate(file.toString())).isInstanceOf(IllegalStateException.class);
        assertThat(lines()).anyMatch(line -> line.contains("peration"));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.java | class A { void a(org.apache.camel.CamelContext c) { c.addComponent(\"amq\", amq); } }",
                "A.java | class A { /* org.apache.camel */ @Bean JmsComponent amq() { return null; } }",
                "A.java | class A { /* org.apache.camel */ @Named(\"amq\") JmsComponent queues; }",
                "a.xml | <beans><bean id='amq' class='org.apache.camel.component.jms.JmsComponent'/></beans>",
                "b.yaml | - beans: [{name: amq, type: org.apache.camel.component.jms.JmsComponent}]",
                "application.properties | camel.beans.amq = #class:org.apache.camel.component.jms.JmsComponent"
            })
    void aComponentThatTheApplicationRegistersIsNotCheckedUnlessItIsKnown(String name, String text) throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "- from: {uri: \"amq:queue:x?concurrentConsumers=y\", steps: []}");
        String other = folder.toString();

        assertThatThrownBy(() -> validate(other)).hasMessageEndingWith("errors: 1");
        assertThat(lines()).anyMatch(line -> line.contains("There is no component 'amq'"));

        Files.writeString(folder.resolve(name), text);
        validate(other);
        assertThat(lines().get(0)).startsWith("Not checked: endpoints of amq,").contains("--component amq=SCHEME");

        assertThatThrownBy(() -> validate("--component", "amq=jms", other)).hasMessageEndingWith("errors: 1");
        assertThat(lines()).anyMatch(line -> line.contains("concurrentConsumers: Invalid integer value: y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "beans.xml | ''",
                "application.yml | 'mail: {from: noreply, to: ops}'",
                "application.yml | 'key: [KEY];PATH'",
                "deployment.yaml | '{{- if .Values.enabled }}'"
            })
    void filesThatAreNotOfCamelAreIgnored(String name, String text) throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "- from: {uri: \"sora:tasks\", steps: []}");
        Files.writeString(folder.resolve(name), text);

        validate(folder.toString());

        assertThat(lines()).containsExactly("1 endpoints in 2 files were checked, errors: 0");
    }

    @Test
    void resourcesOfKubernetesHaveRoutes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                "apiVersion: camel.apache.org/v1\nkind: Integration\nspec:\n  flows:\n"
                        + "    - from: {uri: \"sora:task\", steps: []}\n");

        assertThatThrownBy(() -> validate(file.toString())).hasMessageEndingWith("errors: 1");
        assertThat(lines().get(0)).contains("a.yaml:5: operation: Invalid enum value: task");
    }

    @ParameterizedTest
    @CsvSource({
        "a.yaml, '- from: {uri: \"sora:task\", steps: []} # é'",
        "a.xml, '<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><routes><route><from uri=\"sora:task\"/></route></routes>'",
        "A.java, 'class A { void configure() { from(\"sora:task\").to(\"log:é\"); } }'"
    })
    void aFileMayBeInLatin1(String name, String route) throws Exception {
        Path file = Files.writeString(folder.resolve(name), route, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> validate(file.toString())).hasMessageEndingWith("errors: 1");
        assertThat(lines().get(0)).startsWith(file + ":1: operation: Invalid enum value: task");
    }

    @Test
    void aRouteMayExtendAClassOfTheApplication() throws Exception {
        Path file = Files.writeString(
                folder.resolve("A.java"),
                "class A extends example.Routes { public void configure() { from(\"sora:task\"); } }");

        assertThatThrownBy(() -> validate(file.toString())).hasMessageEndingWith("errors: 1");
    }

    @Test
    void camelItselfIgnoresTheCaseOfAnOptionAndDashes() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getComponent("sora", SoraComponent.class).getConfiguration().setApiKey("none");

            SoraConfiguration options = camel.getEndpoint(
                            "sora:remix?videoID=x&wait-for-completion=false", SoraEndpoint.class)
                    .getConfiguration();

            assertThat(options.getVideoId()).isEqualTo("x");
            assertThat(options.isWaitForCompletion()).isFalse();
        }
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

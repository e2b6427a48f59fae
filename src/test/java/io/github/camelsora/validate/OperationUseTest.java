package io.github.camelsora.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraOperation;
import io.github.camelsora.internal.camel.EndpointUse;
import io.github.camelsora.support.SoraTestSupport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation in each place of a route: the check of a build and Camel reject the same, and with the same sentence. */
class OperationUseTest extends SoraTestSupport {
    private static final String FROM = "- from: {uri: 'sora:%s', steps: [{log: {message: received}}]}";

    private static final Map<EndpointUse, Set<SoraOperation>> POSSIBLE = Map.of(
            EndpointUse.FROM, EnumSet.of(SoraOperation.tasks, SoraOperation.webhook),
            EndpointUse.POLL, EnumSet.of(SoraOperation.tasks),
            EndpointUse.TO, EnumSet.complementOf(EnumSet.of(SoraOperation.tasks, SoraOperation.webhook)));

    /** The steps that name an endpoint. */
    private static final Map<String, EndpointUse> STEPS = Map.of(
            "to: {uri: 'sora:%s'}", EndpointUse.TO,
            "toD: {uri: 'sora:%s'}", EndpointUse.TO,
            "enrich: {expression: {constant: {expression: 'sora:%s'}}}", EndpointUse.TO,
            "pollEnrich: {expression: {constant: {expression: 'sora:%s'}}, timeout: '0'}", EndpointUse.POLL,
            "poll: {uri: 'sora:%s', timeout: '1'}", EndpointUse.POLL);

    @TempDir
    Path folder;

    static Stream<Arguments> uses() {
        return Stream.of(SoraOperation.values())
                .flatMap(operation -> Stream.concat(
                        Stream.of(Arguments.of(operation, EndpointUse.FROM, FROM)),
                        STEPS.entrySet().stream()
                                .map(step -> Arguments.of(
                                        operation,
                                        step.getValue(),
                                        "- from: {uri: 'direct:start', steps: [{" + step.getKey() + "}]}"))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("uses")
    void theCheckOfABuildAndCamelSayTheSame(SoraOperation operation, EndpointUse use, String route) throws Exception {
        Path file = Files.writeString(folder.resolve("route.yaml"), route.formatted(operation));
        Optional<String> problem = use.problem(operation);
        assertThat(problem.isEmpty()).isEqualTo(POSSIBLE.get(use).contains(operation));

        List<String> checked = check(file);
        Throwable thrown = run(file);

        if (problem.isPresent()) {
            assertThat(checked).containsExactly(file + ":1: " + problem.get());
            assertThat(thrown).rootCause().hasMessage(problem.get());
        } else {
            assertThat(checked).isEmpty();
            assertThat(messages(thrown)).noneMatch(message -> message.contains("it is used in"));
        }
    }

    private static List<String> check(Path file) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ValidateRoutes.validate(new PrintStream(out, true, StandardCharsets.UTF_8), file.toString());
        } catch (IllegalStateException e) {
            // The lines say what is wrong.
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(file.toString()))
                .toList();
    }

    /** Starts the route, and sends it a message if it receives some; what was thrown, null if nothing was. */
    private Throwable run(Path file) {
        options().setWebhookPath("/hooks");
        options().setWebhookSecret("secret");
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
            camel.start();
            return camel.hasEndpoint("direct:start") == null
                    ? null
                    : send("direct:start", "body").getException();
        } catch (Exception e) {
            return e;
        }
    }

    private static List<String> messages(Throwable thrown) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                .map(e -> String.valueOf(e.getMessage()))
                .toList();
    }
}

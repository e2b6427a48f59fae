package io.github.camelsora.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route names the modules of Camel that it needs, beside those that every application with YAML routes has. */
class RouteModulesTest {
    /** Its module is on the class path of tests with our own Camel only; its own test starts it. */
    private static final Path S3 = Path.of("routes/remix-to-s3.yaml");

    /** Snippets that their own tests start. */
    private static final List<Path> OTHERS = List.of(
            // The module of its HTTP server depends on the runtime.
            Snippets.file("webhook.yaml"),
            // Its module is on the class path of tests with our own Camel only.
            Snippets.file("kamelets.yaml"),
            // The page says its module in a project.
            Snippets.file("first-route.yaml"),
            // It needs the templates before it.
            Snippets.file("route-templates.yaml"));

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteStartsWithTheModulesThatItNamesAndNotWithFewer(Path route) throws Exception {
        RouteModules.assertNeeded(route, RouteModules.of(route), Map.of());
    }

    static List<Path> routes() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            return routes.filter(route -> !route.equals(S3)).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void aSnippetStartsWithCamelDirectAndWhatItNames(Path snippet) throws Exception {
        RouteModules.assertNeeded(
                snippet,
                Stream.concat(Stream.of("camel-direct"), RouteModules.of(snippet).stream())
                        .toList(),
                Map.of());
    }

    static List<Path> snippets() {
        return Snippets.all().stream()
                .filter(file -> file.toString().endsWith(".yaml") && !OTHERS.contains(file))
                .toList();
    }
}

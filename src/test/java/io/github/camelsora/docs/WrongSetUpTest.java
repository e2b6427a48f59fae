package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page on runtimes says that a wrong set-up of camel-main is answered with. */
class WrongSetUpTest {
    private static final String PAGE = Snippets.read(Path.of("src/main/docs/sora-runtimes.adoc"));

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aMissingKeyIsNamed() {
        assertAnswered(
                "sora:balance",
                "There is no API key: set the option apiKey (camel.component.sora.api-key), or the"
                        + " environment variable TOAPIS_API_KEY");
    }

    @Test
    void aMisspelledPropertyIsNamed() {
        main.addInitialProperty("camel.component.sora.base-uri", "http://localhost");

        assertAnswered("sora:balance", "Error binding property", "baseUri");
    }

    @Test
    void aMisspelledOptionOfAnAddressIsNamed() {
        assertAnswered("sora:balance?apiKey=none&baseUri=http://localhost", "Unknown parameters", "baseUri");
    }

    @Test
    void aMissingHttpServerIsNamed() {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:webhook?webhookPath=/hooks/sora&webhookSecret=none").log("received");
            }
        });

        assertAnswered("sora:balance?apiKey=none", "sora:webhook needs an HTTP server: add ");
    }

    @Test
    void aMissingModuleIsNamed() throws Exception {
        Optional<Throwable> failure = RouteModules.failure(Snippets.file("remix.yaml"), List.of(), Map.of());

        assertThat(failure).get().satisfies(thrown -> assertThat(thrown)
                .hasStackTraceContaining("No endpoint could be found for: direct:"));
        assertThat(PAGE).contains("`No endpoint could be found for: direct:");
    }

    @Test
    void aMissingDatabaseIsNamed() throws Exception {
        Optional<Throwable> failure = RouteModules.failure(
                Snippets.file("remix.yaml"),
                List.of("camel-direct"),
                Map.of("camel.component.sora.ledger-file", "target/no-ledger"));

        String answer = "A ledger in a file needs H2: add the dependency com.h2database:h2";
        assertThat(failure).get().satisfies(thrown -> assertThat(thrown).hasStackTraceContaining(answer));
        assertThat(PAGE).contains("`" + answer + "`");
    }

    private void assertAnswered(String uri, String answer, String... more) {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });

        assertThatThrownBy(main::start).hasStackTraceContaining(answer).satisfies(thrown -> assertThat(more)
                .allSatisfy(word -> assertThat(thrown).hasStackTraceContaining(word)));
        assertThat(PAGE).contains("`" + answer);
    }
}

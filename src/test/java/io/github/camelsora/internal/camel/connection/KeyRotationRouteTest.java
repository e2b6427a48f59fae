package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.SoraTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route goes on with a new API key when the service rejects the old one and the source of apiKey holds another. */
class KeyRotationRouteTest extends SoraTestSupport {
    private static final String NEW = "sk-rotated";

    @TempDir
    Path secrets;

    private Path file;
    private String remix;

    @BeforeEach
    void keepTheKeyInAFile() throws Exception {
        file = secrets.resolve("toapis");
        hold(toApis.apiKey());
        remix = "sora:remix?videoId=" + toApis.addSource();
        options().setApiKey("file:" + file);
    }

    /** Written with a line break, as editors do, and replaced as a whole, as Kubernetes does. */
    private void hold(String key) {
        try {
            Path next = Files.writeString(secrets.resolve("next"), key + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rotate() {
        toApis.addApiKey(NEW);
        hold(NEW);
        toApis.revokeApiKey(toApis.apiKey());
    }

    private List<String> keysOf(Call call) {
        return toApis.requests(call).stream()
                .map(request -> request.header("Authorization").orElseThrow().substring("Bearer ".length()))
                .distinct()
                .toList();
    }

    @Test
    void aTaskThatWaitsAndTheNextSubmitsGoOnWithTheNewKey() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start();
        CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(() -> send(remix, "A puppy"));
        await().atMost(LIMIT).until(() -> !toApis.requests(Call.STATUS).isEmpty());

        rotate();
        toApis.taskDuration(Duration.ofMillis(50));
        Exchange next = send(remix, "A kitten");
        toApis.tasks().forEach(task -> toApis.complete(task.id()));

        assertThat(next.getException()).isNull();
        assertThat(next.getMessage().getBody(VideoTask.class).videoUrl()).isNotNull();
        Exchange first = waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(first.getException()).isNull();
        assertThat(keysOf(Call.STATUS)).containsExactly(toApis.apiKey(), NEW);
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void statusAndBalanceGoOnWithTheNewKey() throws Exception {
        String status = "sora:status?taskId=" + toApis.addSource();
        start();
        assertThat(send(status, null).getException()).isNull();

        rotate();

        assertThat(send(status, null).getException()).isNull();
        assertThat(send("sora:balance", null).getException()).isNull();
        assertThat(keysOf(Call.BALANCE)).containsExactly(NEW);
    }

    @Test
    void aRevokedKeyThatWasNotReplacedFailsAsBefore() throws Exception {
        start();
        toApis.revokeApiKey(toApis.apiKey());

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("Nothing was paid");
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
    }

    @Test
    void neitherKeyIsLogged() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogCapture everything = new LogCapture(lines)) {
            start();
            rotate();
            send(remix, "A puppy");
            toApis.revokeApiKey(NEW);
            Files.writeString(file, "sk-first-line\nsk-second-line");
            send("sora:status?taskId=task_1", null);
            camel.stop();
        }

        assertThat(lines).anyMatch(line -> line.contains("holds another one"));
        assertThat(lines).noneMatch(line -> line.contains(toApis.apiKey()) || line.contains("sk-"));
    }

    @Test
    void aPropertyIsResolvedAgainByWhateverResolvesIt() throws Exception {
        camel.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "vault";
            }

            @Override
            public String apply(String name) {
                return name.equals("toapis/key") ? keyInFile() : null;
            }
        });
        options().setApiKey("property:vault:toapis/key");
        start();
        assertThat(send(remix, "A puppy").getException()).isNull();

        rotate();

        assertThat(send(remix, "A kitten").getException()).isNull();
        assertThat(keysOf(Call.SUBMIT)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aBeanIsAskedAgain() throws Exception {
        camel.getRegistry().bind("keys", (Supplier<String>) this::keyInFile);
        options().setApiKey("bean:keys");
        start();
        assertThat(send(remix, "A puppy").getException()).isNull();

        rotate();

        assertThat(send(remix, "A kitten").getException()).isNull();
        assertThat(keysOf(Call.SUBMIT)).containsExactly(toApis.apiKey(), NEW);
    }

    private String keyInFile() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEndpointThatStartsAfterTheFileWasRewrittenIsOfTheSameAccount() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to(remix);
            }
        });
        toApis.addApiKey(NEW);
        hold(NEW);

        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:two").to(remix + "&waitForCompletion=false");
            }
        });

        assertThat(send("direct:two", "A puppy").getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "sk-first-line\nsk-second-line", "two words", "schlüssel"})
    void aFileThatHoldsNoKeyIsRejectedAtTheStartWithoutItsContent(String content) throws Exception {
        Files.writeString(file, content);

        assertThatThrownBy(() -> start())
                .hasStackTraceContaining("apiKey=file:" + file + " must hold one API key")
                .satisfies(failure -> assertThat(stackTraceOf(failure)).doesNotContain("sk-", "words", "schl"));
    }

    private static String stackTraceOf(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }

    @Test
    void aMissingFileABeanOrAPropertyThatIsNotThereIsNamedAtTheStart() throws Exception {
        for (String source : List.of("file:" + secrets.resolve("none"), "bean:none", "property:none")) {
            options().setApiKey(source);

            assertThatThrownBy(() -> camel.start()).hasStackTraceContaining(source.substring(source.indexOf(':') + 1));

            camel.stop();
        }
    }

    @Test
    void aMessageCannotNameASource() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD(remix + "&account=tenant&apiKey=${header.key}");
            }
        });

        Exchange plain = send("direct:in", "A puppy", "key", toApis.apiKey());
        Exchange source = send("direct:in", "A puppy", "key", "file:" + file);

        assertThat(plain.getException()).isNull();
        assertThat(source.getException()).hasMessageContaining("apiKey has become the name of a file");
    }
}

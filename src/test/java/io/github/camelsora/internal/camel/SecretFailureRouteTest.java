package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No failure shows the API key or the signature of an address, even if the service quotes them. */
class SecretFailureRouteTest extends SoraTestSupport {
    private static final String KEY = "sk-simulator";
    private static final String SIGNATURE = "signature=";

    @TempDir
    Path videos;

    private String remix;

    @BeforeEach
    void giveTheEndpointItsOwnKey() {
        remix = "sora:remix?apiKey=" + KEY + "&baseUrl=" + toApis.baseUrl() + "&videoId=" + toApis.addSource();
    }

    @Test
    void anEndpointThatIsRejectedShowsNoKey() {
        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("sora:remix?apiKey=" + KEY + "&duration=soon");
                    }
                }))
                .satisfies(refused -> assertThat(stackTrace(refused)).doesNotContain(KEY));
    }

    @Test
    void aConflictOfAccountsShowsNoKey() throws Exception {
        assertThatThrownBy(() -> start(remixAndDownload(), new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:other").to("sora:await?apiKey=sk-other");
                    }
                }))
                .satisfies(refused ->
                        assertThat(stackTrace(refused)).doesNotContain(KEY).doesNotContain("sk-other"));
    }

    static Stream<Consumer<SecretFailureRouteTest>> failures() {
        String echo = "{\"error\": {\"code\": \"x\", \"message\": \"Key " + KEY
                + " cannot read https://files.test/x.mp4?signature=s3cret\"}}";
        return Stream.of(
                test -> test.toApis.revokeApiKey(KEY),
                test -> test.toApis.on(Call.SUBMIT).answer(400, echo),
                test -> test.toApis.on(Call.SUBMIT).answer(401, echo),
                test -> test.toApis.on(Call.SUBMIT).answer(422, echo),
                test -> test.toApis.on(Call.SUBMIT).answer(500, echo),
                test -> test.toApis.on(Call.SUBMIT).answer(200, echo),
                test -> test.toApis.on(Call.SUBMIT).answer(502, "<html>" + KEY + "</html>"),
                test -> test.toApis.on(Call.SUBMIT).cut(),
                test -> test.toApis.on(Call.FILE).cut(),
                test -> test.toApis.on(Call.FILE).cutBody(),
                test -> test.toApis.on(Call.FILE).answer(500, echo),
                test -> test.toApis.on(Call.FILE).answer(404, echo),
                test -> test.toApis
                        .on(Call.FILE)
                        .answer(302, "", "Location: https://files.test/x.mp4?signature=s3cret"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anExceptionHoldsNeitherKeyNorSignature(Consumer<SecretFailureRouteTest> fault) throws Exception {
        fault.accept(this);
        start(remixAndDownload());

        Exception failure = send("direct:in", "A puppy").getException();

        assertThat(failure).isInstanceOf(SoraException.class);
        assertThat(stackTrace(failure)).doesNotContain(KEY).doesNotContain(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500})
    void aQueryThatIsRejectedShowsNoKey(int status) throws Exception {
        toApis.on(Call.STATUS).answer(status, "{\"error\": {\"code\": \"x\", \"message\": \"Key " + KEY + "\"}}");
        start();

        Exchange out = send("sora:status?taskId=video_1", null);

        assertThat(stackTrace(out.getException())).doesNotContain(KEY);
    }

    @Test
    void theReasonOfAFailedTaskHoldsNeitherKeyNorSignature() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();
        toApis.fail(id, "generation_failed", "Cannot read https://files.test/x.mp4?signature=s3cret by " + KEY);
        start();

        Exchange out = send("sora:await?taskId=" + id, null);

        assertThat(out.getException().getMessage()).contains("Cannot read").doesNotContain(KEY, SIGNATURE);
    }

    private RouteBuilder remixAndDownload() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).to("sora:download?downloadTimeout=900&directory=" + videos);
            }
        };
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

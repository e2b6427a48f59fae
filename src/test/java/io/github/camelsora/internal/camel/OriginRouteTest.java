package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task was made from, to which business process it belongs, and what it costs: in headers, bodies and the ledger. */
class OriginRouteTest extends SoraTestSupport {
    private static final String CORRELATION_ID = "CamelSoraCorrelationId";
    private static final String ADDRESS = "https://files.test/x.mp4?sig=s3cret";

    private String source;

    @BeforeEach
    void addASource() {
        source = toApis.addSource();
    }

    private String remix(String options) {
        return "sora:remix?requestKey=key-1&videoId=" + source + options;
    }

    private String recorded(String key) {
        return sora().ledger().find("default", key).orElseThrow().origin().correlationId();
    }

    @Test
    void theHeaderOfTheCorrelationIdWinsOverTheOption() throws Exception {
        start();

        Message out = send(remix("&correlationId=${header.order}"), "A puppy", "order", "4711", CORRELATION_ID, "mine")
                .getMessage();

        assertThat(out.getHeader(CORRELATION_ID)).isEqualTo("mine");
        assertThat(out.getBody(VideoTask.class).correlationId()).isEqualTo("mine");
        assertThat(recorded("key-1")).isEqualTo("mine");
    }

    @Test
    void theOptionMayBeAnExpression() throws Exception {
        start();

        send(remix("&correlationId=${header.order}"), "A puppy", "order", "4711");

        assertThat(recorded("key-1")).isEqualTo("4711");
    }

    @Test
    void withoutAnIdItIsTheBreadcrumb() throws Exception {
        camel.setUseBreadcrumb(true);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix(""));
            }
        });

        Message out = send("direct:in", "A puppy").getMessage();

        assertThat(recorded("key-1")).isNotNull().isEqualTo(out.getHeader(Exchange.BREADCRUMB_ID));
    }

    @Test
    void withoutABreadcrumbItIsTheIdOfTheExchange() throws Exception {
        start();

        Exchange out = send(remix(""), "A puppy", CORRELATION_ID, " ");

        assertThat(recorded("key-1")).isEqualTo(out.getExchangeId());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 501})
    void aBreadcrumbThatCannotBeStoredFailsNothing(int length) throws Exception {
        start();

        Exchange out = send(remix(""), "A puppy", Exchange.BREADCRUMB_ID, length == 0 ? "a\0b" : "x".repeat(length));

        assertThat(out.getException()).isNull();
        assertThat(recorded("key-1")).isEqualTo(out.getExchangeId());
    }

    @Test
    void anIdThatCannotBeStoredIsRefusedBeforeItIsPaid() throws Exception {
        start();

        Exchange out = send(remix(""), "A puppy", CORRELATION_ID, "x".repeat(501));

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("The correlation id has 501 characters; at most 500 can be stored");
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void thePathOfOneRouteIsOneProcess() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix("")).to("sora:remix?requestKey=key-2&prompt=again");
            }
        });

        Exchange out = send("direct:in", "A puppy", CORRELATION_ID, "process-1");

        assertThat(out.getException()).isNull();
        assertThat(List.of(recorded("key-1"), recorded("key-2"))).containsOnly("process-1");
    }

    @Test
    void theIdIsNotAPartOfWhatAKeyStandsFor() throws Exception {
        start();
        send(remix(""), "A puppy", CORRELATION_ID, "process-1");

        Exchange again = send(remix(""), "A puppy", CORRELATION_ID, "process-2");

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader(CORRELATION_ID)).isEqualTo("process-1");
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aTaskThatIsAwaitedBelongsToTheProcessThatAwaitsIt() throws Exception {
        start();

        send("sora:await?taskId=" + source + "&correlationId=process-1", null);

        assertThat(sora().ledger()
                        .findByTaskId("default", source)
                        .orElseThrow()
                        .origin()
                        .correlationId())
                .isEqualTo("process-1");
    }

    @Test
    void aDeliveryHasTheProcessOfItsTask() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks").to("seda:delivered");
            }
        });

        send(remix("&waitForCompletion=false"), "A puppy", CORRELATION_ID, "process-1");

        Message delivered = camel.createConsumerTemplate()
                .receive("seda:delivered", LIMIT.toMillis())
                .getMessage();
        assertThat(delivered.getHeaders())
                .containsEntry(CORRELATION_ID, "process-1")
                .containsEntry("CamelSoraSourceId", source);
    }

    @Test
    void aFailureHasTheProcessOfItsSubmit() throws Exception {
        toApis.credits(0);
        start();

        Exchange out = send(remix("&correlationId=process-1"), "A puppy");

        assertThat(out.getException()).isInstanceOf(SoraException.class);
        assertThat(out.getMessage().getHeader(CORRELATION_ID)).isEqualTo("process-1");
    }

    @Test
    void theEstimateIsInTheHeadersAndTheChargeOnceTheServiceNamesIt() throws Exception {
        toApis.on(Call.SUBMIT)
                .answer(200, "{\"id\": \"" + source + "x\", \"status\": \"queued\", \"credits_used\": 18}");
        start();

        Message out = send(remix("&waitForCompletion=false&creditPrices=sora-2=20"), "A puppy")
                .getMessage();

        assertThat(out.getHeaders())
                .containsEntry("CamelSoraEstimatedCredits", BigDecimal.valueOf(20))
                .containsEntry("CamelSoraChargedCredits", BigDecimal.valueOf(18));
        assertThat(sora().ledger()
                        .find("default", "key-1")
                        .orElseThrow()
                        .price()
                        .charged())
                .isEqualByComparingTo("18");
    }

    @Test
    void aChargeThatTheStatusNamesIsRecordedAtTheEnd() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start();
        String id = send(remix("&waitForCompletion=false"), "A puppy")
                .getMessage()
                .getHeader("CamelSoraTaskId", String.class);
        toApis.answerStatus(
                id, "{\"id\": \"" + id + "\", \"status\": \"failed\", \"usage\": {\"credits_charged\": 0}}");

        Message out = send("sora:await?taskId=" + id, null).getMessage();

        assertThat(out.getHeader("CamelSoraChargedCredits")).isEqualTo(BigDecimal.ZERO);
        assertThat(sora().ledger()
                        .find("default", "key-1")
                        .orElseThrow()
                        .price()
                        .charged())
                .isEqualByComparingTo("0");
    }

    @Test
    void theLineageOfARouteIsKept() throws Exception {
        start();
        String first = send(remix(""), "A puppy").getMessage().getHeader("CamelSoraTaskId", String.class);
        send("sora:remix?requestKey=key-2&videoId=" + first, "A kitten");

        assertThat(sora().operator().lineage("default", "key-1"))
                .extracting(LineageEntry::taskId)
                .startsWith(source, first)
                .hasSize(3);
    }

    @Test
    void aNewVideoHasASourceOnlyWhenItsMessageNamesOne() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix(""))
                        .setBody(constant("Another puppy"))
                        .to("sora:generate?requestKey=key-2")
                        .setHeader("CamelSoraVideoId", constant("video_elsewhere"))
                        .setBody(constant("A third puppy"))
                        .to("sora:generate?requestKey=key-3");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(sora().ledger()
                        .find("default", "key-2")
                        .orElseThrow()
                        .origin()
                        .sourceId())
                .isNull();
        assertThat(out.getMessage().getHeader("CamelSoraSourceId")).isEqualTo("video_elsewhere");
        assertThat(toApis.requests(Call.SUBMIT_GENERATION).get(1).json().has("video_id"))
                .isFalse();
    }

    private Exchange edit(Object expiresAt) {
        return send(
                "sora:generate?requestKey=edit-1&prompt=x",
                Map.of("model", "any-model", "video_list", List.of(Map.of("url", ADDRESS))),
                "CamelSoraVideoUrl",
                ADDRESS,
                "CamelSoraTaskId",
                "video_7",
                "CamelSoraExpiresAt",
                expiresAt);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExpiredAddressIsRefusedBeforeItIsPaid(boolean isText) throws Exception {
        start();
        Instant past = Instant.parse("2026-01-01T00:00:00Z");

        Exchange out = edit(isText ? past.toString() : past);

        assertThat(out.getException())
                .asInstanceOf(type(ResultExpiredException.class))
                .satisfies(e -> assertThat(e.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT))
                .extracting(Throwable::getMessage)
                .asString()
                .contains("video_7", "2026-01-01T00:00:00Z", "Nothing was sent")
                .doesNotContain("http", "s3cret");
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void anAddressThatHasExpiredSinceItWasPaidForIsAnsweredWithItsTask() throws Exception {
        start();
        Message first = edit(Instant.now().plusSeconds(60)).getMessage();

        Exchange again = edit(Instant.EPOCH);

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader("CamelSoraTaskId")).isEqualTo(first.getHeader("CamelSoraTaskId"));
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void theExpiryOfAnotherVideoRefusesNothing() throws Exception {
        start();

        Exchange out =
                send("sora:generate?prompt=x", null, "CamelSoraVideoUrl", ADDRESS, "CamelSoraExpiresAt", Instant.EPOCH);

        assertThat(out.getException()).isNull();
    }

    @Test
    void aSourceThatIsNamedByItsIdIsNotRefused() throws Exception {
        toApis.expire(source);
        start();
        VideoTask expired =
                send("sora:status?taskId=" + source, null).getMessage().getBody(VideoTask.class);

        assertThat(send("sora:remix?prompt=x", expired).getException()).isNull();
    }
}

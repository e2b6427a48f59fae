package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option of a dynamic {@code to} is evaluated once, and what comes from outside is never run. */
class DynamicToRouteTest extends SoraTestSupport {
    /** An order id as only an attacker would send it: run, it would be another one each time. */
    private static final String EVIL = "${bean:counter?method=incrementAndGet}";

    private final AtomicInteger counter = new AtomicInteger();
    private String source;

    @BeforeEach
    void bindWhatMustNotRun() {
        source = toApis.addSource();
        camel.getRegistry().bind("counter", counter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sora:remix?videoId=SOURCE&requestKey=${header.orderId}",
                "sora:remix?requestKey=${header.orderId}&videoId=SOURCE&model=${header.model}",
                "sora:${header.op}?videoId=SOURCE&requestKey=${header.orderId}",
                "sora:remix?videoId=SOURCE&account=${header.account}&requestKey=RAW(${header.orderId})"
            })
    void aKeyFromOutsideThatIsAnExpressionIsAKeyLikeAnyOther(String uri) throws Exception {
        start(toD(uri, 1_000));

        for (int i = 0; i < 2; i++) {
            Exchange out = sendOrder(EVIL);
            assertThat(out.getException()).isNull();
        }

        assertThat(counter).hasValue(0);
        assertThat(submitted().path("client_business_id").textValue()).startsWith(EVIL);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 1_000})
    void theSameKeyIsPaidOnceHoweverProducersAreCached(int cacheSize) throws Exception {
        start(toD("sora:remix?videoId=SOURCE&requestKey=${header.orderId}", cacheSize));

        sendOrder("4711");
        sendOrder("4711");
        sendOrder("4712");

        assertThat(toApis.requests(Call.SUBMIT)).hasSize(2);
    }

    @Test
    void oneEndpointServesAllMessages() throws Exception {
        start(toD("sora:remix?videoId=SOURCE&requestKey=${header.orderId}", 1_000));

        sendOrder("4711");
        sendOrder("4712");

        assertThat(camel.getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointUri().startsWith("sora:"))
                .hasSize(1);
    }

    @Test
    void anOptionThatIsNoExpressionByItselfIsEvaluatedByTheDynamicTo() throws Exception {
        start(toD(
                "sora:${header.op}?videoId=SOURCE&waitForCompletion=${header.wait}&requestKey=${header.orderId}", 10));

        Exchange out = send("direct:in", "A puppy", "op", "remix", "wait", "false", "orderId", "4711");

        assertThat(out.getMessage().getBody(VideoTask.class).status().isTerminal())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default&model=sora-2-pro",
                "a b+c%41",
                "RAW(x)&model=sora-2-pro",
                "x)&model=sora-2-pro",
                "100% é 🐶 #1",
                "RAW(x)",
                "default?model=sora-2-pro"
            })
    void aValueFromOutsideIsNoFurtherOption(String account) throws Exception {
        start(toD("sora:remix?videoId=SOURCE&account=${header.account}", 10));

        Exchange out = send("direct:in", "A puppy", "account", account);

        assertThat(out.getException()).isNull();
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2");
        assertThat(camel.getEndpoints())
                .filteredOn(SoraEndpoint.class::isInstance)
                .map(endpoint -> ((SoraEndpoint) endpoint).getConfiguration().getAccount())
                .containsExactly(account);
    }

    @Test
    void aValueFromOutsideIsNoPlaceholder() throws Exception {
        camel.getPropertiesComponent().addInitialProperty("secret", "s3cret");
        start(toD("sora:remix?videoId=SOURCE&account=${header.account}", 10));

        Exchange out = send("direct:in", "A puppy", "account", "{{secret}}");

        assertThat(out.getException()).hasMessageContaining("account");
        assertThat(toApis.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-{{known}}", "sk-1)&sk-2}&"})
    void anApiKeyThatCannotBeUsedIsNotShown(String key) throws Exception {
        // Camel itself shows the text around a property that is not there.
        camel.getPropertiesComponent().addInitialProperty("known", "1");
        start(toD("sora:remix?videoId=SOURCE&apiKey=${header.apiKey}", 10));

        Exchange out = send("direct:in", "A puppy", "apiKey", key);

        assertThat(out.getException()).hasMessageContaining("Option apiKey ");
        assertThat(stackTraceOf(out.getException())).doesNotContain("sk-");
        assertThat(toApis.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"remix?apiKey=sk-1", "remix%3FapiKey=sk-1", "remix&apiKey=sk-1"})
    void anApiKeyInADynamicOperationIsNotShown(String operation) throws Exception {
        start(toD("sora:${header.op}?videoId=SOURCE", 10));

        Exchange out = send("direct:in", "A puppy", "op", operation);

        assertThat(out.getException()).hasMessageContaining("'sora:remix");
        assertThat(stackTraceOf(out.getException())).doesNotContain("sk-");
    }

    private static String stackTraceOf(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remix?model=sora-2-pro&x=",
                "remix?videoId=of-another&tag=",
                "remix%3FvideoId=of-another&tag=",
                "remix&tag=blue",
                "remix#"
            })
    void anOperationFromOutsideBringsNoOptions(String operation) throws Exception {
        start(toD("sora:${header.op}?videoId=SOURCE", 10));

        Exchange out = send("direct:in", "A puppy", "op", operation);

        assertThat(out.getException()).isNotNull();
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void anOperationFromOutsideBringsNoOptionsWhereTheRouteHasNone() throws Exception {
        start(toD("sora:${header.op}", 10));

        Exchange out = send("direct:in", "A puppy", "op", "remix?videoId=of-another");

        assertThat(out.getException()).isNotNull();
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void anExpressionThatStandsForSeveralOptionsIsNotLeftOut() throws Exception {
        start(toD("sora:remix?videoId=SOURCE&${header.more}", 10));

        Exchange out = send("direct:in", "A puppy", "more", "model=sora-2-pro&tag=blue");

        assertThat(out.getException()).isNull();
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2-pro");
    }

    @Test
    void placeholdersAreFilledIn() throws Exception {
        Properties values = new Properties();
        values.put("video", source);
        camel.getPropertiesComponent().setInitialProperties(values);
        start(toD("sora:remix?videoId={{video}}&requestKey=${header.orderId}", 10));

        sendOrder(EVIL);

        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${header.uri}", "${header.scheme}:remix?videoId=SOURCE&requestKey=${header.orderId}"})
    void whereTheSchemeIsDynamicTooAnExpressionFromOutsideIsRejectedRatherThanRun(String uri) throws Exception {
        start(toD(uri, 10));

        Exchange out = send(
                "direct:in",
                "A puppy",
                "scheme",
                "sora",
                "orderId",
                EVIL,
                "uri",
                "sora:remix?videoId=" + source + "&requestKey=" + EVIL);

        assertThat(out.getException()).hasStackTraceContaining("allowExpressions=all");
        assertThat(counter).hasValue(0);
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void aRecipientListRejectsAnExpressionFromOutsideRatherThanRunIt() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .recipientList(simple("sora:remix?videoId=" + source + "&requestKey=${header.orderId}"));
            }
        });

        Exchange out = sendOrder(EVIL);

        assertThat(out.getException()).hasStackTraceContaining("allowExpressions=all");
        assertThat(counter).hasValue(0);
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void enrichEvaluatesOnce() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich().simple("sora:remix?videoId=" + source + "&requestKey=${header.orderId}");
            }
        });

        Exchange out = sendOrder(EVIL);

        assertThat(counter).hasValue(0);
        assertThat(out.getException()).isNull();
    }

    @Test
    void aWireTapEvaluatesOnce() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").wireTap("sora:remix?videoId=" + source + "&requestKey=${header.orderId}");
            }
        });

        sendOrder(EVIL);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 1);
        assertThat(counter).hasValue(0);
    }

    @Test
    void whatAnExpressionMayUseIsNotSaidFromOutside() throws Exception {
        start(toD("sora:remix?videoId=SOURCE&allowExpressions=${header.all}&requestKey=${header.orderId}", 10));

        Exchange out = send("direct:in", "A puppy", "all", "all", "orderId", "4711");

        assertThat(out.getException()).hasMessageContaining("allowExpressions");
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void aPartThatTheMessageDoesNotHaveIsRejectedBeforeAnythingIsPaid() throws Exception {
        start(toD("sora:remix?videoId=SOURCE&requestKey=order-${header.orderId}", 10));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll("requestKey", "${header.orderId}");
        assertThat(toApis.requests()).isEmpty();
    }

    private RouteBuilder toD(String uri, int cacheSize) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD(uri.replace("SOURCE", source), cacheSize);
            }
        };
    }

    private Exchange sendOrder(String id) {
        return send("direct:in", "A puppy", "orderId", id, "op", "remix", "model", "sora-2", "account", "mine");
    }
}

package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.support.SoraTestSupport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a plain {@code to} that are Simple expressions are evaluated for each message, and nothing else is. */
class OptionExpressionRouteTest extends SoraTestSupport {
    private final AtomicInteger counter = new AtomicInteger();
    private String source;

    @BeforeEach
    void addASource() {
        source = toApis.addSource();
        camel.getRegistry().bind("counter", counter);
    }

    @Test
    void whatToSubmitIsEvaluatedForEachMessage() throws Exception {
        start(to("sora:remix?videoId=${header.source}&prompt=Add ${header.animal}&model=${header.m}"
                + "&duration=${header.seconds}&aspectRatio=${header.shape}&requestKey=order-${header.order}"
                + "&tag=${header.tag}&tenant=${header.customer}"));

        send(
                "direct:in",
                null,
                "source",
                source,
                "animal",
                "a puppy",
                "m",
                "sora-2-pro",
                "seconds",
                15,
                "shape",
                "9:16",
                "order",
                4711,
                "tag",
                "puppies",
                "customer",
                "acme");

        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(submitted().path("prompt").textValue()).isEqualTo("Add a puppy");
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2-pro");
        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
        assertThat(submitted().path("aspect_ratio").textValue()).isEqualTo("9:16");
        TaskRecord record = sora().ledger().find("default", "order-4711").orElseThrow();
        assertThat(record.tag()).isEqualTo("puppies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%24%7Bheader.order%7D", "order-$%7bheader.order%7d", "%24simple%7Bheader.order%7D"})
    void anExpressionThatIsEncodedIsRejectedBecauseEachMessageWouldHaveTheSameKey(String key) {
        assertThatThrownBy(() -> start(to("sora:remix?requestKey=RAW(" + key + ")")))
                .hasStackTraceContaining("Option requestKey is '" + key + "', an expression that is encoded");
    }

    static Stream<Arguments> expressions() {
        return Stream.of(
                Arguments.of("${body.host}", "example.com"),
                Arguments.of("${body?.host}", "example.com"),
                Arguments.of("${header[order-id]}", "4711"),
                Arguments.of("${header.order-id}", "4711"),
                Arguments.of("${exchangeProperty.p}", "property"),
                Arguments.of("${variable.v}", "variable"),
                Arguments.of("a\\tb ${header.order-id}", "a\tb 4711"),
                Arguments.of("${header.none} ?: 'a cat'", "a cat"));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void anExpressionReadsTheMessage(String prompt, String evaluated) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .setProperty("p", constant("property"))
                        .setVariable("v", constant("variable"))
                        .to("sora:remix?videoId=" + source + "&prompt=RAW(" + prompt + ")");
            }
        });

        Exchange out = send("direct:in", URI.create("https://example.com/puppy"), "order-id", 4711);

        assertThat(out.getException()).isNull();
        assertThat(submitted().path("prompt").textValue()).isEqualTo(evaluated);
    }

    static Stream<String> optionsOfAMessageWithoutHeaders() {
        return Stream.of("videoId", "prompt", "model", "duration", "aspectRatio", "tag", "tenant", "requestKey")
                .flatMap(option -> Stream.of(option + "=${header.none}", option + "=some ${header.none}"));
    }

    @ParameterizedTest
    @MethodSource("optionsOfAMessageWithoutHeaders")
    void anExpressionThatFindsNothingIsRejectedBeforeAnythingIsPaid(String option) throws Exception {
        String videoId = option.startsWith("videoId") ? "" : "videoId=" + source + "&";
        start(to("sora:remix?" + videoId + option));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException(BadRequestException.class)).satisfies(refused -> {
            assertThat(refused.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
            assertThat(refused).hasMessageContaining("${header.none}");
        });
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void anExpressionThatGivesBlanksIsRejectedBeforeAnythingIsPaid() throws Exception {
        start(to("sora:remix?videoId=" + source + "&tag=${header.blank}"));

        Exchange out = send("direct:in", "A puppy", "blank", " ");

        assertThat(out.getException(BadRequestException.class)).hasMessageContainingAll("tag", "is empty");
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void anExpressionThatIsNotAllowedIsRejectedAlsoWhereItIsRead() {
        assertThatThrownBy(() -> OptionExpression.of(camel, "tag", "${bean:counter}", AllowedFunctions.SAFE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowExpressions");
    }

    @Test
    void anExpressionThatFailsIsRejectedBeforeAnythingIsPaid() throws Exception {
        start(to("sora:remix?videoId=" + source + "&requestKey=${body.noSuchField}"));

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException(BadRequestException.class).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(out.getException()).hasMessageContainingAll("requestKey", "noSuchField");
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void theOtherFormOfAnExpressionIsOneToo() throws Exception {
        start(to("sora:remix?videoId=" + source + "&prompt=Order $simple{header.order}"));

        send("direct:in", null, "order", 4711);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("Order 4711");
    }

    @Test
    void anOptionIsNotEvaluatedWhereAHeaderOrAFieldComesFirst() throws Exception {
        start(to("sora:remix?videoId=${header.none}&prompt=${header.none}&model=${header.none}&tag=${header.none}"));

        Exchange out = send(
                "direct:in",
                Map.of("prompt", "A puppy", "model", "sora-2"),
                "CamelSoraVideoId",
                source,
                "CamelSoraTag",
                "mine");

        assertThat(out.getException()).isNull();
    }

    @Test
    void whatAMessageHoldsIsNeverEvaluated() throws Exception {
        String evil = "${bean:counter?method=incrementAndGet}";
        start(to("sora:remix?videoId=" + source + "&prompt=${header.p}&tag=${header.t}&allowExpressions=all"));

        send("direct:in", null, "p", evil, "t", evil, "CamelSoraRequestKey", evil, "CamelSoraModel", "${header.p}");
        send("sora:remix?videoId=" + source, Map.of("prompt", evil));

        assertThat(counter).hasValue(0);
        assertThat(toApis.requests().get(0).json().path("prompt").textValue()).isEqualTo(evil);
        assertThat(toApis.requests().get(0).json().path("model").textValue()).isEqualTo("${header.p}");
        assertThat(toApis.requests().get(0).json().path("client_business_id").textValue())
                .startsWith(evil);
    }

    @Test
    void anEvaluatedDurationIsCheckedAndAConstantOneAtStart() throws Exception {
        start(to("sora:remix?videoId=" + source + "&duration=${header.d}"));

        Exchange out = send("direct:in", "A puppy", "d", "soon");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("soon");
        assertThat(toApis.requests()).isEmpty();
        assertThatThrownBy(() -> camel.addRoutes(to("sora:remix?duration=soon", "direct:other")))
                .hasStackTraceContaining("soon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requestKey",
                "prompt",
                "videoId",
                "model",
                "duration",
                "aspectRatio",
                "tag",
                "tenant",
                "directory",
                "fileName"
            })
    void anExpressionThatCouldRunSomethingIsRejectedAtStart(String option) {
        for (String operation : new String[] {"remix", "generate", "await", "download"}) {
            RouteBuilder route = to("sora:" + operation + "?" + option + "=${bean:counter}", "direct:" + operation);

            assertThatThrownBy(() -> start(route))
                    .hasStackTraceContaining("Option " + option)
                    .hasStackTraceContaining("allowExpressions=all");
        }
    }

    @Test
    void allExpressionsAreAllowedWhereTheUserSaysSo() throws Exception {
        options().setAllowExpressions("all");
        start(to("sora:remix?videoId=" + source
                + "&requestKey=RAW(order-${bean:counter?method=incrementAndGet})&prompt=${header.a.toUpperCase()}"));

        send("direct:in", null, "a", "puppy");

        assertThat(submitted().path("client_business_id").textValue()).startsWith("order-1");
        assertThat(counter).hasValue(1);
        assertThat(submitted().path("prompt").textValue()).isEqualTo("PUPPY");
    }

    @Test
    void aTagToReceiveByIsNoExpression() {
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks?tag=${header.tag}").to("mock:out");
            }
        };

        assertThatThrownBy(() -> start(route)).hasStackTraceContaining("tag must be a name in sora:tasks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "taskId", "carryHeaders"})
    void anOptionThatIsNoExpressionSaysSoAtStart(String option) {
        RouteBuilder route = to("sora:remix?videoId=" + source + "&" + option + "=${header.x}");

        assertThatThrownBy(() -> start(route)).hasStackTraceContaining(option + " is not an expression");
    }

    @Test
    void textThatIsNoExpressionIsUsedAsItIs() throws Exception {
        start(to("sora:remix?videoId=" + source + "&prompt=RAW(C:\\temp\\new, resource:classpath:x and 5 $ {a})"));

        send("direct:in", null);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("C:\\temp\\new, resource:classpath:x and 5 $ {a}");
    }

    private static RouteBuilder to(String uri) {
        return to(uri, "direct:in");
    }

    private static RouteBuilder to(String uri, String from) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(uri);
            }
        };
    }
}

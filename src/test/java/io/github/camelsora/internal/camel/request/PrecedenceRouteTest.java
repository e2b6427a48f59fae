package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.support.SoraTestSupport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found first wins: a field of the body, a header, an option, the text of the body. */
class PrecedenceRouteTest extends SoraTestSupport {
    /** The same options on the endpoint in every test, so that what comes before them has something to beat. */
    private static final String OPTIONS = "sora:remix?videoId=of-option&prompt=of option&model=of-option&duration=3s"
            + "&aspectRatio=3:3&requestKey=of-option";

    private static final Object[] HEADERS = {
        "CamelSoraVideoId", "of-header",
        "CamelSoraPrompt", "of header",
        "CamelSoraModel", "of-header",
        "CamelSoraDuration", "2",
        "CamelSoraAspectRatio", "2:2",
        "CamelSoraRequestKey", "of-header"
    };

    @BeforeEach
    void startWithSources() throws Exception {
        List.of("of-body", "of-header", "of-option").forEach(toApis::addSource);
        start();
    }

    static Stream<Object> requestsThatSayItAll() {
        return Stream.of(
                new RemixRequest("of-body", "of body", "of-body", 1, "1:1", null),
                Map.of(
                        "video_id",
                        "of-body",
                        "prompt",
                        "of body",
                        "model",
                        "of-body",
                        "duration",
                        1,
                        "aspect_ratio",
                        "1:1"),
                "{\"video_id\": \"of-body\", \"prompt\": \"of body\", \"model\": \"of-body\", \"duration\": 1,"
                        + " \"aspect_ratio\": \"1:1\"}");
    }

    @ParameterizedTest
    @MethodSource("requestsThatSayItAll")
    void fieldsOfTheBodyComeFirst(Object body) {
        send(OPTIONS, body, HEADERS);

        assertSubmitted("of-body", "of body", 1, "1:1");
    }

    @Test
    void headersComeBeforeOptionsAndText() {
        send(OPTIONS, "of text", HEADERS);

        assertSubmitted("of-header", "of header", 2, "2:2");
    }

    @Test
    void optionsComeBeforeText() {
        send(OPTIONS, "of text");

        assertSubmitted("of-option", "of option", 3, "3:3");
    }

    @Test
    void fieldsThatABodyDoesNotHaveAreReadFromHeadersAndOptions() {
        send(OPTIONS, Map.of("prompt", "of body"), "CamelSoraVideoId", "of-header", "CamelSoraModel", "of-header");

        assertSubmitted("of-header", "of body", 3, "3:3");
    }

    @Test
    void aFieldThatIsNullIsReadFromHeadersAndOptions() {
        send(OPTIONS, "{\"video_id\": null, \"prompt\": \"of body\", \"model\": null}");

        assertSubmitted("of-option", "of body", 3, "3:3");
    }

    private void assertSubmitted(String source, String prompt, int duration, String ratio) {
        JsonNode sent = submitted();
        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(sent.path("prompt").textValue()).isEqualTo(prompt);
        assertThat(sent.path("model").textValue()).isEqualTo(source);
        assertThat(sent.path("duration").intValue()).isEqualTo(duration);
        assertThat(sent.path("aspect_ratio").textValue()).isEqualTo(ratio);
    }

    @Test
    void theIdOfATaskBodyComesBeforeHeaderAndOption() {
        Exchange first = send("sora:remix?videoId=of-option&prompt=first", null);
        String firstId = first.getMessage().getHeader("CamelSoraTaskId", String.class);

        Exchange second = send(
                "sora:remix?videoId=of-option&prompt=second",
                first.getMessage().getBody(),
                "CamelSoraVideoId",
                "of-header");

        String secondId = second.getMessage().getHeader("CamelSoraTaskId", String.class);
        assertThat(toApis.task(secondId).sourceId()).isEqualTo(firstId);
    }

    @Test
    void theModelIsSora2ByDefault() {
        send("sora:remix?videoId=of-option", "A puppy");

        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2");
    }

    @Test
    void fieldsThatAreSetNowhereAreLeftToTheService() {
        send("sora:remix?videoId=of-option", "A puppy");

        assertThat(submitted().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "prompt", "client_business_id");
    }

    @Test
    void theEndpointComesBeforeTheComponent() {
        options().setVideoId("of-header");
        options().setModel("of-component");

        send("sora:remix?videoId=of-option", "A puppy");

        assertThat(submit().path()).isEqualTo("/v1/videos/of-option/remix");
        assertThat(submitted().path("model").textValue()).isEqualTo("of-component");
    }

    @Test
    void withoutAVideoNothingIsSent() {
        Exchange out = send("sora:remix", "A puppy");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("CamelSoraVideoId");
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void withoutAPromptNothingIsSent() {
        Exchange out = send("sora:remix?videoId=of-option", null);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("CamelSoraPrompt");
        assertThat(toApis.requests()).isEmpty();
    }

    static Stream<Object> fifteenSeconds() {
        return Stream.of(15, 15L, "15", "15s");
    }

    @ParameterizedTest
    @MethodSource("fifteenSeconds")
    void aDurationInABodyIsWholeSeconds(Object duration) {
        send("sora:remix?videoId=of-option", Map.of("prompt", "A puppy", "duration", duration));

        assertThat(submitted().path("duration").isInt()).isTrue();
        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }

    @ParameterizedTest
    @MethodSource("fifteenSeconds")
    void aDurationInAHeaderIsWholeSeconds(Object duration) {
        send("sora:remix?videoId=of-option", "A puppy", "CamelSoraDuration", duration);

        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15s"})
    void aDurationInAnOptionIsWholeSeconds(String duration) {
        send("sora:remix?videoId=of-option&duration=" + duration, "A puppy");

        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15m", "1.5", "-15", "soon", ""})
    void anotherDurationIsRejectedBeforeAnythingIsSent(String duration) {
        Exchange out = send("sora:remix?videoId=of-option", "A puppy", "CamelSoraDuration", duration);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("15s");
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void theKeyOfTheHeaderComesBeforeThatOfTheOption() {
        send("sora:remix?videoId=of-option&requestKey=of-option", "A puppy", "CamelSoraRequestKey", "of-header");

        assertThat(WireKey.userKey(submitted().path("client_business_id").textValue()))
                .isEqualTo("of-header");
    }

    @Test
    void theKeyOfTheOptionIsASimpleExpression() {
        send("sora:remix?videoId=of-option&requestKey=order-${header.order}", "A puppy", "order", 4711);

        assertThat(WireKey.userKey(submitted().path("client_business_id").textValue()))
                .isEqualTo("order-4711");
    }

    @Test
    void aGeneratedKeyIsAnotherEachTime() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").loop(2).to("sora:remix?videoId=of-option&prompt=A puppy");
            }
        });

        send("direct:twice", null);

        assertThat(toApis.books().acceptedByKey()).hasSize(2);
    }

    @Test
    void aKeyThatIsEmptyIsRejectedRatherThanReplaced() {
        Exchange out = send("sora:remix?videoId=of-option&requestKey=${header.none}", "A puppy");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void theKeyIsNotSentWithSendRequestKeyFalse() {
        send("sora:remix?videoId=of-option&sendRequestKey=false", "A puppy");

        assertThat(submitted().has("client_business_id")).isFalse();
    }
}

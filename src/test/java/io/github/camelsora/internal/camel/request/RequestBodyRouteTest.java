package io.github.camelsora.internal.camel.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.support.SoraTestSupport;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies are a request, which are a prompt, and which are refused before anything is sent. */
class RequestBodyRouteTest extends SoraTestSupport {
    private static final String PROMPT = "Füge einen Welpen hinzu 🐶";

    private String source;

    @BeforeEach
    void startWithASource() throws Exception {
        source = toApis.addSource();
        start();
    }

    @Test
    void aRemixRequestSaysItAll() {
        RemixRequest request = RemixRequest.of(source, PROMPT)
                .withModel("sora-2-pro")
                .withDuration(25)
                .withAspectRatio("9:16");

        send("sora:remix", request);

        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2-pro");
        assertThat(submitted().path("duration").intValue()).isEqualTo(25);
        assertThat(submitted().path("aspect_ratio").textValue()).isEqualTo("9:16");
    }

    @Test
    void aMapSaysItAllByTheNamesOfTheWire() {
        Map<String, Object> request = Map.of(
                "video_id", source, "prompt", PROMPT, "model", "sora-2-pro", "duration", 25, "aspect_ratio", "9:16");

        send("sora:remix", request);

        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2-pro");
        assertThat(submitted().path("duration").intValue()).isEqualTo(25);
        assertThat(submitted().path("aspect_ratio").textValue()).isEqualTo("9:16");
    }

    static Stream<Object> jsonForms() {
        String json = "  {\"prompt\": \"" + PROMPT + "\", \"duration\": 15}";
        return Stream.of(
                json, new StringBuilder(json), json.getBytes(UTF_8), new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("jsonForms")
    void aJsonObjectIsARequestInWhateverFormItComes(Object json) {
        send("sora:remix?videoId=" + source, json);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }

    @Test
    void aJsonObjectInAFileIsARequest(@TempDir Path directory) throws Exception {
        File file = Files.writeString(directory.resolve("request.json"), "{\"prompt\": \"" + PROMPT + "\"}")
                .toFile();

        send("sora:remix?videoId=" + source, file);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
    }

    @Test
    void aJsonObjectFromTheFileComponentIsARequest(@TempDir Path directory) throws Exception {
        File file = Files.writeString(directory.resolve("request.json"), "{\"prompt\": \"" + PROMPT + "\"}")
                .toFile();
        GenericFile<File> polled = new GenericFile<>();
        polled.setFile(file);
        polled.setBody(file);

        send("sora:remix?videoId=" + source, polled);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=utf-8", "application/octet-stream"})
    void theContentTypeDoesNotDecideWhatABodyIs(String contentType) {
        send("sora:remix?videoId=" + source, "{\"prompt\": \"" + PROMPT + "\"}", Exchange.CONTENT_TYPE, contentType);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
    }

    @Test
    void aStreamThatWasReadIsStillThereForADeadLetter() throws Exception {
        toApis.credits(0);
        ByteArrayInputStream json = new ByteArrayInputStream("{\"prompt\": \"A puppy\"}".getBytes(UTF_8));

        Exchange out = send("sora:remix?videoId=" + source, json);

        assertThat(out.getMessage().getBody(String.class)).isEqualTo("{\"prompt\": \"A puppy\"}");
    }

    @Test
    void theTaskOfAnEarlierStepIsTheVideoToRemix() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice")
                        .to("sora:remix?videoId=" + source + "&prompt=First")
                        .setProperty("first", simple("${body.id}"))
                        .to("sora:remix?videoId=none&prompt=Second");
            }
        });

        Exchange out = send("direct:twice", null);

        VideoTask second = out.getMessage().getBody(VideoTask.class);
        assertThat(toApis.task(second.id()).sourceId()).isEqualTo(out.getProperty("first"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PROMPT,
                "  blanks before and after \n",
                "{puppy} plays in the rain",
                "{a brace} and \"quotes\"",
                "[\"a list\"]",
                "\"quoted\"",
                "${body} is not evaluated",
                "true"
            })
    void otherTextIsThePromptWordForWord(String prompt) {
        send("sora:remix?videoId=" + source, prompt);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(prompt);
    }

    @Test
    void textInBytesIsThePrompt() {
        send("sora:remix?videoId=" + source, PROMPT.getBytes(UTF_8));

        assertThat(submitted().path("prompt").textValue()).isEqualTo(PROMPT);
    }

    @Test
    void aNumberIsAPrompt() {
        send("sora:remix?videoId=" + source, 42);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("42");
    }

    @Test
    void unknownFieldsTravelAlong() {
        send(
                "sora:remix?videoId=" + source,
                "{\"prompt\": \"A puppy\", \"seed\": 7, \"metadata\": {\"style\": \"noir\", \"tags\": [1, null]}}");

        assertThat(submitted().path("seed").intValue()).isEqualTo(7);
        assertThat(submitted().path("metadata").toString()).isEqualTo("{\"style\":\"noir\",\"tags\":[1,null]}");
    }

    @Test
    void theVideoIdIsInThePathAndNotInTheBody() {
        send("sora:remix", Map.of("video_id", source, "prompt", "A puppy"));

        assertThat(submitted().has("video_id")).isFalse();
    }

    static Stream<Object> bodiesWithFieldsThatAreOurs() {
        Map<String, Object> theirs = Map.of("client_business_id", "theirs", "callback_url", "https://theirs.test");
        return Stream.of(
                Map.of("prompt", "A puppy", "client_business_id", "theirs", "callback_url", "https://theirs.test"),
                "{\"prompt\": \"A puppy\", \"client_business_id\": \"theirs\", \"callback_url\": \"https://theirs.test\"}",
                new RemixRequest(null, "A puppy", null, null, null, theirs));
    }

    @ParameterizedTest
    @MethodSource("bodiesWithFieldsThatAreOurs")
    void fieldsThatAreOursDoNotTravel(Object body) {
        Exchange out = send("sora:remix?videoId=" + source, body);

        String key = out.getMessage().getHeader("CamelSoraTaskKey", String.class);
        assertThat(WireKey.userKey(submitted().path("client_business_id").textValue()))
                .isEqualTo(key)
                .isNotEqualTo("theirs");
        assertThat(submitted().has("callback_url")).isFalse();
    }

    static Stream<Object> bodiesThatAreNoRequest() {
        return Stream.of(
                "{}",
                " { } ",
                "{\"promt\": \"A puppy\"}",
                Map.of(),
                Map.of("promt", "A puppy"),
                "{\"prompt\": \"A puppy\"",
                "{\"prompt\": \"A puppy\", }",
                "{\"prompt\": \"A puppy\"} and more",
                new Object());
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoRequest")
    void anObjectThatIsNoRequestIsRejectedBeforeAnythingIsSent(Object body) {
        Exchange out = send("sora:remix?videoId=" + source, body);

        assertThat(out.getException(BadRequestException.class)).satisfies(refused -> {
            assertThat(refused.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
            assertThat(refused.isSafeToResend()).isTrue();
        });
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void anObjectThatIsNoRequestIsRejectedAlsoWhereAHeaderHasThePrompt() {
        Exchange out = send("sora:remix?videoId=" + source, "{\"a\": 1}", "CamelSoraPrompt", "A puppy");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.requests()).isEmpty();
    }
}

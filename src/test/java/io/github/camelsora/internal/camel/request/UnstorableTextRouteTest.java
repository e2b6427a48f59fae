package io.github.camelsora.internal.camel.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.support.SoraTestSupport;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that no ledger keeps as it is, or that was read in the wrong charset, is refused before anything is written. */
class UnstorableTextRouteTest extends SoraTestSupport {
    private static final String HALF = "half an emoji \uD83D";
    private static final String LOW_HALF = "\uDC36 half an emoji";
    private static final String NUL = "a\0b";
    private static final String LOST = "Add a caf\uFFFD";
    private static final byte[] WINDOWS = "Add a café “sign”".getBytes(Charset.forName("windows-1252"));

    @TempDir
    Path folder;

    private String source;

    @BeforeEach
    void startWithASource() throws Exception {
        source = toApis.addSource();
        start();
    }

    static Stream<Arguments> unkeepable() {
        return Stream.of(HALF, LOW_HALF, NUL, LOST, "\uDC36\uD83D").flatMap(text -> Stream.of(
                        "CamelSoraRequestKey",
                        "CamelSoraPrompt",
                        "CamelSoraModel",
                        "CamelSoraAspectRatio",
                        "CamelSoraTag",
                        "CamelSoraTenant",
                        "CamelSoraVideoId")
                .map(header -> Arguments.of(header, text)));
    }

    @ParameterizedTest
    @MethodSource("unkeepable")
    void aHeaderThatCannotBeKeptIsRejected(String header, String text) {
        Exchange out = send("sora:remix?videoId=" + source + "&validateRequest=false", "A puppy", header, text);

        assertRejected(out);
    }

    static Stream<Object> unkeepableBodies() {
        return Stream.of(HALF, LOW_HALF, NUL, LOST)
                .flatMap(text -> Stream.of(
                        text,
                        Map.of("prompt", text),
                        Map.of("prompt", "A puppy", "video_id", text),
                        Map.of("prompt", "A puppy", "model", text),
                        Map.of("prompt", "A puppy", "metadata", Map.of("styles", List.of(text))),
                        Map.of("prompt", "A puppy", text, 1)));
    }

    @ParameterizedTest
    @MethodSource("unkeepableBodies")
    void aBodyThatCannotBeKeptIsRejected(Object body) {
        Exchange out = send("sora:remix?videoId=" + source, body);

        assertRejected(out);
    }

    @Test
    void escapesOfJsonAreHeldToItToo() {
        for (String text : new String[] {"\\ud83d", "\\u0000", "\\ufffd"}) {
            assertRejected(send("sora:remix?videoId=" + source, "{\"prompt\": \"A puppy " + text + "\"}"));
        }
    }

    @Test
    void anOptionIsHeldToItToo() {
        options().setPrompt(HALF);

        assertRejected(send("sora:remix?videoId=" + source, null));
    }

    @Test
    void aHeaderThatIsCarriedAlongIsHeldToItToo() {
        Exchange out = send("sora:remix?videoId=" + source + "&carryHeaders=order*", "A puppy", "order", List.of(HALF));

        assertRejected(out);
        assertThat(out.getException()).hasMessageContaining("carried");
    }

    @Test
    void whatIsLongerThanItsColumnIsRejected() {
        assertRejected(send("sora:remix?videoId=" + source, "A puppy", "CamelSoraTag", "t".repeat(201)));
        assertRejected(send("sora:remix?videoId=" + source, "A puppy", "CamelSoraRequestKey", "k".repeat(501)));
    }

    @Test
    void anIdThatCannotBeKeptIsNotAwaited() {
        for (String id : new String[] {"task_" + HALF, "task_" + NUL, "t".repeat(401)}) {
            Exchange out = send("sora:await", null, "CamelSoraTaskId", id);

            assertThat(out.getException(BadRequestException.class).isSafeToResend())
                    .isFalse();
        }
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void wholeEmojiAreKept() {
        Exchange out = send("sora:remix?videoId=" + source, "🐶👩‍🚀", "CamelSoraRequestKey", "🐶");

        assertThat(out.getException()).isNull();
        assertThat(submitted().path("prompt").textValue()).isEqualTo("🐶👩‍🚀");
    }

    static Stream<Object> bytesThatAreNotUtf8() {
        return Stream.of(
                WINDOWS,
                new ByteArrayInputStream(WINDOWS),
                new ByteArrayInputStreamCache(new ByteArrayInputStream(WINDOWS)),
                ByteBuffer.wrap(WINDOWS),
                "{\"prompt\":\"A café\"}".getBytes(ISO_8859_1),
                "{\"prompt\":\"A puppy\"}".getBytes(UTF_16LE),
                "{\"prompt\":\"A puppy\"}".getBytes(UTF_16BE),
                "\uFEFF{\"prompt\":\"A puppy\"}".getBytes(UTF_16LE),
                "A puppy".getBytes(UTF_16LE));
    }

    @ParameterizedTest
    @MethodSource("bytesThatAreNotUtf8")
    void bytesThatAreNotInTheirCharsetAreRejected(Object body) {
        assertRejected(send("sora:remix?videoId=" + source, body));
    }

    @Test
    void aFileThatIsNotInItsCharsetIsRejected() throws Exception {
        File file = Files.write(folder.resolve("prompt.txt"), WINDOWS).toFile();
        GenericFile<File> generic = new GenericFile<>();
        generic.setFile(file);
        generic.setBody(file);

        assertRejected(send("sora:remix?videoId=" + source, file));
        assertRejected(send("sora:remix?videoId=" + source, generic));
    }

    @Test
    void aFileOfTheFileComponentThatIsNotInItsCharsetIsRejected() throws Exception {
        Files.write(folder.resolve("prompt.txt"), WINDOWS);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0")
                        .doTry()
                        .to("sora:remix?videoId=" + source)
                        .doCatch(Exception.class)
                        .to("seda:refused");
            }
        });

        Exchange refused = camel.createConsumerTemplate().receive("seda:refused", LIMIT.toMillis());

        assertThat(refused.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(BadRequestException.class);
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void theCharsetThatTheExchangeNamesIsUsed() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:windows")
                        .setProperty(Exchange.CHARSET_NAME, constant("windows-1252"))
                        .to("sora:remix?videoId=" + source);
            }
        });

        send("direct:windows", WINDOWS);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("Add a café “sign”");
    }

    @Test
    void aStreamThatIsRejectedIsStillThereForADeadLetter() {
        Exchange out = send("sora:remix?videoId=" + source, new ByteArrayInputStream(WINDOWS));

        assertRejected(out);
        assertThat(out.getMessage().getBody(byte[].class)).isEqualTo(WINDOWS);
    }

    static Stream<Object> jsonWithAByteOrderMark() {
        String json = "\uFEFF{\"prompt\":\"Add a puppy\",\"duration\":15}";
        return Stream.of(
                json,
                json.getBytes(UTF_8),
                new ByteArrayInputStream(json.getBytes(UTF_8)),
                new ByteArrayInputStreamCache(new ByteArrayInputStream(json.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("jsonWithAByteOrderMark")
    void aByteOrderMarkDoesNotMakeAPromptOfARequest(Object body) {
        send("sora:remix?videoId=" + source, body);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("Add a puppy");
        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }

    @Test
    void aFileWithAByteOrderMarkIsARequest() throws Exception {
        File file = Files.writeString(folder.resolve("order.json"), "\uFEFF{\"prompt\":\"Add a puppy\"}")
                .toFile();

        send("sora:remix?videoId=" + source, file);

        assertThat(submitted().path("prompt").textValue()).isEqualTo("Add a puppy");
    }

    @Test
    void aByteOrderMarkIsNoWordOfAPrompt() {
        send("sora:remix?videoId=" + source, "\uFEFF Add a puppy");

        assertThat(submitted().path("prompt").textValue()).isEqualTo(" Add a puppy");
    }

    static Stream<String> almostFields() {
        return Stream.of("videoId", "aspectRatio", "Prompt", "VIDEO_ID", "aspect-ratio", "videoid", " duration");
    }

    @ParameterizedTest
    @MethodSource("almostFields")
    void aFieldThatIsAlmostOneOfARequestIsRejected(String name) {
        Exchange out = send("sora:remix?videoId=" + source, Map.of("prompt", "A puppy", name, "x"));

        assertRejected(out);
        assertThat(out.getException()).hasMessageContaining("'" + name + "'");
    }

    private void assertRejected(Exchange out) {
        assertThat(out.getException(BadRequestException.class)).satisfies(refused -> {
            assertThat(refused.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
            assertThat(refused.isSafeToResend()).isTrue();
        });
        assertThat(toApis.requests()).isEmpty();
    }
}

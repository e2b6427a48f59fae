package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is meant as a request is a request or is refused, and is never paid for as a prompt. */
class RequestTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"A puppy\"}",
                "\uFEFF{\"prompt\":\"A puppy\"}",
                "\u200B\u2060 {\"prompt\":\"A puppy\"}",
                "\u00A0\u3000\n{\"prompt\":\"A puppy\"}",
                "\u2028{ \"prompt\" : \"A puppy\" }",
            })
    void aJsonObjectIsARequestWhateverIsBeforeIt(String text) {
        assertThat(RequestText.fields(text)).get().isEqualTo(Map.of("prompt", "A puppy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Cut, or with something behind it
                "{\"prompt\":\"A puppy\"",
                "{\"prompt\":\"A puppy\"}\n{\"prompt\":\"A cat\"}",
                // Written by a person, or by another language
                "{'prompt': 'A puppy'}",
                "{'seed': 7, 'prompt': 'A puppy'}",
                "{prompt: \"A puppy\"}",
                "{ video_id: video_1, prompt: A puppy }",
                "{videoId: 'video_1'}",
                "{prompt=A puppy, duration=15}",
                "{seed=7, prompt=A puppy}",
                "{\u201Cprompt\u201D: \u201CA puppy\u201D}",
                "{ // what to change\n \"prompt\": \"A puppy\" }",
                "{/* */\"prompt\": \"A puppy\" }",
                // A list of requests
                "[{\"prompt\":\"A puppy\"}]",
                " [ {\"prompt\":\"A puppy\"}, {\"prompt\":\"A cat\"} ]",
                "[\"first\", {\"prompt\":\"A puppy\"}]",
                "[[\"A puppy\"]]",
                "[]",
                "[ ]",
                // JSON within quotes
                "\"{\\\"prompt\\\":\\\"A puppy\\\"}\"",
                "\"\\\"{\\\\\\\"prompt\\\\\\\":1}\\\"\"",
                "\"[{\\\"prompt\\\":1}]\"",
                "'{\"prompt\":\"A puppy\"}'",
                "```json\n{\"prompt\":\"A puppy\"}\n```",
                "```\n[{\"prompt\":\"A puppy\"}]\n```",
                // Other formats
                "<?xml version=\"1.0\"?><request><prompt>A puppy</prompt></request>",
                "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
                "<html>",
                "prompt=A+puppy&duration=15",
                "prompt: A puppy\nduration: 15\n",
                "---\nvideo_id: video_1\nprompt: A puppy",
                "<request><prompt>A puppy</prompt><model>sora-2</model></request>",
                "<prompt>A puppy</prompt>",
                "<r:request xmlns:r=\"urn:r\">\n <r:prompt>A puppy</r:prompt></r:request>",
                "prompt=A puppy&duration=15",
                "prompt = A puppy\nmodel = sora-2",
                "- prompt: A puppy\n  model: sora-2",
                "- prompt: A puppy",
                "prompt: A puppy\n  model: sora-2",
                "video_id,prompt\nvideo_1,A puppy",
                "video_id;prompt;model\nvideo_1;A puppy;sora-2",
                "\"order\",\"prompt\",\"video_id\"\n1,A puppy,video_1",
                "data: {\"prompt\": \"A puppy\"}",
                "request={\"prompt\": \"A puppy\"}",
                "callback({\"prompt\": \"A puppy\"})",
                "({\"prompt\": \"A puppy\"})",
                "{\\\"prompt\\\": \\\"A puppy\\\"}",
                "\\{\"prompt\": \"A puppy\"}",
                "{&quot;prompt&quot;: &quot;A puppy&quot;}",
                "%7B%22prompt%22%3A%22A%20puppy%22%7D",
                // What an object prints as
                "Order[prompt=A puppy, model=sora-2]",
                "Order[id=7, prompt=A puppy]",
                "Order(prompt=A puppy, model=sora-2)",
                "Message{prompt=A puppy, model=sora-2}",
                "[object Object]",
                "com.acme.Order@1b2c3d4e",
                "[B@6d06d69c",
                "[Ljava.lang.String;@6d06d69c",
                "null",
                "undefined",
                "\u200B\u2060",
                "RemixRequest[videoId=video_1, prompt=A puppy]",
                "VideoTask[id=video_1, key=k]",
            })
    void whatIsMeantAsARequestIsRefusedInWords(String text) {
        for (String before : new String[] {"", "\uFEFF", " \n", "\u00A0"}) {
            BadRequestException refusal =
                    catchThrowableOfType(BadRequestException.class, () -> RequestText.fields(before + text));

            assertThat(refusal).as(before + text).isNotNull();
            assertThat(refusal).hasMessageContainingAll("CamelSoraPrompt", "Nothing was sent and nothing was paid");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Add a puppy",
                "[wide shot] a dog",
                "[16:9] a dog runs",
                "[\"a list\"]",
                "[a {brace} in it] a dog",
                "\"Hello\" she says",
                "\"quoted\"",
                "'Hello' she says",
                "{puppy} plays in the rain",
                "{a brace} and \"quotes\"",
                "{style: noir} a dog",
                "{mood = calm} a dog",
                "Prompt: a dog",
                "prompt engineering for dogs",
                "model = none of them",
                "duration: forever, as the river flows",
                "<lora:puppy:1> a dog",
                "<3 dogs",
                "// a comment that is painted on a wall",
                "`code` on a screen",
                "null and void, painted on a wall",
                "Two dogs: one has a model = of a ship\nand sleeps",
                "Dear model, prompt and duration,\nrun",
                "write to me@example.com",
                "<puppy> runs",
                "data: a robot reads it",
                "dogs (big ones) run",
                "- a puppy runs\n- a cat sleeps",
                "true",
                "42",
                "${body} is not evaluated",
                "",
                " ",
            })
    void allOtherTextIsAPrompt(String text) {
        assertThat(RequestText.fields(text)).isEmpty();
    }

    @Test
    void whatOurOwnTypesPrintIsKnown() {
        assertThat(RemixRequest.of("video_1", "A puppy").toString()).startsWith("RemixRequest[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "\"",
                "prompt=",
                "&a=b",
                "\n",
                "prompt: x\n",
                "{a=",
                "'",
                "\\",
                "```",
                "{\"a\":",
                "a,",
                "prompt,",
                "A[a=",
                "<a",
                "- ",
                "a.",
                "(",
                "a=,"
            })
    @Timeout(20)
    void aLongTextIsReadAsFastAsAShortOne(String piece) {
        for (String text :
                new String[] {piece.repeat(200_000), "prompt=" + piece.repeat(200_000), "A[" + piece.repeat(200_000)}) {
            assertThat(isReadInOneWayOrTheOther(text)).isTrue();
        }
    }

    private static boolean isReadInOneWayOrTheOther(String text) {
        try {
            return RequestText.fields(text).isPresent() || !text.isEmpty();
        } catch (BadRequestException e) {
            return true;
        }
    }
}

package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelsora.internal.camel.key.Mutations;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is answered, it is read as something, and never as more than it says. */
class AnswerCrowdTest {
    private static final int[] STATUS = {200, 200, 200, 201, 202, 301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503
    };

    private static final List<String> SEEDS = List.of(
            "{\"id\": \"video_1\", \"object\": \"generation.task\", \"model\": \"sora-2\", \"status\": \"queued\","
                    + " \"progress\": 0, \"created_at\": 1768380224, \"metadata\": {\"size\": \"720x720\"}}",
            "{\"id\": \"video_1\", \"status\": \"completed\", \"progress\": 100, \"completed_at\": 1768380514,"
                    + " \"expires_at\": 1768466914, \"result\": {\"type\": \"video\", \"data\":"
                    + " [{\"url\": \"https://files.test/x.mp4?s=1\", \"format\": \"mp4\", \"last_frame_url\": \"https://f/l\"}]}}",
            "{\"id\": \"video_1\", \"status\": \"failed\", \"error\": {\"code\": \"generation_failed\", \"message\": \"no\"}}",
            "{\"code\": 200, \"data\": [{\"status\": \"submitted\", \"task_id\": \"task_1\"}]}",
            "{\"id\": \"v\", \"object\": \"video\", \"remixed_from_video_id\": \"w\", \"seconds\": \"15\", \"video_url\": \"http://x/y\"}",
            "{\"error\": {\"code\": 401, \"message\": \"{\\\"error\\\": {\\\"message\\\": \\\"inner\\\"}}\", \"type\": \"x\"}}",
            "{\"code\": \"task_not_exist\", \"message\": \"m\", \"data\": null}",
            "<html><body>502 Bad Gateway</body></html>");

    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "-0",
            "9223372036854775808",
            "1768466914000000000000",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{}",
            "[]",
            "[[",
            "{\"",
            "\"status\": \"succeeded\"",
            "\"status\": 5",
            "\"id\": null",
            "\"id\": \" \"",
            "\"id\": {\"id\": 1}",
            "\"progress\": \"101%\"",
            "\"progress\": \"NaN\"",
            "\"expires_at\": \"+999999999-12-31T23:59:59Z\"",
            "\"expires_at\": 1e18",
            "\"url\": \"javascript:x\"",
            "\"url\": \"https://\"",
            "\"url\": [\"https://x/y\"]",
            "\ufeff",
            "/*",
            "//",
            "'",
            ",",
            ":",
            "\"message\": \"" + "x".repeat(600) + "\"",
            "[".repeat(200),
            "{\"a\":".repeat(200));

    @Test
    void noneOfAHundredThousandAnswersBreaksARule() {
        Mutations mutations = new Mutations(7, SEEDS, PIECES);
        Random random = new Random(7);

        for (int i = 0; i < 100_000; i++) {
            byte[] body = mutations.next();
            int status = STATUS[random.nextInt(STATUS.length)];
            check(i, status, body);
        }
    }

    private static void check(int number, int status, byte[] body) {
        try {
            AnswerRules.check(status, body);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("Answer " + number + ", HTTP " + status + ": " + new String(body), e);
        }
    }

    @Test
    void whatIsNestedDeeplyIsReadOrNot() {
        for (String open : List.of("[", "{\"a\":", "{\"data\":[")) {
            byte[] body = ("{\"id\":\"video_1\",\"x\":" + open.repeat(200_000)).getBytes();

            assertThatCode(() -> AnswerRules.check(200, body)).doesNotThrowAnyException();
            assertThatCode(() -> AnswerRules.check(500, body)).doesNotThrowAnyException();
        }
    }

    @Test
    void aNumberOfAMillionDigitsIsReadOrNot() {
        char[] digits = new char[1_000_000];
        Arrays.fill(digits, '9');
        byte[] body = ("{\"id\":\"video_1\",\"expires_at\":" + new String(digits) + "}").getBytes();

        assertThatCode(() -> AnswerRules.check(200, body)).doesNotThrowAnyException();
    }
}

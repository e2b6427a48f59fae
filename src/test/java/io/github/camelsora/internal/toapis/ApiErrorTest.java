package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiErrorTest {

    @Test
    void aNumberIsACode() {
        ApiError error = read("""
                {"error": {"code": 401, "message": "Authentication failed, please check your API key",
                 "type": "authentication_error"}}""");

        assertThat(error).isEqualTo(new ApiError("401", "Authentication failed, please check your API key"));
    }

    @Test
    void aWordIsACode() {
        ApiError error = read("""
                {"error": {"code": "rate_limit_exceeded", "message": "Async task request rate exceeded"}}""");

        assertThat(error).isEqualTo(new ApiError("rate_limit_exceeded", "Async task request rate exceeded"));
    }

    @Test
    void theFlatShapeIsRead() {
        ApiError error = read("""
                {"code": "task_not_exist", "message": "No such task", "data": null}""");

        assertThat(error).isEqualTo(new ApiError("task_not_exist", "No such task"));
    }

    @Test
    void theWordsOfAnUpstreamAreFoundInsideTheMessage() {
        ApiError error = read("""
                {"error": {"code": 500, "message": "{\\"error\\": {\\"code\\": \\"content_policy_violation\\",\
                 \\"message\\": \\"No celebrities\\"}}", "type": "upstream_error"}}""");

        assertThat(error).isEqualTo(new ApiError("content_policy_violation", "No celebrities"));
    }

    @Test
    void anUpstreamWithoutACodeKeepsTheOuterOne() {
        ApiError error = read("""
                {"error": {"code": "invalid_request", "message": "{\\"message\\": \\"No celebrities\\"}"}}""");

        assertThat(error).isEqualTo(new ApiError("invalid_request", "No celebrities"));
    }

    @Test
    void aMessageThatOnlyLooksLikeJsonIsTheMessage() {
        ApiError error = read("""
                {"error": {"code": "invalid_request", "message": "{prompt} is empty"}}""");

        assertThat(error.message()).isEqualTo("{prompt} is empty");
    }

    @Test
    void aPageOfAProxyIsReadAsItsText() {
        ApiError error = read("""
                <html><head><title>502 Bad Gateway</title><style>h1 {color: red}</style></head>
                <body><script>alert(1)</script><h1>502 Bad Gateway</h1><hr>nginx</body></html>""");

        assertThat(error).isEqualTo(new ApiError(null, "502 Bad Gateway 502 Bad Gateway nginx"));
    }

    @Test
    void plainTextIsTheMessage() {
        ApiError error = read("upstream connect error");

        assertThat(error).isEqualTo(new ApiError(null, "upstream connect error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n", "<html></html>", "{}", "{\"error\": null}", "{\"error\": {}}"})
    void anAnswerThatSaysNothingHasNoWords(String body) {
        ApiError error = read(body);

        assertThat(error).isEqualTo(new ApiError(null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "42",
                "\"text\"",
                "[]",
                "[{\"error\": 1}]",
                "{\"error\": \"in plain text\"}",
                "{\"error\": [1, 2]}",
                "{\"error\": {\"code\": {}, \"message\": []}}",
                "{\"error\": {\"code\": null, \"message\": {\"deep\": 1}}}",
                "{\"code\": true, \"message\": 1.5}",
                "{\"error\": {\"message\": \"{\\\"error\\\"",
                "{\"error\": {\"error\": {\"error\": {}}}}",
            })
    void oddShapesAreRead(String body) {
        assertThatCode(() -> read(body).toString()).doesNotThrowAnyException();
    }

    @Test
    void jsonNestedWithoutEndIsRead() {
        String body = "{\"message\": " + "[".repeat(100_000);

        assertThatCode(() -> read(body)).doesNotThrowAnyException();
    }

    @Test
    void anErrorNestedManyTimesIsRead() {
        String body = "{}";
        for (int depth = 0; depth < 8; depth++) {
            body = Json.write(Map.of("message", body));
        }
        String nested = body;

        assertThatCode(() -> read(nested)).doesNotThrowAnyException();
    }

    @RepeatedTest(20)
    void garbageIsRead(RepetitionInfo repetition) {
        byte[] garbage = new byte[5000];
        new Random(repetition.getCurrentRepetition()).nextBytes(garbage);

        assertThatCode(() -> ApiError.ofBody(garbage)).doesNotThrowAnyException();
    }

    @Test
    void aLongMessageIsCutToWhatALogBears() {
        ApiError error = read("{\"message\": \"" + "x".repeat(100_000) + "\"}");

        assertThat(error.message()).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": \"x\", \"message\": \"Cannot read https://f.test/x.mp4?sig=s3cret&a=b\"}}",
                "{\"error\": {\"code\": \"https://f.test/x.mp4?sig=s3cret\", \"message\": \"No\"}}",
                "{\"error\": {\"message\": \"{\\\"message\\\": \\\"https://f.test/x.mp4?sig=s3cret\\\"}\"}}",
                "{\"error\": {\"message\": \"{\\\"url\\\": \\\"https://f.test/x.mp4?sig=s3cret\\\"}\"}}",
                "{\"error\": {\"message\": \"cut https:\\/\\/f.test\\/x.mp4?sig=s3cret",
                "<p>https://f.test/x.mp4?sig=s3cret</p>",
                "Authorization: Bearer s3cret",
            })
    void secretsDoNotSurvive(String body) {
        ApiError error = read(body);

        assertThat(error.toString()).doesNotContain("s3cret");
    }

    private static ApiError read(String body) {
        return ApiError.ofBody(body.getBytes(StandardCharsets.UTF_8));
    }
}

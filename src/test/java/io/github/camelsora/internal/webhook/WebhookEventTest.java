package io.github.camelsora.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.toapis.BaseUrl;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a genuine body says is read as the contract has it, and what is no event is no reason to stumble. */
class WebhookEventTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");
    private static final String COMPLETED = """
            {"id": "evt_01abcdef", "type": "generation.completed", "api_version": "v1", "created_at": 1783953302,
             "data": {"task_id": "tsk_01abcdef", "client_business_id": "order_123", "task_type": "video", "model": "sora-2",
                      "status": "SUCCESS", "progress": "100%",
                      "result": {"type": "video", "data": [{"url": "https://files.toapis.com/x.mp4"}]},
                      "error": null, "submitted_at": 1783953000, "finished_at": 1783953300}}
            """;
    private static final String FAILED = """
            {"id": "evt_01abcdef", "type": "generation.failed",
             "data": {"task_id": "tsk_01abcdef", "status": "FAILURE", "progress": "100%", "result": null,
                      "error": {"code": "generation_failed", "message": "It is refused"}}}
            """;

    private static Optional<WebhookEvent> read(String body) {
        return WebhookEvent.read(body.getBytes(StandardCharsets.UTF_8), BASE);
    }

    @Test
    void theExampleOfTheVendorIsACompletedTask() {
        WebhookEvent event = read(COMPLETED).orElseThrow();

        assertThat(event.type()).isEqualTo("generation.completed");
        assertThat(event.isConsistentCompletion()).isTrue();
        assertThat(event.isTest()).isFalse();
        assertThat(event.task().id()).isEqualTo("tsk_01abcdef");
        assertThat(event.task().key()).isEqualTo("order_123");
        assertThat(event.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(event.task().videoUrl()).isEqualTo("https://files.toapis.com/x.mp4");
    }

    @Test
    void aFailureSaysWhy() {
        WebhookEvent event = read(FAILED).orElseThrow();

        assertThat(event.isConsistentCompletion()).isTrue();
        assertThat(event.task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(event.task().toString()).contains("It is refused");
    }

    @Test
    void theTrialOfTheVendorEndsNothing() {
        WebhookEvent event = read("{\"type\":\"endpoint.test\",\"data\":{\"task_id\":\"endpoint_test\","
                        + "\"status\":\"SUCCESS\",\"result\":{\"data\":[{\"url\":\"https://files.toapis.com/x.mp4\"}]}}}")
                .orElseThrow();

        assertThat(event.isTest()).isTrue();
        assertThat(event.isConsistentCompletion()).isFalse();
        assertThat(event.reportsCompletion()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "generation.failed, generation.completed",
        "FAILURE, SUCCESS",
        "FAILURE, IN_PROGRESS",
        "FAILURE, whatever",
        "tsk_01abcdef, ''",
        "generation.failed, generation.archived",
        "generation.failed, endpoint.test",
        "generation.failed, ''",
    })
    void whatDoesNotAgreeIsNoResultOnAFailure(String part, String other) {
        assertThat(read(FAILED.replace(part, other)).orElseThrow().isConsistentCompletion())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "generation.completed, generation.failed",
        "SUCCESS, FAILURE",
        "SUCCESS, IN_PROGRESS",
        "https://files.toapis.com/x.mp4, ''",
    })
    void whatDoesNotAgreeIsNoResultOnACompletion(String part, String other) {
        assertThat(read(COMPLETED.replace(part, other)).orElseThrow().isConsistentCompletion())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":null,\"data\":null}",
                "{\"type\":7,\"data\":7}",
                "{\"type\":{},\"data\":[]}",
                "{\"type\":\"generation.completed\"}",
                "{\"type\":\"generation.completed\",\"data\":\"x\"}",
                "{\"type\":\"generation.completed\",\"data\":{}}",
                "{\"type\":\"generation.completed\",\"data\":{\"task_id\":null}}",
                "{\"type\":\"generation.completed\",\"data\":{\"task_id\":{\"a\":1},\"status\":[],\"result\":\"x\"}}",
                "{\"type\":\"generation.completed\",\"data\":{\"task_id\":\"t\",\"status\":\"SUCCESS\",\"result\":[1,{\"data\":2}]}}",
                "{\"type\":\"generation.failed\",\"data\":{\"status\":\"FAILURE\",\"error\":[[]]}}",
            })
    void anObjectOfAnyFormIsReadAndEndsNothing(String body) {
        WebhookEvent event = read(body).orElseThrow();

        assertThat(event.type()).isNotNull();
        assertThat(event.isConsistentCompletion()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "7",
                "\"text\"",
                "[]",
                "[{\"type\":\"generation.completed\"}]",
                "{",
                "{\"type\":",
                "{\"type\":\"generation.completed\"",
                "{'type':'generation.completed'}",
                "{type:1}",
                "<event/>",
                "type=generation.completed&data=x",
                "\u0000",
                "{\"a\":1e}",
            })
    void whatIsNoJsonObjectIsNoEvent(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void whatStandsBehindTheObjectMakesItNoEvent() {
        assertThat(read(COMPLETED + "{}")).isEmpty();
        assertThat(read(COMPLETED + "x")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreNoEvent() {
        byte[] body = COMPLETED.getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xff;

        assertThat(WebhookEvent.read(body, BASE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aDeepBodyIsNoEventAndOverflowsNothing(String open) {
        String deep = open.repeat(10_000) + "1" + (open.equals("[") ? "]" : "}").repeat(10_000);

        assertThat(read(deep)).isEmpty();
        assertThat(read("{\"type\":\"generation.completed\",\"data\":" + deep + "}"))
                .isEmpty();
    }

    @Test
    void aNumberWithoutEndHoldsNothingUp() {
        assertThat(read("{\"created_at\":" + "9".repeat(500_000) + "}")).isEmpty();
    }
}

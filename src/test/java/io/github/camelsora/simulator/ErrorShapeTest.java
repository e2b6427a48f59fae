package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ErrorShapeTest extends SimulatorTest {

    @Test
    void theErrorOfALimitHasTheDocumentedShape() throws Exception {
        simulator().on(Call.STATUS).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        HttpResponse<String> answer = status("any");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer)).isEqualTo(json("""
                {"error": {"code": "rate_limit_exceeded", "message": "Async task request rate exceeded"}}"""));
    }

    @Test
    void theCodeCanBeANumber() throws Exception {
        simulator().errorShape(ErrorShape.NUMBER);

        assertThat(json(status("t"))).isEqualTo(json("""
                {"error": {"code": 404, "message": "Task t not found", "type": "invalid_request_error"}}"""));
    }

    @Test
    void theCodeCanBeAWord() throws Exception {
        simulator().errorShape(ErrorShape.WORD).revokeApiKey(simulator().apiKey());

        assertThat(json(status("t")).at("/error/code").textValue()).isEqualTo("unauthorized");
    }

    @Test
    void theFlatShapeHasTheCodesOfItsGateways() throws Exception {
        simulator().errorShape(ErrorShape.FLAT).credits(0);

        HttpResponse<String> unknown = status("t");
        HttpResponse<String> poor = remix(PUPPY);

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown)).isEqualTo(json("""
                {"code": "task_not_exist", "message": "Task t not found", "data": null}"""));
        assertThat(poor.statusCode()).isEqualTo(403);
        assertThat(json(poor).get("code").textValue()).isEqualTo("quota_not_enough");
    }

    @Test
    void theErrorOfAnUpstreamServiceIsInsideTheMessage() throws Exception {
        simulator().errorShape(ErrorShape.NESTED);

        String message = json(status("t")).at("/error/message").textValue();

        assertThat(json(message).at("/error/code").textValue()).isEqualTo("task_not_found");
    }

    @Test
    void aProxyAnswersHtml() throws Exception {
        simulator().errorShape(ErrorShape.HTML);

        HttpResponse<String> answer = status("t");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(answer.body()).startsWith("<html>");
    }
}

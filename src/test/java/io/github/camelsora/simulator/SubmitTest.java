package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitTest extends SimulatorTest {

    @Test
    void theAnswerToARemixHasTheDocumentedShape() throws Exception {
        HttpResponse<String> answer = remix(PUPPY);

        String id = json(answer).get("id").textValue();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(answer)).isEqualTo(json("""
                {"id": "%s", "object": "generation.task", "model": "sora-2", "status": "queued", "progress": 0,
                 "created_at": 1768392000, "metadata": {"size": "1280x720"}}""".formatted(id)));
    }

    @Test
    void theVideoEnvelopeNamesItsSource() throws Exception {
        simulator().envelope(Envelope.VIDEO);
        String source = simulator().addSource("video_1");

        HttpResponse<String> answer = remix(source, PUPPY);

        String id = json(answer).get("id").textValue();
        assertThat(json(answer)).isEqualTo(json("""
                {"id": "%s", "object": "video", "model": "sora-2", "status": "queued", "progress": 0,
                 "created_at": 1768392000, "remixed_from_video_id": "video_1", "seconds": "15", "size": "1280x720"}""".formatted(id)));
    }

    @Test
    void theOlderEnvelopeHasItsTaskInAList() throws Exception {
        simulator().envelope(Envelope.DATA_LIST);

        HttpResponse<String> answer = remix(PUPPY);

        String id = json(answer).at("/data/0/task_id").textValue();
        assertThat(json(answer))
                .isEqualTo(json(
                        "{\"code\": 200, \"data\": [{\"status\": \"submitted\", \"task_id\": \"%s\"}]}".formatted(id)));
        assertThat(simulator().task(id).state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void theAnswerCanHaveTheTaskIdInEitherFieldOrBoth() throws Exception {
        simulator().idField(IdField.BOTH);
        HttpResponse<String> both = remix(PUPPY);
        simulator().idField(IdField.TASK_ID);
        HttpResponse<String> instead = remix(PUPPY);

        assertThat(json(both).get("task_id")).isEqualTo(json(both).get("id")).isNotNull();
        assertThat(json(instead).has("id")).isFalse();
        assertThat(simulator().task(json(instead).get("task_id").textValue())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in_progress", ""})
    void theStatusWordOfTheAnswerCanBeConfigured(String word) throws Exception {
        simulator().submitStatus(word);

        assertThat(json(remix(PUPPY)).get("status").textValue()).isEqualTo(word);
    }

    @Test
    void aSubmitWithoutAKeyIsRejected() throws Exception {
        String url = simulator().baseUrl() + "/v1/videos/" + simulator().addSource() + "/remix";

        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(PUPPY)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer)).isEqualTo(json("""
                {"error": {"code": 401, "message": "Authentication failed, please check your API key",
                 "type": "authentication_error"}}"""));
        assertThat(simulator().books().submitsAccepted()).isZero();
    }

    @Test
    void aRevokedKeyIsRejectedAndAnotherKeyOfTheAccountFindsTheTask() throws Exception {
        String task = acceptedRemix(PUPPY);
        simulator().addApiKey("sk-next").revokeApiKey(simulator().apiKey());

        HttpResponse<String> old = status(task);
        HttpResponse<String> next =
                send(call("/v1/videos/generations/" + task).setHeader("Authorization", "Bearer sk-next"));

        assertThat(old.statusCode()).isEqualTo(401);
        assertThat(next.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{\"prompt\": \"x\"} trailing",
                "{\"model\": \"sora-2\"}",
                "{\"model\": \"sora-2\", \"prompt\": \" \"}",
                "{\"model\": 2, \"prompt\": \"x\"}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"duration\": 25}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"duration\": \"15\"}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"duration\": 10.5}",
                "{\"model\": \"sora-2-pro\", \"prompt\": \"x\", \"duration\": 10}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"aspect_ratio\": \"4:3\"}",
                "{\"model\": \"grok-video-1.0\", \"prompt\": \"x\", \"aspect_ratio\": \"1:1\"}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"metadata\": {\"n\": 5}}",
                "{\"model\": \"sora-2\", \"prompt\": \"x\", \"client_business_id\": 7}"
            })
    void anInvalidRemixIsRejectedAndCostsNothing(String body) throws Exception {
        HttpResponse<String> answer = remix(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("invalid_request");
        assertThat(simulator().books().submitsReceived()).isEqualTo(1);
        assertThat(simulator().books().charged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"x\"}",
                "{\"model\": \"sora-2-pro\", \"prompt\": \"x\", \"duration\": 25}",
                "{\"model\": \"sora-2-vip\", \"prompt\": \"x\", \"duration\": 7}",
                "{\"model\": \"sora-2-official\", \"prompt\": \"x\"}",
                "{\"model\": \"grok-video-1.0\", \"prompt\": \"x\", \"size\": \"720p\", \"aspect_ratio\": \"9:16\"}",
                "{\"model\": \"sora-9\", \"prompt\": \"x\", \"duration\": 99, \"aspect_ratio\": \"4:3\"}"
            })
    void aValidRemixAndAnUnknownModelAreAccepted(String body) throws Exception {
        assertThat(remix(body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"x\"}",
                "{\"model\": \"sora-2-vvip\", \"prompt\": \"x\", \"duration\": 10}",
                "{\"model\": \"sora-2-official\", \"prompt\": \"x\", \"duration\": 5}",
                "{\"model\": \"sora-2-vvip\", \"prompt\": \"x\", \"image_urls\": \"https://example.org/a.png\"}",
                "{\"model\": \"sora-2-vvip\", \"prompt\": \"x\", \"thumbnail\": \"yes\"}"
            })
    void anInvalidGenerationIsRejected(String body) throws Exception {
        assertThat(generate(body).statusCode()).isEqualTo(400);
    }

    @Test
    void aGenerationCanBeRemixedOnceItIsCompleted() throws Exception {
        String source = json(generate("{\"model\": \"sora-2-vvip\", \"prompt\": \"A street\", \"duration\": 8}"))
                .get("id")
                .textValue();

        HttpResponse<String> early = remix(source, PUPPY);
        simulator().complete(source);
        HttpResponse<String> late = remix(source, PUPPY);

        assertThat(early.statusCode()).isEqualTo(400);
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(simulator().task(json(late).get("id").textValue()).sourceId())
                .isEqualTo(source);
    }

    @Test
    void aRemixCanBeRemixed() throws Exception {
        String first = acceptedRemix(PUPPY);
        simulator().complete(first);

        assertThat(remix(first, PUPPY).statusCode()).isEqualTo(200);
    }

    @Test
    void anUnknownSourceIsNotFound() throws Exception {
        HttpResponse<String> answer = remix("video_unknown", PUPPY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("task_not_found");
    }

    @Test
    void aPrivateSourceIsRejected() throws Exception {
        String source = json(generate("""
                {"model": "sora-2-vvip", "prompt": "A street", "metadata": {"private": true}}""")).get("id").textValue();
        simulator().complete(source);

        HttpResponse<String> answer = remix(source, PUPPY);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("private");
    }

    @Test
    void aRejectedPromptIsNotCharged() throws Exception {
        HttpResponse<String> answer = remix("{\"prompt\": \"Please [refuse] this\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("content_policy_violation");
        assertThat(simulator().books().charged()).isZero();
    }

    @Test
    void aCallbackUrlIsRejectedWhileWebhooksAreOff() throws Exception {
        HttpResponse<String> answer = remix("{\"prompt\": \"x\", \"callback_url\": \"https://example.org/hook\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("webhook_not_configured");
    }

    @Test
    void theErrorOfARejectedClientBusinessIdNamesTheField() throws Exception {
        simulator().lookup(LookUp.REJECT);

        HttpResponse<String> with = remix("{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}");
        HttpResponse<String> without = remix(PUPPY);

        assertThat(with.statusCode()).isEqualTo(400);
        assertThat(json(with).at("/error/message").textValue()).contains("client_business_id");
        assertThat(without.statusCode()).isEqualTo(200);
    }

    @Test
    void answersRepeatTheClientBusinessIdOnlyIfTheyAreSetTo() throws Exception {
        String body = "{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}";

        String plain = json(remix(body)).toString();
        simulator().echo(true);
        JsonNode repeated = json(remix(body));
        JsonNode status = json(status(repeated.get("id").textValue()));

        assertThat(plain).doesNotContain("order-1");
        assertThat(repeated.get("client_business_id").textValue()).isEqualTo("order-1");
        assertThat(status.get("client_business_id").textValue()).isEqualTo("order-1");
    }

    @Test
    void theOlderEnvelopeRepeatsItInItsTask() throws Exception {
        simulator().echo(true).envelope(Envelope.DATA_LIST);

        JsonNode answer = json(remix("{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}"));

        assertThat(answer.at("/data/0/client_business_id").textValue()).isEqualTo("order-1");
    }

    @Test
    void anIgnoredClientBusinessIdIsNotRepeated() throws Exception {
        simulator().echo(true).lookup(LookUp.OFF);

        JsonNode answer = json(remix("{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}"));

        assertThat(answer.has("client_business_id")).isFalse();
    }
}

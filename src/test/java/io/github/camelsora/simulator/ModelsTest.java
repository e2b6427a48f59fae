package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest extends SimulatorTest {

    @Test
    void theListHasTheDocumentedShape() throws Exception {
        simulator().models("grok-video-1.0");

        HttpResponse<String> answer = get("/v1/models?type=video");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(json("""
                {"success": true, "object": "list", "data": [{"id": "grok-video-1.0", "object": "model",
                 "created": 1626777600, "owned_by": "custom", "supported_endpoint_types": ["openai-video"]}]}"""));
    }

    @Test
    void withoutATypeOnlyTextModelsAreListed() throws Exception {
        String all = get("/v1/models").body();

        assertThat(json(all).get("data").findValuesAsText("id")).containsExactly("gpt-4o");
    }

    @Test
    void byDefaultTheModelsOfTheCatalogueAreListed() throws Exception {
        String answer = get("/v1/models?type=video").body();

        assertThat(json(answer).get("data").findValuesAsText("id")).contains("sora-2", "grok-video-1.0");
    }

    @Test
    void aQueryOfModelsCanFailAndIsCounted() throws Exception {
        simulator().on(Call.MODELS).answer(500, "{}");

        HttpResponse<String> answer = get("/v1/models?type=video");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(simulator().books().modelCalls()).isEqualTo(1);
        assertThat(simulator().books().otherCalls()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "CODE, 404, model_not_found, The model 'sora-2' does not exist or you do not have access to it",
                "MESSAGE, 400, invalid_request, Model not found: sora-2",
                "NO_CHANNEL, 503, model_not_found, No available channel for model sora-2 under group default (distributor)"
            })
    void aSubmitForAModelThatHasEndedIsRejectedAndCostsNothing(EndedModel form, int status, String code, String message)
            throws Exception {
        simulator().endModel("sora-2", form);

        HttpResponse<String> answer = remix(PUPPY);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer)).isEqualTo(json("""
                {"error": {"code": "%s", "message": "%s"}}""".formatted(code, message)));
        assertThat(simulator().books().submitsReceived()).isEqualTo(1);
        assertThat(simulator().books().charged()).isZero();
    }

    @Test
    void aModelThatHasEndedIsAlsoTheDefaultOfARemix() throws Exception {
        simulator().endModel("sora-2", EndedModel.CODE);

        assertThat(remix("{\"prompt\": \"Add a puppy\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyTheModelThatHasEndedIsAffected() throws Exception {
        String running = acceptedRemix(PUPPY);
        simulator().models("sora-2", "sora-2-pro").endModel("sora-2", EndedModel.CODE);

        HttpResponse<String> other = remix("{\"model\": \"sora-2-pro\", \"prompt\": \"Add a puppy\"}");
        String listed = get("/v1/models?type=video").body();
        simulator().complete(running);

        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(json(listed).get("data").findValuesAsText("id")).containsExactly("sora-2-pro");
        assertThat(json(status(running)).get("status").textValue()).isEqualTo("completed");
    }

    @Test
    void afterAResetNoModelHasEnded() throws Exception {
        simulator().endModel("sora-2", EndedModel.CODE);

        simulator().reset();

        assertThat(remix(PUPPY).statusCode()).isEqualTo(200);
    }
}

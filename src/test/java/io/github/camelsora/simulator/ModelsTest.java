package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

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
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendTest extends SimulatorTest {

    private static final String JUMP = "{\"model\": \"grok-video-1.0\", \"prompt\": \"The cat jumps\"}";

    private HttpResponse<String> extend(String source, String body) throws Exception {
        return send(call("/v1/videos/" + source + "/extend").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aContinuationIsATaskThatIsPaidLikeARemix() throws Exception {
        String source = simulator().addSource();

        HttpResponse<String> answer = extend(source, JUMP);

        String id = json(answer).get("id").textValue();
        assertThat(json(answer)).isEqualTo(json("""
                {"id": "%s", "object": "generation.task", "model": "grok-video-1.0", "status": "queued", "progress": 0,
                 "created_at": 1768392000, "metadata": {"size": "1280x720"}}""".formatted(id)));
        assertThat(simulator().task(id))
                .returns(Call.SUBMIT_EXTEND, SimulatedTask::call)
                .returns(source, SimulatedTask::sourceId);
        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
        assertThat(simulator().books().charged()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"The cat jumps\"}",
                "{\"model\": \"grok-video-1.0\"}",
                "{\"model\": \"grok-video-1.0\", \"prompt\": \"x\", \"aspect_ratio\": \"1:1\"}"
            })
    void anInvalidContinuationIsRejectedAndCostsNothing(String body) throws Exception {
        HttpResponse<String> answer = extend(simulator().addSource(), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(simulator().books().charged()).isZero();
    }

    @Test
    void anUnknownVideoCannotBeContinued() throws Exception {
        HttpResponse<String> answer = extend("video_unknown", JUMP);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/code").textValue()).isEqualTo("task_not_found");
    }

    @Test
    void aRuleForContinuationsLeavesRemixesAlone() throws Exception {
        simulator().on(Call.SUBMIT_EXTEND).answer(500, "{}");
        String source = simulator().addSource();

        assertThat(extend(source, JUMP).statusCode()).isEqualTo(500);
        assertThat(remix(source, JUMP).statusCode()).isEqualTo(200);
    }
}

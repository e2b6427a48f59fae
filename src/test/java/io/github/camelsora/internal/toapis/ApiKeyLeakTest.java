package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.simulator.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that repeats the API key in its answers does not get it into exceptions, tasks or logs. */
class ApiKeyLeakTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 422, 429, 500, 503})
    void anAnswerThatRepeatsTheApiKeyDoesNotCarryItOn(int status) {
        String echo = "{\"error\": {\"message\": \"Incorrect API key: %s\"}}".formatted(simulator.apiKey());
        simulator.on(Call.SUBMIT).answer(status, echo);

        SubmitAnswer answer = submit(client());

        assertThat(words(answer)).contains("Incorrect API key").doesNotContain(simulator.apiKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 429, 500})
    void anAnswerToAQueryThatRepeatsTheApiKeyDoesNotCarryItOn(int status) {
        String echo = "{\"error\": {\"message\": \"Incorrect API key: %s\"}}".formatted(simulator.apiKey());
        simulator.on(Call.STATUS).answer(status, echo);

        QueryAnswer answer = client().query("video_source");

        assertThat(answer.failure())
                .hasMessageContaining("Incorrect API key")
                .hasMessageNotContaining(simulator.apiKey());
    }

    @Test
    void aFailedTaskThatRepeatsTheApiKeyDoesNotCarryItOn() {
        String task = simulator.addTask();
        simulator.fail(task, "generation_failed", "Cannot read the source by " + simulator.apiKey());

        QueryAnswer answer = client().query(task);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Found.class))
                .extracting(found -> TaskJson.write(found.task()))
                .asString()
                .contains("Cannot read the source")
                .doesNotContain(simulator.apiKey());
    }

    @Test
    void aRejectedBalanceThatRepeatsTheApiKeyDoesNotCarryItOn() {
        simulator
                .on(Call.BALANCE)
                .answer(200, "{\"success\": false, \"message\": \"No such key: %s\"}".formatted(simulator.apiKey()));

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> client().balance())
                .withMessageContaining("No such key")
                .withMessageNotContaining(simulator.apiKey());
    }

    @Test
    void aClientDoesNotPrintItsKey() {
        assertThat(client().toString()).doesNotContain(simulator.apiKey());
    }
}

package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.ModelInfo;
import io.github.camelsora.api.ServiceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListReaderTest {

    @Test
    void theDocumentedAnswerIsRead() {
        List<ModelInfo> models = read(200, """
                {"success": true, "object": "list", "data": [{"id": "grok-video-1.0", "object": "model",
                 "created": 1626777600, "owned_by": "custom", "supported_endpoint_types": ["openai-video"], "tier": 2}]}""");

        assertThat(models)
                .containsExactly(new ModelInfo(
                        "grok-video-1.0",
                        Instant.parse("2021-07-20T10:40:00Z"),
                        "custom",
                        List.of("openai-video"),
                        Map.of(
                                "id",
                                "grok-video-1.0",
                                "object",
                                "model",
                                "created",
                                1626777600,
                                "owned_by",
                                "custom",
                                "supported_endpoint_types",
                                List.of("openai-video"),
                                "tier",
                                2)));
    }

    @Test
    void anEmptyListIsAnAnswer() {
        assertThat(read(200, "{\"success\": true, \"data\": []}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"a\"}",
                "{\"id\": \"a\", \"created\": \"soon\", \"owned_by\": 5, \"supported_endpoint_types\": \"none\"}",
                "{\"id\": \"a\", \"created\": null, \"owned_by\": null, \"supported_endpoint_types\": null}",
                "{\"id\": \"a\", \"created\": 9223372036854775807, \"owned_by\": {}, \"supported_endpoint_types\": [1, null]}",
                "{\"id\": \"a\", \"created\": 1e400, \"supported_endpoint_types\": {}}"
            })
    void anUnusableFieldCountsAsMissing(String entry) {
        List<ModelInfo> models = read(200, "{\"data\": [" + entry + "]}");

        assertThat(models).singleElement().satisfies(model -> {
            assertThat(model.id()).isEqualTo("a");
            assertThat(model.created()).isNull();
            assertThat(model.ownedBy()).isNull();
            assertThat(model.endpointTypes()).isEmpty();
        });
    }

    @Test
    void anEntryWithoutANameIsLeftOut() {
        List<ModelInfo> models =
                read(200, "{\"data\": [null, 5, \"b\", {}, {\"id\": 7}, {\"id\": \" \"}, {\"id\": \"a\"}]}");

        assertThat(models).extracting(ModelInfo::id).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "<html>",
                "{\"success\": true}",
                "{\"data\": null}",
                "{\"data\": {\"id\": \"a\"}}",
                "{\"data\": \"a\"}",
                "{\"data\": [{\"name\": \"a\"}, \"b\"]}",
                "{\"data\": [{\"id\": \"a\"}]} trailing"
            })
    void whatHoldsNoListIsNone(String body) {
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> read(200, body))
                .withMessageStartingWith("The query of the models was answered with HTTP 200");
    }

    @Test
    void a200ThatSaysNoIsNoList() {
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> read(200, """
                        {"success": false, "message": "record not found", "data": [{"id": "a"}]}"""))
                .withMessageContaining("record not found");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyHasItsException(int status) {
        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> read(status, ""))
                .withMessageContaining("Check the apiKey");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500, 503})
    void anErrorIsNoList(int status) {
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> read(status, "{\"data\": [{\"id\": \"a\"}]}"));
    }

    private static List<ModelInfo> read(int status, String body) {
        return ModelListReader.QUERY.read(new WireAnswer(status, null, null, body.getBytes(StandardCharsets.UTF_8)));
    }
}

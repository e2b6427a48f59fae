package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The answer to a query of the models: those for videos with {@code type=video}, and those for texts without a type. */
final class ModelsAnswer {
    private static final String CATALOG = "/io/github/camelsora/models.json";
    private static final long CREATED = 1_626_777_600;

    private ModelsAnswer() {}

    /** The models of the catalogue in the jar; none where the simulator runs without that. */
    static List<String> shipped() {
        try (InputStream catalog = ModelsAnswer.class.getResourceAsStream(CATALOG)) {
            List<String> names = new ArrayList<>();
            if (catalog != null) {
                JsonNode json = Json.read(new String(catalog.readAllBytes(), StandardCharsets.UTF_8));
                json.path("models").fieldNames().forEachRemaining(names::add);
            }
            return List.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode of(ReceivedRequest request, Settings settings) {
        ObjectNode answer = Json.object().put("success", true).put("object", "list");
        ArrayNode data = answer.putArray("data");
        if (isOfVideos(request.target())) {
            settings.models.stream()
                    .filter(model -> !settings.endedModels.containsKey(model))
                    .forEach(model -> add(data, model, "openai-video"));
        } else {
            add(data, "gpt-4o", "openai");
        }
        return answer;
    }

    private static boolean isOfVideos(String target) {
        String query = target.substring(target.indexOf('?') + 1);
        return Arrays.asList(query.split("&")).contains("type=video");
    }

    private static void add(ArrayNode data, String model, String endpointType) {
        data.addObject()
                .put("id", model)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "custom")
                .putArray("supported_endpoint_types")
                .add(endpointType);
    }
}

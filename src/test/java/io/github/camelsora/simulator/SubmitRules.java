package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The documented rules of a submit. The options of an undocumented model are not checked, because models change. */
final class SubmitRules {

    static final String DEFAULT_MODEL = "sora-2";

    private static final Set<String> RATIOS = Set.of("16:9", "9:16", "1:1");

    /** The options of a model. An empty set of durations allows any whole number of seconds. */
    private record Model(Set<Integer> durations, Set<String> ratios) {}

    private static final Map<String, Model> REMIX = Map.of(
            "sora-2", new Model(Set.of(10, 15), RATIOS),
            "sora-2-pro", new Model(Set.of(15, 25), RATIOS),
            "sora-2-vip", new Model(Set.of(), RATIOS),
            "grok-video-1.0", new Model(Set.of(), Set.of("16:9", "9:16")));

    private static final Map<String, Model> EXTEND =
            Map.of("grok-video-1.0", new Model(Set.of(), Set.of("16:9", "9:16")));

    private static final Map<String, Model> GENERATION = Map.of(
            "sora-2", new Model(Set.of(10, 15), RATIOS),
            "sora-2-pro", new Model(Set.of(15, 25), RATIOS),
            "sora-2-vip", new Model(Set.of(), RATIOS),
            "sora-2-vvip", new Model(Set.of(4, 8, 12), RATIOS),
            "sora-2-official", new Model(Set.of(4, 8, 12), RATIOS));

    private SubmitRules() {}

    static ObjectNode read(String body) {
        try {
            if (Json.read(body) instanceof ObjectNode request) {
                return request;
            }
        } catch (IllegalArgumentException e) {
            throw ApiErrorException.invalid("Invalid JSON in the request body");
        }
        throw ApiErrorException.invalid("The request body must be a JSON object");
    }

    static void check(Call call, ObjectNode request) {
        String model = model(call, request);
        if (text(request, "prompt") == null) {
            throw ApiErrorException.invalid("prompt is required");
        }
        Model rules = rulesOf(call).get(model);
        if (rules != null) {
            checkDuration(model, rules, request.get("duration"));
            checkRatio(model, rules, request.get("aspect_ratio"));
        }
        JsonNode count = request.path("metadata").path("n");
        if (!count.isMissingNode() && (!count.isInt() || count.intValue() < 1 || count.intValue() > 4)) {
            throw ApiErrorException.invalid("metadata.n must be an integer from 1 to 4");
        }
        if (request.has("client_business_id") && text(request, "client_business_id") == null) {
            throw ApiErrorException.invalid("client_business_id must be a string that is not empty");
        }
        if (call == Call.SUBMIT_GENERATION) {
            checkImages(request);
        }
    }

    private static Map<String, Model> rulesOf(Call call) {
        return switch (call) {
            case SUBMIT_REMIX -> REMIX;
            case SUBMIT_EXTEND -> EXTEND;
            default -> GENERATION;
        };
    }

    static String model(Call call, ObjectNode request) {
        if (!request.has("model") && call == Call.SUBMIT_REMIX) {
            return DEFAULT_MODEL;
        }
        String model = text(request, "model");
        if (model == null) {
            throw ApiErrorException.invalid("model is required");
        }
        return model;
    }

    private static void checkDuration(String model, Model rules, JsonNode duration) {
        if (duration == null) {
            return;
        }
        if (!duration.isInt() || duration.intValue() < 1) {
            throw ApiErrorException.invalid("duration must be an integer number of seconds");
        }
        if (!rules.durations().isEmpty() && !rules.durations().contains(duration.intValue())) {
            throw ApiErrorException.invalid("duration %d is not supported by %s, use one of %s"
                    .formatted(duration.intValue(), model, new TreeSet<>(rules.durations())));
        }
    }

    private static void checkRatio(String model, Model rules, JsonNode ratio) {
        if (ratio != null && !(ratio.isTextual() && rules.ratios().contains(ratio.textValue()))) {
            throw ApiErrorException.invalid("aspect_ratio %s is not supported by %s, use one of %s"
                    .formatted(ratio, model, new TreeSet<>(rules.ratios())));
        }
    }

    private static void checkImages(ObjectNode request) {
        JsonNode images = request.path("image_urls");
        boolean strings = images.isArray();
        for (JsonNode image : images) {
            strings &= image.isTextual();
        }
        if (!images.isMissingNode() && !strings) {
            throw ApiErrorException.invalid("image_urls must be an array of strings");
        }
        if (request.has("thumbnail") && !request.get("thumbnail").isBoolean()) {
            throw ApiErrorException.invalid("thumbnail must be a boolean");
        }
    }

    static String text(ObjectNode request, String field) {
        JsonNode value = request.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }
}

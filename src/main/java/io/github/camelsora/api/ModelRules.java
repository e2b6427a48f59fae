package io.github.camelsora.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The limits of each model as the vendor's API reference documents them for {@code POST /v1/videos/{video_id}/remix} and {@code
 * POST /v1/videos/generations}. Models change, so one that is not listed here is not checked.
 */
final class ModelRules {
    private static final List<String> ALL_RATIOS = List.of("16:9", "9:16", "1:1");

    /**
     * The limits of one model.
     *
     * @param durations the allowed lengths in seconds; null when not documented, empty when the model has no such field
     * @param aspectRatios the allowed aspect ratios; null when not documented, empty when the model has no such field
     */
    private record Allowed(List<Integer> durations, List<String> aspectRatios) {}

    private static final Map<String, Allowed> REMIX = Map.of(
            "sora-2", new Allowed(List.of(10, 15), ALL_RATIOS),
            "sora-2-pro", new Allowed(List.of(15, 25), ALL_RATIOS),
            "sora-2-vip", new Allowed(null, ALL_RATIOS),
            "sora-2-official", new Allowed(List.of(), List.of()),
            "grok-video-1.0", new Allowed(null, List.of("16:9", "9:16")));

    private static final Map<String, Allowed> NEW_VIDEO = Map.of(
            "sora-2-vvip", new Allowed(List.of(4, 8, 12), null),
            "sora-2-official", new Allowed(List.of(4, 8, 12), null));

    private ModelRules() {}

    static void checkRemix(RemixRequest request) {
        check(request, REMIX);
    }

    static void checkNewVideo(RemixRequest request) {
        check(request, NEW_VIDEO);
    }

    private static void check(RemixRequest request, Map<String, Allowed> rules) {
        Integer duration = request.duration();
        if (duration != null && duration <= 0) {
            throw RemixRequest.badRequest("A duration is a whole number of seconds above 0, not " + duration);
        }
        Allowed allowed = request.model() == null ? null : rules.get(request.model());
        if (allowed == null) {
            return;
        }
        if (allowed.durations() != null) {
            checkOneOf(request.model(), "duration", duration, lengths(allowed.durations()));
        }
        if (allowed.aspectRatios() != null) {
            checkOneOf(request.model(), "aspect ratio", request.aspectRatio(), ratios(allowed.aspectRatios()));
        }
    }

    /** The allowed values, each with its text in messages. */
    private static Map<Object, String> lengths(List<Integer> durations) {
        return durations.stream().collect(Collectors.toMap(d -> d, d -> d + " s", (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<Object, String> ratios(List<String> aspectRatios) {
        return aspectRatios.stream().collect(Collectors.toMap(s -> s, s -> s, (a, b) -> a, LinkedHashMap::new));
    }

    private static void checkOneOf(String model, String what, Object value, Map<Object, String> allowed) {
        if (value == null || allowed.containsKey(value)) {
            return;
        }
        String list = String.join(" or ", allowed.values());
        throw RemixRequest.badRequest(
                allowed.isEmpty()
                        ? "Model " + model + " has no " + what + " here: leave it out (it was " + value + ")"
                        : "Model " + model + " allows the " + what + " " + list + ", not " + value);
    }
}

package io.github.camelsora.internal.models;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of one model for one operation. All fields are named as on the wire; a field that is not named is not checked.
 *
 * @param allowed the values that a field may have
 * @param required the fields that a request must have
 * @param forbidden the fields that a request must not have
 * @param when further rules, by a field and its value
 */
record ModelRules(
        Map<String, List<Object>> allowed,
        List<String> required,
        List<String> forbidden,
        Map<String, Map<String, ModelRules>> when) {

    /** No limit is documented. */
    static final ModelRules NONE = new ModelRules(null, null, null, null);

    ModelRules {
        allowed = allowed == null ? Map.of() : Map.copyOf(allowed);
        required = required == null ? List.of() : List.copyOf(required);
        forbidden = forbidden == null ? List.of() : List.copyOf(forbidden);
        when = when == null ? Map.of() : Map.copyOf(when);
        allowed.forEach(ModelRules::checkValues);
    }

    private static void checkValues(String field, List<Object> values) {
        if (values.isEmpty() || !values.stream().allMatch(ModelRules::isPlain)) {
            throw new IllegalArgumentException("allowed lists the texts or numbers that " + field
                    + " may be, at least one, not " + values + "; a field that a model does not have is forbidden");
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number;
    }

    /**
     * Why a request does not keep to the limits.
     *
     * @param model the name of the model, for the message
     * @param fields the fields of the request
     * @return the reason; empty when it keeps to them
     */
    Optional<String> violation(String model, Map<String, Object> fields) {
        return Stream.of(
                        forbidden.stream()
                                .filter(fields::containsKey)
                                .map(field -> "Model " + model + " has no " + inWords(field)
                                        + " here: leave it out (it was " + fields.get(field) + ")"),
                        required.stream()
                                .filter(field -> isMissing(fields.get(field)))
                                .map(field -> "Model " + model + " needs the field " + field),
                        fields.entrySet().stream()
                                .filter(field -> !isAllowed(field.getKey(), field.getValue()))
                                .map(field -> "Model " + model + " allows the " + inWords(field.getKey()) + " "
                                        + valuesOf(field.getKey()) + ", not " + field.getValue()),
                        fields.entrySet().stream()
                                .map(field -> rulesFor(field.getKey(), field.getValue()))
                                .filter(Objects::nonNull)
                                .flatMap(rules -> rules.violation(model, fields).stream()))
                .flatMap(reasons -> reasons)
                .findFirst();
    }

    private static boolean isMissing(Object value) {
        return value == null || value.toString().isBlank();
    }

    /** A value that is no text or number, say a list, has a form of its own, which is not checked. */
    private boolean isAllowed(String field, Object value) {
        List<Object> values = allowed.get(field);
        return values == null
                || !isPlain(value)
                || values.stream().anyMatch(one -> one.toString().equals(value.toString()));
    }

    private ModelRules rulesFor(String field, Object value) {
        return when.getOrDefault(field, Map.of()).get(String.valueOf(value));
    }

    /** Whether the limits allow a length that would be none, such as -1 for a length that the model chooses. */
    boolean namesDuration(Object duration) {
        return allowed.containsKey("duration") && isAllowed("duration", duration);
    }

    private String valuesOf(String field) {
        String unit = field.equals("duration") ? " s" : "";
        return allowed.get(field).stream().map(value -> value + unit).collect(Collectors.joining(" or "));
    }

    private static String inWords(String field) {
        return field.replace('_', ' ');
    }
}

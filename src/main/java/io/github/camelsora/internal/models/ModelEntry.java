package io.github.camelsora.internal.models;

import io.github.camelsora.internal.toapis.SubmitOperation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * What the catalogue says of one model.
 *
 * @param state whether it is there
 * @param ended the day of its end, as {@code 2026-09-24}; null while it is there or when the day is not known
 * @param successors the models that take its place
 * @param operations its limits, by the operations that it is documented for
 * @param price what one video costs, in credits, or credits a second as {@code 0.8/s}; null when not known
 * @param prices the same for videos of a length in seconds
 * @param note what to know of it
 * @param page where it is documented
 */
record ModelEntry(
        State state,
        String ended,
        List<String> successors,
        Map<String, ModelRules> operations,
        String price,
        Map<String, String> prices,
        String note,
        String page) {

    /** Whether a model is there. */
    enum State {
        /** It is documented. */
        available,
        /** It is documented, and may have ended all the same. It is not refused. */
        uncertain,
        /** It has ended, and a request for it is refused before it is sent. */
        ended
    }

    ModelEntry {
        state = state == null ? State.available : state;
        successors = successors == null ? List.of() : successors;
        operations = operations == null ? Map.of() : operations;
        prices = prices == null ? Map.of() : prices;
        operations.keySet().forEach(SubmitOperation::of);
        if (ended != null) {
            checkDay(ended);
        }
    }

    private static void checkDay(String day) {
        try {
            LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("ended is a day such as 2026-09-24, not '" + day + "'", e);
        }
    }

    ModelRules rules(SubmitOperation operation) {
        return operations.getOrDefault(operation.word(), ModelRules.NONE);
    }

    /** Why it is refused, if it has ended. */
    String endInWords(String name) {
        return "Model " + name + " has ended" + (ended == null ? "" : " on " + ended)
                + (successors.isEmpty() ? "" : ". In its place there is " + String.join(" or ", successors));
    }
}

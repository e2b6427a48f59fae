package io.github.camelsora.internal.models;

import io.github.camelsora.internal.spend.CreditPrices.CreditPrice;
import io.github.camelsora.internal.toapis.SubmitOperation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the catalogue says of one model.
 *
 * @param state whether it is there
 * @param ended the day of its end, as {@code 2026-09-24}; null when it is there, or when the day is not known
 * @param successors the models that take its place
 * @param operations its limits, by the operations that it is documented for
 * @param price what one video costs; null when not known
 * @param prices the same for videos of a length in seconds
 * @param traced whether its requests have the field {@code trace_id}
 * @param note what to know of it
 * @param page where it is documented
 */
record ModelEntry(
        State state,
        String ended,
        List<String> successors,
        Map<String, ModelRules> operations,
        CreditPrice price,
        Map<String, CreditPrice> prices,
        Boolean traced,
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
        if (ended != null) {
            checkEnd(ended, state);
        }
        state = state == null ? State.available : state;
        successors = successors == null ? List.of() : List.copyOf(successors);
        operations = operations == null ? Map.of() : Map.copyOf(operations);
        prices = prices == null ? Map.of() : Map.copyOf(prices);
        traced = Boolean.TRUE.equals(traced);
        operations.keySet().forEach(ModelEntry::checkOperation);
        prices.keySet().forEach(ModelEntry::checkLength);
    }

    private static void checkEnd(String day, State state) {
        try {
            LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("ended is a day such as 2026-09-24, not '" + day + "'", e);
        }
        if (state == null) {
            throw new IllegalArgumentException("ended needs \"state\": \"ended\", or the model is not refused");
        }
    }

    private static void checkOperation(String word) {
        List<String> words = Arrays.stream(SubmitOperation.values())
                .map(SubmitOperation::word)
                .toList();
        if (!words.contains(word)) {
            throw new IllegalArgumentException("operations has " + String.join(", ", words) + ", not '" + word + "'");
        }
    }

    private static void checkLength(String seconds) {
        if (!seconds.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("prices go by the length in seconds, such as 25, not '" + seconds + "'");
        }
    }

    ModelRules rules(SubmitOperation operation) {
        return operations.getOrDefault(operation.word(), ModelRules.NONE);
    }

    /** That it has ended, in a sentence without its full stop. */
    String endInWords(String name) {
        return "Model " + name + " has ended" + (ended == null ? "" : " on " + ended)
                + (successors.isEmpty() ? "" : ". In its place there is " + String.join(" or ", successors));
    }
}

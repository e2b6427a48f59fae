package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an answer about a task says that it cost, in credits. The contract names no field for it, so all are read whose name can
 * mean nothing else. A cost in dollars, the balance of an account and a number that makes no sense are not.
 */
final class ChargedCredits {
    /** The first one that an answer has is read. */
    private static final List<String> FIELDS = List.of(
            "credits_used",
            "used_credits",
            "credits_charged",
            "charged_credits",
            "consumed_credits",
            "cost_credits",
            "credits");

    private static final List<String> PARTS = List.of("usage", "metadata", "result");

    /** What an account has left; beside it, the used credits are those of the account. */
    private static final List<String> BALANCE = List.of("remain_credits", "remain_balance");

    private static final Pattern SENSIBLE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,4}0*)?");

    private ChargedCredits() {}

    /**
     * Reads what was charged.
     *
     * @param task the part of the answer that describes the task
     * @param answer the whole answer
     * @return the credits; null when the answer does not say
     */
    static BigDecimal read(JsonNode task, JsonNode answer) {
        List<JsonNode> places = Stream.of(task, answer)
                .distinct()
                .flatMap(node -> Stream.concat(Stream.of(node), PARTS.stream().map(node::path)))
                .filter(node -> BALANCE.stream().noneMatch(node::has))
                .toList();
        return FIELDS.stream()
                .flatMap(field -> places.stream().map(place -> amount(place, field)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static BigDecimal amount(JsonNode place, String field) {
        String text = Fields.firstText(place, field);
        return text != null && SENSIBLE.matcher(text.strip()).matches() ? new BigDecimal(text.strip()) : null;
    }
}

package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.Balance;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the balance of an account. */
final class BalanceReader {
    static final AccountQuery<Balance> QUERY = new AccountQuery<>("balance", BalanceReader::read);

    private BalanceReader() {}

    private static Optional<Balance> read(JsonNode json) {
        return json.has("remain_credits") || json.has("remain_balance")
                ? Optional.of(new Balance(
                        number(json, "remain_credits"),
                        number(json, "used_credits"),
                        number(json, "remain_balance"),
                        number(json, "used_balance"),
                        json.path("unlimited_quota").asBoolean(false)))
                : Optional.empty();
    }

    private static BigDecimal number(JsonNode json, String name) {
        return json.path(name).isNumber() ? json.path(name).decimalValue() : null;
    }
}

package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import java.math.BigDecimal;

/** Reads the answer to a balance query. The status is 200 either way; the body says whether it is a balance. */
final class BalanceReader {
    private BalanceReader() {}

    static Balance read(WireAnswer answer) {
        JsonNode json = Json.readObject(answer.body()).orElse(null);
        if (!isBalance(answer, json)) {
            throw failure(answer);
        }
        return new Balance(
                number(json, "remain_credits"),
                number(json, "used_credits"),
                number(json, "remain_balance"),
                number(json, "used_balance"),
                json.path("unlimited_quota").asBoolean(false));
    }

    private static boolean isBalance(WireAnswer answer, JsonNode json) {
        return answer.isSuccess()
                && json != null
                && json.path("success").asBoolean(true)
                && (json.has("remain_credits") || json.has("remain_balance"));
    }

    /** Whether another API key may bring a balance: a key that no longer exists is answered with 200, too. */
    static boolean mayBeAboutKey(WireAnswer answer) {
        boolean isAnswered = answer.isSuccess()
                && !isBalance(answer, Json.readObject(answer.body()).orElse(null));
        return isAnswered || answer.isAboutKey();
    }

    private static boolean isKeyRejected(WireAnswer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static SoraException failure(WireAnswer answer) {
        String message = "The balance query was answered with " + answer.describe() + ".";
        return isKeyRejected(answer)
                ? new AuthenticationException(message + " Check the apiKey.", About.NOTHING_SENT, null)
                : unavailable(message, null);
    }

    static SoraException unavailable(String message, Exception cause) {
        return new ServiceUnavailableException(message, About.NOTHING_SENT, cause);
    }

    private static BigDecimal number(JsonNode json, String name) {
        return json.path(name).isNumber() ? json.path(name).decimalValue() : null;
    }
}

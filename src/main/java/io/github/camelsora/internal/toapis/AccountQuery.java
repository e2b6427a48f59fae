package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import java.util.Optional;
import java.util.function.Function;

/**
 * A query about the account: its balance, or its models. The status is 200 either way; the body says whether it is the value.
 *
 * @param subject what is queried, for messages
 * @param reader reads the value off a JSON object; empty when it is not there
 */
record AccountQuery<T>(String subject, Function<JsonNode, Optional<T>> reader) {

    /** The value; an exception when the answer is none. */
    T read(WireAnswer answer) {
        return find(answer).orElseThrow(() -> failure(answer));
    }

    private Optional<T> find(WireAnswer answer) {
        return Optional.of(answer)
                .filter(WireAnswer::isSuccess)
                .flatMap(success -> Json.readObject(success.body()))
                .filter(json -> json.path("success").asBoolean(true))
                .flatMap(reader);
    }

    /** Whether another API key may bring the value: a key that no longer exists is answered with 200, too. */
    boolean mayBeAboutKey(WireAnswer answer) {
        return answer.isSuccess() && find(answer).isEmpty() || answer.isAboutKey();
    }

    private SoraException failure(WireAnswer answer) {
        String message = "The query of the " + subject + " was answered with " + answer.describe() + ".";
        boolean isKeyRejected = answer.status() == 401 || answer.status() == 403;
        return isKeyRejected
                ? new AuthenticationException(message + " Check the apiKey.", About.NOTHING_SENT, null)
                : new ServiceUnavailableException(message, About.NOTHING_SENT, null);
    }

    SoraException unavailable(String reason, Exception cause) {
        return new ServiceUnavailableException(
                "The " + subject + " could not be queried: " + reason + ".", About.NOTHING_SENT, cause);
    }
}

package io.github.camelsora.internal.camel;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.submit.SubmitService;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * The keys that a call of a submit step is about: what it asks for now, and what an earlier try of it has asked for. A call that
 * is refused before anything is sent must not say that nothing was paid when the earlier try was accepted.
 *
 * @param current the key of this call; null until it is known
 * @param earlier the key of the try that the error handler redelivers; null when there was none
 */
record SubmitKeys(RedeliveryKey current, RedeliveryKey earlier) {
    static SubmitKeys ofEarlierAttempt(Exchange exchange) {
        return new SubmitKeys(null, RedeliveryKey.ofEarlierAttempt(exchange).orElse(null));
    }

    SubmitKeys with(RedeliveryKey key) {
        return new SubmitKeys(key, earlier);
    }

    /** What to say when the call is refused here: what was paid under one of the keys counts more than the refusal. */
    RuntimeException explainRejection(RuntimeException reason, String account, SubmitService submits) {
        if (!(reason instanceof BadRequestException) && !(reason instanceof InsufficientCreditsException)) {
            return reason;
        }
        return Stream.of(current, earlier)
                .filter(key -> key != null && !key.isNew())
                .map(key -> submits.refused(new TaskKey(account, key.value()), (SoraException) reason))
                .filter(said -> said != reason)
                .findFirst()
                .orElse((SoraException) reason);
    }

    /** A callback that notes down how the call ended, before the error handler looks. */
    AsyncCallback recordEnd(Exchange exchange, AsyncCallback callback) {
        return doneSync -> {
            try {
                recordEnd(exchange, exchange.getException());
            } finally {
                callback.done(doneSync);
            }
        };
    }

    /** Notes down how the call ended, under the key that the next try has to find. */
    void recordEnd(Exchange exchange, Exception failure) {
        boolean isOfEarlier = earlier != null
                && (current == null
                        || failure instanceof SoraException said && Objects.equals(said.getTaskKey(), earlier.value()));
        RedeliveryKey key = isOfEarlier ? earlier : current;
        if (key != null) {
            key.recordEnd(exchange, failure);
        }
    }
}

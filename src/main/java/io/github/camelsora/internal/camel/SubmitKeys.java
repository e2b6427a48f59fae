package io.github.camelsora.internal.camel;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.submit.SubmitService;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * The keys of one call of a submit step: its own, and that of the attempt that it redelivers. A call that is rejected before
 * anything is sent must not say that nothing was paid when the earlier attempt was accepted.
 *
 * @param current the key of this call; null until it is known
 * @param earlier the key of the attempt that the error handler redelivers; null when there was none
 */
record SubmitKeys(RedeliveryKey current, RedeliveryKey earlier) {
    static SubmitKeys ofEarlierAttempt(Exchange exchange) {
        return new SubmitKeys(null, RedeliveryKey.ofEarlierAttempt(exchange).orElse(null));
    }

    SubmitKeys with(RedeliveryKey key) {
        return new SubmitKeys(key, earlier);
    }

    /** The exception for a call that is rejected here: if one of the keys was paid for, it says so instead. */
    RuntimeException explainRejection(RuntimeException reason, String account, SubmitService submits) {
        boolean isRejection = reason instanceof BadRequestException
                || reason instanceof InsufficientCreditsException
                || reason instanceof ModelUnavailableException;
        if (!isRejection) {
            return reason;
        }
        return Stream.of(current, earlier)
                .filter(key -> key != null && !key.isNew())
                .map(key -> submits.earlier().explain(new TaskKey(account, key.value()), (SoraException) reason))
                .filter(explained -> explained != reason)
                .findFirst()
                .orElse((SoraException) reason);
    }

    /** A callback that records how the call ended, before the error handler runs. */
    AsyncCallback recordEnd(Exchange exchange, AsyncCallback callback) {
        return doneSync -> {
            try {
                recordEnd(exchange, exchange.getException());
            } finally {
                callback.done(doneSync);
            }
        };
    }

    /** Records how the call ended, under the key that the next attempt has to find. */
    void recordEnd(Exchange exchange, Exception failure) {
        boolean isOfEarlier = earlier != null
                && (current == null
                        || failure instanceof SoraException known
                                && Objects.equals(known.getTaskKey(), earlier.value()));
        RedeliveryKey key = isOfEarlier ? earlier : current;
        if (key != null) {
            key.recordEnd(exchange, failure);
        }
    }
}

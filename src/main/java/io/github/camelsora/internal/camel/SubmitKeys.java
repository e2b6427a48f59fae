package io.github.camelsora.internal.camel;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.submit.EarlierSubmits;
import java.util.Objects;
import java.util.function.UnaryOperator;
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

    /** The exception for a call that is rejected on the thread of its route: if one of its keys was paid for, it says so. */
    SoraException explainRejection(SoraException reason, String account, EarlierSubmits submits) {
        // The others are thrown after the key was looked up.
        boolean isBeforeTheLookUp = reason instanceof BadRequestException
                || reason instanceof InsufficientCreditsException
                || reason instanceof ModelUnavailableException;
        SoraException explained = current != null && !current.isNew() && isBeforeTheLookUp && isNotSent(reason)
                ? submits.explain(new TaskKey(account, current.value()), reason)
                : reason;
        return explained != reason ? explained : explainFailure(reason, account, submits);
    }

    /** The exception for a call that fails later without being sent: if the earlier attempt was paid for, it says so. */
    SoraException explainFailure(SoraException reason, String account, EarlierSubmits submits) {
        boolean isOfAnotherKey =
                earlier != null && (current == null || !current.value().equals(earlier.value()));
        return isOfAnotherKey && isNotSent(reason)
                ? submits.explain(new TaskKey(account, earlier.value()), reason)
                : reason;
    }

    private static boolean isNotSent(SoraException reason) {
        return reason.getOutcome() == SubmitOutcome.NOT_SENT;
    }

    /**
     * A callback that completes the reason of a failure, and records how the call ended, before the error handler runs.
     *
     * @param explanation gives a failure that also says what was paid before
     */
    AsyncCallback recordEnd(Exchange exchange, AsyncCallback callback, UnaryOperator<SoraException> explanation) {
        return doneSync -> {
            try {
                if (exchange.getException() instanceof SoraException failure) {
                    SoraException explained = explanation.apply(failure);
                    if (explained != failure) {
                        SoraProducer.fail(exchange, explained);
                    }
                }
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

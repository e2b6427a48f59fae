package io.github.camelsora.internal.metrics;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.ChangeObserver;
import io.github.camelsora.internal.ledger.LedgerCallObserver;
import io.github.camelsora.internal.toapis.QueryAnswer;
import java.time.Duration;

/**
 * What is measured of a component while it runs. Most of it is derived from changes of the ledger; the methods here are about
 * what the ledger does not show. By default nothing is measured. Thread-safe; no method blocks or throws.
 */
public interface Meters extends ChangeObserver, LedgerCallObserver {
    /** Measures nothing. */
    Meters NONE = new Meters() {};

    @Override
    default void changed(HistoryEntry entry, Change change) {}

    @Override
    default void booked(Booking booking) {}

    @Override
    default void called(long nanos, boolean isFailed) {}

    /** The outcome of a submit is known; a submit that joins an earlier one of its key is none. */
    default void submitEnded(String account, String model, SubmitOutcome outcome) {}

    /** The service has answered a poll, or did not. */
    default void polled(String account, QueryAnswer answer) {}

    /** The service has answered 429 to a submit or a query. */
    default void rateLimited(String account) {}

    /**
     * A webhook has arrived.
     *
     * @param result what came of it, in a word of a fixed set
     */
    default void webhookReceived(String account, String result) {}

    /** The webhook of a completion has arrived so long after the end of its task. */
    default void webhookLag(String account, Duration lag) {}

    /** An exchange has failed with a result, which is delivered again. */
    default void deliveryFailed(String account) {}

    /** A file was stored whole. */
    default void downloaded(String account, long bytes) {}

    /** Shows the figures of an account from now on. It does not keep them alive. */
    default void watch(String account, Figures figures) {}

    /** Removes all meters, because the component stops. What is measured after that is ignored. */
    default void close() {}
}

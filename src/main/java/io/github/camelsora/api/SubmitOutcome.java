package io.github.camelsora.api;

/** The outcome of a submit, as far as known. */
public enum SubmitOutcome {
    /**
     * The request was not sent, or the service did not process it: it answered 429, or 503 {@code rate_limit_unavailable}, or it
     * rejected an API key that has been replaced since. Nothing was paid.
     */
    NOT_SENT,
    /** The service has rejected it: nothing was paid. */
    REJECTED,
    /** The service has accepted it: it was paid for. */
    ACCEPTED,
    /** It was sent and its answer was lost: the task may be running and paid for. */
    UNKNOWN;

    /**
     * Tells whether the same request can be sent again without paying twice.
     *
     * @return true for {@link #NOT_SENT} and {@link #REJECTED}
     */
    public boolean isSafeToResend() {
        return this == NOT_SENT || this == REJECTED;
    }
}

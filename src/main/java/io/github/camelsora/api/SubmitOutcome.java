package io.github.camelsora.api;

/** What became of a submit, as far as it can be known from here. */
public enum SubmitOutcome {
    /** Nothing that could have been paid for has reached the service. */
    NOT_SENT,
    /** The service has refused it; nothing was paid. */
    REJECTED,
    /** The service has accepted it; it was paid for. */
    ACCEPTED,
    /** It was sent and its answer was lost: it may run and may have been paid for. */
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

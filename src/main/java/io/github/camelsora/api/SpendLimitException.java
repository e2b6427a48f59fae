package io.github.camelsora.api;

import java.time.Duration;

/**
 * The submit would exceed a limit of spending ({@code spendLimit}, {@code tenantSpendLimit}), or its price is not known while
 * there is a limit. Nothing was sent and nothing was paid for it.
 */
public class SpendLimitException extends SoraException {
    private static final long serialVersionUID = 1L;

    /** For how long the limit does not allow it; null when no wait helps. */
    private final Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the submit
     * @param retryAfter for how long the limit does not allow it; null when no wait helps
     */
    public SpendLimitException(String message, About about, Duration retryAfter) {
        super(message, about, null);
        this.retryAfter = retryAfter;
    }

    /**
     * After what time the window has room for the submit, if nothing else is submitted.
     *
     * @return the time; null when no wait helps, because the price is not known or is more than the limit
     */
    public Duration getRetryAfter() {
        return retryAfter;
    }
}

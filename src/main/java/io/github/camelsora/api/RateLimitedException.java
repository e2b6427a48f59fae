package io.github.camelsora.api;

import java.time.Duration;

/**
 * The account's rate limit allows no request now (429, or the limiter of this component), and the time for the request is over.
 * A submit was not accepted and not charged. A status query says nothing about its task, which was paid for before.
 */
public class RateLimitedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /** How long to wait; may be null. */
    private final Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param retryAfter how long to wait before the next request; null when not known
     */
    public RateLimitedException(String message, About about, Duration retryAfter) {
        super(message, about, null);
        this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before the next request.
     *
     * @return the time; null when not known
     */
    public Duration getRetryAfter() {
        return retryAfter;
    }
}

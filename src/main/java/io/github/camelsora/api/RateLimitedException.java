package io.github.camelsora.api;

import java.time.Duration;

/**
 * The service takes no more requests of this account for now (429), and the time allowed for the request is over. A submit
 * was not accepted and not charged; a question says nothing about its task, which was paid for before.
 */
public class RateLimitedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /** How long the service asked to wait; may be null. */
    private final Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param retryAfter how long the service asks to wait; null when it did not say
     */
    public RateLimitedException(String message, About about, Duration retryAfter) {
        super(message, about, null);
        this.retryAfter = retryAfter;
    }

    /**
     * How long the service asked to wait before the next request.
     *
     * @return the time to wait; null when the service did not say
     */
    public Duration getRetryAfter() {
        return retryAfter;
    }
}

package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import java.time.Duration;

/** The outcome of one submit. */
public sealed interface SubmitAnswer {

    /**
     * The service has accepted it, and it is paid for.
     *
     * @param task the task, with its id
     */
    record Accepted(VideoTask task) implements SubmitAnswer {}

    /**
     * The service has rejected it; nothing was paid.
     *
     * @param reason the exception for the route
     */
    record Rejected(SoraException reason) implements SubmitAnswer {}

    /**
     * Nothing was accepted; it can be sent again.
     *
     * @param reason why, as a clause without a full stop
     * @param rateLimited true when the service reported too many requests
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param cause the exception behind it; may be null
     */
    record NotSent(String reason, boolean rateLimited, Duration retryAfter, Exception cause) implements SubmitAnswer {}

    /**
     * It may have been sent and accepted: it must never be sent again.
     *
     * @param reason what came instead of an answer, as a clause without a full stop
     * @param cause the exception behind it; may be null
     */
    record Unknown(String reason, Exception cause) implements SubmitAnswer {}
}

package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import java.time.Duration;

/** What became of one submit. */
public sealed interface SubmitAnswer {

    /**
     * The service has taken it, and it is paid for.
     *
     * @param task the task, with its id
     */
    record Accepted(VideoTask task) implements SubmitAnswer {}

    /**
     * The service has refused it; nothing was paid.
     *
     * @param reason the exception for the route
     */
    record Rejected(SoraException reason) implements SubmitAnswer {}

    /**
     * Nothing was accepted; it can be sent again.
     *
     * @param reason why, in words that end no sentence
     * @param rateLimited true when the service said that there were too many
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param cause the exception behind it; may be null
     */
    record NotSent(String reason, boolean rateLimited, Duration retryAfter, Exception cause) implements SubmitAnswer {}

    /**
     * It was sent and may have been accepted: it must never be sent again.
     *
     * @param reason what came instead of an answer, in words that end no sentence
     * @param cause the exception behind it; may be null
     */
    record Unknown(String reason, Exception cause) implements SubmitAnswer {}
}

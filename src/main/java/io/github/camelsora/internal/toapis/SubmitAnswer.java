package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import java.time.Duration;

/** What the service answered to one submit, or what came instead. */
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
     * @param problem what is wrong with the API key or its account; null when the request is
     */
    record Rejected(SoraException reason, KeyProblem problem) implements SubmitAnswer {}

    /**
     * It was not sent, or sent and certainly not accepted; nothing was paid, and it can be sent again as it is.
     *
     * @param kind why
     * @param reason why in detail, as a clause without a full stop
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param cause the exception behind it; may be null
     */
    record NotAccepted(Kind kind, String reason, Duration retryAfter, Exception cause) implements SubmitAnswer {
        /** Why a submit was not accepted. */
        public enum Kind {
            /** No connection was made, so it was not sent. */
            NO_CONNECTION,
            /** The service reported too many requests (429). */
            RATE_LIMITED,
            /** The service could not check its rate limit (503 {@code rate_limit_unavailable}). */
            LIMITER_UNAVAILABLE,
            /** The service rejected the API key, which has been replaced since. */
            KEY_REPLACED
        }
    }

    /**
     * It may have been sent and accepted: it must never be sent again.
     *
     * @param reason what came instead of an answer, as a clause without a full stop
     * @param cause the exception behind it; may be null
     */
    record Unknown(String reason, Exception cause) implements SubmitAnswer {}
}

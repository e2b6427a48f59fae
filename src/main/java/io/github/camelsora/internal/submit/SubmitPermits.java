package io.github.camelsora.internal.submit;

import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.PermitRequest;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Backoff;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import java.time.Duration;
import java.util.Objects;

/** When a submit may be sent, by the rate limit of its account, and how long an answer makes it wait. */
final class SubmitPermits {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(32));

    private final RateLimitedClient client;

    SubmitPermits(RateLimitedClient client) {
        this.client = client;
    }

    private AccountRateLimiter account(ServiceProfile service) {
        return client.rateLimiter(service);
    }

    private RateLimiter limiter(ServiceProfile service) {
        return account(service).submits();
    }

    /** Tells whether a request would be sent at once. */
    boolean isIdle(ServiceProfile service) {
        return limiter(service).isPermitAvailable();
    }

    /** The next place in the order of submits. */
    long nextOrder(ServiceProfile service) {
        return limiter(service).nextOrder();
    }

    /**
     * Requests a permit.
     *
     * @param onPermit runs with the permit
     * @param onDeadline runs when the submit's deadline comes first
     */
    PermitRequest request(PendingSubmit submit, Runnable onPermit, Runnable onDeadline) {
        SubmitCommand command = submit.command();
        return limiter(command.service())
                .acquire(
                        Objects.requireNonNullElse(command.labels().origin().tenant(), ""),
                        command.labels().origin().priority(),
                        submit.order(),
                        onPermit,
                        submit.deadline(),
                        onDeadline);
    }

    Duration expectedWait(ServiceProfile service) {
        return limiter(service).expectedWait();
    }

    /** How many times the service has asked to wait: read before a POST, it tells whether the answer to that asks anew. */
    long pauseCount(ServiceProfile service) {
        return limiter(service).pauseCount();
    }

    /**
     * The service's own limiter has let a submit through: it was accepted, or rejected for another reason than the rate. A lost
     * answer does not say so, because a gateway may have cut the connection for want of capacity.
     */
    void letThrough(ServiceProfile service) {
        limiter(service).onAccepted();
    }

    /**
     * How long a submit waits for its next attempt. A pause that the service asks for holds for the whole account; without a
     * connection, or after an API key was replaced, the pause is this submit's own.
     */
    Duration pauseAfter(PendingSubmit submit, SubmitResult.RetryLater result) {
        SubmitAnswer.NotAccepted answer = result.answer();
        long pausesBefore = result.pausesBefore();
        AccountRateLimiter account = account(submit.command().service());
        return switch (answer.kind()) {
            case RATE_LIMITED ->
                atLeast(
                        answer.retryAfter(),
                        client.onTooManyRequests(
                                submit.command().service(), account.submits(), pausesBefore, answer.retryAfter()));
            case LIMITER_UNAVAILABLE ->
                atLeast(
                        answer.retryAfter(),
                        account.onRetryAfter(account.submits(), pausesBefore, answer.retryAfter()));
            case NO_CONNECTION, KEY_REPLACED -> BACKOFF.after(submit.attempt());
        };
    }

    /** A submit honours its own Retry-After even if that is longer than the account's pause. */
    private static Duration atLeast(Duration retryAfter, Duration pause) {
        return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    }
}

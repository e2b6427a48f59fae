package io.github.camelsora.internal.service;

import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.trace.TaskSpans;
import java.time.Duration;

/**
 * Queries the service, and reports 429 and Retry-After to the account's rate limiter. The caller has acquired a permit of {@link
 * #queryLimiter}.
 */
public final class RateLimitedClient {
    private final RateLimiters rateLimiters;
    private final KeyProblemListener keyProblems;
    private final TaskSpans spans;
    private final Meters meters;

    /**
     * Creates a client.
     *
     * @param rateLimiters the rate limiters of the accounts
     * @param keyProblems is notified of queries that are rejected because of their key
     * @param spans traces calls on behalf of a task
     * @param meters counts the answers 429
     */
    public RateLimitedClient(
            RateLimiters rateLimiters, KeyProblemListener keyProblems, TaskSpans spans, Meters meters) {
        this.rateLimiters = rateLimiters;
        this.keyProblems = keyProblems;
        this.spans = spans;
        this.meters = meters;
    }

    /** Traces calls on behalf of a task. */
    public TaskSpans spans() {
        return spans;
    }

    /**
     * The limiter of queries.
     *
     * @param service the service to query
     * @return the limiter at which each query acquires a permit
     */
    public RateLimiter queryLimiter(ServiceProfile service) {
        return rateLimiter(service).queries();
    }

    public AccountRateLimiter rateLimiter(ServiceProfile service) {
        return rateLimiters.of(service.account(), service.baseUrl());
    }

    /**
     * Queries a task on its own behalf, in a span of its trace.
     *
     * @param name what the query does, say {@code sora poll}
     */
    public QueryAnswer query(String name, TaskRecord record, ServiceProfile service, String id) {
        return spans.trace(name, record, () -> query(service, id));
    }

    /**
     * The service has answered 429.
     *
     * @param limiter the limiter of the call
     * @param countBefore {@link RateLimiter#pauseCount} when the call began
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @return how long the limiter pauses from now
     */
    public Duration onTooManyRequests(
            ServiceProfile service, RateLimiter limiter, long countBefore, Duration retryAfter) {
        meters.rateLimited(service.account());
        return rateLimiter(service).onTooManyRequests(limiter, countBefore, retryAfter);
    }

    /**
     * Queries a task.
     *
     * @param service the service to query
     * @param id the task id, or the key of its submit where the service finds tasks by that
     * @return the answer
     */
    public QueryAnswer query(ServiceProfile service, String id) {
        AccountRateLimiter account = rateLimiter(service);
        long countBefore = account.queries().pauseCount();
        QueryAnswer answer = service.client().query(id);
        if (answer instanceof QueryAnswer.RetryLater busy) {
            if (busy.failure() instanceof RateLimitedException) {
                onTooManyRequests(service, account.queries(), countBefore, busy.retryAfter());
            } else if (busy.retryAfter() != null) {
                account.onRetryAfter(account.queries(), countBefore, busy.retryAfter());
            }
        } else {
            account.queries().onAccepted();
        }
        if (answer instanceof QueryAnswer.Rejected rejected && rejected.problem() != null) {
            keyProblems.onKeyProblem(
                    service, rejected.problem(), rejected.failure().getMessage());
        }
        return answer;
    }
}

package io.github.camelsora.internal.service;

import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.toapis.QueryAnswer;

/**
 * Queries the service, and reports 429 and Retry-After to the account's rate limiter. The caller has acquired a permit of {@link
 * #queryLimiter}.
 */
public final class RateLimitedClient {
    private final RateLimiters rateLimiters;
    private final KeyProblemListener keyProblems;

    /**
     * Creates a client.
     *
     * @param rateLimiters the rate limiters of the accounts
     * @param keyProblems is notified of queries that are rejected because of their key
     */
    public RateLimitedClient(RateLimiters rateLimiters, KeyProblemListener keyProblems) {
        this.rateLimiters = rateLimiters;
        this.keyProblems = keyProblems;
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
                account.onTooManyRequests(account.queries(), countBefore, busy.retryAfter());
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

package io.github.camelsora.internal.service;

import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.toapis.QueryAnswer;

/** Asks the service, and lets what it says about its pace slow all that come after. Who asks has had his turn at the gate. */
public final class RateLimitedClient {
    private final RateLimiters rateLimiters;

    public RateLimitedClient(RateLimiters rateLimiters) {
        this.rateLimiters = rateLimiters;
    }

    /**
     * Where questions to a service pass.
     *
     * @param service whom to ask
     * @return the gate
     */
    public RateLimiter queryLimiter(ServiceProfile service) {
        return rateLimiter(service).queries();
    }

    public AccountRateLimiter rateLimiter(ServiceProfile service) {
        return rateLimiters.of(service.account(), service.baseUrl());
    }

    /**
     * Asks for a task.
     *
     * @param service whom to ask
     * @param id the service's id, or our key where the service looks tasks up by it
     * @return what became of the question
     */
    public QueryAnswer query(ServiceProfile service, String id) {
        AccountRateLimiter pace = rateLimiter(service);
        long heard = pace.queries().pauseCount();
        QueryAnswer answer = service.client().query(id);
        if (answer instanceof QueryAnswer.RetryLater busy) {
            if (busy.failure() instanceof RateLimitedException) {
                pace.onTooManyRequests(pace.queries(), heard, busy.retryAfter());
            } else if (busy.retryAfter() != null) {
                pace.onRetryAfter(pace.queries(), heard, busy.retryAfter());
            }
        } else {
            pace.queries().onAccepted();
        }
        return answer;
    }
}

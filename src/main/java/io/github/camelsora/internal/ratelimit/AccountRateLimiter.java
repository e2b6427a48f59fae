package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rate limits of one account at one service, shared by all routes that use it: a limiter for submits and one for queries,
 * which the vendor counts apart. Thread-safe.
 */
public final class AccountRateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRateLimiter.class);

    /** After so long no earlier call counts any more, if the vendor's burst is the most of any ten seconds. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** A longer pause is logged as a warning. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final String name;
    private final InstantSource clock;
    private final ProxyManager<String> sharedBuckets;
    private final RateLimiter submits;
    private final RateLimiter queries;
    private final PollRateBudget pollBudget = new PollRateBudget();
    private RateLimits limits = RateLimits.UNLIMITED;
    private boolean isStrict;

    AccountRateLimiter(
            String name,
            InstantSource clock,
            ProxyManager<String> sharedBuckets,
            RateLimiter submits,
            RateLimiter queries) {
        this.name = name;
        this.clock = clock;
        this.sharedBuckets = sharedBuckets;
        this.submits = submits;
        this.queries = queries;
    }

    /**
     * Sets the limits of the account; until then there are none. The limits that it has already are not set again, so its
     * buckets stay as full as they are.
     *
     * @param newLimits for submits and for queries
     */
    public void setLimits(RateLimits newLimits) {
        synchronized (this) {
            if (limits.equals(newLimits)) {
                return;
            }
            limits = newLimits;
            isStrict = false;
        }
        reconfigure(newLimits);
    }

    private void reconfigure(RateLimits to) {
        submits.reconfigure(to.submits(), bucket("submits", to.submits()));
        queries.reconfigure(to.queries(), bucket("queries", to.queries()));
    }

    private TokenBucket bucket(String kind, RateLimit rate) {
        if (sharedBuckets == null || !rate.isLimited()) {
            return TokenBucket.of(rate, clock);
        }
        // The rate is part of the name: a JVM with another rate must not reconfigure the bucket of the others.
        String bucketName = "camel-sora " + name + " " + kind + " " + rate;
        return new FallbackTokenBucket(
                bucketName,
                TokenBucket.of(sharedBuckets.builder().build(bucketName, rate::bucketConfiguration), false),
                rate,
                clock);
    }

    /**
     * The limiter of paid requests.
     *
     * @return the limiter
     */
    public RateLimiter submits() {
        return submits;
    }

    /**
     * The limiter of free requests.
     *
     * @return the limiter
     */
    public RateLimiter queries() {
        return queries;
    }

    /**
     * Reserves a share of the queries for the next poll of a task.
     *
     * @param wanted how long its schedule wants to wait
     * @return the share, to be released when the poll is done or no longer wanted
     */
    public PollRateBudget.Reservation reservePoll(Duration wanted) {
        RateLimit rate;
        synchronized (this) {
            rate = limits.queries();
        }
        return pollBudget.reserve(wanted, rate);
    }

    /**
     * The service has asked for a pause by Retry-After, with another status than 429.
     *
     * @param limiter the limiter of the call, {@link #submits} or {@link #queries}
     * @param countBefore {@link RateLimiter#pauseCount} when the call began
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @return how long the limiter pauses from now
     */
    public Duration onRetryAfter(RateLimiter limiter, long countBefore, Duration retryAfter) {
        return pause(limiter, countBefore, retryAfter, Duration.ZERO);
    }

    private Duration pause(RateLimiter limiter, long countBefore, Duration retryAfter, Duration atLeast) {
        Instant before = limiter.pausedUntil();
        Duration length = limiter.pause(countBefore, retryAfter, atLeast);
        Instant until = limiter.pausedUntil();
        boolean isLong = retryAfter != null && retryAfter.compareTo(LONG_PAUSE) > 0 && length.compareTo(LONG_PAUSE) > 0;
        // Calls that were in flight together get the same Retry-After, each a moment later: one warning is enough.
        if (isLong && until.isAfter(before.plus(LONG_PAUSE))) {
            warn(limiter == submits, retryAfter, until);
        }
        return length;
    }

    private void warn(boolean isAboutSubmits, Duration retryAfter, Instant until) {
        if (isAboutSubmits) {
            LOG.warn(
                    "The service asks account '{}' to wait {} s before it submits again (Retry-After). Its submits wait until {};"
                            + " those whose submitTimeout ends before then fail as NOT_SENT, and nothing is paid for them. If"
                            + " the service cannot mean so long a time, restart the component, which forgets it",
                    name,
                    retryAfter.toSeconds(),
                    until);
        } else {
            LOG.warn(
                    "The service asks account '{}' to wait {} s before the next query (Retry-After). Queries go on at {}: the"
                            + " tasks are paid for, so no answer stops their polls for longer than two minutes",
                    name,
                    retryAfter.toSeconds(),
                    until);
        }
    }

    /**
     * The service has answered 429. The first one shows that the service counts bursts otherwise than our bucket, or that
     * others use the account, too. From then on the limits are {@link RateLimits#strict}.
     *
     * @param limiter the limiter of the call, {@link #submits} or {@link #queries}
     * @param countBefore {@link RateLimiter#pauseCount} when the call began
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @return how long the limiter pauses from now
     */
    public Duration onTooManyRequests(RateLimiter limiter, long countBefore, Duration retryAfter) {
        RateLimits before;
        synchronized (this) {
            before = isStrict || !limits.isLimited() ? null : limits;
            isStrict = true;
        }
        if (before == null) {
            return pause(limiter, countBefore, retryAfter, Duration.ZERO);
        }
        RateLimits strict = before.strict();
        LOG.warn(
                "Account '{}' kept to {} submits ({} queries), and the service answered 429 (too many requests). Nothing was"
                        + " lost. From now on it keeps to {} ({}), which holds whether the vendor's burst is the size of a bucket"
                        + " or the most of any ten seconds. If the account is of another group, or others use it too, set"
                        + " rateGroup, or submitsPerSecond and queriesPerSecond",
                name,
                before.submits(),
                before.queries(),
                strict.submits(),
                strict.queries());
        Duration length = pause(limiter, countBefore, retryAfter, WINDOW);
        try {
            reconfigure(strict);
        } catch (Throwable e) {
            // Shared buckets are a user's code, and the caller still has to handle an answer to what may have been paid
            // for.
            LOG.error(
                    "The shared buckets of account '{}' for stricter limits could not be created; the account keeps its earlier"
                            + " ones",
                    name,
                    e);
        }
        return length;
    }
}

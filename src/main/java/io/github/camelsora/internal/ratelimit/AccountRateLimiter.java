package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pace of one account at one service, shared by all routes that use it: a gate for submits and one for queries, which the
 * vendor counts apart. Thread-safe.
 */
public final class AccountRateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRateLimiter.class);

    /** After so long nothing counts any more that was sent before, if the vendor's burst is the most of any ten seconds. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** A pause that an operator wants to hear of. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String name;
    private final InstantSource clock;
    private final ProxyManager<String> shared;
    private final RateLimiter submits;
    private final RateLimiter queries;
    private final PollRateBudget demand = new PollRateBudget();
    private RateLimits rates = RateLimits.UNLIMITED;
    private boolean isStrict;

    AccountRateLimiter(
            String name, InstantSource clock, ProxyManager<String> shared, RateLimiter submits, RateLimiter queries) {
        this.name = name;
        this.clock = clock;
        this.shared = shared;
        this.submits = submits;
        this.queries = queries;
    }

    /**
     * Sets what the account may send. Without it that is as much as comes. What it may send already changes nothing.
     *
     * @param allowed for submits and for queries
     */
    public void setLimits(RateLimits allowed) {
        synchronized (this) {
            if (rates.equals(allowed)) {
                return;
            }
            rates = allowed;
            isStrict = false;
        }
        open(allowed);
    }

    private void open(RateLimits allowed) {
        submits.reconfigure(allowed.submits(), tokens("submits", allowed.submits()));
        queries.reconfigure(allowed.queries(), tokens("queries", allowed.queries()));
    }

    private TokenBucket tokens(String kind, RateLimit rate) {
        if (shared == null || !rate.isLimited()) {
            return TokenBucket.of(rate, clock);
        }
        // By its pace, too: who keeps to another one must not change the bucket of those who do not.
        String bucket = "camel-sora " + name + " " + kind + " " + rate;
        return new FallbackTokenBucket(
                bucket, TokenBucket.of(shared.builder().build(bucket, rate::bucket), false), rate, clock);
    }

    /**
     * Where paid requests pass.
     *
     * @return the gate
     */
    public RateLimiter submits() {
        return submits;
    }

    /**
     * Where questions pass.
     *
     * @return the gate
     */
    public RateLimiter queries() {
        return queries;
    }

    /**
     * Plans the next question for a task.
     *
     * @param wanted how long its schedule wants to wait
     * @return the plan, to be ended when it is over
     */
    public PollReservation reservePoll(Duration wanted) {
        RateLimit rate;
        synchronized (this) {
            rate = rates.queries();
        }
        return demand.reserve(wanted, rate);
    }

    /**
     * The service has asked to wait, without saying that there were too many.
     *
     * @param gate where the call passed
     * @param heardBefore {@link RateLimiter#pauseCount} when it began
     * @param retryAfter how long the service asks to wait; null when it does not
     * @return for how long the gate is closed from now
     */
    public Duration onRetryAfter(RateLimiter gate, long heardBefore, Duration retryAfter) {
        return close(gate, heardBefore, retryAfter, Duration.ZERO);
    }

    private Duration close(RateLimiter gate, long heardBefore, Duration retryAfter, Duration atLeast) {
        Instant before = gate.pausedUntil();
        Duration closed = gate.pause(heardBefore, retryAfter, atLeast);
        Instant until = gate.pausedUntil();
        boolean isLong = retryAfter != null && retryAfter.compareTo(LONG) > 0 && closed.compareTo(LONG) > 0;
        // Calls that were under way together are told the same, each a moment later.
        if (isLong && until.isAfter(before.plus(LONG))) {
            warn(gate == submits, retryAfter, until);
        }
        return closed;
    }

    private void warn(boolean isAboutSubmits, Duration retryAfter, Instant until) {
        if (isAboutSubmits) {
            LOG.warn(
                    "The service asks account '{}' to wait {} s before it submits again (Retry-After). Its submits wait until {};"
                            + " those whose submitTimeout ends before then fail as NOT_SENT, and nothing is paid for them. If"
                            + " so long a time cannot be meant, a restart forgets it",
                    name,
                    retryAfter.toSeconds(),
                    until);
        } else {
            LOG.warn(
                    "The service asks account '{}' to wait {} s before it asks for tasks again (Retry-After). It is asked again"
                            + " at {}: no task is left alone for longer because of one answer",
                    name,
                    retryAfter.toSeconds(),
                    until);
        }
    }

    /**
     * The service has said that there were too many (429). The first time that shows that its burst is not the bucket that we
     * took it for, or that somebody else uses the account: from then on it keeps to a pace that holds in any case.
     *
     * @param gate where the call passed
     * @param heardBefore {@link RateLimiter#pauseCount} when it began
     * @param retryAfter how long the service asks to wait; null when it does not
     * @return for how long the gate is closed from now
     */
    public Duration onTooManyRequests(RateLimiter gate, long heardBefore, Duration retryAfter) {
        RateLimits before;
        synchronized (this) {
            before = isStrict || !rates.isLimited() ? null : rates;
            isStrict = true;
        }
        if (before == null) {
            return close(gate, heardBefore, retryAfter, Duration.ZERO);
        }
        RateLimits strict = before.strict();
        LOG.warn(
                "Account '{}' kept to {} submits ({} queries), and the service says that there were too many (429). Nothing was"
                        + " lost. From now on it keeps to {} ({}), which holds whether the vendor's burst is the size of a bucket"
                        + " or the most of any ten seconds. If the account is of another group, or others use it too, set"
                        + " rateGroup, or submitsPerSecond and queriesPerSecond",
                name,
                before.submits(),
                before.queries(),
                strict.submits(),
                strict.queries());
        Duration closed = close(gate, heardBefore, retryAfter, WINDOW);
        try {
            open(strict);
        } catch (Throwable e) {
            // The code of shared buckets is not ours, and this is the answer to what may have been paid for.
            LOG.error("Account '{}' keeps its buckets, since others could not be made", name, e);
        }
        return closed;
    }
}

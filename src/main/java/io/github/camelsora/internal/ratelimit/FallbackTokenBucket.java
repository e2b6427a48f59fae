package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket that several JVMs share. While it is unavailable, a JVM does not know what the others send, and uses a small
 * bucket of its own: tasks that were paid for must be polled, and the limits must hold. Thread-safe.
 */
final class FallbackTokenBucket implements TokenBucket {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackTokenBucket.class);

    /** Each attempt may block until it times out, so not each call makes one. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    private final String name;
    private final TokenBucket shared;
    private final RateLimit fallbackRate;
    private final TokenBucket fallback;
    private final InstantSource clock;
    private volatile Instant nextAttempt = Instant.MIN;
    private volatile boolean isUnreachable;

    FallbackTokenBucket(String name, TokenBucket shared, RateLimit rate, InstantSource clock) {
        this.name = name;
        this.shared = shared;
        this.fallbackRate = rate.share();
        this.fallback = TokenBucket.of(fallbackRate, clock);
        this.clock = clock;
    }

    @Override
    public Permits tryTake(int wanted) {
        if (clock.instant().isBefore(nextAttempt)) {
            return fallback.tryTake(wanted);
        }
        try {
            Permits permits = shared.tryTake(wanted);
            if (isUnreachable) {
                isUnreachable = false;
                LOG.info("The shared bucket '{}' is available again", name);
            }
            return permits;
        } catch (Throwable e) {
            // The bucket is a user's code: whatever it throws, calls go on.
            nextAttempt = clock.instant().plus(RETRY_INTERVAL);
            if (!isUnreachable) {
                isUnreachable = true;
                LOG.warn(
                        "The shared bucket '{}' is unavailable. Until it is available again, this JVM sends a tenth of what the account may"
                                + " send ({}), so up to ten JVMs together keep the account's limits",
                        name,
                        fallbackRate,
                        e);
            }
            return fallback.tryTake(wanted);
        }
    }

    @Override
    public void refund(int count) {
        if (isUnreachable) {
            return;
        }
        try {
            shared.refund(count);
        } catch (Throwable e) {
            LOG.debug("{} unused tokens could not be returned to the shared bucket '{}'", count, name, e);
        }
    }

    @Override
    public boolean isNonBlocking() {
        return false;
    }
}

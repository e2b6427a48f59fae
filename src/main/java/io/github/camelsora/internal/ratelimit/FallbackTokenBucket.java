package io.github.camelsora.internal.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a bucket that several JVMs share. Where it cannot be reached nobody knows what the others send, so each JVM
 * goes on with a small share of its own: what was paid for must be asked for, and the limits must hold.
 */
final class FallbackTokenBucket implements TokenBucket {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackTokenBucket.class);

    /** Whoever has just failed to reach it would only wait for it again. */
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(10);

    private final String name;
    private final TokenBucket shared;
    private final RateLimit share;
    private final TokenBucket own;
    private final InstantSource clock;
    private volatile Instant nextTry = Instant.MIN;
    private volatile boolean isAway;

    FallbackTokenBucket(String name, TokenBucket shared, RateLimit rate, InstantSource clock) {
        this.name = name;
        this.shared = shared;
        this.share = rate.share();
        this.own = TokenBucket.of(share, clock);
        this.clock = clock;
    }

    @Override
    public Permits tryTake(int wanted) {
        if (clock.instant().isBefore(nextTry)) {
            return own.tryTake(wanted);
        }
        try {
            Permits grant = shared.tryTake(wanted);
            if (isAway) {
                isAway = false;
                LOG.info("The shared bucket '{}' can be reached again", name);
            }
            return grant;
        } catch (Throwable e) {
            // The bucket's code is not ours: whatever it throws, calls go on.
            nextTry = clock.instant().plus(UNTIL_NEXT_TRY);
            if (!isAway) {
                isAway = true;
                LOG.warn(
                        "The shared bucket '{}' cannot be reached. Until it can, this JVM keeps to a tenth of what the account"
                                + " may send ({}), so that up to ten JVMs keep the limits without knowing of each other",
                        name,
                        share,
                        e);
            }
            return own.tryTake(wanted);
        }
    }

    @Override
    public void refund(int count) {
        if (isAway) {
            return;
        }
        try {
            shared.refund(count);
        } catch (Throwable e) {
            LOG.debug("{} tokens could not be given back to the shared bucket '{}'", count, name, e);
        }
    }

    @Override
    public boolean isNonBlocking() {
        return false;
    }
}

package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A bucket of tokens, of which each call needs one. */
interface TokenBucket {

    /**
     * What a bucket gave.
     *
     * @param count how many tokens
     * @param nextIn how long until there is one, when there was none
     */
    record Permits(int count, Duration nextIn) {

        static Permits of(int count) {
            return new Permits(count, Duration.ZERO);
        }

        static Permits noneFor(Duration wait) {
            return new Permits(0, wait);
        }
    }

    /**
     * Takes the tokens that there are, without waiting for more.
     *
     * @param wanted how many at most, at least 1
     * @return how many; when none, how long until there is one
     */
    Permits tryTake(int wanted);

    /** Puts back tokens that were not used. */
    void refund(int count);

    /** Tells whether there may be a token; false only where that is known without a call to another JVM. */
    default boolean mayHaveToken() {
        return true;
    }

    /** Tells whether taking tokens never blocks. */
    boolean isNonBlocking();

    /** For a service without limits. */
    TokenBucket UNLIMITED = new TokenBucket() {
        @Override
        public Permits tryTake(int wanted) {
            return Permits.of(wanted);
        }

        @Override
        public void refund(int count) {
            // An unlimited bucket does not count.
        }

        @Override
        public boolean isNonBlocking() {
            return true;
        }
    };

    /** A bucket in this JVM. */
    static TokenBucket of(RateLimit rate, InstantSource clock) {
        return rate.isLimited()
                ? of(
                        Bucket.builder()
                                .addLimit(rate.bucketConfiguration().getBandwidths()[0])
                                .withCustomTimePrecision(meter(clock))
                                .build(),
                        true)
                : UNLIMITED;
    }

    /** Adapts a bucket of Bucket4j. */
    static TokenBucket of(Bucket bucket, boolean isNonBlocking) {
        return new TokenBucket() {
            @Override
            public Permits tryTake(int wanted) {
                ConsumptionProbe first = bucket.tryConsumeAndReturnRemaining(1);
                if (!first.isConsumed()) {
                    return Permits.noneFor(Duration.ofNanos(first.getNanosToWaitForRefill()));
                }
                long more = Math.min(wanted - 1L, first.getRemainingTokens());
                return Permits.of(more == 0 ? 1 : 1 + (int) bucket.tryConsumeAsMuchAsPossible(more));
            }

            @Override
            public void refund(int count) {
                bucket.addTokens(count);
            }

            @Override
            public boolean mayHaveToken() {
                return !isNonBlocking || bucket.getAvailableTokens() > 0;
            }

            @Override
            public boolean isNonBlocking() {
                return isNonBlocking;
            }
        };
    }

    private static TimeMeter meter(InstantSource clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}

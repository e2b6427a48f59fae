package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Where tokens come from. One token is one call. */
interface TokenBucket {

    /**
     * Takes what there is.
     *
     * @param wanted how many at most, at least 1
     * @return how many; when none, how long until there is one
     */
    Permits tryTake(int wanted);

    /** Gives back what was not used. */
    void refund(int count);

    /** Tells whether there may be a token; that there is none, only where it can be told without asking for one. */
    default boolean mayHaveToken() {
        return true;
    }

    /** Tells whether taking never blocks. */
    boolean isNonBlocking();

    /** For a service without limits. */
    TokenBucket UNLIMITED = new TokenBucket() {
        @Override
        public Permits tryTake(int wanted) {
            return Permits.of(wanted);
        }

        @Override
        public void refund(int count) {
            // There are as many as ever.
        }

        @Override
        public boolean isNonBlocking() {
            return true;
        }
    };

    /** Of a bucket in this JVM. */
    static TokenBucket of(RateLimit rate, InstantSource clock) {
        return rate.isLimited()
                ? of(
                        Bucket.builder()
                                .addLimit(rate.bucket().getBandwidths()[0])
                                .withCustomTimePrecision(meter(clock))
                                .build(),
                        true)
                : UNLIMITED;
    }

    /** Of any bucket. */
    static TokenBucket of(Bucket bucket, boolean areAtHand) {
        return new TokenBucket() {
            @Override
            public Permits tryTake(int wanted) {
                ConsumptionProbe first = bucket.tryConsumeAndReturnRemaining(1);
                if (!first.isConsumed()) {
                    return Permits.after(Duration.ofNanos(first.getNanosToWaitForRefill()));
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
                return !areAtHand || bucket.getAvailableTokens() > 0;
            }

            @Override
            public boolean isNonBlocking() {
                return areAtHand;
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

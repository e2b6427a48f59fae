package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.RemoteBucketBuilder;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A JVM while the bucket that it shares with others is unavailable. */
class FallbackTokenBucketTest {
    private final ManualTime time = new ManualTime();
    private final AtomicBoolean isUnreachable = new AtomicBoolean();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private final RateLimit rate = new RateLimit(10, 100);
    private final TokenBucket bucket = TokenBucket.of(rate, time);
    private final TokenBucket tokenBucket = new FallbackTokenBucket(
            "test",
            new TokenBucket() {
                @Override
                public Permits tryTake(int wanted) {
                    if (isUnreachable.get()) {
                        throw new IllegalStateException("The bucket is unavailable");
                    }
                    if (isBroken.get()) {
                        throw new NoClassDefFoundError("thrown by a test");
                    }
                    return bucket.tryTake(wanted);
                }

                @Override
                public void refund(int count) {
                    if (isBroken.get()) {
                        throw new NoClassDefFoundError("thrown by a test");
                    }
                    bucket.refund(count);
                }

                @Override
                public boolean isNonBlocking() {
                    return false;
                }
            },
            rate,
            time);

    @Test
    void aReachableBucketGivesTheTokensThatItHas() {
        assertThat(tokenBucket.tryTake(30).count()).isEqualTo(30);
    }

    @Test
    void withoutTheSharedBucketATenthOfTheRateIsSent() {
        isUnreachable.set(true);

        int sent = 0;
        for (int second = 0; second < 60; second++) {
            sent += tokenBucket.tryTake(100).count();
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(sent).isBetween(59, 61);
    }

    @Test
    void aSharedBucketThatIsReachableAgainIsUsed() {
        isUnreachable.set(true);
        tokenBucket.tryTake(1);
        isUnreachable.set(false);

        time.advance(Duration.ofSeconds(10));

        assertThat(tokenBucket.tryTake(30).count()).isEqualTo(30);
    }

    @Test
    void whatIsNotUsedComesBackToItWhileItCanBeReached() {
        tokenBucket.tryTake(100);
        tokenBucket.refund(40);

        assertThat(bucket.tryTake(100).count()).isEqualTo(40);
    }

    @Test
    void whatWasTakenFromTheShareDoesNotComeBackToTheSharedBucket() {
        bucket.tryTake(100);
        isUnreachable.set(true);
        tokenBucket.tryTake(1);

        tokenBucket.refund(1);

        assertThat(bucket.tryTake(100).count()).isZero();
    }

    @Test
    void itsUnavailabilityIsLoggedOnceUntilItIsAvailableAgain() {
        try (WarningCapture warnings = WarningCapture.of(FallbackTokenBucket.class)) {
            isUnreachable.set(true);
            tokenBucket.tryTake(1);
            time.advance(Duration.ofSeconds(10));
            tokenBucket.tryTake(1);
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("'test'", "is unavailable", "1.000 a second");

            isUnreachable.set(false);
            time.advance(Duration.ofSeconds(10));
            tokenBucket.tryTake(1);
            isUnreachable.set(true);
            tokenBucket.tryTake(1);
            assertThat(warnings.lines()).hasSize(2);
        }
    }

    @Test
    void askingItMayBlock() {
        assertThat(tokenBucket.isNonBlocking()).isFalse();
    }

    @Test
    void anErrorInTheSharedBucketsCodeIsTreatedAsUnreachable() {
        isBroken.set(true);

        tokenBucket.refund(1);

        assertThat(tokenBucket.tryTake(30).count()).isEqualTo(1);
    }

    @Test
    void aSharedBucketThatCannotBeCreatedAfterA429LeavesTheOldOne() {
        AtomicBoolean canBeCreated = new AtomicBoolean(true);
        AccountRateLimiter account = new RateLimiters(time, time.timers(), time, size -> {}, manager(canBeCreated))
                .of("default", "https://a");
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));
        canBeCreated.set(false);

        Duration pause =
                account.onTooManyRequests(account.submits(), account.submits().pauseCount(), null);

        assertThat(pause).isPositive();
    }

    /** Creates unavailable buckets. */
    @SuppressWarnings("unchecked")
    private static ProxyManager<String> manager(AtomicBoolean canBeCreated) {
        BucketProxy unavailable = fake(BucketProxy.class, () -> {
            throw new IllegalStateException("The bucket is unavailable");
        });
        RemoteBucketBuilder<String> builder = fake(RemoteBucketBuilder.class, () -> {
            if (!canBeCreated.get()) {
                throw new NoClassDefFoundError("thrown by a test");
            }
            return unavailable;
        });
        return fake(ProxyManager.class, () -> builder);
    }

    /** An object whose methods all return the same. */
    private static <T> T fake(Class<T> type, Supplier<Object> result) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> result.get()));
    }
}

package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.RemoteBucketBuilder;
import io.github.camelsora.support.MovedTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a JVM does while the bucket that it shares with others cannot be reached. */
class FallbackTokenBucketTest {
    private final MovedTime time = new MovedTime();
    private final AtomicBoolean isAway = new AtomicBoolean();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private final RateLimit rate = new RateLimit(10, 100);
    private final TokenBucket bucket = TokenBucket.of(rate, time);
    private final TokenBucket tokens = new FallbackTokenBucket(
            "test",
            new TokenBucket() {
                @Override
                public Permits tryTake(int wanted) {
                    if (isAway.get()) {
                        throw new IllegalStateException("It is away");
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
    void whileItCanBeReachedItGivesWhatItHas() {
        assertThat(tokens.tryTake(30).count()).isEqualTo(30);
    }

    @Test
    void whileItCannotBeReachedATenthIsSent() {
        isAway.set(true);

        int sent = 0;
        for (int second = 0; second < 60; second++) {
            sent += tokens.tryTake(100).count();
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(sent).isBetween(59, 61);
    }

    @Test
    void whenItIsBackItIsUsedAgain() {
        isAway.set(true);
        tokens.tryTake(1);
        isAway.set(false);

        time.pass(Duration.ofSeconds(10));

        assertThat(tokens.tryTake(30).count()).isEqualTo(30);
    }

    @Test
    void anErrorOfTheBucketsOwnCodeIsLikeItsAbsence() {
        isBroken.set(true);

        tokens.refund(1);

        assertThat(tokens.tryTake(30).count()).isEqualTo(1);
    }

    @Test
    void aSharedBucketThatCannotBeMadeAfterARefusalLeavesTheOldOne() {
        AtomicBoolean canBeMade = new AtomicBoolean(true);
        AccountRateLimiter pace =
                new RateLimiters(time, time, time, size -> {}, manager(canBeMade)).of("default", "https://a");
        pace.setLimits(RateGroup.DEFAULT.rates());
        canBeMade.set(false);

        Duration closed = pace.onTooManyRequests(pace.submits(), pace.submits().pauseCount(), null);

        assertThat(closed).isPositive();
    }

    /** Of buckets that are made, and that cannot be reached. */
    @SuppressWarnings("unchecked")
    private static ProxyManager<String> manager(AtomicBoolean canBeMade) {
        BucketProxy unreachable = fake(BucketProxy.class, () -> {
            throw new IllegalStateException("It is away");
        });
        RemoteBucketBuilder<String> builder = fake(RemoteBucketBuilder.class, () -> {
            if (!canBeMade.get()) {
                throw new NoClassDefFoundError("thrown by a test");
            }
            return unreachable;
        });
        return fake(ProxyManager.class, () -> builder);
    }

    /** An object whose methods all answer the same. */
    private static <T> T fake(Class<T> type, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer.get()));
    }
}

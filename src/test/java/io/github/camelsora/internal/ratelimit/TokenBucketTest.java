package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.camelsora.support.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A bucket of this JVM, on a clock that the test moves. */
class TokenBucketTest {
    private final ManualTime time = new ManualTime();
    private final TokenBucket bucket = TokenBucket.of(new RateLimit(2, 3), time);

    @Test
    void aFullBucketGivesItsBurstAndNoMore() {
        assertThat(bucket.tryTake(5)).isEqualTo(new TokenBucket.Permits(3, Duration.ZERO));
    }

    @Test
    void itGivesNoMoreThanIsWanted() {
        assertThat(bucket.tryTake(1)).isEqualTo(TokenBucket.Permits.of(1));
        assertThat(bucket.tryTake(2)).isEqualTo(TokenBucket.Permits.of(2));
        assertThat(bucket.tryTake(1).count()).isZero();
    }

    @Test
    void anEmptyBucketSaysWhenItHasATokenAgain() {
        bucket.tryTake(3);
        time.advance(Duration.ofMillis(100));

        assertThat(bucket.tryTake(1)).isEqualTo(TokenBucket.Permits.noneFor(Duration.ofMillis(400)));
    }

    @Test
    void itFillsAtItsRate() {
        bucket.tryTake(3);

        time.advance(Duration.ofSeconds(1));

        assertThat(bucket.tryTake(5).count()).isEqualTo(2);
    }

    @Test
    void itFillsUpToItsBurst() {
        bucket.tryTake(3);

        time.advance(Duration.ofHours(1));

        assertThat(bucket.tryTake(5).count()).isEqualTo(3);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        bucket.tryTake(3);

        bucket.refund(2);

        assertThat(bucket.tryTake(5).count()).isEqualTo(2);
    }

    @Test
    void itMayHaveATokenAsLongAsItHasOne() {
        assertThat(bucket.mayHaveToken()).isTrue();

        bucket.tryTake(3);
        assertThat(bucket.mayHaveToken()).isFalse();

        time.advance(Duration.ofMillis(500));
        assertThat(bucket.mayHaveToken()).isTrue();
    }

    @Test
    void whetherABucketElsewhereIsEmptyIsOnlyKnownByTaking() {
        TokenBucket elsewhere = TokenBucket.of(
                Bucket.builder()
                        .addLimit(new RateLimit(0.001, 1).bucketConfiguration().getBandwidths()[0])
                        .build(),
                false);
        elsewhere.tryTake(1);

        assertThat(elsewhere.mayHaveToken()).isTrue();
        assertThat(elsewhere.isNonBlocking()).isFalse();
        assertThat(bucket.isNonBlocking()).isTrue();
    }

    @Test
    void withoutALimitThereIsAsMuchAsIsWanted() {
        TokenBucket unlimited = TokenBucket.of(RateLimit.UNLIMITED, time);

        assertThat(unlimited.tryTake(1_000_000)).isEqualTo(TokenBucket.Permits.of(1_000_000));
        assertThat(unlimited.mayHaveToken()).isTrue();
        assertThat(unlimited.isNonBlocking()).isTrue();
    }
}

package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "NaN, 1", "1, 0", "1, -1"})
    void whatIsNoRateIsRefused(double perSecond, long burst) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(perSecond, burst))
                .withMessageContainingAll("" + perSecond, "" + burst);
    }

    @Test
    void onlyAnEndlessRateIsUnlimited() {
        assertThat(RateLimit.UNLIMITED.isLimited()).isFalse();
        assertThat(new RateLimit(1_000_000, 1).isLimited()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 50, 4.5, 2",
        "10, 3, 9, 3",
        "1, 50, 0.9, 1",
        "100, 50, 90, 40",
    })
    void aStrictRateIsNineTenthsWithABurstOfLessThanHalfASecond(
            double perSecond, long burst, double strictPerSecond, long strictBurst) {
        assertThat(new RateLimit(perSecond, burst).strict()).isEqualTo(new RateLimit(strictPerSecond, strictBurst));
    }

    @Test
    void theShareOfOneOfSeveralJvmsIsATenthWithoutABurst() {
        assertThat(new RateLimit(50, 100).share()).isEqualTo(new RateLimit(5, 1));
    }

    @Test
    void noLimitStaysNoLimit() {
        assertThat(RateLimit.UNLIMITED.strict()).isSameAs(RateLimit.UNLIMITED);
        assertThat(RateLimit.UNLIMITED.share()).isSameAs(RateLimit.UNLIMITED);
    }

    @Test
    void aBucketHoldsTheBurstAndGetsItsTokensOneByOne() {
        Bandwidth[] limits = new RateLimit(4, 7).bucketConfiguration().getBandwidths();

        assertThat(limits).hasSize(1);
        assertThat(limits[0].getCapacity()).isEqualTo(7);
        assertThat(limits[0].getRefillTokens()).isEqualTo(1);
        assertThat(limits[0].getRefillPeriodNanos())
                .isEqualTo(Duration.ofMillis(250).toNanos());
    }

    @Test
    void itIsWrittenForPeople() {
        assertThat(new RateLimit(16.6666667, 167)).hasToString("16.67 a second, 167 at once");
        assertThat(RateLimit.UNLIMITED).hasToString("as many as come");
    }

    @Test
    void anAccountIsLimitedWhenOneOfItsRatesIs() {
        RateLimit limit = new RateLimit(1, 1);

        assertThat(new RateLimits(limit, RateLimit.UNLIMITED).isLimited()).isTrue();
        assertThat(new RateLimits(RateLimit.UNLIMITED, limit).isLimited()).isTrue();
        assertThat(RateLimits.UNLIMITED.isLimited()).isFalse();
    }

    @Test
    void theStrictRatesOfAnAccountAreThoseOfBoth() {
        RateLimits rates = new RateLimits(new RateLimit(10, 100), new RateLimit(100, 1_000));

        assertThat(rates.strict()).isEqualTo(new RateLimits(new RateLimit(9, 4), new RateLimit(90, 40)));
    }
}

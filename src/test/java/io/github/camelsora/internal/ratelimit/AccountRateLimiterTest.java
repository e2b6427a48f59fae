package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateGroup;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account does, and tells its operator, when the service asks it to wait. */
class AccountRateLimiterTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final AccountRateLimiter account = time.rateLimiters().of("studio", "https://toapis.test");
    private final WarningCapture warnings = WarningCapture.of(AccountRateLimiter.class);

    @AfterEach
    void stop() {
        warnings.close();
    }

    private Duration askedToWait(RateLimiter limiter, long seconds) {
        return account.onRetryAfter(limiter, limiter.pauseCount(), Duration.ofSeconds(seconds));
    }

    private Duration refused(RateLimiter limiter) {
        return account.onTooManyRequests(limiter, limiter.pauseCount(), null);
    }

    @Test
    void itAnswersForHowLongItWaits() {
        assertThat(askedToWait(account.submits(), 7)).isEqualTo(Duration.ofSeconds(7));
        assertThat(askedToWait(account.submits(), 3)).isEqualTo(Duration.ofSeconds(7));
        assertThat(refused(account.queries())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theFirstRefusalOfALimitedAccountWaitsForTheWholeWindowAndTheNextDoNot() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        assertThat(refused(account.submits())).isEqualTo(WINDOW);
        time.advance(Duration.ofMinutes(1));

        assertThat(refused(account.submits())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theFirstRejectionIsLoggedWithTheRatesBeforeAndAfter() {
        account.setLimits(new RateLimits(new RateLimit(10, 100), new RateLimit(100, 1_000)));

        refused(account.submits());
        refused(account.submits());

        assertThat(warnings.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARN ")
                .contains(
                        "studio",
                        "10.00 a second, 100 at once",
                        "100.0 a second, 1000 at once",
                        "9.000 a second, 4 at once",
                        "90.00 a second, 40 at once"));
    }

    @Test
    void limitsThatAreSetAgainDoNotEndTheStrictPace() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));
        refused(account.submits());
        time.advance(Duration.ofMinutes(1));

        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        assertThat(refused(account.submits())).isLessThan(WINDOW);
    }

    @Test
    void afterAChangeOfItsLimitsTheNextRefusalIsAFirstOne() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));
        refused(account.submits());
        time.advance(Duration.ofMinutes(1));

        account.setLimits(RateLimits.of(RateGroup.VIP));

        assertThat(refused(account.submits())).isEqualTo(WINDOW);
    }

    @Test
    void anAccountWithoutLimitsHasNoStricterPace() {
        assertThat(refused(account.submits())).isEqualTo(Duration.ofSeconds(1));
        assertThat(warnings.lines()).isEmpty();
    }

    @Test
    void aLongWaitOfSubmitsIsLoggedWithWhatItMeansForThem() {
        askedToWait(account.submits(), 61);

        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("studio", "61 s", "2030-01-01T00:01:01Z", "submitTimeout", "NOT_SENT", "nothing is paid");
    }

    @Test
    void aLongWaitOfQueriesIsLoggedWithWhenTheyGoOn() {
        askedToWait(account.queries(), 3_600);

        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("studio", "3600 s", "2030-01-01T00:02:00Z")
                .doesNotContain("submit");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 100_000_000})
    void aShortWaitIsNotLogged(long seconds) {
        askedToWait(account.submits(), seconds);

        assertThat(warnings.lines()).isEmpty();
    }

    @Test
    void aWaitThatTheServiceDidNotAskForIsNotLogged() {
        askedToWait(account.submits(), 600);

        account.onRetryAfter(account.submits(), account.submits().pauseCount(), null);

        assertThat(warnings.lines()).hasSize(1);
    }

    @Test
    void theSameWaitIsLoggedOnceAndALongerOneAgain() {
        askedToWait(account.submits(), 600);
        time.advance(Duration.ofSeconds(1));
        askedToWait(account.submits(), 600);
        assertThat(warnings.lines()).hasSize(1);

        askedToWait(account.submits(), 662);

        assertThat(warnings.lines()).hasSize(2);
    }
}

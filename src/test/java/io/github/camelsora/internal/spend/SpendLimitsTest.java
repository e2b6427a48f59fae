package io.github.camelsora.internal.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelsora.api.SpendLimit;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options spendLimit and tenantSpendLimit allow to spend. */
class SpendLimitsTest {

    private static SpendLimits ofAccount(String option) {
        return SpendLimits.parse(option, null);
    }

    private static void assertRefused(String option, String... said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpendLimits.parse(option, null))
                .withMessageContainingAll(said)
                .withMessageStartingWith("spendLimit has the entry '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpendLimits.parse(null, option))
                .withMessageContainingAll(said)
                .withMessageStartingWith("tenantSpendLimit has the entry '");
    }

    @ParameterizedTest
    @CsvSource({
        "2000/1d, 2000, P1D",
        "500/12h, 500, PT12H",
        "5/45m, 5, PT45M",
        "0.5/1d, 0.5, P1D",
        "0.0001/1d, 0.0001, P1D",
        "007/1d, 7, P1D",
        "999999999999.9999/1d, 999999999999.9999, P1D",
    })
    void aLimitIsCreditsInAWindow(String option, BigDecimal credits, Duration window) {
        assertThat(ofAccount(option).ofAccount()).containsExactly(new SpendLimit(credits, window));
    }

    @Test
    void nothingMayBeTheLimit() {
        assertThat(ofAccount("0/1d").ofAccount()).containsExactly(new SpendLimit(BigDecimal.ZERO, Duration.ofDays(1)));
        assertThat(ofAccount("0/1d").isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10m, PT10M", "90d, P90D", "2160h, P90D", "129600m, P90D"})
    void aWindowIsOfTenMinutesToNinetyDays(String window, Duration length) {
        assertThat(ofAccount("1/" + window).ofAccount())
                .extracting(SpendLimit::window)
                .containsExactly(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "9m", "91d", "2161h", "129601m", "999999d"})
    void aWindowThatIsTooShortOrTooLongIsRefused(String window) {
        assertRefused("1/" + window, "'1/" + window + "'", "window must be of 10 minutes to 90 days");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000",
                "2000/",
                "/1d",
                "2000/1",
                "2000/d",
                "2000/0d",
                "2000/-1d",
                "2000/1.5d",
                "2000/1w",
                "2000/1D",
                "2000/60s",
                "2000/1 d",
                "2000/1d/1d",
                "-1/1d",
                "+1/1d",
                ".5/1d",
                "1./1d",
                "1e3/1d",
                "2'000/1d",
                "1.00001/1d",
                "1000000000000/1d",
                "1/1000000d",
                "1/99999999999999999999d",
                "\u0662/1d",
                "unlimited",
                "2000/1d;40000/30d",
            })
    void anEntryOfAnotherFormIsRefusedWithItsOptionAndAnExample(String entry) {
        assertRefused(
                entry, "'" + entry + "'", "credits in a window of minutes, hours or days, such as 2000/1d or 500/12h");
    }

    @Test
    void oneEntryThatCannotBeReadRefusesAllAndIsNamedAlone() {
        assertRefused("2000/1d, 40000/30, 5/10m", "'40000/30'");
    }

    @Test
    void severalWindowsAreSeveralLimits() {
        SpendLimits limits = SpendLimits.parse("2000/1d,40000/30d", "500/1d");

        assertThat(limits.ofAccount()).extracting(SpendLimit::toString).containsExactly("2000/1d", "40000/30d");
        assertThat(limits.ofTenant()).extracting(SpendLimit::toString).containsExactly("500/1d");
    }

    @Test
    void twoLimitsOfOneWindowBothHold() {
        assertThat(ofAccount("30/1d,20/1d").ofAccount())
                .extracting(SpendLimit::toString)
                .containsExactly("20/1d", "30/1d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000/1d,40000/30d",
                "40000/30d,2000/1d",
                "2000/1d,40000/30d,2000/1d",
                "2000.0/24h,40000/720h",
                "  2000 / 1d ,, 40000\t/\n30d , ",
            })
    void theSameLimitsAreEqualHoweverTheyAreWritten(String option) {
        assertThat(ofAccount(option)).isEqualTo(ofAccount("2000/1d,40000/30d"));
    }

    @Test
    void limitsThatDifferAreNotEqual() {
        assertThat(ofAccount("2000/1d")).isNotEqualTo(ofAccount("2001/1d")).isNotEqualTo(ofAccount("2000/2d"));
        assertThat(ofAccount("2000/1d")).isNotEqualTo(SpendLimits.parse(null, "2000/1d"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ",", " , "})
    void noEntryIsNoLimit(String option) {
        assertThat(SpendLimits.parse(option, option)).isEqualTo(SpendLimits.NONE);
        assertThat(SpendLimits.parse(option, option).isNone()).isTrue();
    }

    @Test
    void aLimitOfTenantsAloneIsALimit() {
        assertThat(SpendLimits.parse(null, "500/1d").isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2000/1d, , , true",
        "2000/1d, , shop, true",
        "2000/1d, 500/1d, , true",
        ", 500/1d, shop, true",
        ", 500/1d, , false",
        ", , shop, false",
    })
    void aTenantsLimitAppliesToSubmitsOfATenantOnly(
            String spendLimit, String tenantSpendLimit, String tenant, boolean applies) {
        assertThat(SpendLimits.parse(spendLimit, tenantSpendLimit).applyTo(tenant))
                .isEqualTo(applies);
    }
}

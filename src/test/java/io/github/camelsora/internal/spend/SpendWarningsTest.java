package io.github.camelsora.internal.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.support.WarningCapture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of limits that are nearly or entirely spent: one warning of each, once a window. */
class SpendWarningsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:05:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final FakeBook book = new FakeBook();
    private final SpendWarnings warnings = new SpendWarnings();
    private final WarningCapture log = WarningCapture.of(SpendWarnings.class);
    private SpendLimits limits = SpendLimits.parse("100/1d", null);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private LimitedBooking booking(String account, String tenant, String price, Instant now) {
        BigDecimal credits = price == null ? null : new BigDecimal(price);
        return new LimitedBooking(account, tenant, "key-1", "sora-2", now, new Spending(credits, limits, false));
    }

    private void hold(LimitedBooking booking) {
        book.write(booking);
        warnings.held(booking);
    }

    private void hold(String price, Instant now) {
        hold(booking("default", null, price, now));
    }

    private void refuse(LimitedBooking booking) {
        assertThatThrownBy(() -> book.write(booking)).isInstanceOf(SpendLimitException.class);
        warnings.refused(booking);
    }

    private void refuse(String price, Instant now) {
        refuse(booking("default", null, price, now));
    }

    @Test
    void fourFifthsOfALimitAreWarnedOf() {
        hold("79.9999", NOW);
        assertThat(log.lines()).isEmpty();

        hold("0.0001", NOW);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(
                        "Account 'default' holds or has spent 80 credits of spendLimit 100/1d", "before they are sent");
    }

    @Test
    void theSameIsNotWarnedOfAgainUntilAWindowLater() {
        hold("80", NOW);
        hold("10", NOW.plus(DAY).minusMillis(1));
        assertThat(log.lines()).hasSize(1);

        hold("0.5", NOW.plus(DAY));

        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aRefusalIsWarnedOfOnceAWindowBesideTheFourFifths() {
        hold("100", NOW);
        refuse("20", NOW);
        refuse("20", NOW);
        refuse("30", NOW.plus(DAY).minusMillis(1));
        assertThat(log.lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(
                        "100 credits of spendLimit 100/1d",
                        "key key-1, which costs 20, was refused before it was sent");

        refuse("20", NOW.plus(DAY));

        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void onlyTheLimitThatHasNoRoomIsWarnedOf() {
        limits = SpendLimits.parse("100/1d,1000/30d", null);
        hold("70", NOW);

        refuse("31", NOW);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("spendLimit 100/1d")
                .doesNotContain("1000/30d");
    }

    @Test
    void eachLimitIsWarnedOfForItself() {
        limits = SpendLimits.parse("100/1d,100/30d", null);

        hold("80", NOW);

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).contains("spendLimit 100/1d");
        assertThat(log.lines().get(1)).contains("spendLimit 100/30d");
    }

    @Test
    void eachTenantIsWarnedOfForItself() {
        limits = SpendLimits.parse(null, "50/1d");

        hold(booking("default", "shop", "40", NOW));
        hold(booking("default", "press", "40", NOW));
        hold(booking("default", "shop", "5", NOW));

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).contains("40 credits of tenantSpendLimit 50/1d of tenant 'shop'");
        assertThat(log.lines().get(1)).contains("40 credits of tenantSpendLimit 50/1d of tenant 'press'");
    }

    @Test
    void eachAccountIsWarnedOfForItself() {
        hold("80", NOW);
        LimitedBooking other = booking("shop", null, "80", NOW);
        other.check(new FakeBook());

        warnings.held(other);

        assertThat(log.lines()).hasSize(2).last().asString().contains("Account 'shop'");
    }

    @Test
    void aRefusalForWantOfAPriceIsNoFullLimit() {
        hold("10", NOW);

        refuse(booking("default", null, null, NOW));

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void manyTenantsAreRememberedAndNoneIsWarnedOfTwice() {
        limits = SpendLimits.parse(null, "1/1d");
        for (int i = 0; i <= 10_000; i++) {
            LimitedBooking booking = booking("default", "tenant-" + i, "1", NOW);
            booking.check(new FakeBook());
            warnings.held(booking);
        }
        LimitedBooking again = booking("default", "tenant-0", "1", NOW);
        again.check(new FakeBook());

        warnings.held(again);

        assertThat(log.lines()).hasSize(10_001).doesNotHaveDuplicates();
    }
}

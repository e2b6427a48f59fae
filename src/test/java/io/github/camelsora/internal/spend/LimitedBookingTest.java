package io.github.camelsora.internal.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.internal.ledger.LedgerRecords;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the limits have room for a submit, and when they will have. */
class LimitedBookingTest {
    /** In the middle of the slice that begins at noon. */
    private static final Instant NOW = Instant.parse("2026-11-30T12:05:00Z");

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final FakeBook book = new FakeBook();
    private SpendLimits limits = SpendLimits.NONE;

    private LimitedBooking booking(String tenant, String price, Instant now) {
        BigDecimal credits = price == null ? null : new BigDecimal(price);
        return new LimitedBooking("default", tenant, "key-1", "sora-2", now, new Spending(credits, limits, false));
    }

    private void hold(String price, Instant now) {
        book.write(booking(null, price, now));
    }

    private SpendLimitException refusalOf(LimitedBooking booking) {
        return catchThrowableOfType(SpendLimitException.class, () -> book.write(booking));
    }

    private SpendLimitException refusalOf(String price, Instant now) {
        SpendLimitException refusal = refusalOf(booking(null, price, now));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static void assertFits(SpendLimitException refusal) {
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @CsvSource({"80, 20, 1", "100, 0, 0.0001", "99.5, 0.5, 0.0001"})
    void theLimitItselfMayBeSpentAndNoMore(String held, String rest, String more) {
        limits = SpendLimits.parse("100/1d", null);
        hold(held, NOW);

        assertFits(refusalOf(booking(null, rest, NOW)));

        assertThat(refusalOf(more, NOW)).hasMessageContaining("spendLimit 100/1d, of which 100 are held");
        assertThat(book.since(null, Instant.EPOCH)).isEqualByComparingTo("100");
    }

    @Test
    void aSubmitThatCostsNothingFitsIntoAFullLimit() {
        limits = SpendLimits.parse("0/1d", null);

        assertFits(refusalOf(booking(null, "0", NOW)));
    }

    @Test
    void aSubmitThatCostsNothingFitsIntoALimitThatWasLowered() {
        hold("100", NOW);
        limits = SpendLimits.parse("50/1d", null);

        assertFits(refusalOf(booking(null, "0.00", NOW)));

        assertThat(refusalOf("0.01", NOW)).hasMessageContaining("spendLimit 50/1d");
    }

    @Test
    void aRefusalSaysWhatItCostsAndThatNothingWasPaid() {
        limits = SpendLimits.parse("100/1d", null);
        hold("90", NOW);

        SpendLimitException refusal = refusalOf("20", NOW);

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(refusal.getTaskKey()).isEqualTo("key-1");
        assertThat(refusal)
                .hasMessageContainingAll(
                        "The submit of key key-1 costs 20 credits",
                        "spendLimit 100/1d, of which 90 are held",
                        "Nothing was sent and nothing was paid",
                        "There is room for it in about 24 h");
    }

    @Test
    void theShorterWindowHolds() {
        limits = SpendLimits.parse("100/1d,1000/30d", null);
        hold("100", NOW);

        assertThat(refusalOf("1", NOW)).hasMessageContaining("100/1d").hasMessageNotContaining("1000/30d");
    }

    @Test
    void theLongerWindowHolds() {
        limits = SpendLimits.parse("100/1d,150/30d", null);
        hold("100", NOW.minus(Duration.ofDays(2)));
        hold("50", NOW);

        assertThat(refusalOf("1", NOW)).hasMessageContaining("150/30d").hasMessageNotContaining("100/1d");
    }

    @Test
    void whenSeveralLimitsAreFullTheLastOneToBecomeFreeCounts() {
        limits = SpendLimits.parse("100/1d,100/30d", "100/2d");
        book.write(booking("shop", "100", NOW));

        SpendLimitException refusal = refusalOf(booking("shop", "1", NOW));

        assertThat(refusal)
                .hasMessageContainingAll("spendLimit 100/1d", "spendLimit 100/30d", "tenantSpendLimit 100/2d");
        assertThat(refusal.getRetryAfter())
                .isEqualTo(Duration.between(NOW, NOON.plus(Duration.ofDays(30)).plus(Slices.LENGTH)));
    }

    // A window counts the slice that it begins in as a whole, so a limit holds in any window of its length.
    @ParameterizedTest
    @CsvSource({
        "2026-11-30T12:00:00Z, 2026-12-01T12:09:59.999Z, true",
        "2026-11-30T12:09:59.999Z, 2026-12-01T12:09:59.999Z, true",
        "2026-11-30T12:00:00Z, 2026-12-01T12:10:00Z, false",
        "2026-11-30T12:09:59.999Z, 2026-12-01T12:10:00Z, false",
        "2026-11-30T12:10:00Z, 2026-12-01T12:10:00Z, true",
    })
    void whatIsHeldLeavesTheWindowWithTheLastOfItsSlice(Instant held, Instant now, boolean isFull) {
        limits = SpendLimits.parse("100/1d", null);
        hold("100", held);

        SpendLimitException refusal = refusalOf(booking(null, "1", now));

        assertThat(refusal != null).isEqualTo(isFull);
    }

    @Test
    void afterTheWaitThatARefusalNamesThereIsRoomAndNotBefore() {
        limits = SpendLimits.parse("100/1d", null);
        hold("100", NOW);
        Instant later = NOW.plus(Duration.ofHours(7));

        Instant free = later.plus(refusalOf("1", later).getRetryAfter());

        assertThat(free).isEqualTo(NOON.plus(Slices.LENGTH).plus(DAY));
        refusalOf("1", free.minusMillis(1));
        assertFits(refusalOf(booking(null, "1", free)));
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "30, 0", "31, 1", "60, 1", "61, 2", "100, 2"})
    void theWaitLastsUntilSoManySlicesHaveLeftThatTheSubmitFits(String price, int slice) {
        limits = SpendLimits.parse("100/1d", null);
        List<Instant> times = List.of(NOW.minus(Duration.ofHours(3)), NOW.minus(Duration.ofHours(2)), NOW);
        hold("30", times.get(0));
        hold("30", times.get(1));
        hold("40", times.get(2));

        Duration wait = refusalOf(price, NOW).getRetryAfter();

        assertThat(NOW.plus(wait))
                .isEqualTo(Slices.end(
                        Slices.of(times.get(slice)), limits.ofAccount().get(0)));
    }

    // The sum and the slices are two queries, and another JVM may release its price between them.
    @Test
    void whatWasReleasedWhileItWasCheckedNeedsNoWait() {
        limits = SpendLimits.parse("100/1d", null);
        Held released = new Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                return BigDecimal.valueOf(100);
            }

            @Override
            public List<Slice> slices(String tenant, Instant since) {
                return List.of();
            }
        };

        SpendLimitException refusal = catchThrowableOfType(
                SpendLimitException.class, () -> booking(null, "1", NOW).check(released));

        assertThat(refusal.getRetryAfter()).isEqualTo(Duration.ZERO);
        assertThat(refusal).hasMessageContaining("in about 1 min");
    }

    @ParameterizedTest
    @CsvSource({"10m, 15 min", "109m, 114 min", "110m, 115 min", "115m, 2 h", "30d, 720 h"})
    void theWaitIsNamedInMinutesOrHours(String window, String words) {
        limits = SpendLimits.parse("100/" + window, null);
        hold("100", NOW);

        assertThat(refusalOf("1", NOW)).hasMessageContaining("There is room for it in about " + words + ".");
    }

    @Test
    void noWaitHelpsASubmitThatCostsMoreThanALimit() {
        limits = SpendLimits.parse("100/1d,1000/30d", null);
        assertThat(refusalOf("101", NOW).getRetryAfter()).isNull();
        assertThat(refusalOf("101", NOW)).hasMessageContaining("waiting does not help");

        hold("100", NOW);
        assertThat(refusalOf("100", NOW).getRetryAfter()).isNotNull();
    }

    @Test
    void aTenantIsHeldToItsOwnLimit() {
        limits = SpendLimits.parse(null, "50/1d");
        book.write(booking("shop", "50", NOW));

        assertThat(refusalOf(booking("shop", "1", NOW)))
                .hasMessageContaining("tenantSpendLimit 50/1d of tenant 'shop', of which 50 are held");
        assertFits(refusalOf(booking("press", "50", NOW)));
        assertFits(refusalOf(booking(null, "1000", NOW)));
    }

    @Test
    void theLimitOfTheAccountHoldsForAllTenantsTogether() {
        limits = SpendLimits.parse("100/1d", "80/1d");
        book.write(booking("shop", "60", NOW));
        book.write(booking(null, "10", NOW));

        assertThat(refusalOf(booking("press", "31", NOW)))
                .hasMessageContaining("spendLimit 100/1d, of which 70 are held")
                .hasMessageNotContaining("tenantSpendLimit");
        assertFits(refusalOf(booking("press", "30", NOW)));
    }

    @Test
    void aTenantsLimitDoesNotHoldForASubmitOfNoTenant() {
        limits = SpendLimits.parse(null, "50/1d");

        assertThat(booking(null, null, NOW).isLimited()).isFalse();
        assertThat(booking("shop", null, NOW).isLimited()).isTrue();
    }

    @Test
    void aSubmitWithoutAPriceIsRefusedWhileSpendingIsLimited() {
        limits = SpendLimits.parse("100/1d", null);

        SpendLimitException refusal = refusalOf(booking(null, null, NOW));

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(refusal.getRetryAfter()).isNull();
        assertThat(refusal)
                .hasMessageContainingAll(
                        "key key-1 was not sent",
                        "price of model sora-2",
                        "creditPrices=sora-2=20",
                        "Nothing was paid");
    }

    @Test
    void withoutALimitNothingIsChecked() {
        LimitedBooking booking = booking("shop", null, NOW);

        booking.check(null);

        assertThat(booking.isLimited()).isFalse();
        assertThat(booking.left()).isEmpty();
    }

    @Test
    void thePriceIsHeldInTheSliceOfItsIntent() {
        LimitedBooking booking = booking("shop", "20", NOW);

        assertThat(booking.account()).isEqualTo("default");
        assertThat(booking.tenant()).isEqualTo("shop");
        assertThat(booking.slice()).isEqualTo(NOON);
        assertThat(booking.amount()).isEqualByComparingTo("20");
    }

    @Test
    void whatIsLeftOfEachLimitIsKnownAfterTheCheck() {
        limits = SpendLimits.parse("100/1d,100/30d", "50/1d");
        book.write(booking("press", "20", NOW.minus(DAY).minus(DAY)));
        book.write(booking("shop", "30", NOW));
        LimitedBooking booking = booking("shop", "10", NOW);
        assertThat(booking.left()).isEmpty();

        booking.check(book);

        assertThat(booking.left())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new LimitLeft("100/1d", null, new BigDecimal("30"), new BigDecimal("70")),
                        new LimitLeft("100/30d", null, new BigDecimal("50"), new BigDecimal("50")),
                        new LimitLeft("50/1d", "shop", new BigDecimal("30"), new BigDecimal("20")));
    }

    @Test
    void aLimitThatWasLoweredHasNothingLeft() {
        hold("100", NOW);
        limits = SpendLimits.parse("50/1d", null);
        LimitedBooking booking = booking(null, "1", NOW);

        assertThatThrownBy(() -> booking.check(book)).isInstanceOf(SpendLimitException.class);

        assertThat(booking.left()).extracting(LimitLeft::left).containsExactly(BigDecimal.ZERO);
    }

    @Test
    void whatIsReleasedMakesRoomInTheSliceThatHeldIt() {
        limits = SpendLimits.parse("100/1d", "100/1d");
        book.write(booking("shop", "100", NOW));
        refusalOf(booking("shop", "1", NOW));

        Booking released = Bookings.released(LedgerRecords.priced("key-1", "shop", 100, NOW));
        book.write(released);

        assertThat(released.slice()).isEqualTo(NOON);
        assertFits(refusalOf(booking("shop", "100", NOW.plus(Duration.ofHours(1)))));
    }

    @Test
    void whatIsHeldOnceMoreIsNotHeldToALimit() {
        limits = SpendLimits.parse("100/1d", null);
        hold("100", NOW);

        Booking held = Bookings.held(LedgerRecords.priced("key-1", null, 20, NOW));
        book.write(held);

        assertThat(held.isLimited()).isFalse();
        assertThat(book.since(null, NOON)).isEqualByComparingTo("120");
    }

    @Test
    void aTaskWithoutAPriceHoldsAndReleasesNothing() {
        assertThat(Bookings.held(LedgerRecords.intent("default", "key-1"))).isNull();
        assertThat(Bookings.released(LedgerRecords.intent("default", "key-1"))).isNull();
    }
}

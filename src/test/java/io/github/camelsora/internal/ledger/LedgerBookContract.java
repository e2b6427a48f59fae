package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.internal.cluster.Contenders;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.spend.LimitedBooking;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.spend.Spending;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the book of a ledger promises: it changes with the record that it belongs to, and a limit is never exceeded. */
interface LedgerBookContract extends LedgerUnderTest {
    String HUNDRED_A_DAY = "100/1d";

    /** Holds the price of an intent within limits. */
    static Booking within(String limits, String tenantLimits, TaskRecord intent) {
        return new LimitedBooking(
                intent.account(),
                intent.origin().tenant(),
                intent.key(),
                intent.origin().model(),
                intent.times().createdAt(),
                new Spending(intent.price().estimated(), SpendLimits.parse(limits, tenantLimits), false));
    }

    private static LedgerWrite booked(TaskRecord record, Booking booking) {
        return new LedgerWrite(record, booking, null);
    }

    private boolean isAdded(String limits, TaskRecord intent) {
        try {
            return ledger().add(booked(intent, within(limits, null, intent))).isEmpty();
        } catch (SpendLimitException e) {
            return false;
        }
    }

    private TaskRecord held(String key, String tenant, long credits) {
        TaskRecord intent = LedgerRecords.priced(key, tenant, credits, LedgerRecords.NOON);
        assertThat(ledger().add(booked(intent, Bookings.held(intent)))).isEmpty();
        return ledger().find("default", key).orElseThrow();
    }

    private void assertHeld(String tenant, long credits) {
        BigDecimal held = ledger().book()
                .orElseThrow()
                .held("default")
                .since(tenant, LedgerRecords.NOON.minus(Duration.ofDays(99)));
        assertThat(held).isEqualByComparingTo(BigDecimal.valueOf(credits));
    }

    @Test
    default void theBookHoldsThePricesOfTasks() {
        held("key-1", null, 20);
        held("key-2", null, 30);

        assertThat(ledger().book()).isPresent();
        assertHeld(null, 50);
    }

    @Test
    default void whatATenantSpendsCountsForTheAccountToo() {
        held("key-1", "blue", 20);
        held("key-2", "red", 30);

        assertHeld("blue", 20);
        assertHeld("red", 30);
        assertHeld(null, 50);
    }

    @Test
    default void aSliceNeverHoldsLessThanNothing() {
        TaskRecord standing = held("key-1", "blue", 20);
        TaskRecord dearer = LedgerRecords.priced("key-1", "blue", 30, LedgerRecords.NOON);

        assertThat(ledger().replace(
                                booked(LedgerRecords.step(standing, TaskState.REJECTED), Bookings.released(dearer))))
                .isPresent();

        assertHeld("blue", 0);
        assertHeld(null, 0);
        held("key-2", "blue", 7);
        assertHeld("blue", 7);
    }

    @Test
    default void anotherAccountHasABookOfItsOwn() {
        held("key-1", null, 20);

        assertThat(ledger().book().orElseThrow().held("other").since(null, Instant.EPOCH))
                .isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    default void aKnownKeyIsNeitherCheckedNorBooked() {
        TaskRecord standing = held("key-1", null, 100);
        TaskRecord again = LedgerRecords.priced("key-1", null, 90, LedgerRecords.NOON);

        assertThat(ledger().add(booked(again, within(HUNDRED_A_DAY, null, again))))
                .contains(standing);

        assertHeld(null, 100);
    }

    @Test
    default void whatJustFitsIsWritten() {
        held("key-1", null, 80);
        TaskRecord intent = LedgerRecords.priced("key-2", null, 20, LedgerRecords.NOON);

        assertThat(isAdded(HUNDRED_A_DAY, intent)).isTrue();

        assertHeld(null, 100);
    }

    @Test
    default void whatWouldExceedALimitIsNotWritten() {
        held("key-1", null, 80);
        TaskRecord intent = LedgerRecords.priced("key-2", null, 21, LedgerRecords.NOON);

        assertThatThrownBy(() -> ledger().add(booked(intent, within(HUNDRED_A_DAY, null, intent))))
                .isInstanceOfSatisfying(SpendLimitException.class, refusal -> assertThat(refusal.getRetryAfter())
                        .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(10)))
                .hasMessageContainingAll("key-2", "100/1d", "80 are held", "nothing was paid");

        assertThat(ledger().find("default", "key-2")).isEmpty();
        assertHeld(null, 80);
    }

    @Test
    default void aTaskOfAnotherKeyIsRefusedTogetherWithItsBookingAndItsLine() {
        ledger().add(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord intent = held("key-2", null, 20);
        TaskRecord given = intent.accepted("video_1", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL);
        HistoryEntry line = new HistoryEntry(
                "default", "key-2", 1, LedgerRecords.NOON, "Changed", null, null, "node-1", null, null);

        for (Booking booking : Arrays.asList(null, Bookings.held(intent), within(HUNDRED_A_DAY, null, intent))) {
            assertThatThrownBy(() -> ledger().replace(new LedgerWrite(given, booking, line)))
                    .isInstanceOf(TaskTakenException.class)
                    .hasMessage("task video_1 is that of key key-1");
        }

        assertThat(ledger().find("default", "key-2")).contains(intent);
        assertThat(ledger().history().orElseThrow().find("default", "key-2", 10))
                .isEmpty();
        assertHeld(null, 20);
    }

    @Test
    default void aTenantHasALimitOfItsOwn() {
        held("key-1", "blue", 80);
        TaskRecord blue = LedgerRecords.priced("key-2", "blue", 30, LedgerRecords.NOON);
        TaskRecord red = LedgerRecords.priced("key-3", "red", 30, LedgerRecords.NOON);

        assertThatThrownBy(() -> ledger().add(booked(blue, within(null, HUNDRED_A_DAY, blue))))
                .isInstanceOf(SpendLimitException.class)
                .hasMessageContainingAll("tenant 'blue'");
        assertThat(ledger().add(booked(red, within(null, HUNDRED_A_DAY, red)))).isEmpty();
    }

    @Test
    default void aSubmitWithoutAPriceIsNotWrittenWhileThereIsALimit() {
        TaskRecord intent = LedgerRecords.intent("default", "key-1");

        assertThatThrownBy(() -> ledger().add(booked(intent, within(HUNDRED_A_DAY, null, intent))))
                .isInstanceOf(SpendLimitException.class)
                .hasMessageContaining("creditPrices");

        assertThat(ledger().find("default", "key-1")).isEmpty();
    }

    @Test
    default void whatLeavesTheWindowCountsNoLonger() {
        held("key-1", null, 100);
        TaskRecord tooEarly = LedgerRecords.priced(
                "key-2", null, 1, LedgerRecords.NOON.plus(Duration.ofDays(1)).plusSeconds(599));
        TaskRecord inTime = LedgerRecords.priced(
                "key-3", null, 100, LedgerRecords.NOON.plus(Duration.ofDays(1)).plusSeconds(600));

        assertThat(isAdded(HUNDRED_A_DAY, tooEarly)).isFalse();
        assertThat(isAdded(HUNDRED_A_DAY, inTime)).isTrue();
    }

    @Test
    default void eachOfSeveralLimitsHolds() {
        held("key-1", null, 100);
        TaskRecord nextDay = LedgerRecords.priced("key-2", null, 60, LedgerRecords.NOON.plus(Duration.ofDays(2)));

        assertThat(isAdded("100/1d,150/30d", nextDay)).isFalse();
        assertThat(isAdded("100/1d,160/30d", nextDay)).isTrue();
    }

    @Test
    default void aWithdrawnIntentReleasesWhatItHeld() {
        TaskRecord intent = held("key-1", "blue", 20);
        held("key-2", "blue", 5);

        ledger().replace(booked(intent.withState(TaskState.REJECTED).ownedBy(null), Bookings.released(intent)));

        assertHeld(null, 5);
        assertHeld("blue", 5);
    }

    @Test
    default void aChangeThatComesTooLateReleasesNothing() {
        TaskRecord intent = held("key-1", null, 20);
        ledger().replace(intent.accepted("video_1", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL));

        assertThat(ledger().replace(
                                booked(intent.withState(TaskState.REJECTED).ownedBy(null), Bookings.released(intent))))
                .isEmpty();

        assertHeld(null, 20);
    }

    @Test
    default void aRejectedRecordIsReplacedWithinTheLimit() {
        TaskRecord rejected = ledger().replace(booked(
                        held("key-1", null, 20).withState(TaskState.REJECTED).ownedBy(null),
                        Bookings.released(held20())))
                .orElseThrow();
        TaskRecord again =
                LedgerRecords.priced("key-1", null, 101, LedgerRecords.NOON).withVersion(rejected.version());
        TaskRecord cheaper =
                LedgerRecords.priced("key-1", null, 99, LedgerRecords.NOON).withVersion(rejected.version());

        assertThatThrownBy(() -> ledger().replace(booked(again, within(HUNDRED_A_DAY, null, again))))
                .isInstanceOfSatisfying(SpendLimitException.class, refusal -> assertThat(refusal.getRetryAfter())
                        .isNull());
        assertThat(ledger().find("default", "key-1")).contains(rejected);
        assertThat(ledger().replace(booked(cheaper, within(HUNDRED_A_DAY, null, cheaper))))
                .isPresent();

        assertHeld(null, 99);
    }

    private static TaskRecord held20() {
        return LedgerRecords.priced("key-1", null, 20, LedgerRecords.NOON);
    }

    @Test
    default void aForgottenRecordLeavesTheBookAsItIs() {
        TaskRecord record = held("key-1", null, 20);

        ledger().forget(record, null);

        assertHeld(null, 20);
    }

    @Test
    default void oldSlicesAreRemoved() {
        TaskRecord old = LedgerRecords.priced("old", null, 20, Instant.parse("2020-01-01T00:00:00Z"));
        ledger().add(booked(old, Bookings.held(old)));
        TaskRecord fresh = LedgerRecords.priced("new", null, 5, ledger().now());
        ledger().add(booked(fresh, Bookings.held(fresh)));

        ledger().removeClosed(LedgerRecords.NOON, 100);

        assertThat(ledger().book().orElseThrow().held("default").since(null, Instant.parse("2019-01-01T00:00:00Z")))
                .isEqualByComparingTo(BigDecimal.valueOf(5));
    }

    // Also at the border of two slices, where each of them writes a row of its own.
    @Test
    default void manyAtOnceNeverExceedALimit() throws Exception {
        int contenders = 8;
        int each = 12;
        List<List<Boolean>> added = Contenders.all(contenders, contender -> java.util.stream.IntStream.range(0, each)
                .mapToObj(turn -> LedgerRecords.priced(
                        "key-" + contender + "-" + turn,
                        "tenant-" + turn % 2,
                        10,
                        LedgerRecords.NOON.plusSeconds(600L * (turn % 3))))
                .map(intent -> isAdded("500/1d", intent))
                .toList());

        assertThat(added.stream().flatMap(List::stream).filter(wasAdded -> wasAdded))
                .hasSize(50);
        assertHeld(null, 500);
    }

    @Test
    default void manyHoldsAndReleasesLeaveWhatIsRight() throws Exception {
        Contenders.all(8, contender -> {
            for (int turn = 0; turn < 10; turn++) {
                TaskRecord intent = held("key-" + contender + "-" + turn, "blue", 10);
                if (turn % 2 == 0) {
                    assertThat(ledger().replace(booked(
                                    intent.withState(TaskState.REJECTED).ownedBy(null), Bookings.released(intent))))
                            .isPresent();
                }
            }
            return true;
        });

        assertHeld(null, 400);
        assertHeld("blue", 400);
    }
}

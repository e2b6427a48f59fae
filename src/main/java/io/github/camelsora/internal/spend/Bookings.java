package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskRecord;
import java.math.BigDecimal;
import java.time.Instant;

/** The changes that tasks make in the book of their account. */
public final class Bookings {
    private Bookings() {}

    /** A change that no limit is checked for. */
    private record Unlimited(String account, String tenant, Instant slice, BigDecimal amount) implements Booking {
        @Override
        public boolean isLimited() {
            return false;
        }

        @Override
        public void check(Held held) {
            // There is no limit.
        }
    }

    /** Holds the price of a task, whose intent was written before; null when no price is known. */
    public static Booking held(TaskRecord record) {
        return unlimited(record, record.price().estimated());
    }

    /** Releases what the intent of a task holds; null when that is nothing. */
    public static Booking released(TaskRecord record) {
        BigDecimal price = record.price().estimated();
        return unlimited(record, price == null ? null : price.negate());
    }

    /** The slice is found again from the record alone. */
    private static Booking unlimited(TaskRecord record, BigDecimal amount) {
        return amount == null
                ? null
                : new Unlimited(
                        record.account(),
                        record.origin().tenant(),
                        Slices.of(record.times().createdAt()),
                        amount);
    }
}

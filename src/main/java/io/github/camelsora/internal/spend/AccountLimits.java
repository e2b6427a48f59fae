package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.internal.spend.LimitedBooking.Use;
import java.time.Instant;
import java.util.List;

/** What is left of the limits of an account, for operators. */
public final class AccountLimits {
    private AccountLimits() {}

    /**
     * Reads the book of an account.
     *
     * @param limits the limits; those of tenants are left out, because a book does not list its tenants
     * @param held what the book holds
     * @param now the time now
     */
    public static List<LimitLeft> left(SpendLimits limits, Held held, Instant now) {
        return limits.ofAccount().stream()
                .map(limit -> new Use(limit, null, held.since(null, Slices.first(limit, now))).limitLeft())
                .toList();
    }
}

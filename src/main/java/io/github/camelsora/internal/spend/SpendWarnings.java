package io.github.camelsora.internal.spend;

import io.github.camelsora.api.SpendLimit;
import io.github.camelsora.internal.spend.LimitedBooking.Use;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once a window when 80 % of a limit are held, and once when it refuses a submit; each JVM for itself. Thread-safe. */
public final class SpendWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(SpendWarnings.class);
    private static final BigDecimal NEARLY = new BigDecimal("0.8");
    /** Tenants may be many: beyond so many subjects those that may be warned of again are dropped. */
    private static final int MOST_SUBJECTS = 10_000;

    /** When a warning may be repeated. */
    private final Map<Subject, Instant> silentUntil = new ConcurrentHashMap<>();

    private record Subject(String account, String tenant, SpendLimit limit, boolean isRefusal) {}

    /** A submit holds its price now: its intent is in the ledger. */
    public void held(LimitedBooking booking) {
        booking.checked().stream()
                .map(use -> new Use(use.limit(), use.tenant(), use.held().add(booking.amount())))
                .filter(use -> use.held().compareTo(use.limit().credits().multiply(NEARLY)) >= 0)
                .filter(use -> isTime(booking, use, false))
                .forEach(use -> LOG.warn(
                        "Account '{}' holds or has spent {} credits of {}. When the limit is reached, further submits are"
                                + " refused before they are sent",
                        booking.account(),
                        use.held().toPlainString(),
                        use.name()));
    }

    /** A submit was refused. */
    public void refused(LimitedBooking booking) {
        if (booking.amount() == null) {
            // Its price is not known, and the limit may have room.
            return;
        }
        booking.checked().stream()
                .filter(use -> !use.hasRoomFor(booking.amount()))
                .filter(use -> isTime(booking, use, true))
                .forEach(use -> LOG.warn(
                        "Account '{}' holds or has spent {} credits of {}, so the submit of key {}, which costs {}, was refused"
                                + " before it was sent. So are further ones for which there is no room",
                        booking.account(),
                        use.held().toPlainString(),
                        use.name(),
                        booking.key(),
                        booking.amount().toPlainString()));
    }

    private boolean isTime(LimitedBooking booking, Use use, boolean isRefusal) {
        Instant now = booking.now();
        if (silentUntil.size() >= MOST_SUBJECTS) {
            silentUntil.values().removeIf(until -> !now.isBefore(until));
        }
        boolean[] isTime = {false};
        silentUntil.compute(new Subject(booking.account(), use.tenant(), use.limit(), isRefusal), (same, until) -> {
            isTime[0] = until == null || !now.isBefore(until);
            return isTime[0] ? now.plus(use.limit().window()) : until;
        });
        return isTime[0];
    }
}

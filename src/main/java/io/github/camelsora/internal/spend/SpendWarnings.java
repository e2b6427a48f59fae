package io.github.camelsora.internal.spend;

import io.github.camelsora.api.SpendLimit;
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

    /** When a warning may be repeated. */
    private final Map<Subject, Instant> silentUntil = new ConcurrentHashMap<>();

    private record Subject(String account, String tenant, SpendLimit limit, boolean isExceeded) {}

    void held(String account, String tenant, SpendLimit limit, BigDecimal after, Instant now) {
        boolean isNearlyReached = after.compareTo(limit.credits().multiply(NEARLY)) >= 0;
        if (isNearlyReached && isTime(new Subject(account, tenant, limit, false), now)) {
            LOG.warn(
                    "Account '{}'{} has spent or holds {} of the {} credits that it may spend in its window ({})",
                    account,
                    of(tenant),
                    after.toPlainString(),
                    limit.credits().toPlainString(),
                    limit);
        }
    }

    void exceeded(String account, String tenant, SpendLimit limit, Instant now) {
        if (isTime(new Subject(account, tenant, limit, true), now)) {
            LOG.warn(
                    "Account '{}'{} has reached its limit of spending ({}); further submits are refused before they are sent,"
                            + " until the window has room for them",
                    account,
                    of(tenant),
                    limit);
        }
    }

    private static String of(String tenant) {
        return tenant == null ? "" : " for tenant '" + tenant + "'";
    }

    private boolean isTime(Subject subject, Instant now) {
        boolean[] isTime = {false};
        silentUntil.compute(subject, (same, until) -> {
            isTime[0] = until == null || !now.isBefore(until);
            return isTime[0] ? now.plus(subject.limit().window()) : until;
        });
        return isTime[0];
    }
}

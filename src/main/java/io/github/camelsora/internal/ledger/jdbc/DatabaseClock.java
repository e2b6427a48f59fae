package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.SteadyTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The time of the ledger's database, known without a query: the time that was read last, advanced by this JVM's nanosecond
 * counter. So it never blocks and never fails, and the clocks of several JVMs need not agree. Thread-safe.
 */
final class DatabaseClock {
    private static final String TIME = "SELECT CURRENT_TIMESTAMP";

    private final LongSupplier nanoTime;
    private boolean isSet;
    // By how much the time of the database is ahead of the counter.
    private volatile long offsetNanos;
    private final SteadyTime steady = new SteadyTime();

    DatabaseClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Instant now() {
        return steady.of(
                Instant.EPOCH.plusNanos(offsetNanos + nanoTime.getAsLong()).truncatedTo(ChronoUnit.MILLIS));
    }

    /** Sets the clock to the time of the database, and returns that time. */
    Instant synchronizeWith(Connection connection) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, TIME)) {
            long before = nanoTime.getAsLong();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
                set(time, before, nanoTime.getAsLong());
                return time;
            }
        }
    }

    /**
     * Sets the clock by a time that was read between two values of the counter. While the present offset is within these bounds
     * it stays, so a slow answer does not make the clock jump.
     */
    synchronized void set(Instant time, long before, long after) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, time);
        long least = nanos - after;
        long most = nanos - before;
        // The first offset may lag by one round trip, but is never ahead: what is due now is due for the database, too.
        offsetNanos = isSet ? Math.max(least, Math.min(most, offsetNanos)) : least;
        isSet = true;
    }
}

package io.github.camelsora.internal.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The time of the ledger's database, told without asking it: as it was when it was read last, carried on by this JVM's
 * nanosecond counter. So it never blocks and never fails, and the clocks of several JVMs need not agree.
 */
final class DatabaseClock {
    private static final String TIME = "SELECT CURRENT_TIMESTAMP";

    private final LongSupplier nanoTime;
    private boolean isSet;
    // What the database's time is ahead of the counter.
    private volatile long offsetNanos;

    DatabaseClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Instant now() {
        return Instant.EPOCH.plusNanos(offsetNanos + nanoTime.getAsLong()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Sets the clock by the database's, and answers that. */
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
     * Sets the clock by a time that was read somewhen between two counts. A setting that this does not prove wrong stays, so
     * that a slow answer does not make the clock jump.
     */
    synchronized void set(Instant time, long before, long after) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, time);
        long least = nanos - after;
        long most = nanos - before;
        // The first setting may lag by one answer, but is never ahead: what is due now is due for the database, too.
        offsetNanos = isSet ? Math.max(least, Math.min(most, offsetNanos)) : least;
        isSet = true;
    }
}

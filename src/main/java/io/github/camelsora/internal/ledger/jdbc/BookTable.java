package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import io.github.camelsora.internal.ledger.jdbc.JdbcExecutor.Work;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code sora_book} and {@code sora_account}. A transaction locks the account first, and writes the book last. */
final class BookTable {
    static final String LOCK = "UPDATE sora_account SET bookings = bookings + 1 WHERE account = ?";
    static final String ADD_ACCOUNT = "INSERT INTO sora_account (account, bookings) VALUES (?, 0)";
    static final String CHANGE =
            "UPDATE sora_book SET held = GREATEST(0, held + ?) WHERE account = ? AND tenant = ? AND slice = ?";
    static final String ADD = "INSERT INTO sora_book (held, account, tenant, slice) VALUES (0, ?, ?, ?)";
    static final String SUM = "SELECT SUM(held) FROM sora_book WHERE account = ? AND tenant = ? AND slice >= ?";
    static final String SLICES =
            "SELECT slice, held FROM sora_book WHERE account = ? AND tenant = ? AND slice >= ? ORDER BY slice";
    static final String REMOVE_OLD = "DELETE FROM sora_book WHERE slice < ?";

    private static final String WHOLE_ACCOUNT = "";

    private BookTable() {}

    /**
     * Locks an account until the end of the transaction. By an update and not only by a read: under an isolation that reads from
     * a snapshot, a transaction that has waited for another then fails, and runs again.
     */
    static void lock(Connection connection, DatabaseDialect dialect, String account) throws SQLException {
        if (JdbcExecutor.update(connection, LOCK, account) == 0) {
            dialect.insertIfAbsent(connection, ADD_ACCOUNT, account);
            if (JdbcExecutor.update(connection, LOCK, account) == 0) {
                throw JdbcExecutor.again("account " + account);
            }
        }
    }

    static void write(Connection connection, DatabaseDialect dialect, Booking booking) throws SQLException {
        change(connection, dialect, booking, WHOLE_ACCOUNT);
        if (booking.tenant() != null) {
            change(connection, dialect, booking, booking.tenant());
        }
    }

    private static void change(Connection connection, DatabaseDialect dialect, Booking booking, String tenant)
            throws SQLException {
        if (add(connection, booking, tenant) == 0) {
            dialect.insertIfAbsent(connection, ADD, booking.account(), tenant, booking.slice());
            if (add(connection, booking, tenant) == 0) {
                throw JdbcExecutor.again("the book of account " + booking.account());
            }
        }
    }

    private static int add(Connection connection, Booking booking, String tenant) throws SQLException {
        return JdbcExecutor.update(connection, CHANGE, booking.amount(), booking.account(), tenant, booking.slice());
    }

    static BigDecimal sum(Connection connection, String account, String tenant, Instant since) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, SUM, account, orWhole(tenant), since);
                ResultSet row = statement.executeQuery()) {
            row.next();
            BigDecimal sum = row.getBigDecimal(1);
            return sum == null ? BigDecimal.ZERO : sum;
        }
    }

    static List<Slice> slices(Connection connection, String account, String tenant, Instant since) throws SQLException {
        try (PreparedStatement statement = JdbcExecutor.prepare(connection, SLICES, account, orWhole(tenant), since);
                ResultSet rows = statement.executeQuery()) {
            List<Slice> slices = new ArrayList<>();
            while (rows.next()) {
                slices.add(new Slice(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getBigDecimal(2)));
            }
            return slices;
        }
    }

    private static String orWhole(String tenant) {
        return tenant == null ? WHOLE_ACCOUNT : tenant;
    }

    static void removeOld(Connection connection, Instant before) throws SQLException {
        JdbcExecutor.update(connection, REMOVE_OLD, before);
    }

    /** Checks a booking inside the transaction that writes it. */
    static void check(Connection connection, Booking booking) throws SQLException {
        try {
            booking.check(new HeldIn(booking.account(), new Reader() {
                @Override
                public <T> T read(Work<T> work) {
                    try {
                        return work.with(connection);
                    } catch (SQLException e) {
                        throw new ReadFailure(e);
                    }
                }
            }));
        } catch (ReadFailure e) {
            throw e.reason;
        }
    }

    /** Runs a read of the book. */
    interface Reader {
        <T> T read(Work<T> work);
    }

    /** Carries a failure of the database through a check. */
    private static final class ReadFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException reason;

        ReadFailure(SQLException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** The book of an account. */
    record HeldIn(String account, Reader reader) implements Held {
        @Override
        public BigDecimal since(String tenant, Instant since) {
            return reader.read(connection -> sum(connection, account, tenant, since));
        }

        @Override
        public List<Slice> slices(String tenant, Instant since) {
            return reader.read(connection -> BookTable.slices(connection, account, tenant, since));
        }
    }
}

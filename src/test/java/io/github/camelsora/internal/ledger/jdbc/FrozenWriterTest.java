package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.support.Postgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A JVM may be frozen at any moment; the others take its tasks over, and must not wait for locks that it holds. */
class FrozenWriterTest {
    private static final DataSource DATABASE = Postgres.freshDatabase();

    private final List<String> transactions = new ArrayList<>();
    private final JdbcTaskLedger ledger = JdbcTaskLedger.on(DATABASE, true);

    /** A ledger that notes when a transaction is begun. */
    private JdbcTaskLedger noting() {
        return JdbcTaskLedger.on(
                TrackedConnections.dataSource(arguments -> {
                    Connection real = DATABASE.getConnection();
                    return TrackedConnections.connection(
                            real, Map.of("setAutoCommit", mode -> note(real, (boolean) mode[0])));
                }),
                false);
    }

    private Object note(Connection connection, boolean isAutomatic) throws Exception {
        if (!isAutomatic) {
            transactions.add("begun");
        }
        connection.setAutoCommit(isAutomatic);
        return null;
    }

    private static HistoryEntry entry(TaskRecord record) {
        return new HistoryEntry(
                record.account(),
                record.key(),
                1,
                LedgerRecords.NOON,
                "Changed",
                null,
                record.state(),
                "n",
                null,
                null);
    }

    @Test
    void aRecordAndItsLineOfTheHistoryAreWrittenWithoutATransactionThatCouldStayOpen() {
        JdbcTaskLedger noting = noting();
        transactions.clear();
        TaskRecord intent = LedgerRecords.intent("default", "in-one-statement");

        assertThat(noting.add(new LedgerWrite(intent, null, entry(intent)))).isEmpty();
        assertThat(noting.replace(new LedgerWrite(
                        intent.withState(TaskState.UNKNOWN), null, entry(intent.withState(TaskState.UNKNOWN)))))
                .isPresent();

        assertThat(transactions).isEmpty();
        assertThat(ledger.history().orElseThrow().find("default", "in-one-statement", 10))
                .extracting(HistoryEntry::to)
                .containsExactlyInAnyOrder(TaskState.INTENT, TaskState.UNKNOWN);
    }

    @Test
    void aTransactionThatIsLeftIdleIsRolledBackAndItsLocksEnd() throws Exception {
        TaskRecord intent = LedgerRecords.priced("left-idle", null, 20, LedgerRecords.NOON);
        ledger.add(intent);
        CountDownLatch isLocked = new CountDownLatch(1);
        CountDownLatch isThawed = new CountDownLatch(1);
        LedgerWrite frozen =
                new LedgerWrite(intent.withState(TaskState.REJECTED), new FreezingBooking(isLocked, isThawed), null);
        // The database closes its connection, which must not go back to the pool of the others.
        PGSimpleDataSource own = new PGSimpleDataSource();
        own.setUrl(Postgres.urlOf(DATABASE));
        JdbcTaskLedger ofFrozen = JdbcTaskLedger.on(own, false);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> ofFrozen.replace(frozen));
        assertThat(isLocked.await(30, TimeUnit.SECONDS)).isTrue();

        // Waits for the lock, but not until the other one goes on.
        assertThat(ledger.replace(intent.withState(TaskState.UNKNOWN))).isPresent();
        isThawed.countDown();

        assertThatThrownBy(writing::join).hasCauseInstanceOf(LedgerAccessException.class);
        assertThat(ledger.find("default", "left-idle").orElseThrow().state()).isEqualTo(TaskState.UNKNOWN);
        assertThat(ledger.book().orElseThrow().held("default").since(null, Instant.EPOCH))
                .isEqualByComparingTo(BigDecimal.ZERO);
    }

    /** Its JVM is frozen while its limits are checked, in the transaction that has written its record. */
    private record FreezingBooking(CountDownLatch isLocked, CountDownLatch isThawed) implements Booking {
        @Override
        public String account() {
            return "default";
        }

        @Override
        public String tenant() {
            return null;
        }

        @Override
        public Instant slice() {
            return LedgerRecords.NOON;
        }

        @Override
        public BigDecimal amount() {
            return BigDecimal.TEN;
        }

        @Override
        public boolean isLimited() {
            return false;
        }

        @Override
        public void check(Held held) {
            isLocked.countDown();
            try {
                if (!isThawed.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(new TimeoutException());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

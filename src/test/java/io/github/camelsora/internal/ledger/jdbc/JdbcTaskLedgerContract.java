package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskLedgerContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a ledger in a database promises beside the contract, whatever the database. */
abstract class JdbcTaskLedgerContract extends TaskLedgerContract {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A database that has the tables of a ledger. */
    abstract DataSource dataSource();

    @Override
    protected TaskLedger emptyLedger() throws SQLException {
        JdbcTaskLedger opened = JdbcTaskLedger.on(dataSource(), true);
        run("DELETE FROM sora_task");
        run("DELETE FROM sora_node");
        run("DELETE FROM sora_forgotten");
        run("DELETE FROM sora_book");
        run("DELETE FROM sora_pause");
        run("DELETE FROM sora_event");
        run("DELETE FROM sora_action");
        return opened;
    }

    @Override
    public void letLeaseRunOut(String node) {
        run("UPDATE sora_node SET lease_until = CURRENT_TIMESTAMP WHERE node = '" + node + "'");
    }

    void run(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T read(String sql, Class<T> type) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, type);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itIsDurable() {
        assertThat(ledger.isDurable()).isTrue();
    }

    @Test
    void twoLedgersOnOneDatabaseShareRecords() {
        TaskLedger other = JdbcTaskLedger.on(dataSource(), false);
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

        other.replace(record.ownedBy("node-2"));

        assertThat(ledger.replace(record.ownedBy("node-3"))).isEmpty();
        assertThat(ledger.find("default", "key-1")).map(TaskRecord::owner).contains("node-2");
    }

    @Test
    void theRecordDeliveredLastComesFirst() {
        deliver("key-1", Instant.parse("2026-01-14T12:00:01Z"));
        deliver("key-3", Instant.parse("2026-01-14T12:00:03Z"));
        deliver("key-2", Instant.parse("2026-01-14T12:00:02Z"));
        added(LedgerRecords.intent("default", "key-4"));

        List<TaskRecord> last = ledger.findLastDelivered(2);

        assertThat(last).extracting(TaskRecord::key).containsExactly("key-3", "key-2");
    }

    private void deliver(String key, Instant deliveredAt) {
        TaskRecord running = ledger.replace(added(LedgerRecords.intent("default", key))
                        .accepted("video_of_" + key, deliveredAt, deliveredAt))
                .orElseThrow();
        TaskRecord ended = ledger.replace(running.ended("{}", deliveredAt)).orElseThrow();
        ledger.replace(ended.delivered(deliveredAt)).orElseThrow();
    }

    @Test
    void aPauseForACauseOfANewerVersionHoldsTheAccountUntilItIsRemoved() {
        AccountPause known = AccountPause.byOperator("other", "Why", "node-1", LedgerRecords.NOON);
        ledger.pauses().orElseThrow().add(known);
        ledger.pauses()
                .orElseThrow()
                .add(new AccountPause(
                        "default",
                        LedgerRecords.SERVICE,
                        "0123456789abcdef",
                        Cause.NO_CREDITS,
                        "Words",
                        "node-2",
                        LedgerRecords.NOON,
                        null));
        run("UPDATE sora_pause SET cause = 'SOLAR_FLARE' WHERE account = 'default'");

        List<AccountPause> found = ledger.pauses().orElseThrow().findAll();

        assertThat(found).hasSize(2).contains(known);
        AccountPause unknown = found.stream()
                .filter(pause -> pause.account().equals("default"))
                .findFirst()
                .orElseThrow();
        assertThat(unknown.isByOperator()).isTrue();
        assertThat(unknown.reason()).contains("SOLAR_FLARE", "does not know", "Words");
        assertThat(ledger.pauses().orElseThrow().remove(unknown)).isTrue();
        assertThat(ledger.pauses().orElseThrow().findAll()).containsExactly(known);
    }

    @Test
    void aLineOfTheHistoryWithAStateOfANewerVersionHidesNoOther() {
        LedgerHistory history = ledger.history().orElseThrow();
        history.add(line(TaskState.INTENT, TaskState.RUNNING, 0));
        history.add(line(TaskState.RUNNING, TaskState.ENDED, 1));
        run("UPDATE sora_event SET to_state = 'ARCHIVED' WHERE to_state = 'ENDED'");

        List<HistoryEntry> found = history.find("default", "key-1", 10);

        assertThat(found).extracting(HistoryEntry::to).containsExactly(TaskState.RUNNING, null);
        assertThat(found.get(1).from()).isEqualTo(TaskState.RUNNING);
        assertThat(found.get(1).detail()).contains("ARCHIVED", "second 1");
    }

    private static HistoryEntry line(TaskState from, TaskState to, int second) {
        return new HistoryEntry(
                "default",
                "key-1",
                second,
                LedgerRecords.NOON.plusSeconds(second),
                "Changed",
                from,
                to,
                "node-1",
                null,
                "second " + second);
    }

    @Test
    void aRecordInAStateOfANewerVersionIsNotTakenForAnother() {
        added(LedgerRecords.intent("default", "key-1"));
        TaskRecord known = added(LedgerRecords.intent("default", "key-2"));
        run("UPDATE sora_task SET state = 'ARCHIVED' WHERE task_key = 'key-1'");

        assertThatThrownBy(() -> ledger.find("default", "key-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("ARCHIVED", "newer version", "Nothing was changed or sent");

        assertThat(ledger.findOwned("default", known.owner()))
                .extracting(TaskRecord::key)
                .containsExactly("key-2");
    }

    @Test
    void recordsInAStateOfANewerVersionDoNotHideTheCountsOfTheOthers() {
        added(LedgerRecords.intent("default", "key-1"));
        added(LedgerRecords.intent("default", "key-2"));
        run("UPDATE sora_task SET state = 'ARCHIVED' WHERE task_key = 'key-1'");

        assertThat(ledger.search().orElseThrow().count(TaskFilter.ALL))
                .extracting(TaskCount::state, TaskCount::tasks)
                .containsExactly(tuple(TaskState.INTENT, 1L));
    }

    @Test
    void anOperatorReadsPlainColumns() {
        brought(
                LedgerRecords.with(LedgerRecords.intent("default", "key-1"), "invoices", Map.of("CamelFileName", "a")),
                TaskState.DELIVERED);

        assertThat(read("SELECT state || ' ' || task_id || ' ' || tag FROM sora_task", String.class))
                .isEqualTo("DELIVERED video_of_key-1 invoices");
        assertThat(read("SELECT carried_headers FROM sora_task", String.class)).isEqualTo("{\"CamelFileName\":\"a\"}");
        assertThat(read("SELECT created_at FROM sora_task", OffsetDateTime.class)
                        .toInstant())
                .isEqualTo(LedgerRecords.NOON);
    }

    @Test
    void aLeaseRunsOutByTheDatabasesClock() {
        ledger.renewLease("node-1", Duration.ofMillis(1));
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

        await().atMost(LIMIT).until(() -> !ledger.isLive("node-1"));

        assertThat(ledger.findAbandoned("default", LedgerRecords.SERVICE, 10)).containsExactly(record);
        assertThat(ledger.renewLease("node-1", LEASE)).isFalse();
    }

    @Test
    void itsTimeIsThatOfTheDatabase() {
        Instant before = databaseTime();
        ledger.renewLease("node-1", LEASE);
        Instant now = ledger.now();
        Instant after = databaseTime();

        // To the millisecond, by which a time is cut short.
        assertThat(now).isBetween(before.minusMillis(1), after);
    }

    private Instant databaseTime() {
        return read("SELECT CURRENT_TIMESTAMP", OffsetDateTime.class).toInstant();
    }

    // A row of a node that was removed by hand must not hide tasks that were paid for.
    @Test
    void aNodeWithoutARowIsDead() {
        ledger.renewLease("node-1", LEASE);
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));

        run("DELETE FROM sora_node");

        assertThat(ledger.findAbandoned("default", LedgerRecords.SERVICE, 10)).containsExactly(record);
        assertThat(ledger.renewLease("node-1", LEASE)).isFalse();
    }

    @Test
    void aStartingNodeRemovesTheRowsOfDeadNodes() {
        ledger.renewLease("long dead", LEASE);
        ledger.renewLease("just dead", LEASE);
        letLeaseRunOut("just dead");
        run("UPDATE sora_node SET lease_until = CURRENT_TIMESTAMP - INTERVAL '2' DAY WHERE node = 'long dead'");

        ledger.renewLease("node-1", LEASE);

        assertThat(read("SELECT COUNT(*) FROM sora_node WHERE node = 'long dead'", Long.class))
                .isZero();
        assertThat(read("SELECT COUNT(*) FROM sora_node", Long.class)).isEqualTo(2);
    }

    @Test
    void aKeyThatIsTooLongIsRejectedWithAMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.add(LedgerRecords.intent("default", "k".repeat(501))))
                .withMessageContaining("key has 501 characters")
                .withMessageContaining("500");
    }

    @Test
    void anAccountThatIsTooLongIsRejectedWithAMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.add(LedgerRecords.intent("a".repeat(201), "key-1")))
                .withMessageContaining("account has 201 characters");
    }

    @Test
    void aTagThatIsTooLongIsRejectedWithAMessage() {
        TaskRecord record = LedgerRecords.with(LedgerRecords.intent("default", "key-1"), "t".repeat(201), null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.add(record))
                .withMessageContaining("tag has 201 characters");
    }

    @Test
    void aTagThatIsTooLongIsRejectedAlsoInAChange() {
        TaskRecord record = LedgerRecords.with(added(LedgerRecords.intent("default", "key-1")), "t".repeat(201), null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.replace(record))
                .withMessageContaining("tag has 201 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.replaceAll(LedgerRecords.alone(record)))
                .withMessageContaining("tag has 201 characters");
    }

    @Test
    void aStepThatIsNotAllowedIsRejectedWithItsReason() {
        TaskRecord delivered = standing(TaskState.DELIVERED);

        assertThatThrownBy(() -> ledger.replace(delivered.withState(TaskState.RUNNING)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("key-1")
                .hasMessageEndingWith("cannot become RUNNING");
    }

    // Whatever the service calls it, it was paid for.
    @Test
    void aTaskIdMayBeLong() {
        TaskRecord intent = added(LedgerRecords.intent("default", "key-1"));
        String taskId = "video_" + "0123456789".repeat(100);

        ledger.replace(intent.accepted(taskId, LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL));

        assertThat(ledger.findByTaskId("default", taskId)).isPresent();
    }

    @Test
    void headersThatWereBrokenByHandAreIgnored() {
        ledger.add(LedgerRecords.due("default", "key-1", ledger.now()));

        run("UPDATE sora_task SET carried_headers = 'spoilt'");

        assertThat(ledger.findDue("default", null, 10))
                .singleElement()
                .extracting(TaskRecord::carriedHeaders)
                .isEqualTo(Map.of());
    }

    @Test
    void headersThatWereSetToNullByHandAreLeftOut() {
        ledger.add(LedgerRecords.due("default", "key-1", ledger.now()));

        run("UPDATE sora_task SET carried_headers = '{\"a\": null, \"b\": 1}'");

        assertThat(ledger.findDue("default", null, 10))
                .singleElement()
                .extracting(TaskRecord::carriedHeaders)
                .isEqualTo(Map.of("b", 1));
    }

    // Between finding what is old and removing it, its key begins anew.
    @Test
    void aKeyThatIsUsedAgainIsNotRemovedAsOld() {
        TaskRecord rejected = standing(TaskState.REJECTED);
        TaskRecord anew = LedgerRecords.intent("default", "key-1").withVersion(rejected.version());
        JdbcTaskLedger interrupted =
                JdbcTaskLedger.on(interrupting(TaskSql.REMOVE_REJECTED, () -> ledger.replace(anew)), false);

        int removed = interrupted.removeClosed(LedgerRecords.NOON.plusSeconds(1), 10);

        assertThat(removed).isZero();
        assertThat(ledger.find("default", "key-1")).map(TaskRecord::state).contains(TaskState.INTENT);
    }

    // Between reading the result that lacks an address and replacing it, another node replaces it.
    @Test
    void anAddressIsNotWrittenOverOneThatWasFoundMeanwhile() {
        TaskRecord ended = ledger.replace(
                        standing(TaskState.RUNNING).ended("{\"errorCode\":\"result_missing\"}", LedgerRecords.NOON))
                .orElseThrow();
        JdbcTaskLedger interrupted = JdbcTaskLedger.on(
                interrupting(
                        TaskSql.REPLACE_RESULT,
                        () -> ledger.replace(ended.addressFound("{\"video_url\": \"first\"}", LedgerRecords.NOON))),
                false);

        assertThat(interrupted.replace(ended.addressFound("{\"video_url\": \"second\"}", LedgerRecords.NOON)))
                .isEmpty();

        assertThat(ledger.find("default", "key-1")).map(TaskRecord::result).contains("{\"video_url\": \"first\"}");
    }

    /** The database, where something else happens right before a statement. */
    private DataSource interrupting(String sql, Runnable interruption) {
        return TrackedConnections.dataSource(none -> {
            Connection connection = dataSource().getConnection();
            return TrackedConnections.connection(connection, Map.of("prepareStatement", arguments -> {
                if (sql.equals(arguments[0])) {
                    interruption.run();
                }
                return connection.prepareStatement((String) arguments[0]);
            }));
        });
    }

    @Test
    void aColumnOfANewerVersionIsLeftAlone() {
        run("ALTER TABLE sora_task ADD COLUMN cost INTEGER DEFAULT 7");
        try {
            standing(TaskState.ENDED);

            assertThat(read("SELECT cost FROM sora_task", Integer.class)).isEqualTo(7);
        } finally {
            run("ALTER TABLE sora_task DROP COLUMN cost");
        }
    }

    @Test
    void aFailureNamesTheWorkAndTheRecord() {
        run("ALTER TABLE sora_task RENAME TO sora_elsewhere");
        try {
            assertThatThrownBy(() -> ledger.find("default", "key-1"))
                    .isInstanceOf(LedgerAccessException.class)
                    .hasMessageContaining("find key key-1 of account default")
                    .hasCauseInstanceOf(SQLException.class);
            TaskRecord record = LedgerRecords.intent("default", "key-1");
            assertThatThrownBy(() -> ledger.add(record)).hasMessageContaining("add key key-1 of account default");
            assertThatThrownBy(() -> ledger.replace(record))
                    .hasMessageContaining("change key key-1 of account default");
            assertThatThrownBy(() -> ledger.forget(record, null))
                    .hasMessageContaining("forget key key-1 of account default");
        } finally {
            run("ALTER TABLE sora_elsewhere RENAME TO sora_task");
        }
    }
}

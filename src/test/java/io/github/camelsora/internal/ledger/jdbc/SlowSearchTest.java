package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.internal.ledger.GuardedLedger;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search that takes the database too long was asked for too much, which is no outage of the ledger. */
class SlowSearchTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Connection kept;
    private SQLException failure;
    private GuardedLedger ledger;

    @BeforeEach
    void openALedger() throws SQLException {
        kept = DriverManager.getConnection(url, "sa", "");
        ledger = new GuardedLedger(JdbcTaskLedger.on(TrackedConnections.dataSource(none -> connection()), true));
    }

    @AfterEach
    void closeIt() throws SQLException {
        kept.close();
    }

    private Connection connection() throws SQLException {
        Connection real = DriverManager.getConnection(url, "sa", "");
        return failure == null
                ? real
                : TrackedConnections.connection(
                        real,
                        Map.of(
                                "prepareStatement",
                                sql -> TrackedConnections.statement(
                                        real.prepareStatement((String) sql[0]), Map.of("executeQuery", none -> {
                                            throw failure;
                                        }))));
    }

    private LedgerSearch search() {
        return ledger.search().orElseThrow();
    }

    private void assertAskedForTooMuch() {
        assertThatThrownBy(() -> search().find(TaskFilter.ALL, TaskPage.first(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "search records", "longer than 10 s", "Nothing was changed", "Narrow the filter");
        assertThatThrownBy(() -> search().count(TaskFilter.ALL)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.outage().lastFailures()).isEmpty();
    }

    @Test
    void aTimeoutOfTheDriverIsAnsweredAsSuch() {
        failure = new SQLTimeoutException("Statement was canceled or the session timed out", "57014");

        assertAskedForTooMuch();
    }

    @Test
    void aStatementThatTheDatabaseHasCancelledIsAnsweredAsSuch() {
        failure = new SQLException("ERROR: canceling statement due to user request", "57014");

        assertAskedForTooMuch();
    }

    @Test
    void aSlowSearchDoesNotEndAnOutage() {
        failure = new SQLException("Connection is broken", "08006");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ledger.find("default", "key-1")).isInstanceOf(LedgerAccessException.class);
        }
        failure = new SQLTimeoutException("Statement was canceled or the session timed out", "57014");

        assertThatThrownBy(() -> search().count(TaskFilter.ALL)).isInstanceOf(IllegalArgumentException.class);

        assertThat(ledger.outage().outage()).isPresent();
    }

    @Test
    void anotherFailureOfASearchIsAnOutage() {
        failure = new SQLException("Connection is broken", "08006");

        assertThatThrownBy(() -> search().count(TaskFilter.ALL)).isInstanceOf(LedgerAccessException.class);
        assertThat(ledger.outage().lastFailures()).isPresent();
    }

    @Test
    void aTimeoutOfAnotherCallIsAnOutage() {
        failure = new SQLTimeoutException("Statement was canceled or the session timed out", "57014");

        assertThatThrownBy(() -> ledger.find("default", "key-1")).isInstanceOf(LedgerAccessException.class);
        assertThat(ledger.outage().lastFailures()).isPresent();
    }
}

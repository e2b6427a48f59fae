package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.api.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Frequent queries of the ledger use an index, however many records are kept: 100 000 here, of which 95 % are
 * delivered, 3 % run under nodes that live, and few wait for a delivery.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class QueryPlansContract {
    // All that are followed, of which each needs a query whether its node lives, and then some.
    private static final int MOST_LINES = 3_500;

    private QueryPlans plans;
    private JdbcTaskLedger ledger;

    abstract DataSource emptyDatabase();

    /** A table of the numbers from 1 to 100 000 with the column x. */
    abstract String numbers();

    abstract boolean hasGenericPlans();

    /** Whether a plan goes through all lines of sora_task. */
    abstract boolean readsAll(String plan);

    /** What a plan says where it says how many lines it has read. */
    abstract Pattern linesRead();

    @BeforeAll
    void keepManyRecords() throws SQLException {
        DataSource database = emptyDatabase();
        plans = new QueryPlans(database, hasGenericPlans());
        ledger = JdbcTaskLedger.on(plans.dataSource(), true);
        ledger.renewLease("live-0", Duration.ofHours(1));
        ledger.renewLease("live-1", Duration.ofHours(1));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // H2 keeps the timeout of the statement before, and a busy machine is slow.
            statement.setQueryTimeout(120);
            statement.execute(RECORDS.replace("NUMBERS", numbers()));
            statement.execute(HISTORY);
            statement.execute(ACTIONS);
            statement.execute("ANALYZE");
        }
    }

    private static final String RECORDS = """
            INSERT INTO sora_task (account, task_key, state, task_id, wire_key, tag, owner, operation, base_url, request, result,
                    deliveries, version, created_at, delivered_at, next_delivery, expires_at, source_id, correlation_id)
            SELECT 'default', 'key-' || x, state, 'video_' || x, 'key-' || x || '~0123456789',
                    CASE WHEN MOD(x, 2) = 0 THEN 'invoices' END,
                    CASE WHEN state = 'RUNNING' THEN 'live-' || MOD(x, 2) END,
                    'remix', 'https://toapis.com', REPEAT('x', 200),
                    CASE WHEN state IN ('ENDED', 'DELIVERED') THEN REPEAT('x', 900) END,
                    0, 3, made_at,
                    CASE WHEN state = 'DELIVERED' THEN made_at END,
                    CASE WHEN state = 'ENDED' THEN made_at END,
                    CASE WHEN state IN ('ENDED', 'DELIVERED') THEN made_at + INTERVAL '24' HOUR
                         ELSE TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00' END,
                    'video_' || (x - MOD(x, 10)), 'process-' || (x - MOD(x, 10))
            FROM (SELECT x, CURRENT_TIMESTAMP - x * INTERVAL '25' SECOND AS made_at,
                    CASE WHEN MOD(x, 1000) < 950 THEN 'DELIVERED'
                         WHEN MOD(x, 1000) < 980 THEN 'RUNNING'
                         WHEN MOD(x, 1000) < 990 THEN 'REJECTED'
                         WHEN MOD(x, 1000) < 995 THEN 'SET_ASIDE'
                         ELSE 'ENDED' END AS state
                FROM NUMBERS) made
            """;

    private static final String HISTORY = """
            INSERT INTO sora_event (account, task_key, version, happened_at, event, from_state, to_state, node)
            SELECT account, task_key, version, created_at, 'Changed', 'RUNNING', state, 'live-0' FROM sora_task
            """;

    private static final String ACTIONS = """
            INSERT INTO sora_action (account, task_key, version, happened_at, event, from_state, to_state, node, actor)
            SELECT account, task_key, version, created_at, 'Changed', 'ENDED', state, 'live-0', 'joe' FROM sora_task
            WHERE MOD(version + CAST(SUBSTRING(task_key, 5) AS INTEGER), 10) = 0
            """;

    @BeforeEach
    void forgetPlans() {
        plans.drain();
    }

    @Test
    void aKey() {
        assertThat(ledger.find("default", "key-4711")).isPresent();

        assertIndexed(1);
    }

    @Test
    void aTaskId() {
        assertThat(ledger.findByTaskId("default", "video_4711")).isPresent();

        assertIndexed(1);
    }

    @Test
    void aSource() {
        assertThat(ledger.findBySource("default", "video_4710", 100)).hasSize(10);

        assertIndexed(1);
    }

    @Test
    void aWireKey() {
        assertThat(ledger.findByWireKey("default", "key-4711~0123456789")).isPresent();

        assertIndexed(1);
    }

    @Test
    void aChange() {
        TaskRecord running = ledger.find("default", "key-950").orElseThrow();
        plans.drain();

        assertThat(ledger.replace(running.ended("{}", ledger.now()))).isPresent();

        assertIndexed(1);
    }

    @Test
    void theHistoryOfAKey() {
        assertThat(ledger.history().orElseThrow().find("default", "key-4711", 100))
                .hasSize(1);

        assertIndexed(1);
    }

    @Test
    void theActionsOfOperators() {
        assertThat(ledger.history().orElseThrow().findActions(null, 50)).hasSize(50);

        assertIndexed(1);
    }

    @Test
    void theActionsOfOperatorsInAnAccount() {
        assertThat(ledger.history().orElseThrow().findActions("default", 50)).hasSize(50);

        assertIndexed(1);
    }

    @Test
    void aRemoval() {
        TaskRecord aside = ledger.find("default", "key-1990").orElseThrow();
        plans.drain();

        assertThat(ledger.forget(aside, null)).isTrue();

        assertIndexed(3);
    }

    @Test
    void dueRecords() {
        assertThat(ledger.findDue("default", null, 50)).hasSize(50);

        assertIndexed(1);
    }

    @Test
    void dueRecordsWithATag() {
        assertThat(ledger.findDue("default", "invoices", 50)).hasSize(50);

        assertIndexed(1);
    }

    @Test
    void abandonedRecords() {
        assertThat(ledger.findAbandoned("default", "https://toapis.com", 50)).isEmpty();

        assertIndexed(1);
    }

    @Test
    void recordsOfANode() {
        assertThat(ledger.findOwned("default", "unknown")).isEmpty();

        assertIndexed(1);
    }

    @Test
    void endedRecordsOfANode() {
        assertThat(ledger.findEnded("default", "unknown", ledger.now().minusSeconds(60)))
                .isEmpty();

        assertIndexed(1);
    }

    @Test
    void recordsThatWereDeliveredLast() {
        assertThat(ledger.findLastDelivered(500)).hasSize(500);

        assertIndexed(1);
    }

    @Test
    void recordsThatWereKeptLongEnough() {
        Instant before = ledger.now().minus(Duration.ofDays(28));

        assertThat(ledger.removeClosed(before, 100)).isEqualTo(100);

        // Those to remove, each removal, the notes on forgotten ones, the lines of the history, and old actions.
        assertIndexed(1 + 100 + 1 + 2);
    }

    @Test
    void theNewestRecords() {
        assertThat(search().find(TaskFilter.ALL, TaskPage.first(100))).hasSize(100);
        assertThat(search().find(TaskFilter.ALL, TaskPage.first(100).next())).hasSize(100);

        assertIndexed(2);
    }

    @Test
    void theNewestRecordsOfAnAccount() {
        TaskFilter filter = TaskFilter.ALL.withAccount("default");

        assertThat(search().find(filter, TaskPage.first(100))).hasSize(100);
        assertThat(search().find(filter.withTag("invoices"), TaskPage.first(100)))
                .hasSize(100);

        assertIndexed(2);
    }

    @Test
    void recordsOfTheLastHour() {
        TaskFilter filter = TaskFilter.ALL.withCreatedAfter(ledger.now().minus(Duration.ofHours(1)));

        assertThat(search().find(filter, TaskPage.first(100))).hasSize(100);

        assertIndexed(1);
    }

    @Test
    void aSearchForStatesOfAllAccounts() {
        TaskFilter filter = TaskFilter.ALL.withStates(TaskState.UNKNOWN, TaskState.SET_ASIDE);

        assertThat(search().find(filter, TaskPage.first(50))).hasSize(50);

        assertIndexed(1);
    }

    @Test
    void aSearchForStatesOfAnAccount() {
        TaskFilter filter = TaskFilter.ALL.withAccount("default").withStates(TaskState.SET_ASIDE, TaskState.ENDED);

        assertThat(search().find(filter, TaskPage.first(50).sortedBy(TaskSort.PRICE, false)))
                .hasSize(50);

        assertIndexed(1);
    }

    @Test
    void aSearchForABusinessProcess() {
        TaskFilter filter = TaskFilter.ALL.withCorrelationId("process-4710");

        assertThat(search().find(filter, TaskPage.first(50))).hasSize(10);
        assertThat(search().find(filter.withAccount("default"), TaskPage.first(50)))
                .hasSize(10);

        assertIndexed(2);
    }

    @Test
    void aCountOfOpenRecords() {
        TaskFilter filter = TaskFilter.ALL.withStates(TaskState.INTENT, TaskState.UNKNOWN, TaskState.RUNNING);

        assertThat(search().count(filter))
                .singleElement()
                .extracting(TaskCount::tasks, as(LONG))
                .isBetween(2_990L, 3_000L);

        assertIndexed(1);
    }

    @Test
    void theOldestUndeliveredResult() {
        search().oldestUndelivered(null);
        search().oldestUndelivered("default");

        assertIndexed(2);
    }

    private LedgerSearch search() {
        return ledger.search().orElseThrow();
    }

    private void assertIndexed(int statements) {
        // Notes of what was forgotten are few, and so are slices of the book here: a table that small is read as a
        // whole.
        List<String> seen = plans.drain().stream()
                .filter(plan -> !plan.contains("sora_forgotten") && !plan.contains("sora_book"))
                .toList();
        assertThat(seen).hasSize(hasGenericPlans() ? 2 * statements : statements);
        assertThat(seen).noneMatch(this::readsAll);
        assertThat(seen).allSatisfy(plan -> assertThat(linesRead(plan)).allMatch(lines -> lines <= MOST_LINES));
    }

    private Stream<Integer> linesRead(String plan) {
        return linesRead().matcher(plan).results().map(found -> Integer.valueOf(found.group(1)));
    }
}

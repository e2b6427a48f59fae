package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SearchSqlTest {
    private static final TaskFilter FILTER = new TaskFilter(
            "my-account",
            null,
            "my-tag",
            "my-tenant",
            "my-model",
            "my-process",
            "my-text",
            Instant.parse("2026-01-14T12:00:00Z"),
            Instant.parse("2026-01-13T12:00:00Z"));

    @Test
    void noTextOfAFilterIsInAQuery() {
        TaskFilter ofAState = FILTER.withStates(TaskState.ENDED);

        assertThat(SearchSql.find(FILTER, TaskPage.first(10)).sql()).doesNotContain("my-", "2026");
        assertThat(SearchSql.find(ofAState, TaskPage.first(10)).sql()).doesNotContain("my-", "2026");
        assertThat(SearchSql.count(ofAState).sql()).doesNotContain("my-", "2026");
        assertThat(SearchSql.oldestUndelivered("my-account").sql()).doesNotContain("my-");
    }

    // A join may return its rows in any order, although it rarely does for a table of a test.
    @Test
    void theRecordsOfAPageAreSortedLikeTheirKeys() {
        String sql = SearchSql.find(FILTER, TaskPage.first(10)).sql();

        assertThat(sql)
                .endsWith(" ORDER BY created_at DESC NULLS LAST, account, task_key")
                .contains(" ORDER BY created_at DESC NULLS LAST, account, task_key LIMIT 10 OFFSET 0");
    }
}

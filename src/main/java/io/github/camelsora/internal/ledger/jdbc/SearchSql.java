package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskSort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query of a search with its parameters. Its text is put together from constants, one for each condition that is set, and the
 * names of states, and the numbers of a page; all other values are parameters. Both databases understand it.
 */
record SearchSql(String sql, List<Object> parameters) {
    // Not the bare column: H2 would go through all rows of the account, and not use the index of states, or that of the
    // newest rows.
    private static final String ACCOUNT_OF_INDEX = "NULLIF(account, '') = ?";
    private static final String PRICE = "COALESCE(charged, credits)";

    static SearchSql find(TaskFilter filter, TaskPage page) {
        Conditions conditions = new Conditions(filter);
        // The databases have different places for nulls.
        String order = " ORDER BY " + column(page.sort()) + (page.isDescending() ? " DESC" : "")
                + " NULLS LAST, account, task_key";
        // Sorts keys, not whole records, of which H2 would write many to its disk.
        // Its numbers are constants: a plan of PostgreSQL for any limit would read all rows.
        String keys = "SELECT account AS page_account, task_key AS page_key FROM sora_task " + conditions.where()
                + order + " LIMIT " + page.limit() + " OFFSET " + page.offset();
        return new SearchSql(
                TaskSql.SELECT + "JOIN (" + keys + ") page ON account = page_account AND task_key = page_key" + order,
                conditions.parameters);
    }

    private static String column(TaskSort sort) {
        return switch (sort) {
            case CREATED -> "created_at";
            case ENDED -> "ended_at";
            case EXPIRES -> "NULLIF(expires_at, TIMESTAMP WITH TIME ZONE '" + TaskRowMapper.NO_EXPIRY + "')";
            case PRICE -> PRICE;
        };
    }

    static SearchSql count(TaskFilter filter) {
        Conditions conditions = new Conditions(filter);
        String sql = "SELECT account, state, COUNT(*) AS tasks, SUM(" + PRICE + ") AS price, COUNT(" + PRICE
                + ") AS priced FROM sora_task " + conditions.where() + " GROUP BY account, state";
        return new SearchSql(sql, conditions.parameters);
    }

    static SearchSql oldestUndelivered(String account) {
        String sql =
                "SELECT MIN(ended_at) AS ended_at FROM sora_task WHERE state = 'ENDED' AND next_delivery IS NOT NULL";
        return account == null
                ? new SearchSql(sql, List.of())
                : new SearchSql(sql + " AND " + ACCOUNT_OF_INDEX, List.of(account));
    }

    /** The conditions of a filter, and the parameters in their order. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Conditions(TaskFilter filter) {
            if (!filter.states().isEmpty()) {
                // Constants, because a plan for any state would not use the index: most records share one state.
                texts.add(filter.states().stream()
                        .map(state -> "'" + state + "'")
                        .collect(Collectors.joining(", ", "state IN (", ")")));
            }
            add(ACCOUNT_OF_INDEX, filter.account());
            add("tag = ?", filter.tag());
            add("tenant = ?", filter.tenant());
            add("model = ?", filter.model());
            add("correlation_id = ?", filter.correlationId());
            add("created_at < ?", filter.createdBefore());
            add("created_at >= ?", filter.createdAfter());
            // Unlike LIKE it has no wildcards. The database folds both sides, so that a text finds itself whatever the
            // locale.
            add(
                    "(POSITION(LOWER(?) IN LOWER(task_key)) > 0 OR POSITION(LOWER(?) IN LOWER(task_id)) > 0)",
                    filter.text());
        }

        private void add(String condition, Object parameter) {
            if (parameter != null) {
                texts.add(condition);
                condition.chars().filter(mark -> mark == '?').forEach(mark -> parameters.add(parameter));
            }
        }

        String where() {
            return texts.isEmpty() ? "" : "WHERE " + String.join(" AND ", texts);
        }
    }
}

package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.StepRules;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL statements, each in a dialect that H2 and PostgreSQL both understand. They name their columns, so they still work
 * when a newer version has added some.
 */
final class TaskSql {
    private static final List<String> COLUMNS = Stream.concat(
                    TaskRowMapper.CONTENT.stream(), TaskRowMapper.KEY.stream())
            .toList();
    static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM sora_task ";
    private static final String BY_KEY = "WHERE account = ? AND task_key = ?";
    // A node without a row is dead, too, since old rows are removed. An owner is never the empty string; unlike
    // IS NOT NULL, a comparison uses the index in both databases.
    private static final String OF_A_DEAD_NODE =
            "owner >= '' AND owner NOT IN (SELECT node FROM sora_node WHERE lease_until > CURRENT_TIMESTAMP)";

    /** Parameters: content, key, the key of an import. */
    static final String ADD = "INSERT INTO sora_task (" + String.join(", ", COLUMNS) + ", import_key) VALUES ("
            + String.join(", ", Collections.nCopies(COLUMNS.size(), "?")) + ", ?)";

    static final String FIND = SELECT + BY_KEY;

    static final String LOCK = FIND + " FOR UPDATE";

    static final String FIND_BY_WIRE_KEY = SELECT + "WHERE account = ? AND wire_key = ? LIMIT 1";

    static final String ADD_FORGOTTEN =
            "INSERT INTO sora_forgotten (account, task_key, incarnation, task_id, forgotten_at) VALUES (?, ?, ?, ?, ?)";

    private static final String OF_ONE_FORGOTTEN = "WHERE account = ? AND task_key = ? AND incarnation = ?";

    static final String FIND_FORGOTTEN = "SELECT 1 FROM sora_forgotten " + OF_ONE_FORGOTTEN;

    static final String FIND_FORGOTTEN_TASK = "SELECT 1 FROM sora_forgotten WHERE account = ? AND task_id = ? LIMIT 1";

    static final String REMOVE_FORGOTTEN = "DELETE FROM sora_forgotten " + OF_ONE_FORGOTTEN;

    static final String REMOVE_OLD_FORGOTTEN = "DELETE FROM sora_forgotten WHERE forgotten_at < ?";

    // In the order of its index, in which an import comes after the record of the submit.
    static final String FIND_BY_TASK_ID =
            SELECT + "WHERE account = ? AND task_id = ? ORDER BY account, task_id, import_key LIMIT 1";

    /** Finds the key of another record of a task that has a request. Parameters: account, task id, the key that is not meant. */
    static final String FIND_OTHER_OF_TASK = "SELECT account, task_key FROM sora_task WHERE account = ? AND task_id = ?"
            + " AND import_key = '' AND task_key <> ?";

    static final String FIND_BY_SOURCE = SELECT + "WHERE account = ? AND source_id = ? LIMIT ?";

    static final String REMOVE = "DELETE FROM sora_task " + BY_KEY;

    // For H2, which sorts null before any time and would scan all rows without one.
    private static final String ANY_TIME = "TIMESTAMP WITH TIME ZONE '0001-01-01 00:00:00+00'";

    /** Parameters: account, time, limit; the same again; limit. */
    static final String FIND_DUE = findDue("");

    /** Parameters: account, time, tag, limit; the same again; limit. */
    static final String FIND_DUE_WITH_TAG = findDue(" AND tag = ?");

    /** How many parts of {@link #FIND_ABANDONED} have the parameters account and base URL, before its last: account, limit. */
    static final int PARTS_OF_ABANDONED = 6;

    // A union of parts that each use three columns of the index; otherwise H2 scans all rows of an account.
    static final String FIND_ABANDONED = "SELECT * FROM ("
            + Stream.of("INTENT", "UNKNOWN", "RUNNING")
                    .flatMap(state -> Stream.of("owner IS NULL", OF_A_DEAD_NODE)
                            .map(owner -> SELECT + "WHERE state = '" + state + "' AND account = ? AND " + owner
                                    + " AND base_url = ? UNION ALL "))
                    .collect(Collectors.joining())
            + SELECT + "WHERE state = 'ENDED' AND account = ? AND " + OF_A_DEAD_NODE
            + ") abandoned ORDER BY created_at LIMIT ?";

    static final String FIND_OWNED = Stream.of("INTENT", "UNKNOWN", "RUNNING", "ENDED")
            .map(state -> SELECT + "WHERE state = '" + state + "' AND account = ? AND owner = ?")
            .collect(Collectors.joining(" UNION ALL "));

    // Uses the index of states: few ended records have an owner, those that an exchange holds.
    static final String FIND_ENDED = SELECT + "WHERE state = 'ENDED' AND account = ? AND owner = ? AND ended_at >= ?";

    // Without a condition on the state, or H2 would use its index, although most rows share one state. REMOVE_DELIVERED
    // has it.
    static final String FIND_DELIVERED = "SELECT account, task_key FROM sora_task WHERE delivered_at > " + ANY_TIME
            + " AND delivered_at < ? ORDER BY delivered_at LIMIT ?";

    static final String FIND_LAST_DELIVERED =
            SELECT + "WHERE delivered_at > " + ANY_TIME + " ORDER BY delivered_at DESC LIMIT ?";

    static final String FIND_REJECTED = "SELECT account, task_key FROM sora_task "
            + "WHERE state = 'REJECTED' AND created_at < ? ORDER BY created_at LIMIT ?";

    // Between finding and removing, the key may have been used again.
    static final String REMOVE_DELIVERED = REMOVE + " AND state = 'DELIVERED' AND delivered_at < ?";

    static final String REMOVE_REJECTED = REMOVE + " AND state = 'REJECTED' AND created_at < ?";

    private static final Map<TaskState, String> REPLACE =
            Stream.of(TaskState.values()).collect(Collectors.toUnmodifiableMap(next -> next, TaskSql::replaceBy));

    private TaskSql() {}

    /**
     * Finds records that wait for a delivery, the first to expire first, in the order of the index until the limit. H2 needs the
     * condition on the third column, which is always true, and the first two columns in ORDER BY; without the one it scans all
     * rows of an account, without the other it sorts.
     */
    private static String findDue(String tag) {
        return "SELECT * FROM ("
                + Stream.of("ENDED", "UNKNOWN")
                        .map(state -> "(" + SELECT + "WHERE account = ? AND state = '" + state
                                + "' AND expires_at >= TIMESTAMP WITH TIME ZONE '" + TaskRowMapper.NO_EXPIRY
                                + "' AND next_delivery <= ?" + tag
                                + " ORDER BY account, state, expires_at, next_delivery LIMIT ?)")
                        .collect(Collectors.joining(" UNION ALL "))
                + ") due ORDER BY expires_at, next_delivery LIMIT ?";
    }

    /**
     * The update of a record to a state. Its conditions are those of {@link StepRules#check}, so an allowed transition is one
     * statement. Parameters: content, key, version and, for a closed state, the result.
     */
    static String replace(TaskState next) {
        return REPLACE.get(next);
    }

    /** The update of a result that lacked an address. Parameters: content, key, version, the result before. */
    static final String REPLACE_RESULT = "UPDATE sora_task SET " + String.join(" = ?, ", TaskRowMapper.CONTENT)
            + " = ? " + BY_KEY + " AND version = ? AND result = ?";

    private static String replaceBy(TaskState next) {
        String states = StepRules.before(next).map(state -> "'" + state + "'").collect(Collectors.joining(", "));
        String result = next.isOpen() ? "result IS NULL" : "(result IS NULL OR result = ?)";
        return "UPDATE sora_task SET " + String.join(" = ?, ", TaskRowMapper.CONTENT) + " = ? " + BY_KEY
                + " AND version = ? AND state IN (" + states + ") AND " + result;
    }
}

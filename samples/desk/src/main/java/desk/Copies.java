package desk;

import io.github.camelsora.api.TaskRecord;

/** What a user copies from the page into a shell. Nothing of it pays. */
final class Copies {
    private Copies() {}

    /** Queries the service for the task, or for the key of a submit whose answer was lost. */
    static String curl(TaskRecord record) {
        String id = record.taskId() == null ? record.wireKey() : record.taskId();
        return id == null
                ? null
                : "curl -H \"Authorization: Bearer $TOAPIS_API_KEY\" "
                        + quoted(record.baseUrl() + "/v1/videos/generations/" + id);
    }

    static String sql(TaskRecord record) {
        return "SELECT * FROM sora_task WHERE account = " + literal(record.account()) + " AND task_key = "
                + literal(record.key());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

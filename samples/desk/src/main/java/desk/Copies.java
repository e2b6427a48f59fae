package desk;

import io.github.camelsora.api.TaskRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a user copies from the page into a shell. Nothing of it pays. */
final class Copies {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private Copies() {}

    /** Queries the service for the task, or for the key of a submit whose answer was lost. */
    static String curl(TaskRecord record) {
        String id = record.taskId() == null ? record.wireKey() : record.taskId();
        return id == null
                ? null
                : "curl -H \"Authorization: Bearer $TOAPIS_API_KEY\" "
                        + quoted(record.baseUrl() + "/v1/videos/generations/" + encoded(id));
    }

    static String sql(TaskRecord record) {
        return "SELECT * FROM sora_task WHERE account = " + literal(record.account()) + " AND task_key = "
                + literal(record.key());
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A shell takes a control character for a key that was pressed, even between quotes, so it is written as its number. */
    private static String literal(String text) {
        String literal = "'" + text.replace("'", "''") + "'";
        return !CONTROL.matcher(text).find()
                ? literal
                : "U&"
                        + CONTROL.matcher(literal.replace("\\", "\\\\"))
                                .replaceAll(control -> "\\\\%04x".formatted((int) control.group().charAt(0)));
    }
}

package io.github.camelsora.internal.operator;

import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.toapis.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes records as text for a spreadsheet or a program: without prompts, headers, results and addresses of videos, which do not
 * belong into a file that is passed on.
 */
public final class RecordExport {
    private static final Map<String, Function<TaskRecord, Object>> COLUMNS = columns();

    private RecordExport() {}

    private static Map<String, Function<TaskRecord, Object>> columns() {
        Map<String, Function<TaskRecord, Object>> columns = new LinkedHashMap<>();
        columns.put("account", record -> record.account());
        columns.put("key", record -> record.key());
        columns.put("state", record -> record.state().name());
        columns.put("operation", record -> record.operation());
        columns.put("taskId", record -> record.taskId());
        columns.put("sourceId", record -> record.origin().sourceId());
        columns.put("model", record -> record.origin().model());
        columns.put("tag", record -> record.tag());
        columns.put("tenant", record -> record.origin().tenant());
        columns.put("correlationId", record -> record.origin().correlationId());
        columns.put("credits", record -> record.price().estimated());
        columns.put("charged", record -> record.price().charged());
        columns.put("createdAt", record -> text(record.times().createdAt()));
        columns.put("acceptedAt", record -> text(record.times().acceptedAt()));
        columns.put("endedAt", record -> text(record.times().endedAt()));
        columns.put("deliveredAt", record -> text(record.times().deliveredAt()));
        columns.put("expiresAt", record -> text(record.due().expiresAt()));
        columns.put("deliveries", record -> record.deliveries());
        columns.put("owner", record -> record.owner());
        columns.put("version", record -> record.version());
        columns.put("wireKey", record -> record.wireKey());
        return columns;
    }

    /** A record as plain values, in the order of the columns. */
    public static Map<String, Object> fields(TaskRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        COLUMNS.forEach((name, column) -> fields.put(name, column.apply(record)));
        return fields;
    }

    private static String text(Instant time) {
        return Objects.toString(time, null);
    }

    /** All records; a CSV has a line of names even without any. */
    public static String write(List<TaskRecord> records, ExportFormat format) {
        return switch (format) {
            case jsonl ->
                records.stream()
                        .map(record -> Json.write(fields(record)) + "\n")
                        .collect(Collectors.joining());
            case csv -> csv(records);
        };
    }

    private static String csv(List<TaskRecord> records) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(",", COLUMNS.keySet())).append("\r\n");
        for (TaskRecord record : records) {
            text.append(fields(record).values().stream().map(RecordExport::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString();
    }

    /** A text that a spreadsheet would run as a formula is preceded by an apostrophe. */
    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean isQuoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

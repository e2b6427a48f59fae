package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.toapis.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Maps a record to a row of {@code sora_task}: its columns, and what a column can hold. */
final class TaskRowMapper {
    /** The columns that a change may change, in the order of {@link #bind}. */
    static final List<String> CONTENT = List.of(
            "state",
            "task_id",
            "wire_key",
            "tag",
            "owner",
            "operation",
            "base_url",
            "request",
            "result",
            "carried_headers",
            "deliveries",
            "version",
            "created_at",
            "accepted_at",
            "ended_at",
            "loss_reported_at",
            "delivered_at",
            "track_until",
            "next_delivery",
            "expires_at",
            "source_id",
            "model",
            "tenant",
            "priority",
            "correlation_id",
            "trace_context",
            "credits",
            "charged",
            "released_on_failure");

    /** The columns of the primary key, bound after the content. */
    static final List<String> KEY = List.of("account", "task_key");

    /** The value of an unknown expiry: a null has no place in the order of an index. */
    static final Instant NO_EXPIRY = Instant.EPOCH;

    private static final int SHOWN = 50;
    private static final int DECIMALS = 4;

    private TaskRowMapper() {}

    /**
     * Checks that the texts fit into their columns.
     *
     * @throws IllegalArgumentException if one does not
     */
    static void checkLengths(TaskRecord record) {
        checkLength("key", record.key(), TaskKey.LONGEST_KEY);
        checkLength("account", record.account(), TaskKey.LONGEST_ACCOUNT);
        checkLength("tag", record.tag(), TaskLabels.LONGEST_TAG);
        checkLength("tenant", record.origin().tenant(), TaskLabels.LONGEST_TENANT);
        checkLength("correlation id", record.origin().correlationId(), TaskLabels.LONGEST_CORRELATION_ID);
    }

    private static void checkLength(String name, String value, int longest) {
        if (value != null && value.length() > longest) {
            throw new IllegalArgumentException("The " + name + " has " + value.length()
                    + " characters, and the ledger stores at most " + longest + ": " + value.substring(0, SHOWN)
                    + "...");
        }
    }

    /** The record as it will be read: times to the millisecond, headers as JSON represents them. */
    static TaskRecord asRead(TaskRecord record) {
        Times times = record.times();
        return new TaskRecord(
                record.account(),
                record.key(),
                record.wireKey(),
                record.baseUrl(),
                record.operation(),
                record.request(),
                record.state(),
                record.taskId(),
                record.result(),
                record.owner(),
                new Times(
                        toMillis(times.createdAt()),
                        toMillis(times.acceptedAt()),
                        toMillis(times.endedAt()),
                        toMillis(times.lossReportedAt()),
                        toMillis(times.deliveredAt())),
                new Due(
                        toMillis(record.due().trackUntil()),
                        toMillis(record.due().nextDelivery()),
                        toMillis(record.due().expiresAt())),
                record.deliveries(),
                record.tag(),
                headers(json(record.carriedHeaders())),
                record.origin(),
                new TaskPrice(
                        stored(record.price().estimated()),
                        stored(record.price().charged()),
                        record.price().isReleasedOnFailure()),
                record.version());
    }

    private static Instant toMillis(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Binds the content and the key, and returns the index of the next parameter. */
    static int bind(PreparedStatement statement, TaskRecord record) throws SQLException {
        int i = 0;
        statement.setString(++i, record.state().name());
        statement.setString(++i, record.taskId());
        statement.setString(++i, record.wireKey());
        statement.setString(++i, record.tag());
        statement.setString(++i, record.owner());
        statement.setString(++i, record.operation());
        statement.setString(++i, record.baseUrl());
        statement.setString(++i, record.request());
        statement.setString(++i, record.result());
        statement.setString(++i, json(record.carriedHeaders()));
        statement.setInt(++i, record.deliveries());
        statement.setLong(++i, record.version());
        bind(statement, ++i, record.times().createdAt());
        bind(statement, ++i, record.times().acceptedAt());
        bind(statement, ++i, record.times().endedAt());
        bind(statement, ++i, record.times().lossReportedAt());
        bind(statement, ++i, record.times().deliveredAt());
        bind(statement, ++i, record.due().trackUntil());
        bind(statement, ++i, record.due().nextDelivery());
        bind(statement, ++i, Objects.requireNonNullElse(record.due().expiresAt(), NO_EXPIRY));
        TaskOrigin origin = record.origin();
        statement.setString(++i, origin.sourceId());
        statement.setString(++i, origin.model());
        statement.setString(++i, origin.tenant());
        statement.setInt(++i, origin.priority());
        statement.setString(++i, origin.correlationId());
        statement.setString(++i, origin.traceContext());
        statement.setBigDecimal(++i, record.price().estimated());
        statement.setBigDecimal(++i, record.price().charged());
        statement.setBoolean(++i, record.price().isReleasedOnFailure());
        statement.setString(++i, record.account());
        statement.setString(++i, record.key());
        return ++i;
    }

    /** Binds what {@link #bind} does, and the key of a task that was submitted elsewhere. */
    static int bindNew(PreparedStatement statement, TaskRecord record) throws SQLException {
        int next = bind(statement, record);
        statement.setString(next, record.request() == null ? record.key() : "");
        return next + 1;
    }

    static void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
        OffsetDateTime value = time == null ? null : time.atOffset(ZoneOffset.UTC);
        statement.setObject(index, value, Types.TIMESTAMP_WITH_TIMEZONE);
    }

    static TaskRecord read(ResultSet row) throws SQLException {
        return new TaskRecord(
                row.getString("account"),
                row.getString("task_key"),
                row.getString("wire_key"),
                row.getString("base_url"),
                row.getString("operation"),
                row.getString("request"),
                knownState(row),
                row.getString("task_id"),
                row.getString("result"),
                row.getString("owner"),
                new Times(
                        time(row, "created_at"),
                        time(row, "accepted_at"),
                        time(row, "ended_at"),
                        time(row, "loss_reported_at"),
                        time(row, "delivered_at")),
                new Due(time(row, "track_until"), time(row, "next_delivery"), expiry(row)),
                row.getInt("deliveries"),
                row.getString("tag"),
                headers(row.getString("carried_headers")),
                new TaskOrigin(
                        row.getString("source_id"),
                        row.getString("model"),
                        row.getString("tenant"),
                        row.getInt("priority"),
                        row.getString("correlation_id"),
                        row.getString("trace_context")),
                new TaskPrice(
                        row.getBigDecimal("credits"),
                        row.getBigDecimal("charged"),
                        row.getBoolean("released_on_failure")),
                row.getLong("version"));
    }

    /** A state that is not known is not guessed: the next submit under the key could be paid a second time. */
    private static TaskState knownState(ResultSet row) throws SQLException {
        String name = row.getString("state");
        return state(name)
                .orElseThrow(() -> new IllegalStateException("A row of sora_task has the state " + name
                        + ", which this version does not know: a newer version of the component has written it. Nothing was"
                        + " changed or sent; update this JVM, or send the request again where the newer version runs"));
    }

    static Optional<TaskState> state(String name) {
        return Stream.of(TaskState.values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }

    /** An amount as the column stores it, rounded up: what is held must not be less than the price. */
    private static BigDecimal stored(BigDecimal amount) {
        return amount == null ? null : amount.setScale(DECIMALS, RoundingMode.CEILING);
    }

    private static Instant expiry(ResultSet row) throws SQLException {
        Instant time = time(row, "expires_at");
        return NO_EXPIRY.equals(time) ? null : time;
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String json(Map<String, Object> headers) {
        return headers.isEmpty() ? null : Json.write(headers);
    }

    // A value that was broken by hand must not prevent a task that was paid for from being read.
    private static Map<String, Object> headers(String json) {
        Map<String, Object> headers =
                json == null ? Map.of() : Json.readMap(json).orElse(Map.of());
        headers.values().removeIf(Objects::isNull);
        return headers;
    }
}

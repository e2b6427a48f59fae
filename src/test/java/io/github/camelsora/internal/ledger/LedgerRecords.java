package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records as tests of ledgers need them, and the ways from one state to another. */
public final class LedgerRecords {
    public static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    public static final Instant TRACK_UNTIL = NOON.plus(Duration.ofHours(24));
    public static final String SERVICE = "https://toapis.com";

    private LedgerRecords() {}

    public static TaskRecord intent(String account, String key) {
        return intent(account, key, "{\"video_id\": \"video_0\", \"prompt\": \"Add a puppy\"}");
    }

    public static TaskRecord intent(String account, String key, String request) {
        return intent(account, key, request, NOON, SERVICE);
    }

    /** An intent of a request, at the service that a test speaks to. */
    public static TaskRecord intentAt(String baseUrl, String account, String key, String request) {
        return intent(account, key, request, NOON, baseUrl);
    }

    public static TaskRecord createdAt(String account, String key, Instant createdAt) {
        return intent(account, key, "{}", createdAt, SERVICE);
    }

    static TaskRecord livingAt(String account, String key, String baseUrl) {
        return intent(account, key, "{}", NOON, baseUrl);
    }

    /** The wire key of an intent that is made here. */
    static String wireKey(String key) {
        return key + "~0123456789";
    }

    private static TaskRecord intent(String account, String key, String request, Instant createdAt, String baseUrl) {
        return intent(account, key, wireKey(key), request, createdAt, baseUrl);
    }

    public static TaskRecord intentWith(String account, String key, String wireKey) {
        return intent(account, key, wireKey, "{}", NOON, "https://toapis.com");
    }

    /** A record of a task that was awaited by its id. */
    public static TaskRecord importing(String account, String key, String taskId) {
        return intent(account, key, null, null, NOON, "https://toapis.com")
                .accepted(taskId, NOON.plusSeconds(1), TRACK_UNTIL);
    }

    private static TaskRecord intent(
            String account, String key, String wireKey, String request, Instant createdAt, String baseUrl) {
        return new TaskRecord(
                account,
                key,
                wireKey,
                baseUrl,
                "remix",
                request,
                TaskState.INTENT,
                null,
                null,
                "node-1",
                new Times(createdAt, null, null, null, null),
                Due.NOTHING,
                0,
                null,
                null,
                null,
                null,
                0);
    }

    /** An intent with a price, of a tenant. */
    public static TaskRecord priced(String key, String tenant, long credits, Instant createdAt) {
        TaskRecord intent = createdAt("default", key, createdAt);
        TaskOrigin origin = new TaskOrigin(null, "sora-2", tenant, TaskOrigin.NORMAL_PRIORITY, null, null);
        return copy(intent, intent.operation(), intent.wireKey(), null, null, origin, price(credits));
    }

    /** The record with what only a new one can be given. */
    public static TaskRecord with(TaskRecord record, String tag, Map<String, Object> carriedHeaders) {
        return copy(record, record.operation(), record.wireKey(), tag, carriedHeaders, record.origin(), record.price());
    }

    /** The record as it would be of another intent. */
    public static TaskRecord withWireKey(TaskRecord record, String wireKey) {
        return copy(
                record,
                record.operation(),
                wireKey,
                record.tag(),
                record.carriedHeaders(),
                record.origin(),
                record.price());
    }

    /** The record as it would be of another operation, say of one that only a newer version knows. */
    public static TaskRecord withOperation(TaskRecord record, String operation) {
        return copy(
                record,
                operation,
                record.wireKey(),
                record.tag(),
                record.carriedHeaders(),
                record.origin(),
                record.price());
    }

    /** The record as it would be of another origin. */
    static TaskRecord withOrigin(TaskRecord record, TaskOrigin origin) {
        return copy(
                record,
                record.operation(),
                record.wireKey(),
                record.tag(),
                record.carriedHeaders(),
                origin,
                record.price());
    }

    /** An intent that changes or continues a video. */
    public static TaskRecord madeFrom(String account, String key, String sourceId) {
        TaskRecord intent = intent(account, key);
        TaskOrigin origin = new TaskOrigin(sourceId, "sora-2", null, TaskOrigin.NORMAL_PRIORITY, "process-1", null);
        return copy(intent, intent.operation(), intent.wireKey(), null, null, origin, price(20));
    }

    private static TaskPrice price(long credits) {
        return new TaskPrice(BigDecimal.valueOf(credits), null);
    }

    private static TaskRecord copy(
            TaskRecord record,
            String operation,
            String wireKey,
            String tag,
            Map<String, Object> carriedHeaders,
            TaskOrigin origin,
            TaskPrice price) {
        return new TaskRecord(
                record.account(),
                record.key(),
                wireKey,
                record.baseUrl(),
                operation,
                record.request(),
                record.state(),
                record.taskId(),
                record.result(),
                record.owner(),
                record.times(),
                record.due(),
                record.deliveries(),
                tag,
                carriedHeaders,
                origin,
                price,
                record.version());
    }

    public static TaskRecord running(String account, String key, String taskId) {
        return intent(account, key).accepted(taskId, NOON.plusSeconds(1), TRACK_UNTIL);
    }

    /** A record that has ended and is due for delivery. */
    public static TaskRecord due(String account, String key, Instant nextDelivery) {
        return running(account, key, "video_of_" + key)
                .ended("{\"status\": \"COMPLETED\"}", NOON.plusSeconds(300))
                .ownedBy(null)
                .dueAt(nextDelivery);
    }

    /** The steps by which an intent comes to a state. */
    static List<TaskState> wayTo(TaskState state) {
        return switch (state) {
            case INTENT -> List.of();
            case UNKNOWN -> List.of(TaskState.UNKNOWN);
            case RUNNING -> List.of(TaskState.RUNNING);
            case ENDED -> List.of(TaskState.RUNNING, TaskState.ENDED);
            case DELIVERED -> List.of(TaskState.RUNNING, TaskState.ENDED, TaskState.DELIVERED);
            case SET_ASIDE -> List.of(TaskState.RUNNING, TaskState.SET_ASIDE);
            case REJECTED -> List.of(TaskState.REJECTED);
        };
    }

    /** The record one step on, with what that step brings; a step that stays brings nothing. */
    public static TaskRecord step(TaskRecord record, TaskState next) {
        if (next == record.state()) {
            return record.ownedBy("node-2");
        }
        return switch (next) {
            case RUNNING -> record.accepted("video_of_" + record.key(), NOON.plusSeconds(1), TRACK_UNTIL);
            case ENDED -> record.ended("{\"status\": \"COMPLETED\"}", NOON.plusSeconds(300));
            case DELIVERED -> record.delivered(NOON.plusSeconds(301));
            default -> record.withState(next);
        };
    }

    /** Writes of records without anything else. */
    public static List<LedgerWrite> alone(TaskRecord... records) {
        return Stream.of(records).map(LedgerWrite::of).toList();
    }
}

package io.github.camelsora.task;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records as tests of ledgers need them, and the ways from one state to another. */
final class LedgerRecords {
    static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    private LedgerRecords() {}

    static TaskRecord intent(String account, String key) {
        return intent(account, key, "{\"video_id\": \"video_0\", \"prompt\": \"Add a puppy\"}");
    }

    static TaskRecord intent(String account, String key, String request) {
        return new TaskRecord(
                account,
                key,
                "https://toapis.com",
                "remix",
                request,
                TaskState.INTENT,
                null,
                null,
                "node-1",
                null,
                new Times(NOON, null, null, null),
                new Due(null, NOON.plus(Duration.ofMinutes(15)), null, null),
                null,
                null,
                0);
    }

    static TaskRecord running(String account, String key, String taskId) {
        return intent(account, key).accepted(taskId, NOON.plusSeconds(1), due(0));
    }

    static Due due(long millis) {
        Instant accepted = NOON.plusMillis(millis);
        return new Due(
                accepted.plusSeconds(5),
                null,
                accepted.plus(Duration.ofMinutes(10)),
                accepted.plus(Duration.ofHours(24)));
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
    static TaskRecord step(TaskRecord record, TaskState next) {
        if (next == record.state()) {
            return record.ownedBy("node-2", null);
        }
        return switch (next) {
            case RUNNING -> record.accepted("video_of_" + record.key(), NOON.plusSeconds(1), due(0));
            case ENDED -> record.ended("{\"status\": \"COMPLETED\"}", NOON.plusSeconds(300));
            case DELIVERED -> record.delivered(NOON.plusSeconds(301));
            default -> record.withState(next);
        };
    }
}

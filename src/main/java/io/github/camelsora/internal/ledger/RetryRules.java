package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Instant;

/**
 * A key is never paid for again while its task may be running, or has a video: an operator can retry a submit that was rejected
 * and a task that has failed, and nothing else.
 */
public final class RetryRules {
    private RetryRules() {}

    /** Tells whether a retry cannot pay for a second video: nothing was paid for the key, or its task has ended without one. */
    public static boolean mayBePaidAgain(TaskRecord record) {
        return switch (record.state()) {
            case REJECTED -> true;
            case ENDED, DELIVERED -> TaskJson.read(record.result()).status() != TaskStatus.COMPLETED;
            case INTENT, UNKNOWN, RUNNING, SET_ASIDE -> false;
        };
    }

    /** The record until the retry is sent. If this JVM crashes before that, the key can be retried once more. */
    static TaskRecord unpaid(TaskRecord record, Instant now) {
        return new TaskRecord(
                record.account(),
                record.key(),
                null,
                record.baseUrl(),
                record.operation(),
                record.request(),
                TaskState.REJECTED,
                null,
                null,
                null,
                new Times(now, null, null, null, null),
                Due.NOTHING,
                0,
                record.tag(),
                record.carriedHeaders(),
                record.origin(),
                // Nothing of the retry was charged yet.
                new TaskPrice(record.price().estimated(), null, record.price().isReleasedOnFailure()),
                0);
    }
}

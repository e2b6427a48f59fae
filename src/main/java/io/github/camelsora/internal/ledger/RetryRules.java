package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Instant;

/** Which keys an operator may have paid for again, and what their record is until the retry is sent. */
public final class RetryRules {
    private RetryRules() {}

    /** Tells whether nothing was paid for the task of a record, or nothing came of it. */
    public static boolean mayBePaidAgain(TaskRecord record) {
        return switch (record.state()) {
            case REJECTED -> true;
            case ENDED, DELIVERED -> TaskJson.read(record.result()).status() != TaskStatus.COMPLETED;
            case INTENT, UNKNOWN, RUNNING, SET_ASIDE -> false;
        };
    }

    /** The record of a request that was not sent yet. A crash before the retry is sent leaves what can be retried again. */
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
                0);
    }
}

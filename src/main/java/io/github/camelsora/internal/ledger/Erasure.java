package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.toapis.StoredResult;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.TaskJson;
import java.util.Map;

/** A record without the texts of its user: its key stays, and a digest of its prompt, so that it is still paid for only once. */
final class Erasure {
    private Erasure() {}

    static TaskRecord of(TaskRecord record) {
        return new TaskRecord(
                record.account(),
                record.key(),
                record.wireKey(),
                record.baseUrl(),
                record.operation(),
                SubmitRequest.withoutPrompt(record),
                record.state(),
                record.taskId(),
                record.result() == null ? null : withoutPrompt(record.result()),
                record.owner(),
                record.times(),
                record.due(),
                record.deliveries(),
                record.tag(),
                Map.of(),
                record.origin(),
                record.price(),
                record.version());
    }

    private static String withoutPrompt(String result) {
        return TaskJson.write(StoredResult.withoutPrompt(TaskJson.read(result)));
    }
}

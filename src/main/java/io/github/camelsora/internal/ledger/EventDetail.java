package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.VideoTask;

/** What a line of the history says of an event beside its name: nothing that could be a prompt, a key or an address. */
final class EventDetail {
    private EventDetail() {}

    /** The detail; null for none. */
    static String of(TaskEvent event) {
        if (event instanceof TaskEvent.SubmitAccepted accepted) {
            return "task " + accepted.taskId();
        }
        if (event instanceof TaskEvent.LostSubmitFound found) {
            return "task " + found.taskId();
        }
        if (event instanceof TaskEvent.AdoptionRevoked revoked) {
            return "task " + revoked.taskId();
        }
        if (event instanceof TaskEvent.AddressFound found) {
            return "task " + found.result().id();
        }
        if (event instanceof TaskEvent.TaskImported imported) {
            return "task " + imported.imported().taskId();
        }
        if (event instanceof TaskEvent.IntentWithdrawn withdrawn) {
            return withdrawn.reason();
        }
        if (event instanceof TaskEvent.TaskCompleted completed) {
            return outcome(completed.result());
        }
        if (event instanceof TaskEvent.DeliveryExhausted) {
            return "all deliveries have failed";
        }
        return null;
    }

    private static String outcome(VideoTask result) {
        return result.errorCode() == null ? result.status().name() : result.status() + " " + result.errorCode();
    }
}

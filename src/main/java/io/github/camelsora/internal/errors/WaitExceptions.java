package io.github.camelsora.internal.errors;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.Duration;

/** What a route is told when its wait ends and the task goes on. */
public final class WaitExceptions {
    private WaitExceptions() {}

    public static WaitTimedOutException timedOut(TaskEntry task, Duration timeout) {
        return new WaitTimedOutException(
                "Task " + task.taskId + " (key " + task.key.key() + ") has not ended within " + timeout.toSeconds()
                        + " s. It was paid for and goes on. Do not submit it again: wait on with sora:await, or look with"
                        + " sora:status.",
                About.seen(task.lastSeen()),
                null);
    }

    /** What the service says, with what we know. */
    public static TaskNotFoundException denied(TaskEntry task, SoraException said) {
        return new TaskNotFoundException(said.getMessage(), About.accepted(task.key.key(), task.taskId), said);
    }

    public static WaitParkedException parked(TaskEntry task, boolean isDurable) {
        if (task.taskId == null) {
            return parkedUnknown(task, "the routes stop");
        }
        String successor = isDurable
                ? "The ledger keeps it, and it is delivered after the next start."
                : "The ledger is in memory, so no successor will deliver it: keep the id and ask with sora:await.";
        return new WaitParkedException(
                "The wait for task " + task.taskId + " (key " + task.key.key()
                        + ") was ended because the routes stop. The" + " task was paid for and goes on. " + successor,
                About.seen(task.lastSeen()),
                null);
    }

    /** The routes are suspended, and this JVM goes on to follow the task. */
    public static WaitParkedException suspended(TaskEntry task) {
        if (task.taskId == null) {
            return parkedUnknown(task, "the routes are suspended");
        }
        return new WaitParkedException(
                "The wait for task " + task.taskId + " (key " + task.key.key()
                        + ") was ended because the routes are suspended. The task was paid for and goes on;"
                        + " from(\"sora:tasks\") delivers its result when the routes are resumed. Do not submit it again.",
                About.seen(task.lastSeen()),
                null);
    }

    private static WaitParkedException parkedUnknown(TaskEntry task, String reason) {
        return new WaitParkedException(
                "The wait for the request of key " + task.key.key() + " was ended because " + reason
                        + ", before it was known whether it was accepted. It may be running and paid for: do not submit it"
                        + " under another key.",
                new About(SubmitOutcome.UNKNOWN, task.key.key(), null),
                null);
    }

    /** This node was paused for so long that another one took it for dead. */
    public static WaitParkedException takenOver(TaskEntry task) {
        return new WaitParkedException(
                "The wait for task " + task.taskId + " (key " + task.key.key()
                        + ") was ended because this JVM was away for"
                        + " longer than leaseDuration and another one has taken the task over, which delivers it to"
                        + " from(\"sora:tasks\"). Do not submit it again.",
                About.seen(task.lastSeen()),
                null);
    }

    /** Somebody has removed the record of a task that ran. */
    public static SubmissionUnknownException gone(TaskEntry task) {
        return new SubmissionUnknownException(
                "Key " + task.key.key() + " was forgotten by an operator while its task " + task.taskId
                        + " was running.",
                About.accepted(task.key.key(), task.taskId),
                null);
    }

    /** An operator has freed the key of a task that is waited for. */
    public static SubmissionUnknownException forgotten(TaskRecord record) {
        return new SubmissionUnknownException(
                "Key " + record.key() + " was forgotten by an operator while its task was " + record.state() + ".",
                record.taskId() == null
                        ? new About(SubmitOutcome.UNKNOWN, record.key(), null)
                        : About.accepted(record.key(), record.taskId()),
                null);
    }

    /** An imported record is removed, because its task has turned out to be that of another key. */
    public static SubmissionUnknownException merged(TaskRecord imported, TaskRecord found) {
        return new SubmissionUnknownException(
                "Task " + imported.taskId() + " is that of key " + found.key()
                        + ", whose answer was lost, and goes on under"
                        + " that key: wait for it again with sora:await.",
                About.accepted(found.key(), imported.taskId()),
                null);
    }

    /** The ledger takes no more tasks, so the wait cannot begin. */
    public static ServiceUnavailableException notTaken(String taskId, SoraException cause) {
        return new ServiceUnavailableException(
                "Task " + taskId + " cannot be waited for now, and goes on: " + cause.getMessage(),
                About.accepted(null, taskId),
                cause);
    }

    /** The ledger cannot hold the task, say because its tag is too long. */
    public static BadRequestException unfit(String taskId, IllegalArgumentException cause) {
        return new BadRequestException(
                "Task " + taskId + " cannot be waited for as it is asked for, and goes on: " + cause.getMessage()
                        + ". It was paid for: correct this step and run it again, and do not submit the task again.",
                About.accepted(null, taskId),
                cause);
    }

    /** The service that the step asks is not the one that has the task. */
    public static BadRequestException elsewhere(TaskRecord record, ServiceProfile service) {
        return new BadRequestException(
                "Task " + record.taskId() + " (key " + record.key() + ") is at " + record.baseUrl()
                        + ", and this endpoint asks " + service.baseUrl()
                        + ", which does not know it. It was paid for: run this step with baseUrl=" + record.baseUrl()
                        + ", and do not submit the task again.",
                About.accepted(record.key(), record.taskId()),
                null);
    }

    /** The wait cannot begin. */
    public static ServiceUnavailableException ledgerAway(String taskId, RuntimeException cause) {
        return new ServiceUnavailableException(
                "The ledger could not be used, so task " + taskId + " cannot be waited for now. It goes on; wait for it"
                        + " again when the ledger is back.",
                About.accepted(null, taskId),
                cause);
    }
}

package io.github.camelsora.internal.errors;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.service.ServiceProfile;
import java.time.Duration;

/** The exceptions of waits that end without a result while their tasks go on, or that cannot begin. */
public final class WaitExceptions {
    private WaitExceptions() {}

    public static WaitTimedOutException timedOut(VideoTask lastSeen, Duration timeout) {
        return new WaitTimedOutException(
                named(lastSeen) + " has not ended within " + timeout.toSeconds()
                        + " s. It was paid for and goes on. Do not submit it again: wait on with sora:await, or look with"
                        + " sora:status.",
                About.seen(lastSeen),
                null);
    }

    /** The service's own words, about our task. */
    public static TaskNotFoundException denied(VideoTask lastSeen, SoraException answer) {
        return new TaskNotFoundException(answer.getMessage(), About.accepted(lastSeen.key(), lastSeen.id()), answer);
    }

    /** The routes stop. */
    public static WaitParkedException stopped(VideoTask lastSeen, boolean isDurable) {
        if (lastSeen.id() == null) {
            return endedBeforeAnswer(lastSeen, "the routes stop");
        }
        String successor = isDurable
                ? "The ledger keeps it, and it is delivered after the next start."
                : "The ledger is in memory, so it is not delivered after the next start: keep the id and wait for it with"
                        + " sora:await.";
        return ended(lastSeen, "the routes stop. The task was paid for and goes on. " + successor);
    }

    /** The routes are suspended, and this JVM goes on to follow the task. */
    public static WaitParkedException suspended(VideoTask lastSeen) {
        if (lastSeen.id() == null) {
            return endedBeforeAnswer(lastSeen, "the routes are suspended");
        }
        return ended(
                lastSeen,
                "the routes are suspended. The task was paid for and goes on; from(\"sora:tasks\") delivers its result when"
                        + " the routes are resumed. Do not submit it again.");
    }

    private static WaitParkedException endedBeforeAnswer(VideoTask lastSeen, String reason) {
        return new WaitParkedException(
                "The wait for the request of key " + lastSeen.key() + " was ended because " + reason
                        + ", before it was known whether it was accepted. It may be running and paid for: do not submit it"
                        + " under another key.",
                new About(SubmitOutcome.UNKNOWN, lastSeen.key(), null),
                null);
    }

    /** This node had no lease for so long that another one took the task over. */
    public static WaitParkedException takenOver(VideoTask lastSeen) {
        return ended(
                lastSeen,
                "this JVM could not renew its lease for longer than leaseDuration, and another one has taken the task over. It was"
                        + " paid for: do not submit it again. The other JVM delivers it to from(\"sora:tasks\").");
    }

    private static WaitParkedException ended(VideoTask lastSeen, String reason) {
        return new WaitParkedException(
                "The wait for task " + lastSeen.id() + " (key " + lastSeen.key() + ") was ended because " + reason,
                About.seen(lastSeen),
                null);
    }

    /** The record of a running task was removed from the ledger. */
    public static SubmissionUnknownException vanished(VideoTask lastSeen) {
        return new SubmissionUnknownException(
                "Key " + lastSeen.key() + " was forgotten by an operator while its task " + lastSeen.id()
                        + " was running. It was paid for: wait for it with sora:await if its result is needed.",
                About.accepted(lastSeen.key(), lastSeen.id()),
                null);
    }

    /** An operator has had the key of an awaited task forgotten or retried. */
    public static SubmissionUnknownException forgotten(TaskRecord record) {
        String ended =
                " was ended because an operator had the key forgotten or retried when its state was " + record.state();
        return record.taskId() == null
                ? new SubmissionUnknownException(
                        "The wait for the request of key " + record.key() + ended
                                + ". Whether that request was paid for is unknown. Ask the operator before it is sent again.",
                        new About(SubmitOutcome.UNKNOWN, record.key(), null),
                        null)
                : new SubmissionUnknownException(
                        "The wait for task " + record.taskId() + " (key " + record.key() + ")" + ended
                                + ". The task was paid for. Wait for it with sora:await if its result is needed, and ask the"
                                + " operator before its request is sent again.",
                        About.accepted(record.key(), record.taskId()),
                        null);
    }

    /**
     * The awaited task is not that of the request for which an operator had adopted it.
     *
     * @param isSearched whether the request can be searched for by its key
     */
    public static SubmissionUnknownException adoptionRevoked(TaskRecord record, String taskId, boolean isSearched) {
        String reason = "task " + taskId + ", which an operator had adopted for it, is that of another request";
        return SubmitExceptions.unknown(record, isSearched, reason, null);
    }

    /** An operator has set the awaited task aside. */
    public static SoraException setAside(TaskRecord record) {
        String released = " until an operator releases it. Ask the operator before its request is sent again.";
        return record.taskId() == null
                ? new SubmissionUnknownException(
                        "The wait for the request of key " + record.key()
                                + " was ended because an operator has set it aside. Whether it was paid for is unknown. It is"
                                + " not searched for" + released,
                        new About(SubmitOutcome.UNKNOWN, record.key(), null),
                        null)
                : new WaitTimedOutException(
                        "The wait for task " + record.taskId() + " (key " + record.key()
                                + ") was ended because an operator has set it aside. It was paid for, and is not delivered"
                                + released,
                        About.accepted(record.key(), record.taskId()),
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

    /** The ledger accepts no more tasks, so the wait cannot begin. */
    public static ServiceUnavailableException ledgerFull(String taskId, SoraException cause) {
        return new ServiceUnavailableException(
                "Task " + taskId + " cannot be waited for now, and goes on: " + cause.getMessage(),
                About.accepted(null, taskId),
                cause);
    }

    /** The ledger cannot hold the task, say because its tag is too long. */
    public static BadRequestException notStorable(String taskId, IllegalArgumentException cause) {
        return new BadRequestException(
                "Task " + taskId + " cannot be waited for with the options of this step, and goes on: "
                        + cause.getMessage()
                        + ". It was paid for: correct this step and run it again, and do not submit the task again.",
                About.accepted(null, taskId),
                cause);
    }

    /** The task is at another service than the one of the endpoint. */
    public static BadRequestException elsewhere(TaskRecord record, ServiceProfile service) {
        return new BadRequestException(
                "Task " + record.taskId() + " (key " + record.key() + ") is at " + record.baseUrl()
                        + ", and this endpoint queries " + service.baseUrl()
                        + ", which does not know it. It was paid for: run this step with baseUrl=" + record.baseUrl()
                        + ", and do not submit the task again.",
                About.accepted(record.key(), record.taskId()),
                null);
    }

    /** The ledger is unavailable, so the wait cannot begin. */
    public static ServiceUnavailableException ledgerUnavailable(String taskId, RuntimeException cause) {
        return new ServiceUnavailableException(
                "The ledger could not be used, so task " + taskId + " cannot be waited for now. It goes on; wait for it"
                        + " again when the ledger is back.",
                About.accepted(null, taskId),
                cause);
    }

    private static String named(VideoTask task) {
        return "Task " + task.id() + " (key " + task.key() + ")";
    }
}

package io.github.camelsora.internal.errors;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitCancelledException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import java.time.Duration;

/** The exceptions with which a submit fails. Each message says whether anything was paid, and what is safe to do. */
public final class SubmitExceptions {
    private static final String SAFE_TO_RESEND = " Nothing was paid; it is safe to send it again.";

    private SubmitExceptions() {}

    /** The service did not accept the request before its deadline. */
    public static SoraException notAccepted(TaskKey key, SubmitAnswer.NotAccepted answer) {
        String message = "The request (key " + key.key() + ") could not be submitted within submitTimeout: "
                + answer.reason() + ". Nothing was accepted and nothing was paid; it is safe to send it again.";
        return answer.kind() == SubmitAnswer.NotAccepted.Kind.RATE_LIMITED
                ? new RateLimitedException(message, notSent(key), answer.retryAfter())
                : new ServiceUnavailableException(message, notSent(key), answer.cause());
    }

    /** The rate limit of the account gave the request no permit before its deadline. */
    public static SoraException noPermit(TaskKey key, Duration expectedWait) {
        return new RateLimitedException(
                "The request (key " + key.key()
                        + ") was not sent within submitTimeout: the rate limit of the account left it no turn. A new"
                        + " request would wait for about " + expectedWait.toSeconds()
                        + " s now. Nothing was sent and nothing was paid; it is safe to send it again.",
                notSent(key),
                expectedWait);
    }

    /** A task that is paid for now could not be followed. */
    public static SoraException notFollowed(TaskKey key, String problem) {
        return new ServiceUnavailableException(
                "The request (key " + key.key() + ") was not sent: " + problem
                        + ". Nothing was paid; it is safe to send it again when the log says that this is over.",
                notSent(key),
                null);
    }

    /** Something failed here before the first byte was sent. */
    public static SoraException internalError(TaskKey key, Throwable cause) {
        return new ServiceUnavailableException(
                "The request (key " + key.key() + ") was not sent, because of an error in this JVM: " + cause + "."
                        + SAFE_TO_RESEND,
                notSent(key),
                cause);
    }

    /** The routes stop or are suspended. */
    public static SoraException suspended(TaskKey key) {
        return new WaitParkedException(
                "The request (key " + key.key() + ") was not sent, because the routes stop or are suspended."
                        + SAFE_TO_RESEND,
                notSent(key),
                null);
    }

    /** An operator has cancelled a submit that waited to be sent. */
    public static SoraException cancelled(TaskKey key, String actor) {
        return new SubmitCancelledException(
                "The request (key " + key.key() + ") was not sent, because the operator " + actor
                        + " has cancelled it while it waited. Nothing was paid.",
                notSent(key),
                null);
    }

    /** The ledger cannot hold the request, say because its tag is too long. */
    public static SoraException notStorable(TaskKey key, IllegalArgumentException cause) {
        return new BadRequestException(
                "The request (key " + key.key() + ") was not sent: " + cause.getMessage(), notSent(key), cause);
    }

    private static About notSent(TaskKey key) {
        return new About(SubmitOutcome.NOT_SENT, key.key(), null);
    }

    /** The ledger could not be read, so what was paid under the key before is unknown. */
    public static SoraException ledgerUnread(TaskKey key, boolean isNewKey, Throwable cause) {
        String remedy = isNewKey
                ? SAFE_TO_RESEND
                : " Whether an earlier submit under the key was paid is unknown; it is safe to send it again under the same"
                        + " key.";
        return new ServiceUnavailableException(
                ledgerUnavailable(key) + remedy,
                new About(isNewKey ? SubmitOutcome.NOT_SENT : SubmitOutcome.UNKNOWN, key.key(), null),
                cause);
    }

    /**
     * The ledger could not be read or written.
     *
     * @param known the record of the key as far as it is known, which decides the outcome; null when none is
     */
    public static SoraException ledgerUnavailable(TaskKey key, TaskRecord known, Throwable cause) {
        return new ServiceUnavailableException(
                ledgerUnavailable(key), known == null ? notSent(key) : aboutEarlier(known), cause);
    }

    private static String ledgerUnavailable(TaskKey key) {
        return "The ledger could not be used for key " + key.key() + ". Nothing was sent now.";
    }

    static About aboutEarlier(TaskRecord standing) {
        boolean isAccepted = standing.taskId() != null;
        return new About(
                isAccepted ? SubmitOutcome.ACCEPTED : SubmitOutcome.UNKNOWN, standing.key(), standing.taskId());
    }

    /** A request of the key waits to be sent from here, and is not in the ledger yet. */
    public static SoraException keyConflict(TaskKey key) {
        return new KeyConflictException(
                "Key " + key.key()
                        + " is in use by a different request, or by one at another baseUrl, which waits to be sent."
                        + " Nothing was sent now. Give each request a key of its own.",
                notSent(key),
                null);
    }

    /** The key was used for a different request. */
    public static SoraException keyConflict(TaskRecord standing) {
        return new KeyConflictException(
                "Key " + standing.key() + " was used for a different request, which is " + stateOf(standing)
                        + ". Nothing was sent now. Give each request a key of its own.",
                new About(SubmitOutcome.NOT_SENT, standing.key(), standing.taskId()),
                null);
    }

    /** The key was used at another service, where its task is followed; here it would be paid for once more. */
    public static SoraException elsewhere(TaskRecord standing, ServiceProfile service) {
        return new KeyConflictException(
                "Key " + standing.key() + " was used for this request at " + standing.baseUrl() + ", where it is "
                        + stateOf(standing) + ". This endpoint uses " + service.baseUrl()
                        + ", so nothing was sent now. Submit it with baseUrl=" + standing.baseUrl()
                        + " to wait for the task; if the two services hold different tasks, give each an account of its own"
                        + " (option account).",
                aboutEarlier(standing),
                null);
    }

    private static String stateOf(TaskRecord standing) {
        return standing.state() + (standing.taskId() == null ? "" : " as task " + standing.taskId());
    }

    /**
     * The request was sent and its answer was lost.
     *
     * @param isSearched whether it can be searched for by its key
     * @param reason what came instead of an answer
     */
    public static SubmissionUnknownException unknown(
            TaskRecord lost, boolean isSearched, String reason, Exception cause) {
        String remedy = isSearched
                ? "It was not found by its key yet, and the search goes on; submit it again under the same key to wait for it."
                        + " The vendor's console shows it under client_business_id " + lost.wireKey() + "."
                : "It cannot be searched for, because sendRequestKey is false: find it in the vendor's console.";
        String message = "The request (key " + lost.key() + ") was sent and its answer was lost: " + reason
                + ". It may be running and paid for. Do not submit it again under another key. " + remedy;
        VideoTask task = new VideoTask(
                null,
                lost.key(),
                isSearched ? lost.wireKey() : null,
                TaskStatus.UNKNOWN,
                null,
                null,
                lost.times().createdAt(),
                null,
                null,
                null,
                null,
                null,
                message,
                null,
                lost.origin().sourceId(),
                lost.origin().correlationId(),
                lost.price().estimated(),
                lost.price().charged());
        return new SubmissionUnknownException(message, new About(SubmitOutcome.UNKNOWN, lost.key(), null, task), cause);
    }

    /** The look-ups of a lost submit are redirected, as the submit was. */
    public static SubmissionUnknownException redirected(SubmissionUnknownException lost, SoraException lookUp) {
        return new SubmissionUnknownException(
                lost.getMessage() + " The look-up failed, too: " + lookUp.getMessage(),
                new About(SubmitOutcome.UNKNOWN, lost.getTaskKey(), null, lost.getTask()),
                lost.getCause());
    }

    /** The id of an accepted task could not be written. */
    public static SubmissionUnknownException idNotRecorded(TaskKey key, String taskId, Throwable cause) {
        return new SubmissionUnknownException(
                "Task " + taskId + " (key " + key.key()
                        + ") was accepted and paid for, but the ledger could not record its"
                        + " id. Do not submit it again: keep the id and wait for the task with sora:await.",
                About.accepted(key.key(), taskId),
                cause);
    }
}

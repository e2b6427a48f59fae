package io.github.camelsora.internal.errors;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import java.time.Duration;

/** What a route is told of a submit that came to nothing, or to nothing that is known. */
public final class SubmitExceptions {
    private SubmitExceptions() {}

    public static SoraException notSent(TaskKey key, SubmitAnswer.NotSent answer) {
        About about = new About(SubmitOutcome.NOT_SENT, key.key(), null);
        String message = "The request (key " + key.key() + ") could not be submitted within submitTimeout: "
                + answer.reason() + ". Nothing was accepted and nothing was paid; it is safe to send it again.";
        return answer.rateLimited()
                ? new RateLimitedException(message, about, answer.retryAfter())
                : new ServiceUnavailableException(message, about, answer.cause());
    }

    /** So many others wanted to submit that its turn did not come. */
    public static SoraException noTurn(TaskKey key, Duration expectedWait) {
        return new RateLimitedException(
                "The request (key " + key.key()
                        + ") had no turn within submitTimeout: the account may send only so many a"
                        + " second, and a new one would wait for about " + expectedWait.toSeconds()
                        + " s now. Nothing was sent and nothing was paid; it is safe to send it again.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                expectedWait);
    }

    /** The ledger could not be read or written; what stands in it under the key, as far as it is known, tells the outcome. */
    public static SoraException ledgerAway(TaskKey key, TaskRecord known, Throwable cause) {
        SubmitOutcome outcome = known == null
                ? SubmitOutcome.NOT_SENT
                : known.taskId() == null ? SubmitOutcome.UNKNOWN : SubmitOutcome.ACCEPTED;
        return new ServiceUnavailableException(
                "The ledger could not be used for key " + key.key() + ". Nothing was sent now.",
                new About(outcome, key.key(), known == null ? null : known.taskId()),
                cause);
    }

    /** A request is refused here, and an earlier one under its key was sent: what became of that one is what counts. */
    public static SoraException refusedNow(SoraException refusal, TaskRecord standing) {
        String key = standing.key();
        boolean isAccepted = standing.taskId() != null;
        return refused(
                refusal,
                new About(isAccepted ? SubmitOutcome.ACCEPTED : SubmitOutcome.UNKNOWN, key, standing.taskId()),
                isAccepted
                        ? "An earlier submit under key " + key + " was paid: it is task " + standing.taskId()
                        : "An earlier submit under key " + key + " was sent and may have been paid");
    }

    /** The same, when the ledger cannot say whether there was an earlier one. */
    public static SoraException refusedUnasked(SoraException refusal, TaskKey key) {
        return refused(
                refusal,
                new About(SubmitOutcome.UNKNOWN, key.key(), null),
                "Whether an earlier submit under key " + key.key()
                        + " was paid is not known, because the ledger could not be used");
    }

    private static SoraException refused(SoraException refusal, About about, String earlier) {
        String reason = refusal.getMessage()
                .replace(" Nothing was sent and nothing was paid.", "")
                .replaceFirst("\\.$", "");
        String message = reason + ". Nothing was sent now. " + earlier
                + ". Do not submit it under another key: correct this step and run it again under the same key (header"
                + " CamelSoraRequestKey), which is not paid twice.";
        return refusal instanceof InsufficientCreditsException
                ? new InsufficientCreditsException(message, about, refusal)
                : new BadRequestException(message, about, refusal);
    }

    /** The ledger could not be asked, so what became of earlier requests under the key is not known. */
    public static SoraException unasked(TaskKey key, boolean isNewKey, Throwable cause) {
        String remedy = isNewKey
                ? "Nothing was paid; it is safe to send it again."
                : "Whether its key was paid before is not known; it is safe to send it again under the same key.";
        return new ServiceUnavailableException(
                "The ledger could not be used for key " + key.key() + ". Nothing was sent now. " + remedy,
                new About(isNewKey ? SubmitOutcome.NOT_SENT : SubmitOutcome.UNKNOWN, key.key(), null),
                cause);
    }

    /** What would be paid for now could not be followed. */
    public static SoraException notFollowed(TaskKey key, String trouble) {
        return new ServiceUnavailableException(
                "The request (key " + key.key() + ") was not sent: " + trouble
                        + ". Nothing was paid; it is safe to send it again when the log says that this is over.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                null);
    }

    /** It was to be sent, and something failed here before its first byte. */
    public static SoraException brokeOff(TaskKey key, Throwable cause) {
        return new ServiceUnavailableException(
                "The request (key " + key.key() + ") was not sent, because something failed here: " + cause
                        + ". Nothing was paid; it is safe to send it again.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                cause);
    }

    public static SoraException parked(TaskKey key) {
        return new WaitParkedException(
                "The request (key " + key.key()
                        + ") was not sent because the routes stop or are suspended. Nothing was paid; it is safe to"
                        + " send it again.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                null);
    }

    public static SoraException keyConflict(TaskRecord standing) {
        return new KeyConflictException(
                "Key " + standing.key() + " was used for a different request, which is " + standing.state()
                        + (standing.taskId() == null ? "" : " as task " + standing.taskId())
                        + ". Nothing was sent now. Give each request a key of its own.",
                new About(SubmitOutcome.NOT_SENT, standing.key(), standing.taskId()),
                null);
    }

    /** The key was used at another service, where its task is followed; here it would be paid for once more. */
    public static SoraException elsewhere(TaskRecord standing, ServiceProfile service) {
        boolean isAccepted = standing.taskId() != null;
        return new KeyConflictException(
                "Key " + standing.key() + " was used for this request at " + standing.baseUrl() + ", where it is "
                        + standing.state() + (isAccepted ? " as task " + standing.taskId() : "")
                        + ", and this endpoint asks " + service.baseUrl()
                        + ". Nothing was sent now. Submit it with baseUrl=" + standing.baseUrl()
                        + " to wait for it; if the other service has other tasks, give them an account of their own (option"
                        + " account).",
                new About(
                        isAccepted ? SubmitOutcome.ACCEPTED : SubmitOutcome.UNKNOWN, standing.key(), standing.taskId()),
                null);
    }

    /** The ledger cannot hold the request, say because its tag is too long. */
    public static SoraException unfit(TaskKey key, IllegalArgumentException cause) {
        return new BadRequestException(
                "The request (key " + key.key() + ") was not sent: " + cause.getMessage(),
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                cause);
    }

    /** The other request is not in the ledger yet. */
    public static SoraException keyConflict(TaskKey key) {
        return new KeyConflictException(
                "Key " + key.key()
                        + " is used for a different request, or at another baseUrl, which waits to be sent. Nothing was"
                        + " sent now. Give each request a key of its own.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                null);
    }

    public static SubmissionUnknownException unknown(
            TaskRecord lost, boolean isLookedFor, String reason, Exception cause) {
        String remedy = isLookedFor
                ? "It was not found by its key yet, and is looked for on; ask again under the same key to wait for it. The"
                        + " vendor's console shows it under client_business_id " + lost.wireKey() + "."
                : "It cannot be looked up, because sendRequestKey is false: look for it in the vendor's console.";
        String message = "The request (key " + lost.key() + ") was sent and its answer was lost: " + reason
                + ". It may be running and paid for. Do not submit it again under another key. " + remedy;
        VideoTask task = new VideoTask(
                null,
                lost.key(),
                isLookedFor ? lost.wireKey() : null,
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
                null);
        return new SubmissionUnknownException(message, new About(SubmitOutcome.UNKNOWN, lost.key(), null, task), cause);
    }

    /** The look-ups of a lost submit are redirected as the submit was. */
    public static SubmissionUnknownException redirected(SubmissionUnknownException lost, SoraException lookUp) {
        return new SubmissionUnknownException(
                lost.getMessage() + " The look-up failed, too: " + lookUp.getMessage(),
                new About(SubmitOutcome.UNKNOWN, lost.getTaskKey(), null, lost.getTask()),
                lost.getCause());
    }

    public static SubmissionUnknownException unwritten(TaskKey key, String taskId, Throwable cause) {
        return new SubmissionUnknownException(
                "Task " + taskId + " (key " + key.key() + ") was accepted and paid for, but the ledger could not be"
                        + " written. Do not submit it again: keep the id and wait for it with sora:await.",
                About.accepted(key.key(), taskId),
                cause);
    }
}

package io.github.camelsora.internal.errors;

import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.regex.Pattern;

/**
 * The exceptions of a step that fails before its request is sent, when an earlier request of it was sent: that one decides the
 * outcome. Each is of the type of its reason, and says what was paid.
 */
public final class ExplainedExceptions {
    private static final Pattern NOTHING_PAID = Pattern.compile(" ?Nothing was (?:sent|accepted|paid)[^.]*\\.");

    private ExplainedExceptions() {}

    /** The earlier request has a record. */
    public static SoraException afterEarlier(SoraException reason, TaskRecord standing) {
        String key = standing.key();
        String earlier = standing.taskId() != null
                ? "An earlier submit under key " + key + " was paid: it is task " + standing.taskId()
                : "An earlier submit under key " + key + " was sent and may have been paid";
        return explain(reason, SubmitExceptions.aboutEarlier(standing), earlier);
    }

    /** The ledger cannot say whether there was an earlier request. */
    public static SoraException afterUnread(SoraException reason, TaskKey key) {
        return explain(
                reason,
                new About(SubmitOutcome.UNKNOWN, key.key(), null),
                "Whether an earlier submit under key " + key.key()
                        + " was paid is unknown, because the ledger could not be used");
    }

    private static SoraException explain(SoraException reason, About about, String earlier) {
        String first = NOTHING_PAID.matcher(reason.getMessage()).replaceAll("").replaceFirst("\\.$", "");
        String message = first + ". Nothing was sent now. " + earlier
                + ". Do not submit it under another key: correct this step and run it again under the same key (header"
                + " CamelSoraRequestKey), which is not paid twice.";
        if (reason instanceof SpendLimitException limit) {
            return new SpendLimitException(message, about, limit.getRetryAfter());
        }
        if (reason instanceof RateLimitedException limit) {
            return new RateLimitedException(message, about, limit.getRetryAfter());
        }
        if (reason instanceof AccountPausedException paused) {
            return new AccountPausedException(message, about, paused.getPause());
        }
        if (reason instanceof InsufficientCreditsException) {
            return new InsufficientCreditsException(message, about, reason);
        }
        if (reason instanceof AuthenticationException) {
            return new AuthenticationException(message, about, reason);
        }
        if (reason instanceof ModelUnavailableException) {
            return new ModelUnavailableException(message, about, reason);
        }
        if (reason instanceof ResultExpiredException) {
            return new ResultExpiredException(message, about, reason);
        }
        if (reason instanceof KeyConflictException) {
            return new KeyConflictException(message, about, reason);
        }
        if (reason instanceof WaitParkedException) {
            return new WaitParkedException(message, about, reason);
        }
        return reason instanceof ServiceUnavailableException
                ? new ServiceUnavailableException(message, about, reason)
                : new BadRequestException(message, about, reason);
    }
}

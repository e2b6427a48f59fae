package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException.About;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The balance of an account as it was last known. Who needs it while it is being asked for waits for that answer, and no lock is
 * held meanwhile. An answer that fails is one for those who waited for it, and is not kept.
 */
final class BalanceCache {
    private FutureTask<Balance> question;
    private Instant askedAt;

    /**
     * The balance; asked for when it is not known, or was asked for too long ago. Blocks for one round trip then.
     *
     * @param ask asks the service
     * @param now the time now
     * @param believedFor how long an answer is believed
     */
    Balance get(Callable<Balance> ask, Instant now, Duration believedFor) throws Exception {
        FutureTask<Balance> current = current(ask, now, believedFor);
        // Only the first thread that comes here asks.
        current.run();
        try {
            return current.get();
        } catch (ExecutionException e) {
            forget(current);
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(
                    "The balance that minimumCredits needs did not come, because its thread was interrupted. Nothing was sent"
                            + " and nothing was paid; it is safe to send the request again.",
                    About.NOTHING_SENT,
                    e);
        }
    }

    private synchronized FutureTask<Balance> current(Callable<Balance> ask, Instant now, Duration believedFor) {
        boolean isOld = question == null || question.isDone() && now.isAfter(askedAt.plus(believedFor));
        if (isOld) {
            question = new FutureTask<>(ask);
            askedAt = now;
        }
        return question;
    }

    private synchronized void forget(FutureTask<Balance> failed) {
        if (question == failed) {
            question = null;
        }
    }
}

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
 * Caches the balance of an account. Calls during a query wait for its answer, without holding a lock. A failure is thrown to
 * all that waited for that query, and is not cached. Thread-safe.
 */
final class BalanceCache {
    private FutureTask<Balance> query;
    private Instant queriedAt;

    /**
     * The balance, from the cache unless that is too old. Blocks for one round trip then.
     *
     * @param balanceQuery queries the service for the balance
     * @param now the time now
     * @param maxAge how long a balance is cached
     */
    Balance get(Callable<Balance> balanceQuery, Instant now, Duration maxAge) throws Exception {
        FutureTask<Balance> current = current(balanceQuery, now, maxAge);
        // Only the first thread sends the query; run() does nothing in the others.
        current.run();
        try {
            return current.get();
        } catch (ExecutionException e) {
            discard(current);
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(
                    "The balance that minimumCredits needs was not received, because its thread was interrupted. Nothing was sent"
                            + " and nothing was paid; it is safe to send the request again.",
                    About.NOTHING_SENT,
                    e);
        }
    }

    private synchronized FutureTask<Balance> current(Callable<Balance> balanceQuery, Instant now, Duration maxAge) {
        boolean isOld = query == null || query.isDone() && now.isAfter(queriedAt.plus(maxAge));
        if (isOld) {
            query = new FutureTask<>(balanceQuery);
            queriedAt = now;
        }
        return query;
    }

    private synchronized void discard(FutureTask<Balance> failed) {
        if (query == failed) {
            query = null;
        }
    }
}

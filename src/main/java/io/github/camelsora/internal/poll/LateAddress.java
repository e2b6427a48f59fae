package io.github.camelsora.internal.poll;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.WaitFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that have completed and whose video has no address yet. Gateways report a completion a moment before they have the
 * address, so such a task counts as running for a grace period. After that it has failed, with the only result that a later
 * answer may still change.
 */
public final class LateAddress {
    private static final Logger LOG = LoggerFactory.getLogger(LateAddress.class);

    /** How long an address may be late. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** The longest pause between two polls meanwhile. */
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final int LEAST_POLLS = 4;

    private final TaskLedger ledger;
    private final RateLimitedClient queries;
    private final TaskIdentity identity;
    private final CompletionHandler completions;
    private final WaitFailures failures;

    public LateAddress(
            TaskLedger ledger,
            RateLimitedClient queries,
            TaskIdentity identity,
            CompletionHandler completions,
            WaitFailures failures) {
        this.ledger = ledger;
        this.queries = queries;
        this.identity = identity;
        this.completions = completions;
        this.failures = failures;
    }

    /** Tells whether a task that is polled has waited long enough, and often enough, for its address. */
    static boolean isOverdue(Instant missingSince, int polls, Instant now) {
        return polls >= LEAST_POLLS && !now.isBefore(missingSince.plus(GRACE));
    }

    /** What a route is shown that queries a task once: by the time at which the service says that it has completed. */
    static VideoTask asShown(VideoTask seen, Instant now) {
        boolean isOverdue =
                seen.completedAt() != null && now.isAfter(seen.completedAt().plus(GRACE));
        return isOverdue ? TaskReader.resultMissing(seen) : TaskReader.asRunning(seen);
    }

    /**
     * Queries a task that has ended for lack of an address, once there is a permit. The action then runs whatever the answer is;
     * when it fails, the waiters of the task do.
     */
    void query(TaskRecord record, ServiceProfile service, Runnable action) {
        queries.queryLimiter(service).acquire(QueryLane.LOOK_UPS, ledger.now().toEpochMilli(), () -> {
            try (TaskScope scope = TaskScope.of(record)) {
                queryThenRun(record, service, action);
            }
        });
    }

    private void queryThenRun(TaskRecord record, ServiceProfile service, Runnable action) {
        queryNow(record, service);
        try {
            action.run();
        } catch (RuntimeException e) {
            TaskKey key = TaskKey.of(record);
            failures.fail(key, SubmitExceptions.ledgerUnavailable(key, record, e));
        }
    }

    /** An address that is found is in the ledger when this returns. */
    private void queryNow(TaskRecord record, ServiceProfile service) {
        try {
            if (queries.query(service, record.taskId()) instanceof QueryAnswer.Found found) {
                found(record, service, found.task());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Task {} (key {}) could not be queried for the address that its result lacks",
                    record.taskId(),
                    record.key(),
                    e);
        }
    }

    private void found(TaskRecord record, ServiceProfile service, VideoTask seen) {
        Optional<String> mismatch = identity.mismatch(record, service.sendKey(), seen);
        if (mismatch.isPresent()) {
            TaskIdentity.warnOfMismatch(record, seen, mismatch.get());
        } else {
            completions.seen(record, seen.namedBy(record), CompletionSource.STATUS_CALL);
        }
    }
}

package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.toapis.TaskReader;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that have completed and whose video has no address yet. Gateways tell of the end a moment before they have the
 * address, so the task counts as running for a grace. After that it has failed, with the one result that a later answer may
 * still change.
 */
public final class LateAddress {
    private static final Logger LOG = LoggerFactory.getLogger(LateAddress.class);

    /** How long an address may be late. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** How often it is asked for meanwhile, at least. */
    public static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final int LEAST_POLLS = 4;

    private final TaskLedger ledger;
    private final RateLimitedClient queries;
    private final CompletionHandler completions;

    LateAddress(TaskLedger ledger, RateLimitedClient queries, CompletionHandler completions) {
        this.ledger = ledger;
        this.queries = queries;
        this.completions = completions;
    }

    /** Tells whether a task that is polled has waited long enough for its address; the caller is its poll. */
    public static boolean isOver(TaskEntry task, Instant now) {
        if (task.addressMissingSince == null) {
            task.addressMissingSince = now;
        }
        task.pollsWithoutAddress++;
        return task.pollsWithoutAddress >= LEAST_POLLS && !now.isBefore(task.addressMissingSince.plus(GRACE));
    }

    /** A task as it counts while its address may be late: one that has just completed without one still runs. */
    public static VideoTask asRunning(VideoTask seen) {
        return TaskReader.isWithoutAddress(seen)
                ? new VideoTask(
                        seen.id(),
                        seen.key(),
                        seen.wireKey(),
                        TaskStatus.IN_PROGRESS,
                        seen.progress(),
                        seen.model(),
                        seen.createdAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        seen.raw())
                : seen;
    }

    /** What a route is shown that asks once: by the time at which the service says that the task has completed. */
    public static VideoTask asShown(VideoTask seen, Instant now) {
        boolean isLate =
                seen.completedAt() != null && now.isAfter(seen.completedAt().plus(GRACE));
        return isLate ? TaskReader.resultMissing(seen) : asRunning(seen);
    }

    /** Asks for the address of a task that has ended for lack of one, and goes on whatever the answer is. */
    void askInTurn(TaskRecord record, ServiceProfile service, Runnable next) {
        queries.queryLimiter(service).acquire(QueryLane.LOOK_UPS, ledger.now().toEpochMilli(), () -> {
            try {
                ask(record, service);
            } catch (RuntimeException e) {
                LOG.warn(
                        "Task {} (key {}) could not be asked for the address that it lacks",
                        record.taskId(),
                        record.key(),
                        e);
            }
            next.run();
        });
    }

    /** Asks once. What it finds is in the ledger when it returns. */
    private void ask(TaskRecord record, ServiceProfile service) {
        if (queries.query(service, record.taskId()) instanceof QueryAnswer.Found found) {
            completions.takeIfOurs(record, service, found.task(), CompletionSource.STATUS_CALL);
        }
    }
}

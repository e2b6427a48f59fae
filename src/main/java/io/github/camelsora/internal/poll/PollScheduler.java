package io.github.camelsora.internal.poll;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.ratelimit.PollPriority;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.LateAddress;
import io.github.camelsora.internal.track.TaskEntry;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskTracker;
import io.github.camelsora.internal.track.WaitTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service for running tasks, each when it is due. Nothing but an end that the service tells ends a task: whatever
 * else comes back (errors, an unknown word, a 404) says nothing about what was paid for, so it is asked again.
 */
public final class PollScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(PollScheduler.class);

    /** How long the service may deny a task before that is more than replica lag. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** How often it is asked meanwhile, at least. */
    private static final Duration GRACE_INTERVAL = Duration.ofSeconds(2);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final RateLimitedClient queries;
    private final TaskTracker tracker;
    private final WebhookReliability.ByAccount reliabilities;
    private final TaskIdentity identity;

    public PollScheduler(
            TaskLedger ledger,
            TimerQueue timers,
            RateLimitedClient queries,
            TaskTracker tracker,
            WebhookReliability.ByAccount reliabilities) {
        this.ledger = ledger;
        this.timers = timers;
        this.queries = queries;
        this.tracker = tracker;
        this.reliabilities = reliabilities;
        this.identity = tracker.identity();
    }

    /** Later than the schedule says while the service tells of ends by itself. */
    private Instant postponed(TaskEntry task, Instant now, Instant regular) {
        return reliabilities.of(task.key.account()).stretch(now, regular, task.service.timeouts());
    }

    /** Has a task asked for at a time; the caller holds its monitor. */
    public void schedule(TaskEntry task, Instant when) {
        if (task.isPolled) {
            // Adopted while it was being accepted: two plans would be two chains of polls.
            task.cancelPoll();
            Instant now = ledger.now();
            Duration wanted = Duration.between(now, when);
            task.reservation =
                    queries.rateLimiter(task.service).reservePoll(wanted.isNegative() ? Duration.ZERO : wanted);
            Instant due = now.plus(task.reservation.pause());
            long order = PollPriority.order(due, task.deadline(now));
            task.nextPoll = timers.schedule(due, () -> inTurn(task, order));
        }
    }

    /** Has a task asked for that was just accepted; the caller holds its monitor. */
    public void scheduleFirst(TaskEntry task) {
        Instant now = ledger.now();
        task.lastRunning = now;
        schedule(task, postponed(task, now, task.service.schedule().first(task.followed, now)));
    }

    private void inTurn(TaskEntry task, long order) {
        task.permit = queries.queryLimiter(task.service).acquire(QueryLane.POLLS, order, () -> ask(task));
    }

    private void ask(TaskEntry task) {
        if (!task.isPolled) {
            return;
        }
        try {
            take(task, queries.query(task.service, task.taskId));
        } catch (RecordNotFoundException e) {
            tracker.gone(task);
        } catch (RuntimeException | Error e) {
            // The ledger may be away for a while, or memory. The task was paid for, so it is asked for again.
            askAgainInAnyCase(task);
            LOG.warn("Task {} (key {}) could not be followed, will be tried again", task.taskId, task.key.key(), e);
        }
    }

    private void askAgainInAnyCase(TaskEntry task) {
        try {
            askAgain(task, null);
        } catch (RuntimeException | Error e) {
            Retry.untilDone(() -> planLater(task));
        }
    }

    private void planLater(TaskEntry task) {
        synchronized (task) {
            schedule(task, ledger.now().plus(AFTER_A_FAILURE));
        }
    }

    private void take(TaskEntry task, QueryAnswer answer) {
        if (answer instanceof QueryAnswer.Found found) {
            if (isDoubted(task, found.task())) {
                askAgain(task, null);
                return;
            }
            takeFound(task, found.task().namedBy(task.record));
        } else if (answer instanceof QueryAnswer.NotFound missing) {
            denied(task, missing.failure());
        } else if (answer instanceof QueryAnswer.RetryLater busy) {
            logFailure(task, busy);
            askAgain(task, busy.retryAfter());
        } else if (answer instanceof QueryAnswer.Rejected refused) {
            LOG.warn(
                    "Poll of task {} (key {}) was refused, the task waits: {}",
                    task.taskId,
                    task.key.key(),
                    refused.failure().getMessage());
            askAgain(task, null);
        }
    }

    /** Tells whether an answer is about another task. What is beyond doubt costs no look into the ledger. */
    private boolean isDoubted(TaskEntry task, VideoTask answer) {
        TaskRecord record = task.record;
        boolean isPlain = answer.id().equals(task.taskId) && Objects.equals(answer.wireKey(), record.wireKey());
        if (isPlain) {
            return false;
        }
        Optional<String> doubt = identity.mismatch(record, task.service.sendKey(), answer);
        doubt.ifPresent(reason -> CompletionHandler.warnOfAnother(record, answer, reason));
        if (doubt.isEmpty() && record.wireKey() == null && answer.wireKey() != null) {
            tracker.imports().identify(record, answer, task.service);
        }
        return doubt.isPresent();
    }

    private void takeFound(TaskEntry task, VideoTask answer) {
        boolean isWithoutAddress = TaskReader.isWithoutAddress(answer);
        boolean isLate = isWithoutAddress && !LateAddress.isOver(task, ledger.now());
        VideoTask seen = isLate ? LateAddress.asRunning(answer) : TaskReader.resultMissing(answer);
        tracker.seen(seen);
        if (seen.status().isTerminal()) {
            tracker.end(task, seen, CompletionSource.POLL);
            return;
        }
        LOG.debug("Task {} is {} at {} %", task.taskId, seen.status(), seen.progress());
        task.status = seen.status();
        task.progress = seen.progress();
        task.failures = 0;
        task.missingSince = null;
        if (isLate) {
            askSoon(task, LateAddress.INTERVAL);
        } else {
            task.addressMissingSince = null;
            task.pollsWithoutAddress = 0;
            askNext(task, stillRunning(task));
        }
    }

    private void askSoon(TaskEntry task, Duration pause) {
        Instant now = ledger.now();
        Instant soon = now.plus(pause);
        Instant regular = task.service.schedule().next(task.followed, now);
        askNext(task, soon.isBefore(regular) ? soon : regular);
    }

    /** A redirect lasts until baseUrl is corrected; all else passes. */
    private static void logFailure(TaskEntry task, QueryAnswer.RetryLater busy) {
        String reason = busy.failure().getMessage();
        if (busy.isRedirect()) {
            LOG.warn(
                    "Poll of task {} (key {}) was redirected, the task waits: {}", task.taskId, task.key.key(), reason);
        } else {
            LOG.debug("Poll of task {} failed: {}", task.taskId, reason);
        }
    }

    private Instant stillRunning(TaskEntry task) {
        Instant now = ledger.now();
        task.service.schedule().onRunning(task.followed, task.lastRunning, now);
        task.lastRunning = now;
        return postponed(task, now, task.service.schedule().next(task.followed, now));
    }

    /** A late 404 is replica lag, not a result: the task was paid for. Only the waits end, and it is asked for on. */
    private void denied(TaskEntry task, SoraException failure) {
        Instant now = ledger.now();
        if (task.missingSince == null) {
            task.missingSince = now;
        }
        if (now.isBefore(task.missingSince.plus(GRACE))) {
            askSoon(task, GRACE_INTERVAL);
            return;
        }
        WaitTimeouts.failAll(task, wait -> WaitExceptions.denied(task, failure));
        askAgain(task, null);
    }

    private void askAgain(TaskEntry task, Duration retryAfter) {
        task.failures++;
        askNext(task, task.service.schedule().afterFailure(ledger.now(), task.failures, retryAfter));
    }

    private void askNext(TaskEntry task, Instant when) {
        boolean isLast = task.trackUntil != null && when.isAfter(task.trackUntil);
        Instant next = isLast ? task.trackUntil : when;
        try {
            if (isLast && !ledger.now().isBefore(task.trackUntil)) {
                tracker.setAside(task);
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("Task {} (key {}) could not be set aside, will be tried again", task.taskId, task.key.key(), e);
            next = task.service.schedule().next(task.followed, ledger.now());
        }
        synchronized (task) {
            schedule(task, next);
        }
    }
}

package io.github.camelsora.internal.poll;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.RecordNotFoundException;
import io.github.camelsora.internal.ratelimit.PollPriority;
import io.github.camelsora.internal.ratelimit.PollRateBudget.Reservation;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.AcceptanceHandler;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows tasks: polls each one when it is due, until it has ended. Between two polls a task is an entry of the {@link
 * TimerQueue}, so it holds no thread.
 */
public final class PollScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(PollScheduler.class);

    private static final Duration AFTER_AN_ERROR = Duration.ofMinutes(1);

    private final TaskLedger ledger;
    private final TimerQueue timers;
    private final RateLimitedClient queries;
    private final PollTimes times;
    private final PollAnswerHandler answers;
    private final AcceptanceHandler acceptances;
    private final CompletionHandler completions;
    private final LateAddress lateAddresses;
    private final LedgerRetries retries;
    private final Set<PollState> active = ConcurrentHashMap.newKeySet();

    public PollScheduler(
            TaskLedger ledger,
            TimerQueue timers,
            RateLimitedClient queries,
            PollTimes times,
            PollAnswerHandler answers,
            AcceptanceHandler acceptances,
            CompletionHandler completions,
            LateAddress lateAddresses,
            LedgerRetries retries) {
        this.ledger = ledger;
        this.timers = timers;
        this.queries = queries;
        this.times = times;
        this.answers = answers;
        this.acceptances = acceptances;
        this.completions = completions;
        this.lateAddresses = lateAddresses;
        this.retries = retries;
    }

    /** The service has accepted a submit, and its record says so: follows the task. */
    public void followAccepted(TaskRecord record, VideoTask answer, ServiceProfile service) {
        acceptances.accepted(record, answer, service, (task, running) -> {
            PollState poll = start(task, running);
            schedule(poll, times.first(poll));
        });
    }

    /**
     * Follows a task of the ledger: polls it while it runs, completes its waiters when it has ended. One that has ended for lack
     * of an address is queried for that first.
     */
    public void follow(TaskRecord read, ServiceProfile service) {
        // Read again: it may have ended since, and its entry may have been removed.
        TaskRecord newest = newest(read);
        if (newest.isResultMissing()) {
            lateAddresses.query(newest, service, () -> followAsRead(newest(newest), service));
        } else {
            followAsRead(newest, service);
        }
    }

    private TaskRecord newest(TaskRecord read) {
        return ledger.find(read.account(), read.key()).orElse(read);
    }

    private void followAsRead(TaskRecord record, ServiceProfile service) {
        Instant trackUntil = service.timeouts().trackUntil(ledger.now());
        acceptances.follow(
                record, service, trackUntil, (task, running) -> schedule(start(task, running), ledger.now()));
    }

    /**
     * Follows a record that this node has just written, say one that it has taken over, found, or resumed. It is not read again,
     * which saves as many queries as a dead node has left records; if the task has ended since, its first poll shows that. If the
     * ledger is unavailable, this is retried, because no other node would follow the task.
     */
    public void followWritten(TaskRecord own, ServiceProfile service) {
        try {
            followAsRead(own, service);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Task {} (key {}) cannot be polled yet, because the ledger is unavailable. It was paid for and goes on; retrying in"
                            + " {} s",
                    own.taskId(),
                    own.key(),
                    LedgerRetries.PAUSE.toSeconds(),
                    e);
            followLater(own, service);
        }
    }

    /** Follows a record of this node when the ledger is available again. */
    public void followLater(TaskRecord own, ServiceProfile service) {
        retries.retry("the wait for task " + own.taskId() + " (key " + own.key() + ")", () -> follow(own, service));
    }

    /** The caller holds the monitor of the task. */
    private PollState start(TaskEntry task, TaskRecord running) {
        PollState poll = new PollState(task, running, this);
        active.add(poll);
        task.follow(running, poll);
        return poll;
    }

    void stopped(PollState poll) {
        active.remove(poll);
    }

    /** All tasks that are followed. */
    Collection<PollState> active() {
        return active;
    }

    void scheduleNow(PollState poll) {
        schedule(poll, ledger.now());
    }

    private void schedule(PollState poll, Instant when) {
        synchronized (poll.task()) {
            if (!poll.isActive()) {
                return;
            }
            // A second schedule would be a second chain of polls.
            poll.cancel();
            Instant now = ledger.now();
            Duration wanted = Duration.between(now, when);
            Reservation reservation =
                    queries.rateLimiter(poll.service()).reservePoll(wanted.isNegative() ? Duration.ZERO : wanted);
            Instant due = now.plus(reservation.pause());
            long order = PollPriority.order(due, poll.deadline(now));
            poll.scheduled(reservation, timers.schedule(due, () -> awaitPermit(poll, order)));
        }
    }

    private void awaitPermit(PollState poll, long order) {
        poll.awaitsPermit(queries.queryLimiter(poll.service()).acquire(QueryLane.POLLS, order, () -> poll(poll)));
    }

    private void poll(PollState poll) {
        if (poll.isActive()) {
            TaskEntry task = poll.task();
            try (TaskScope scope = TaskScope.of(task.key().key(), task.record())) {
                pollNow(poll, task);
            }
        }
    }

    private void pollNow(PollState poll, TaskEntry task) {
        try {
            ServiceProfile service = poll.service();
            answers.handle(
                            poll,
                            queries.query("sora poll", task.record(), service, task.taskId()),
                            found -> followWritten(found, service))
                    .ifPresent(when -> scheduleOrSetAside(poll, when));
        } catch (RecordNotFoundException e) {
            vanished(poll, task);
        } catch (RuntimeException | Error e) {
            // The ledger may be unavailable, or memory short. The task was paid for, so it is polled again.
            scheduleInAnyCase(poll);
            LOG.warn(
                    "The poll of task {} (key {}) could not be completed. The task was paid for, and is polled again",
                    task.taskId(),
                    task.key().key(),
                    e);
        }
    }

    /** The record was removed, or is that of another task. */
    private void vanished(PollState poll, TaskEntry task) {
        try {
            TaskRecord known = task.record();
            ledger.find(known.account(), known.key())
                    .filter(standing -> Objects.equals(standing.wireKey(), known.wireKey()))
                    .ifPresentOrElse(
                            standing -> completions.adoptionRevoked(task, standing),
                            () -> completions.recordVanished(task));
        } catch (RuntimeException e) {
            scheduleInAnyCase(poll);
        }
    }

    private void scheduleInAnyCase(PollState poll) {
        try {
            scheduleOrSetAside(poll, times.afterFailure(poll, null));
        } catch (RuntimeException | Error e) {
            Retry.untilDone(() -> schedule(poll, ledger.now().plus(AFTER_AN_ERROR)));
        }
    }

    /** Sets the task aside when trackingTimeout is over; the last poll is at its end. */
    private void scheduleOrSetAside(PollState poll, Instant when) {
        Instant last = poll.trackUntil();
        boolean isAfterLast = last != null && when.isAfter(last);
        if (isAfterLast && !ledger.now().isBefore(last)) {
            setAside(poll).ifPresent(retry -> schedule(poll, retry));
        } else {
            schedule(poll, isAfterLast ? last : when);
        }
    }

    /** Empty when that is done, else when to try again. */
    private Optional<Instant> setAside(PollState poll) {
        TaskEntry task = poll.task();
        try {
            completions.trackingTimedOut(task);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Task {} (key {}) has not ended within trackingTimeout, and could not be set aside in the ledger; retrying"
                            + " after the next poll",
                    task.taskId(),
                    task.key().key(),
                    e);
            return Optional.of(times.regular(poll));
        }
    }
}

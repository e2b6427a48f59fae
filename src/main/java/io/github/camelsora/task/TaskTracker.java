package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.task.Submission.Limits;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.QueryAnswer;
import io.github.camelsora.toapis.TaskJson;
import io.github.camelsora.toapis.ToApisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows tasks to their end: polls what the ledger holds as running, writes the first end that is seen into the ledger,
 * and hands the verdict to those who wait. Waiting holds no thread: polls are entries of the {@link Ticker}, calls run on
 * the HTTP pool, waiters go on on the route pool.
 */
public final class TaskTracker {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTracker.class);

    /** How long the service may deny a task before that is more than replica lag. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** How often it is asked meanwhile, at least. */
    private static final Duration GRACE_INTERVAL = Duration.ofSeconds(2);

    private final TaskLedger ledger;
    private final LedgerSteps steps;
    private final Ticker ticker;
    private final Executor http;
    private final Executor routes;
    private final String node;
    private final TaskListener listener;
    private final ConcurrentMap<TaskRef, TrackedTask> tracked = new ConcurrentHashMap<>();
    private volatile boolean isParked;

    /**
     * Creates a tracker that follows nothing yet.
     *
     * @param ledger the book of what may have cost money
     * @param ticker what waits
     * @param http where calls run
     * @param routes where waiters go on
     * @param node the name of this node in the ledger
     * @param listener who watches
     */
    public TaskTracker(
            TaskLedger ledger, Ticker ticker, Executor http, Executor routes, String node, TaskListener listener) {
        this.ledger = ledger;
        this.steps = new LedgerSteps(ledger);
        this.ticker = ticker;
        this.http = http;
        this.routes = routes;
        this.node = node;
        this.listener = listener;
    }

    LedgerSteps steps() {
        return steps;
    }

    /**
     * Claims a task for one exchange, before it is submitted or while it is in flight.
     *
     * @param ref the task; it is in the ledger
     * @param client whom to ask for it
     * @param schedule when to ask
     * @return the claim, which the exchange ends when it is done
     */
    public TaskClaim claim(TaskRef ref, ToApisClient client, PollSchedule schedule) {
        return inTask(ref, client, schedule, task -> {
            task.claims++;
            return new TaskClaim(this, task);
        });
    }

    /**
     * Waits for a task that somebody has submitted elsewhere. It enters the ledger and is followed like our own.
     *
     * @param account who pays for it
     * @param taskId the service's id
     * @param client whom to ask for it
     * @param schedule when to ask
     * @param limits how long what may take
     * @param waiter makes the waiter from the claim that it will have to end
     * @throws SoraException if the ledger takes no more
     */
    public void await(
            String account,
            String taskId,
            ToApisClient client,
            PollSchedule schedule,
            Limits limits,
            Function<TaskClaim, TaskWaiter> waiter) {
        TaskRecord record = ledger.findByTaskId(account, taskId)
                .or(() -> ledger.add(foreign(account, taskId, client, schedule, limits)))
                .or(() -> ledger.findByTaskId(account, taskId))
                .orElseThrow(() -> new IllegalStateException("The ledger has lost task " + taskId));
        TaskClaim claim = claim(TaskRef.of(record), client, schedule);
        await(claim.task, Goal.ENDED, limits.completion(), waiter.apply(claim));
        adopt(record, client, schedule, limits);
    }

    /** A key made of the id: two that await one task at once find one record. */
    private TaskRecord foreign(
            String account, String taskId, ToApisClient client, PollSchedule schedule, Limits limits) {
        Instant now = ledger.now();
        return new TaskRecord(
                account,
                "task:" + taskId,
                client.base().value(),
                "await",
                null,
                TaskState.RUNNING,
                taskId,
                null,
                node,
                null,
                new Times(now, now, null, null),
                limits.from(now, schedule),
                null,
                null,
                0);
    }

    /** Follows a record that stands in the ledger: polls it while it runs, hands its verdict over when it has ended. */
    void adopt(TaskRecord standing, ToApisClient client, PollSchedule schedule, Limits limits) {
        Instant now = ledger.now();
        TaskRecord record = standing.state() == TaskState.SET_ASIDE
                ? steps.resume(TaskRef.of(standing), limits.from(now, schedule))
                : standing;
        inTask(TaskRef.of(record), client, schedule, task -> {
            if (record.verdict() != null) {
                steps.own(task.ref, task.claims > 0 ? node : null);
                List<TaskWait> waits = settle(task, record);
                waits.forEach(wait -> wait.reach(task.verdict));
            } else if (!task.isPolled) {
                task.follow(record);
                task.waits().forEach(wait -> limit(task, wait));
                planPoll(task, now);
            }
            return task;
        });
        parkIfStopping(TaskRef.of(record));
    }

    private <T> T inTask(TaskRef ref, ToApisClient client, PollSchedule schedule, Function<TrackedTask, T> action) {
        while (true) {
            TrackedTask task = tracked.computeIfAbsent(ref, r -> new TrackedTask(r, client, schedule));
            synchronized (task) {
                if (!task.isRetired) {
                    return action.apply(task);
                }
            }
        }
    }

    /** The service has accepted a submit: those who wait for that go on, the others begin to count. */
    void accepted(TaskRecord record, VideoTask accepted, ToApisClient client, PollSchedule schedule) {
        notify(accepted);
        List<TaskWait> reached = inTask(TaskRef.of(record), client, schedule, task -> {
            task.follow(record);
            planPoll(task, record.due().nextPoll());
            List<TaskWait> taken = task.takeWaits(wait -> wait.goal == Goal.ACCEPTED);
            task.waits().forEach(wait -> limit(task, wait));
            return taken;
        });
        reached.forEach(wait -> wait.reach(accepted));
        parkIfStopping(TaskRef.of(record));
        if (accepted.status().isTerminal()) {
            signal(record.account(), accepted);
        }
    }

    boolean isParked() {
        return isParked;
    }

    /** A submit has come to nothing, or to nothing that is known: all who wait for its task learn why. */
    void failed(TaskRef ref, SoraException reason) {
        TrackedTask task = tracked.get(ref);
        if (task != null) {
            List<TaskWait> waits;
            synchronized (task) {
                waits = task.takeWaits();
            }
            waits.forEach(wait -> wait.fail(reason));
        }
    }

    /**
     * Takes a task as the service tells it, from a poll or from anybody who asked. The first end that is seen counts.
     *
     * @param account who pays for it
     * @param seen the task as it stands
     * @return the task under the key that the ledger has for it
     */
    public VideoTask signal(String account, VideoTask seen) {
        Optional<TaskRecord> record = ledger.findByTaskId(account, seen.id());
        if (record.isEmpty()) {
            return seen;
        }
        TaskRef ref = TaskRef.of(record.get());
        VideoTask known = seen.withKey(ref.key());
        notify(known);
        if (seen.status().isTerminal() && record.get().verdict() == null) {
            TrackedTask task = tracked.get(ref);
            if (task == null) {
                steps.end(ref, seen, false);
            } else {
                end(task, seen);
            }
        }
        return known;
    }

    /**
     * Ends all waits at once, because the routes stop: what waits now learns that its task goes on without it. Waits that
     * begin later end the same way. Only those whose request is on its way go on until its answer has come: it brings the
     * id, without which nobody could ask for what was paid.
     *
     * @param isSending tells which those are
     */
    public void park(Predicate<TaskRef> isSending) {
        isParked = true;
        for (TrackedTask task : tracked.values()) {
            if (!isSending.test(task.ref)) {
                park(task);
            }
        }
    }

    private void park(TrackedTask task) {
        List<TaskWait> waits;
        synchronized (task) {
            task.endPolling();
            waits = task.takeWaits();
        }
        waits.forEach(wait -> wait.fail(parked(task)));
    }

    private void parkIfStopping(TaskRef ref) {
        TrackedTask task = tracked.get(ref);
        if (isParked && task != null) {
            park(task);
        }
    }

    TaskWait await(TrackedTask task, Goal goal, Duration timeout, TaskWaiter waiter) {
        TaskWait wait = new TaskWait(goal, timeout, waiter, routes);
        VideoTask reached;
        synchronized (task) {
            reached = task.verdict;
            if (reached == null && goal == Goal.ACCEPTED && task.taskId != null) {
                reached = lastSeen(task);
            }
            // A submit that has passed the gate before the routes stopped waits for its answer.
            if (reached == null && (!isParked || task.taskId == null)) {
                task.addWait(wait);
                if (task.taskId != null) {
                    limit(task, wait);
                }
                return wait;
            }
        }
        if (reached != null) {
            wait.reach(reached);
        } else {
            wait.fail(parked(task));
        }
        return wait;
    }

    private void limit(TrackedTask task, TaskWait wait) {
        wait.endsAt(ticker.at(ledger.now().plus(wait.timeout), () -> timeOut(task, wait)));
    }

    /** What can be said of a running task without asking for it. Its whole answer is not kept: ten thousand may wait. */
    private static VideoTask lastSeen(TrackedTask task) {
        return new VideoTask(
                task.taskId,
                task.ref.key(),
                task.status,
                task.progress,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    void release(TrackedTask task, boolean isDelivered) {
        synchronized (task) {
            task.claims--;
            if (isDelivered) {
                steps.deliver(task.ref);
            } else if (task.claims == 0 && task.verdict != null) {
                steps.own(task.ref, null);
            }
            retireWhenDone(task);
        }
    }

    /** Forgets a task that nobody here polls or claims any more. The ledger keeps it. */
    private void retireWhenDone(TrackedTask task) {
        if (!task.isPolled && task.claims == 0) {
            task.isRetired = true;
            tracked.remove(task.ref, task);
        }
    }

    private void planPoll(TrackedTask task, Instant when) {
        if (task.isPolled && !isParked) {
            task.nextPoll = ticker.at(when, () -> http.execute(() -> ask(task)));
        }
    }

    private void ask(TrackedTask task) {
        if (!task.isPolled) {
            return;
        }
        try {
            take(task, task.client.query(task.taskId));
        } catch (RuntimeException e) {
            // The ledger may be away for a while. The task is not: it was paid for, so it is asked for again.
            LOG.warn("Task {} (key {}) could not be followed, will be tried again", task.taskId, task.ref.key(), e);
            askAgain(task, null);
        }
    }

    private void take(TrackedTask task, QueryAnswer answer) {
        if (answer instanceof QueryAnswer.Found found) {
            notify(found.task().withKey(task.ref.key()));
            if (found.task().status().isTerminal()) {
                end(task, found.task());
                return;
            }
            LOG.debug(
                    "Task {} is {} at {} %",
                    task.taskId, found.task().status(), found.task().progress());
            task.status = found.task().status();
            task.progress = found.task().progress();
            task.failures = 0;
            task.missingSince = null;
            askNext(task, task.schedule.next(ledger.now()));
        } else if (answer instanceof QueryAnswer.Missing missing) {
            denied(task, missing.failure());
        } else if (answer instanceof QueryAnswer.Busy busy) {
            LOG.debug("Poll of task {} failed: {}", task.taskId, busy.failure().getMessage());
            askAgain(task, busy.retryAfter());
        } else if (answer instanceof QueryAnswer.Refused refused) {
            LOG.warn(
                    "Poll of task {} (key {}) was refused, the task waits: {}",
                    task.taskId,
                    task.ref.key(),
                    refused.failure().getMessage());
            askAgain(task, null);
        }
    }

    /** A late 404 is replica lag, not a verdict: the task was paid for. Only the waits end, and it is asked for on. */
    private void denied(TrackedTask task, SoraException failure) {
        Instant now = ledger.now();
        if (task.missingSince == null) {
            task.missingSince = now;
        }
        if (now.isBefore(task.missingSince.plus(GRACE))) {
            Instant soon = now.plus(GRACE_INTERVAL);
            Instant regular = task.schedule.next(now);
            askNext(task, soon.isBefore(regular) ? soon : regular);
            return;
        }
        List<TaskWait> waits;
        synchronized (task) {
            waits = task.takeWaits();
        }
        waits.forEach(wait -> wait.fail(failure));
        askAgain(task, null);
    }

    private void askAgain(TrackedTask task, Duration retryAfter) {
        task.failures++;
        askNext(task, task.schedule.afterFailure(ledger.now(), task.failures, retryAfter));
    }

    private void askNext(TrackedTask task, Instant when) {
        if (task.trackUntil != null && when.isAfter(task.trackUntil)) {
            setAside(task);
            return;
        }
        steps.planPoll(task.ref, when);
        synchronized (task) {
            planPoll(task, when);
        }
    }

    private void setAside(TrackedTask task) {
        List<TaskWait> waits;
        synchronized (task) {
            task.endPolling();
            steps.setAside(task.ref);
            waits = task.takeWaits();
            retireWhenDone(task);
        }
        LOG.warn(
                "Task {} (key {}) did not end within trackingTimeout and is set aside. It was paid for: ask for it with "
                        + "sora:status, or follow it again with sora:await.",
                task.taskId,
                task.ref.key());
        waits.forEach(wait -> wait.fail(timedOut(task, wait.timeout)));
    }

    private void end(TrackedTask task, VideoTask seen) {
        TaskRecord record;
        List<TaskWait> waits;
        synchronized (task) {
            if (task.verdict != null) {
                return;
            }
            record = steps.end(task.ref, seen, task.claims > 0);
            waits = settle(task, record);
        }
        LOG.info("Task {} (key {}) ended as {}", record.taskId(), record.key(), task.verdict.status());
        waits.forEach(wait -> wait.reach(task.verdict));
    }

    /** Takes the verdict from the ledger, where it may have come from another signal than ours. */
    private List<TaskWait> settle(TrackedTask task, TaskRecord record) {
        task.verdict = TaskJson.read(record.verdict());
        task.endPolling();
        List<TaskWait> waits = task.takeWaits();
        retireWhenDone(task);
        return waits;
    }

    private void timeOut(TrackedTask task, TaskWait wait) {
        synchronized (task) {
            task.removeWait(wait);
        }
        wait.fail(timedOut(task, wait.timeout));
    }

    private void notify(VideoTask seen) {
        try {
            listener.seen(seen);
        } catch (RuntimeException e) {
            LOG.warn("The task listener failed on task {}", seen.id(), e);
        }
    }

    private static WaitTimedOutException timedOut(TrackedTask task, Duration timeout) {
        return new WaitTimedOutException(
                "Task " + task.taskId + " (key " + task.ref.key() + ") has not ended within " + timeout.toSeconds()
                        + " s"
                        + ". It was paid for and goes on. Do not submit it again: wait on with sora:await, or look with "
                        + "sora:status.",
                About.seen(lastSeen(task)),
                null);
    }

    private WaitParkedException parked(TrackedTask task) {
        if (task.taskId == null) {
            return new WaitParkedException(
                    "The search for the request of key " + task.ref.key()
                            + ", whose answer was lost, was ended because the"
                            + " routes stop. It may be running and paid for: do not submit it under another key.",
                    new About(SubmitOutcome.UNKNOWN, task.ref.key(), null),
                    null);
        }
        String successor = ledger.isDurable()
                ? "The ledger keeps it, and it is delivered after the next start."
                : "The ledger is in memory, so no successor will deliver it: keep the id and ask with sora:await.";
        return new WaitParkedException(
                "The wait for task " + task.taskId + " (key " + task.ref.key()
                        + ") was ended because the routes stop. The task was paid for and goes on. " + successor,
                About.seen(lastSeen(task)),
                null);
    }
}

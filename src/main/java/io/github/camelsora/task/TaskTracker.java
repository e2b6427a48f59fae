package io.github.camelsora.task;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.task.Submission.Limits;
import io.github.camelsora.task.TaskWaiter.Goal;
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

    private final TaskLedger ledger;
    private final LedgerSteps steps;
    private final Ticker ticker;
    private final Executor routes;
    private final String node;
    private final TaskListener listener;
    private final TaskPoller poller;
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
        this.poller = new TaskPoller(ledger, steps, ticker, http, this);
        this.routes = routes;
        this.node = node;
        this.listener = listener;
    }

    /** How many tasks are in memory here; for tests of what is forgotten. */
    int trackedTasks() {
        return tracked.size();
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

    /** Follows a record that stands in the ledger: polls it while it runs, hands its verdict over when it has ended. */
    void adopt(TaskRecord standing, ToApisClient client, PollSchedule schedule, Limits limits) {
        Instant now = ledger.now();
        // As it is now: it may have ended and been forgotten here since it was read.
        TaskRecord newest = ledger.find(standing.account(), standing.key()).orElse(standing);
        TaskRecord record = newest.state() == TaskState.SET_ASIDE
                ? steps.resume(TaskRef.of(newest), limits.from(now, schedule))
                : newest;
        List<Runnable> told = inTask(TaskRef.of(record), client, schedule, task -> {
            if (record.verdict() != null) {
                steps.own(task.ref, task.claims > 0 ? node : null);
                return tell(settle(task, record), task.verdict);
            }
            // Ended since it was read, its verdict has been told; polled again it would never be forgotten here.
            if (task.isPolled || task.verdict != null) {
                return List.of();
            }
            task.follow(record);
            poller.plan(task, now);
            List<TaskWait> accepted = task.takeWaits(wait -> wait.goal == Goal.ACCEPTED);
            task.waits().forEach(wait -> limit(task, wait));
            return tell(accepted, task.lastSeen());
        });
        told.forEach(Runnable::run);
        parkIfStopping(TaskRef.of(record));
    }

    private static List<Runnable> tell(List<TaskWait> waits, VideoTask task) {
        return waits.stream().<Runnable>map(wait -> () -> wait.reach(task)).toList();
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
        seen(accepted);
        TrackedTask followed = inTask(TaskRef.of(record), client, schedule, task -> {
            task.follow(record);
            poller.plan(task, record.due().nextPoll());
            task.waits().forEach(wait -> limit(task, wait));
            return task;
        });
        if (accepted.status().isTerminal()) {
            // Before anybody is told: whoever takes the verdict must find it in the ledger.
            end(followed, accepted);
        }
        List<TaskWait> reached;
        synchronized (followed) {
            reached = followed.takeWaits(wait -> wait.goal == Goal.ACCEPTED);
        }
        reached.forEach(wait -> wait.reach(accepted));
        parkIfStopping(TaskRef.of(record));
    }

    boolean isParked() {
        return isParked;
    }

    /** A submit has come to nothing, or to nothing that is known: all who wait for its task learn why. */
    void failed(TaskRef ref, SoraException reason) {
        TrackedTask task = tracked.get(ref);
        if (task != null) {
            failWaits(task, wait -> reason);
        }
    }

    /**
     * A submit was refused or never sent: who waited for it learns why. Written and taken in one, because whoever reads the
     * refusal begins anew, and must not be told of a submit that was not his.
     */
    void rejected(TaskRef ref, SoraException reason) {
        TrackedTask task = tracked.get(ref);
        if (task == null) {
            reject(ref);
            return;
        }
        List<TaskWait> waits;
        synchronized (task) {
            reject(ref);
            waits = task.takeWaits();
        }
        waits.forEach(wait -> wait.fail(reason));
    }

    /** An operator removes a record: who waits for it learns that, and whoever comes later begins anew. */
    boolean forgotten(TaskRecord record, SoraException reason) {
        TrackedTask task = tracked.get(TaskRef.of(record));
        if (task == null) {
            return ledger.remove(record);
        }
        List<TaskWait> waits;
        synchronized (task) {
            if (!ledger.remove(record)) {
                return false;
            }
            waits = task.takeWaits();
            task.endPolling();
            // Exchanges may still hold claims on it. They must not reach the task that comes after.
            retire(task);
        }
        waits.forEach(wait -> wait.fail(reason));
        return true;
    }

    private void reject(TaskRef ref) {
        try {
            steps.reject(ref);
        } catch (RuntimeException e) {
            // Who waits must be told in any case.
            LOG.error("Key {} was not accepted, but the ledger could not be told", ref.key(), e);
        }
    }

    /** Tells whether a wait still lasts. */
    boolean isWaiting(TaskClaim claim, TaskWait wait) {
        synchronized (claim.task) {
            return claim.task.waits().contains(wait);
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
        seen(known);
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
        boolean isOpen;
        synchronized (task) {
            isOpen = task.isPolled || task.taskId == null && !task.waits().isEmpty();
            task.endPolling();
        }
        if (isOpen && !ledger.isDurable()) {
            LOG.warn(
                    "Task {} (key {}) may run on, and the ledger is in memory, so no successor will deliver it: keep id and"
                            + " key, and ask with sora:await.",
                    task.taskId,
                    task.ref.key());
        }
        failWaits(task, wait -> WaitFailures.parked(task, ledger.isDurable()));
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TrackedTask task, TaskWait wait) {
        failWait(task, wait, WaitFailures.parked(task, ledger.isDurable()));
    }

    private void parkIfStopping(TaskRef ref) {
        TrackedTask task = tracked.get(ref);
        if (isParked && task != null) {
            park(task);
        }
    }

    TaskWait await(TaskClaim claim, Goal goal, Duration timeout, TaskWaiter waiter) {
        TrackedTask task = claim.task;
        TaskWait wait = new TaskWait(goal, timeout, waiter, routes);
        claim.waitsBy(wait);
        VideoTask reached;
        synchronized (task) {
            reached = task.verdict;
            if (reached == null && goal == Goal.ACCEPTED && task.taskId != null) {
                reached = task.lastSeen();
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
            wait.fail(WaitFailures.parked(task, ledger.isDurable()));
        }
        return wait;
    }

    private void limit(TrackedTask task, TaskWait wait) {
        wait.endsAt(ticker.at(
                ledger.now().plus(wait.timeout),
                () -> failWait(task, wait, WaitFailures.timedOut(task, wait.timeout))));
    }

    /** A lost submit is looked for: who waits for it and has no deadline yet waits so long for it to be found. */
    void limitSearch(TaskRef ref, Duration recovery, SoraException reason) {
        TrackedTask task = tracked.get(ref);
        if (task == null) {
            return;
        }
        Instant deadline = ledger.now().plus(recovery);
        synchronized (task) {
            task.waits().stream()
                    .filter(wait -> !wait.hasDeadline())
                    .forEach(wait -> wait.endsAt(ticker.at(deadline, () -> failWait(task, wait, reason))));
        }
    }

    void release(TrackedTask task, boolean isDelivered) {
        synchronized (task) {
            task.claims--;
            if (task.isRetired) {
                // Forgotten by an operator: what stands under its key is another task's record.
                return;
            }
            try {
                if (isDelivered) {
                    steps.deliver(task.ref);
                } else if (task.claims == 0 && task.verdict != null) {
                    steps.own(task.ref, null);
                }
            } catch (RuntimeException e) {
                // Whoever lets go goes on in any case; the record stays as one that was not taken.
                LOG.error("The ledger could not be told who took the task of key {}", task.ref.key(), e);
            } finally {
                retireWhenDone(task);
            }
        }
    }

    /** Forgets a task that nobody here polls or claims any more. The ledger keeps it. */
    private void retireWhenDone(TrackedTask task) {
        if (!task.isPolled && task.claims == 0) {
            retire(task);
        }
    }

    private void retire(TrackedTask task) {
        task.isRetired = true;
        tracked.remove(task.ref, task);
    }

    void setAside(TrackedTask task) {
        List<TaskWait> ended = List.of();
        synchronized (task) {
            if (task.isRetired) {
                return;
            }
            Optional<TaskRecord> record = steps.setAside(task.ref);
            task.endPolling();
            if (record.isPresent() && record.get().verdict() != null) {
                ended = settle(task, record.get());
            }
            retireWhenDone(task);
        }
        ended.forEach(wait -> wait.reach(task.verdict));
        if (task.verdict == null) {
            LOG.warn(
                    "Task {} (key {}) did not end within trackingTimeout and is set aside. It was paid for: ask for it with "
                            + "sora:status, or follow it again with sora:await.",
                    task.taskId,
                    task.ref.key());
            failWaits(task, wait -> WaitFailures.timedOut(task, wait.timeout));
        }
    }

    /** Ends the waits for a task that goes on. */
    void failWaits(TrackedTask task, Function<TaskWait, SoraException> reason) {
        List<TaskWait> waits;
        synchronized (task) {
            waits = task.takeWaits();
        }
        waits.forEach(wait -> wait.fail(reason.apply(wait)));
    }

    void end(TrackedTask task, VideoTask seen) {
        TaskRecord record;
        List<TaskWait> waits;
        synchronized (task) {
            if (task.verdict != null || task.isRetired) {
                return;
            }
            record = steps.end(task.ref, seen, task.claims > 0);
            if (task.claims > 0 && record.owner() == null) {
                // Another signal was first, and did not know of those who wait here.
                steps.own(task.ref, node);
            }
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

    private static void failWait(TrackedTask task, TaskWait wait, SoraException reason) {
        synchronized (task) {
            task.removeWait(wait);
        }
        wait.fail(reason);
    }

    void seen(VideoTask seen) {
        try {
            listener.seen(seen);
        } catch (RuntimeException e) {
            LOG.warn("The task listener failed on task {}", seen.id(), e);
        }
    }
}

package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.RoutePhase.Phase;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Registers which exchange of this JVM claims which task, and which one waits for it. Waiting holds no thread: a waiter is
 * notified on the route pool.
 */
public final class TaskRegistry {
    private final TaskEntries entries;
    private final NodeLease lease;
    private final ClaimReleases releases;
    private final WaitTimeouts timeouts;
    private final ShutdownHandler shutdown;
    private final RoutePhase phase;
    private final Executor routes;

    public TaskRegistry(
            TaskEntries entries,
            NodeLease lease,
            ClaimReleases releases,
            WaitTimeouts timeouts,
            ShutdownHandler shutdown,
            RoutePhase phase,
            Executor routes) {
        this.entries = entries;
        this.lease = lease;
        this.releases = releases;
        this.timeouts = timeouts;
        this.shutdown = shutdown;
        this.phase = phase;
        this.routes = routes;
    }

    /**
     * Claims a task for one exchange, before it is submitted or while it is in flight.
     *
     * @param key the task; its record may come later
     * @param service the service that has it
     * @return the claim, which the exchange ends when it is done
     */
    public TaskClaim claim(TaskKey key, ServiceProfile service) {
        return entries.with(key, service, task -> {
            task.addClaim(lease.epoch());
            return new TaskClaim(task, releases, timeouts, shutdown);
        });
    }

    /**
     * Registers a wait. The waiter is notified at once when the goal is reached already.
     *
     * @param claim the claim of the exchange that waits
     * @param goal what it waits for
     * @param timeout how long it waits from the acceptance of the task, or from now when it is accepted already
     * @param request what it wants the outcome of
     * @param waiter what is notified
     */
    public WaitHandle await(
            TaskClaim claim, Goal goal, Duration timeout, WaitHandle.Request request, TaskWaiter waiter) {
        TaskEntry task = claim.task();
        WaitHandle wait = new WaitHandle(goal, timeout, request, waiter, routes);
        claim.waitsBy(wait);
        VideoTask reached;
        Phase now;
        Optional<SoraException> conflict;
        synchronized (task) {
            now = phase.current();
            // A submit that joins one of its request has not read the record, which may be of another request by now.
            conflict = task.taskId() == null ? Optional.empty() : wait.conflictWith(task.record());
            reached = isFinal(task.result()) ? task.result() : null;
            if (reached == null && goal == Goal.ACCEPTED && task.taskId() != null) {
                reached = task.lastSeen();
            }
            // A submit that had its permit before the routes stopped waits for its answer.
            if (reached == null && conflict.isEmpty() && (now == Phase.RUNNING || task.taskId() == null)) {
                task.addWait(wait);
                if (task.taskId() != null) {
                    timeouts.start(task, wait);
                }
                return wait;
            }
        }
        if (conflict.isPresent()) {
            wait.fail(conflict.get());
        } else if (reached != null) {
            wait.complete(reached);
        } else {
            shutdown.endWait(task, wait, now);
        }
        return wait;
    }

    /** A result without an address is not final: the service is queried for the address on behalf of each new waiter. */
    private static boolean isFinal(VideoTask result) {
        return result != null && !TaskReader.isWithoutResult(result);
    }

    /** Tells whether a wait still lasts. */
    public boolean isWaiting(TaskClaim claim, WaitHandle wait) {
        TaskEntry task = claim.task();
        synchronized (task) {
            return task.waits().contains(wait) && !wait.isOver();
        }
    }

    /** Tells whether an exchange of this node waits for a task. */
    public boolean isAwaited(TaskKey key) {
        TaskEntry task = entries.find(key).orElse(null);
        if (task == null) {
            return false;
        }
        synchronized (task) {
            return task.waits().stream().anyMatch(wait -> !wait.isOver());
        }
    }

    /** Tells whether an exchange of this node claims a task. */
    public boolean isClaimed(TaskKey key) {
        TaskEntry task = entries.find(key).orElse(null);
        if (task == null) {
            return false;
        }
        synchronized (task) {
            return task.isClaimed();
        }
    }

    /** Tells whether this node still works on a task: it is in memory, or the end of a claim on it has yet to be written. */
    public boolean isTracked(TaskKey key) {
        return entries.find(key).isPresent() || releases.isUnwritten(key);
    }

    /**
     * The record of a key that is in memory, as it was last known.
     *
     * @return the record; empty when the key is not in memory, or nothing was paid under it
     */
    public Optional<TaskRecord> remembered(TaskKey key) {
        return entries.find(key).map(TaskEntry::record);
    }

    /** A submit is about to be sent: from here on this JVM knows that its key may be paid for. */
    public void sending(TaskRecord intent) {
        entries.find(TaskKey.of(intent)).ifPresent(task -> task.setIntent(intent));
    }

    /** An intent was withdrawn: nothing was paid under it. The next submit of its key may have another one by now. */
    public void withdrawn(TaskRecord intent) {
        entries.find(TaskKey.of(intent)).ifPresent(task -> task.removeIntent(intent));
    }

    /**
     * Ends the waits of the submits of a key; the caller fails them. Exchanges that wait for a task by its id go on: another node
     * may have submitted it under the key.
     */
    public List<WaitHandle> removeSubmitWaits(TaskKey key) {
        TaskEntry task = entries.find(key).orElse(null);
        if (task == null) {
            return List.of();
        }
        synchronized (task) {
            return task.removeWaits(WaitHandle::isOfSubmit);
        }
    }

    /** A submit is not on its way any more: a stop or a suspension has left its waits to its answer until now. */
    public void endLateWaits(TaskKey key) {
        shutdown.endLateWaits(key);
    }

    /** A lost submit is searched for: its waiters without a deadline fail if it is not found in time. */
    public void limitSearch(TaskKey key, Duration recovery, SoraException reason) {
        entries.find(key).ifPresent(task -> timeouts.startSearch(task, recovery, reason));
    }
}

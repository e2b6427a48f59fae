package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What this JVM holds in memory of a task: claims, waits, and the result; the ledger has the truth. Guarded by its own
 * monitor: all that changes it needs the monitor, unless its javadoc says otherwise, and the assertions check that. A thread
 * that holds the monitor may write to the ledger and wake consumers, but takes the monitor of no other entry.
 */
public final class TaskEntry {
    private final TaskKey key;
    private final ServiceProfile service;
    private final List<WaitHandle> waits = new ArrayList<>(1);

    private volatile TaskRecord record;
    private volatile String taskId;
    private volatile Progress progress = new Progress(TaskStatus.QUEUED, null);
    private volatile VideoTask result;

    /** Not null from the task's acceptance until it has ended or was set aside. */
    private volatile Polling polling;

    private int claims;
    private long claimEpoch;
    private boolean isRetired;

    /** What a poll has seen. The whole answer is not kept: ten thousand tasks may wait. */
    private record Progress(TaskStatus status, Integer percent) {}

    TaskEntry(TaskKey key, ServiceProfile service) {
        this.key = key;
        this.service = service;
    }

    public TaskKey key() {
        return key;
    }

    public ServiceProfile service() {
        return service;
    }

    /**
     * The record as it was last read or written here, from which a record is restored that the ledger has lost. Needs no
     * monitor.
     *
     * @return the record; null while nothing was sent
     */
    public TaskRecord record() {
        return record;
    }

    /**
     * The service's id. Needs no monitor.
     *
     * @return the id; null until the task is accepted
     */
    public String taskId() {
        return taskId;
    }

    /** The result; null until the ledger has it. Needs no monitor. */
    VideoTask result() {
        return result;
    }

    /**
     * The task, without a query. Needs no monitor: the timer thread calls this, and must not wait for a thread that waits for
     * the ledger.
     */
    public VideoTask lastSeen() {
        TaskRecord known = record;
        Progress seen = progress;
        VideoTask task = new VideoTask(
                taskId,
                key.key(),
                null,
                seen.status(),
                seen.percent(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return known == null ? task : task.namedBy(known);
    }

    /** A poll has seen the task running. */
    public void onRunning(VideoTask seen) {
        assertGuarded();
        progress = new Progress(seen.status(), seen.progress());
    }

    /**
     * The intent of the task was written. Needs no monitor, since only the submit of the key calls it, before the task is
     * accepted: it must not wait for a thread that waits for the ledger.
     */
    void setIntent(TaskRecord intent) {
        record = intent;
    }

    /** An intent was withdrawn. Needs no monitor, as above. */
    void removeIntent(TaskRecord intent) {
        TaskRecord known = record;
        if (known != null && intent.wireKey().equals(known.wireKey())) {
            record = null;
        }
    }

    /** The record that an exchange has acquired. */
    void setRecord(TaskRecord acquired) {
        assertGuarded();
        record = acquired;
        taskId = acquired.taskId();
    }

    /**
     * The task is followed from now on.
     *
     * @param running its record
     * @param polls its polls, which are not scheduled yet
     */
    public void follow(TaskRecord running, Polling polls) {
        setRecord(running);
        stopPolling();
        polling = polls;
    }

    /** Tells whether the task is followed. Needs no monitor. */
    public boolean isFollowed() {
        return polling != null;
    }

    /** Schedules a poll at once, if the task is followed. */
    void pollNow() {
        assertGuarded();
        if (polling != null) {
            polling.pollNow();
        }
    }

    void stopPolling() {
        assertGuarded();
        if (polling != null) {
            polling.stop();
            polling = null;
        }
    }

    /**
     * The ledger has the result, perhaps from another source than the one that has seen it here.
     *
     * @return the waits, which are to be completed when the monitor is released
     */
    List<WaitHandle> complete(TaskRecord ended) {
        setRecord(ended);
        result = TaskJson.read(ended.result());
        if (polling != null && ended.times().endedAt() != null) {
            // From whichever source: with polls alone, a schedule would learn only from tasks that ran on.
            polling.onCompleted(ended.times().endedAt(), result);
        }
        stopPolling();
        return removeWaits(wait -> true);
    }

    /** An exchange claims the task: while there is a claim here, the task is not delivered to other exchanges. */
    void addClaim(long epoch) {
        assertGuarded();
        if (claims++ == 0) {
            claimEpoch = epoch;
        }
    }

    void removeClaim() {
        assertGuarded();
        claims--;
    }

    boolean isClaimed() {
        assertGuarded();
        return claims > 0;
    }

    /** What is written to the ledger when no exchange here claims the task any more. */
    TaskEvent claimReleased() {
        return new TaskEvent.ClaimReleased(service.timeouts().recovery());
    }

    /** The epoch of this node's lease since which the task was certainly not taken over by another node. */
    long claimEpoch() {
        assertGuarded();
        return claimEpoch;
    }

    void confirmClaims(long epoch) {
        assertGuarded();
        claimEpoch = epoch;
    }

    /** Tells whether this object has left the map of entries, so that another one may stand for the key. */
    boolean isRetired() {
        assertGuarded();
        return isRetired;
    }

    void setRetired() {
        assertGuarded();
        isRetired = true;
    }

    void addWait(WaitHandle wait) {
        assertGuarded();
        waits.add(wait);
    }

    List<WaitHandle> waits() {
        assertGuarded();
        return waits;
    }

    /** Tells whether an exchange here waits for the end of the task. */
    boolean isEndAwaited() {
        assertGuarded();
        return waits.stream().anyMatch(wait -> wait.goal == Goal.ENDED);
    }

    /** Tells whether the task is followed or awaited here, and has not ended yet; takes the monitor itself. */
    public boolean isCompletionAwaited() {
        synchronized (this) {
            return result == null && (isFollowed() || !waits.isEmpty());
        }
    }

    List<WaitHandle> removeWaits(Predicate<WaitHandle> which) {
        assertGuarded();
        List<WaitHandle> removed = waits.stream().filter(which).toList();
        waits.removeAll(removed);
        return removed;
    }

    /**
     * When the first wait ends.
     *
     * @return the time; empty when no wait has a deadline
     */
    public Optional<Instant> earliestDeadline() {
        assertGuarded();
        return waits.stream().map(WaitHandle::until).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    /** Fails all waits; the task goes on. The caller must not hold the monitor. */
    public void failWaits(Function<WaitHandle, SoraException> reason) {
        List<WaitHandle> removed;
        synchronized (this) {
            removed = removeWaits(wait -> true);
        }
        removed.forEach(wait -> wait.fail(reason.apply(wait)));
    }

    /** The waits of submits whose request is another one than that of a record of the key. */
    List<WaitHandle> conflictingWaits(TaskRecord standing) {
        assertGuarded();
        return waits.stream()
                .filter(wait -> wait.conflictWith(standing).isPresent())
                .toList();
    }

    /** Fails the waits that conflict with a record of the key. The caller must not hold the monitor. */
    void failConflictingWaits(TaskRecord standing) {
        List<WaitHandle> conflicting;
        synchronized (this) {
            conflicting = conflictingWaits(standing);
            waits.removeAll(conflicting);
        }
        conflicting.forEach(wait -> wait.conflictWith(standing).ifPresent(wait::fail));
    }

    /** Removes one wait; takes the monitor itself. */
    void removeWait(WaitHandle wait) {
        synchronized (this) {
            waits.remove(wait);
        }
    }

    private void assertGuarded() {
        assert Thread.holdsLock(this) : "The monitor of the entry of key " + key.key() + " is not held";
    }
}

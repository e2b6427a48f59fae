package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.ratelimit.PermitRequest;
import io.github.camelsora.internal.ratelimit.PollRateBudget.Reservation;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.time.UserCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What this node holds in memory of a task: who waits, and how its polls go. The ledger has the truth. Guarded by its own
 * monitor; whoever holds it may write to the ledger, but calls nobody else.
 */
public final class TaskEntry {
    public final TaskKey key;
    public final ServiceProfile service;

    private final List<WaitHandle> waits = new ArrayList<>(1);

    /** Its record as it was last read or written here; null while nothing was sent. By it a record that the ledger has lost is restored. */
    public volatile TaskRecord record;

    /** The service's id; null until the task is accepted. */
    public String taskId;

    /** What its schedule goes by; null until the task is accepted. */
    public PolledTask followed;
    /** When it was known to run last; null while it has not been watched. */
    public Instant lastRunning;

    public TaskStatus status = TaskStatus.QUEUED;
    public Integer progress;
    public Instant trackUntil;
    /** How many exchanges hold a claim: while there is one, the task is nobody else's to deliver. */
    int claims;
    /** The term of this node's lease in which the first of them began. */
    long epoch;
    /** The result, once the ledger has it. */
    VideoTask result;
    /** True from its acceptance until it has ended or was set aside. */
    public volatile boolean isPolled;
    /** True once this object has left the tracker's map, so that a newcomer must look for its successor. */
    boolean isRetired;

    public volatile TimerQueue.Timer nextPoll;
    public Reservation reservation = Reservation.NONE;
    /** Its question, while that waits for its turn. */
    public volatile PermitRequest permit = PermitRequest.NONE;

    /** When its question, which was late, was last seen to wait for its turn. */
    public volatile Instant waitedUntil = Instant.MIN;

    public int failures;
    public Instant missingSince;
    /** Since when it is said to have completed without an address of its video; null when it is not. */
    public Instant addressMissingSince;

    public int pollsWithoutAddress;

    TaskEntry(TaskKey key, ServiceProfile service) {
        this.key = key;
        this.service = service;
    }

    void follow(TaskRecord record) {
        this.record = record;
        taskId = record.taskId();
        followed = PolledTask.of(record);
        trackUntil = record.due().trackUntil();
        isPolled = true;
    }

    /** What can be said of it without asking. Its whole answer is not kept: ten thousand may wait. */
    public VideoTask lastSeen() {
        String wireKey = record == null ? null : record.wireKey();
        return new VideoTask(
                taskId, key.key(), wireKey, status, progress, null, null, null, null, null, null, null, null, null);
    }

    /** Its end, whoever saw it, tells its schedule how long others may take. */
    void teachSchedule(Instant endedAt) {
        if (followed != null && endedAt != null) {
            // What is learned from it must not keep the result from those who wait.
            UserCode.call(
                    "The poll schedule", () -> service.schedule().onCompleted(followed, lastRunning, endedAt, result));
        }
    }

    void endPolling() {
        isPolled = false;
        cancelPoll();
    }

    public void cancelPoll() {
        if (nextPoll != null) {
            nextPoll.cancel();
            nextPoll = null;
        }
        reservation.release();
        permit.cancel();
    }

    /** Until when an answer is of use: to who waits, or else as long as it is followed, which is how long its video lives. */
    public Instant deadline(Instant now) {
        Instant latest = trackUntil == null ? now.plus(Duration.ofDays(1)) : trackUntil;
        return waits.stream()
                .map(WaitHandle::until)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .filter(latest::isAfter)
                .orElse(latest);
    }

    void addWait(WaitHandle wait) {
        waits.add(wait);
    }

    void removeWait(WaitHandle wait) {
        waits.remove(wait);
    }

    List<WaitHandle> waits() {
        return waits;
    }

    List<WaitHandle> removeWaits() {
        return removeWaits(wait -> true);
    }

    List<WaitHandle> removeWaits(Predicate<WaitHandle> which) {
        List<WaitHandle> taken = waits.stream().filter(which).toList();
        waits.removeAll(taken);
        return taken;
    }
}

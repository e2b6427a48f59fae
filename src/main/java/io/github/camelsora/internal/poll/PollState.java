package io.github.camelsora.internal.poll;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.ratelimit.PermitRequest;
import io.github.camelsora.internal.ratelimit.PollRateBudget.Reservation;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.Polling;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * The polls of one followed task: the next one, and what the last ones have found. Guarded by the monitor of the task's entry,
 * which each method takes that changes anything, unless its javadoc says otherwise. What is volatile is read without the monitor,
 * since that may be held while the ledger is slow.
 */
final class PollState implements Polling {
    private final TaskEntry task;
    private final PollScheduler polls;
    private final PolledTask polled;
    private final Instant trackUntil;

    private volatile boolean isStopped;
    private volatile TimerQueue.Timer timer;
    private volatile PermitRequest permit = PermitRequest.NONE;
    private volatile Instant permitAwaitedAt = Instant.MIN;
    private Reservation reservation = Reservation.NONE;

    private int failures;
    private Instant missingSince;
    private Instant lastRunning;
    private Instant addressMissingSince;
    private int pollsWithoutAddress;

    PollState(TaskEntry task, TaskRecord running, PollScheduler polls) {
        this.task = task;
        this.polls = polls;
        this.polled = PolledTask.of(running);
        this.trackUntil = running.due().trackUntil();
    }

    TaskEntry task() {
        return task;
    }

    ServiceProfile service() {
        return task.service();
    }

    /** The task as its schedule sees it. */
    PolledTask polled() {
        return polled;
    }

    /** Until when the task is tracked; null when the ledger does not say. */
    Instant trackUntil() {
        return trackUntil;
    }

    boolean isActive() {
        return !isStopped;
    }

    /** Tells whether no poll is scheduled after a time. */
    boolean isLate(Instant latest) {
        TimerQueue.Timer next = timer;
        return isActive() && (next == null || next.isBefore(latest));
    }

    boolean isAwaitingPermit() {
        return permit.isQueued();
    }

    /** When the permit of a late poll was last seen to be awaited. */
    Instant permitAwaitedAt() {
        return permitAwaitedAt;
    }

    /** Needs no monitor: only the detector of lost polls writes it, on one thread. */
    void setPermitAwaitedAt(Instant now) {
        permitAwaitedAt = now;
    }

    /** Until when an answer is of use: until the first wait times out, or else while the task is tracked. */
    Instant deadline(Instant now) {
        synchronized (task) {
            Instant latest = trackUntil == null ? now.plus(Duration.ofDays(1)) : trackUntil;
            return task.earliestDeadline().filter(latest::isAfter).orElse(latest);
        }
    }

    void scheduled(Reservation newReservation, TimerQueue.Timer newTimer) {
        synchronized (task) {
            reservation = newReservation;
            timer = newTimer;
        }
    }

    /**
     * The poll that was scheduled has come to its time and needs a permit. Runs on the timer thread, which must not wait for the
     * monitor. So it races with {@link #cancel}, which then misses this request: a stop is seen here, and after a new schedule
     * there are two polls, of which the later one cancels what the earlier one has scheduled.
     */
    void awaitsPermit(PermitRequest request) {
        permit = request;
        if (isStopped) {
            request.cancel();
        }
    }

    void cancel() {
        synchronized (task) {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
            reservation.release();
            permit.cancel();
        }
    }

    @Override
    public void pollNow() {
        polls.scheduleNow(this);
    }

    @Override
    public void stop() {
        isStopped = true;
        cancel();
        polls.stopped(this);
    }

    @Override
    public void onCompleted(Instant endedAt, VideoTask result) {
        Instant before = lastRunning;
        // An error in what the schedule learns must not keep the result from the waiters.
        GuardedCall.run("The poll schedule", () -> service().schedule().onCompleted(polled, before, endedAt, result));
    }

    /** The task runs, which says nothing about its address yet. */
    void answered(VideoTask seen) {
        synchronized (task) {
            task.onRunning(seen);
            failures = 0;
            missingSince = null;
        }
    }

    /**
     * The task is known to run at a time.
     *
     * @return when it was known to run before; null when it was not watched until now
     */
    Instant running(Instant now) {
        synchronized (task) {
            Instant before = lastRunning;
            lastRunning = now;
            addressMissingSince = null;
            pollsWithoutAddress = 0;
            return before;
        }
    }

    /**
     * A poll has failed.
     *
     * @return how many have failed in a row
     */
    int failed() {
        synchronized (task) {
            return ++failures;
        }
    }

    /**
     * The service denies the task.
     *
     * @return since when
     */
    Instant missing(Instant now) {
        synchronized (task) {
            missingSince = missingSince == null ? now : missingSince;
            return missingSince;
        }
    }

    /** The task has completed without an address; tells whether that is final by now. */
    boolean isAddressOverdue(Instant now) {
        synchronized (task) {
            addressMissingSince = addressMissingSince == null ? now : addressMissingSince;
            return LateAddress.isOverdue(addressMissingSince, ++pollsWithoutAddress, now);
        }
    }
}

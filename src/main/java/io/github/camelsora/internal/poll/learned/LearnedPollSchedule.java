package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Polls a task when it is likely to have ended, by how long tasks of its profile have taken. For a profile or an age of which
 * little is known, and after failures, it polls by the fixed schedule. On average it finds a completion as soon as the fixed
 * schedule would.
 *
 * @param fixed the schedule that the vendor recommends
 * @param history how long earlier tasks have taken
 */
public record LearnedPollSchedule(FixedPollSchedule fixed, DurationHistory history) implements PollSchedule {
    /** No pause is shorter than this fraction of the fixed interval, however certain the completion is. */
    private static final int SHORTEST_PART = 10;

    @Override
    public Instant first(PolledTask task, Instant now) {
        return planned(task, now).orElseGet(() -> fixed.first(task, now));
    }

    @Override
    public Instant next(PolledTask task, Instant now) {
        return planned(task, now).orElseGet(() -> fixed.next(task, now));
    }

    @Override
    public Instant afterFailure(Instant now, int failures, Duration retryAfter) {
        return fixed.afterFailure(now, failures, retryAfter);
    }

    private Optional<Instant> planned(PolledTask task, Instant now) {
        if (!task.hasProfile()) {
            return Optional.empty();
        }
        Duration age = task.age(now);
        return history.plan(task.profile(), fixed.initialDelay(), fixed.meanInterval())
                .filter(plan -> plan.covers(age))
                .map(plan -> {
                    Duration pause = plan.next(age).minus(age);
                    Duration shortest = fixed.interval().dividedBy(SHORTEST_PART);
                    return now.plus(fixed.jittered(pause.compareTo(shortest) < 0 ? shortest : pause));
                });
    }

    @Override
    public void onRunning(PolledTask task, Instant lastRunning, Instant now) {
        if (task.hasProfile()) {
            Duration from = lastRunning == null ? Duration.ZERO : task.age(lastRunning);
            history.running(task.profile(), from, task.age(now));
        }
    }

    @Override
    public void onCompleted(PolledTask task, Instant lastRunning, Instant now, VideoTask ended) {
        if (task.hasProfile()) {
            Duration from = lastRunning == null ? null : task.age(lastRunning);
            CompletionObservation.of(from, task.age(now), ended).ifPresent(end -> history.ended(task.profile(), end));
        }
    }
}

package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks for a task when it is likely to have ended, by how long others of its kind have taken. Of a kind or an age that little
 * is known of, and after failures, it asks as the vendor advises; and it finds an end as soon, in the mean, as that would.
 *
 * @param advice the vendor's advice
 * @param history how long others have taken
 */
public record LearnedPollSchedule(FixedPollSchedule advice, DurationHistory history) implements PollSchedule {
    /** A pause is no shorter than this part of the advice's, however sure the end is. */
    private static final int SHORTEST_PART = 10;

    @Override
    public Instant first(PolledTask task, Instant now) {
        return planned(task, now).orElseGet(() -> advice.first(task, now));
    }

    @Override
    public Instant next(PolledTask task, Instant now) {
        return planned(task, now).orElseGet(() -> advice.next(task, now));
    }

    @Override
    public Instant afterFailure(Instant now, int failures, Duration retryAfter) {
        return advice.afterFailure(now, failures, retryAfter);
    }

    private Optional<Instant> planned(PolledTask task, Instant now) {
        if (!task.hasProfile()) {
            return Optional.empty();
        }
        Duration age = task.age(now);
        return history.plan(task.profile(), advice.initialDelay(), advice.meanInterval())
                .filter(plan -> plan.covers(age))
                .map(plan -> {
                    Duration pause = plan.next(age).minus(age);
                    Duration shortest = advice.interval().dividedBy(SHORTEST_PART);
                    return now.plus(advice.jittered(pause.compareTo(shortest) < 0 ? shortest : pause));
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

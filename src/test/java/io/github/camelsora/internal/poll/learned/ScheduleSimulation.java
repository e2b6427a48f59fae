package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * Tasks that run at a service and are polled by a schedule, on a clock that leaps from one event to the next. The same
 * seed makes the same tasks for each schedule.
 */
final class ScheduleSimulation {
    private static final Instant BEGIN = Instant.parse("2026-01-14T12:00:00Z");
    private static final TaskProfile KIND = new TaskProfile("https://toapis.com", "remix", "sora-2", "15");
    private static final double SECONDS_BETWEEN_SUBMITS = 5;

    private final PollSchedule schedule;
    private final boolean tellsTimes;
    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::time));

    /** The mean cost of polling some tasks. */
    record Outcome(double gets, double lag) {}

    /** A question, or the submit when it has not been accepted yet. */
    private record Event(Instant time, Running task, boolean isSubmit) {}

    private static final class Running {
        final int number;
        final Duration duration;
        PolledTask followed;
        Instant lastRunning;
        int gets;
        double lag;

        Running(int number, Duration duration) {
            this.number = number;
            this.duration = duration;
        }

        Instant end() {
            return followed.acceptedAt().plus(duration);
        }
    }

    private ScheduleSimulation(PollSchedule schedule, boolean tellsTimes, Random random) {
        this.schedule = schedule;
        this.tellsTimes = tellsTimes;
        this.random = random;
    }

    static PollSchedule advice(long seed) {
        return new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), new Random(seed));
    }

    static PollSchedule learned(long seed) {
        return new LearnedPollSchedule((FixedPollSchedule) advice(seed), new DurationHistory());
    }

    /**
     * Runs tasks.
     *
     * @param schedule what says when to ask
     * @param seconds the durations, by number of the task
     * @param tellsTimes whether the service says when a task ended
     * @param from the first task that counts
     * @param to the first that is not run
     */
    static Outcome run(
            PollSchedule schedule, IntToDoubleFunction seconds, boolean tellsTimes, int from, int to, long seed) {
        return new ScheduleSimulation(schedule, tellsTimes, new Random(seed)).run(seconds, from, to);
    }

    private Outcome run(IntToDoubleFunction seconds, int from, int to) {
        Running[] tasks = new Running[to];
        Instant submit = BEGIN;
        for (int i = 0; i < to; i++) {
            submit = submit.plus(duration(-SECONDS_BETWEEN_SUBMITS * Math.log(1 - random.nextDouble())));
            tasks[i] = new Running(i, duration(seconds.applyAsDouble(i)));
            events.add(new Event(submit, tasks[i], true));
        }
        for (Event event = events.poll(); event != null; event = events.poll()) {
            happen(event);
        }
        double gets = 0;
        double lag = 0;
        for (int i = from; i < to; i++) {
            gets += tasks[i].gets;
            lag += tasks[i].lag;
        }
        return new Outcome(gets / (to - from), lag / (to - from));
    }

    private void happen(Event event) {
        Running task = event.task();
        Instant now = event.time();
        if (event.isSubmit()) {
            task.followed = new PolledTask(KIND, now);
            task.lastRunning = now;
            ask(task, schedule.first(task.followed, now));
        } else if (now.isBefore(task.end())) {
            schedule.onRunning(task.followed, task.lastRunning, now);
            task.lastRunning = now;
            ask(task, schedule.next(task.followed, now));
        } else {
            task.lag = Duration.between(task.end(), now).toNanos() / 1e9;
            schedule.onCompleted(task.followed, task.lastRunning, now, ended(task));
        }
    }

    private void ask(Running task, Instant when) {
        task.gets++;
        events.add(new Event(when, task, false));
    }

    private VideoTask ended(Running task) {
        Instant created = tellsTimes ? toSeconds(task.followed.acceptedAt()) : null;
        Instant completed = tellsTimes ? toSeconds(task.end()) : null;
        return new VideoTask(
                "video_" + task.number,
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                created,
                completed,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Instant toSeconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}

package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Tasks that are asked for by a schedule, on a clock that leaps from one event to the next, so that hours take a moment. The
 * same seed makes the same tasks, accepted at the same times, for each schedule.
 */
final class SimulatedPolling {
    private static final Instant BEGIN = Instant.parse("2026-01-14T12:00:00Z");
    private static final TaskProfile KIND = new TaskProfile("https://toapis.com", "remix", "sora-2", "15");
    private static final double SECONDS_BETWEEN_SUBMITS = 5;

    /** Until the first tasks have ended there is nothing to learn from; those that were accepted meanwhile do not count. */
    private static final int UNCOUNTED = 150;

    private final PollSchedule schedule;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::time));
    private final Numbers gets;
    private final Numbers lags;

    /** A question; the first event of a task is its acceptance. */
    private record Event(Instant time, Task task) {}

    private static final class Task {
        final int number;
        final PolledTask followed;
        final Instant end;
        Instant lastRunning;
        int gets;

        Task(int number, Instant acceptedAt, Instant end) {
            this.number = number;
            this.followed = new PolledTask(KIND, acceptedAt);
            this.end = end;
        }
    }

    private SimulatedPolling(PollSchedule schedule, Numbers gets, Numbers lags) {
        this.schedule = schedule;
        this.gets = gets;
        this.lags = lags;
    }

    /**
     * Runs tasks.
     *
     * @param gets where the questions for each task are counted
     * @param lags where the seconds go from the end of each task until it was seen
     */
    static void run(PollSchedule schedule, TaskDurations durations, int tasks, long seed, Numbers gets, Numbers lags) {
        SimulatedPolling polling = new SimulatedPolling(schedule, gets, lags);
        Random random = new Random(seed);
        Instant accepted = BEGIN;
        for (int i = 0; i < tasks; i++) {
            accepted = accepted.plusNanos((long) (-1e9 * SECONDS_BETWEEN_SUBMITS * Math.log(1 - random.nextDouble())));
            polling.events.add(new Event(accepted, new Task(i, accepted, durations.end(accepted, random))));
        }
        for (Event event = polling.events.poll(); event != null; event = polling.events.poll()) {
            polling.happen(event.task(), event.time());
        }
    }

    private void happen(Task task, Instant now) {
        if (task.lastRunning == null) {
            task.lastRunning = now;
            events.add(new Event(schedule.first(task.followed, now), task));
            return;
        }
        task.gets++;
        if (now.isBefore(task.end)) {
            schedule.onRunning(task.followed, task.lastRunning, now);
            task.lastRunning = now;
            events.add(new Event(schedule.next(task.followed, now), task));
        } else {
            schedule.onCompleted(task.followed, task.lastRunning, now, ended(task));
            count(task, now);
        }
    }

    private void count(Task task, Instant seen) {
        if (task.number >= UNCOUNTED) {
            gets.add(task.gets);
            lags.add(Duration.between(task.end, seen).toNanos() / 1e9);
        }
    }

    /** Times as the service writes them, in whole seconds. */
    private static VideoTask ended(Task task) {
        return new VideoTask(
                "video_" + task.number,
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                task.followed.acceptedAt().truncatedTo(ChronoUnit.SECONDS),
                task.end.truncatedTo(ChronoUnit.SECONDS),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

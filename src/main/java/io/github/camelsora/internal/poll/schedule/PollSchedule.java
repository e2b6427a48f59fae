package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.VideoTask;
import java.time.Duration;
import java.time.Instant;

/** Decides when a running task is asked for. */
public interface PollSchedule {

    /**
     * The time of the first poll.
     *
     * @param task the task, just accepted
     * @param now the time
     * @return when to ask
     */
    Instant first(PolledTask task, Instant now);

    /**
     * The time of the poll after one that found the task running.
     *
     * @param task the task
     * @param now the time of that poll
     * @return when to ask again
     */
    Instant next(PolledTask task, Instant now);

    /**
     * The time of the poll after some that failed. It slows down with each, and waits as long as the service asks, but no longer
     * than two minutes because of that.
     *
     * @param now the time of the last poll
     * @param failures how many failed in a row, at least 1
     * @param retryAfter how long the service asks to wait; null when it does not
     * @return when to ask again
     */
    Instant afterFailure(Instant now, int failures, Duration retryAfter);

    /**
     * A task was seen running.
     *
     * @param task the task
     * @param lastRunning when it was known to run before: seen, or accepted here; null when it was not watched until now
     * @param now the time
     */
    default void onRunning(PolledTask task, Instant lastRunning, Instant now) {}

    /**
     * The end of a task was seen, by whatever signal.
     *
     * @param task the task
     * @param lastRunning when it was known to run before: seen, or accepted here; null when it was not watched until now
     * @param now the time
     * @param ended the task as it ended
     */
    default void onCompleted(PolledTask task, Instant lastRunning, Instant now, VideoTask ended) {}
}

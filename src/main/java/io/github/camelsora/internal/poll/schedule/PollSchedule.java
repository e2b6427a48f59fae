package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.api.VideoTask;
import java.time.Duration;
import java.time.Instant;

/** Decides when a running task is polled. */
public interface PollSchedule {

    /**
     * The time of the first poll.
     *
     * @param task the task, just accepted
     * @param now the time
     * @return when to poll
     */
    Instant first(PolledTask task, Instant now);

    /**
     * The time of the next poll after one that found the task running.
     *
     * @param task the task
     * @param now the time of that poll
     * @return when to poll again
     */
    Instant next(PolledTask task, Instant now);

    /**
     * The time of the next poll after failed ones. The pause grows with each failure, and honours a Retry-After of up to two
     * minutes.
     *
     * @param now the time of the last poll
     * @param failures how many polls have failed in a row, at least 1
     * @param retryAfter how long the service asks to wait; null when it does not say
     * @return when to poll again
     */
    Instant afterFailure(Instant now, int failures, Duration retryAfter);

    /**
     * A poll has found a task running.
     *
     * @param task the task
     * @param lastRunning when it was last known to run, by a poll or its acceptance; null when this node does not know
     * @param now the time
     */
    default void onRunning(PolledTask task, Instant lastRunning, Instant now) {}

    /**
     * A task has ended, by a poll, a webhook, or the record of another node.
     *
     * @param task the task
     * @param lastRunning when it was last known to run, by a poll or its acceptance; null when this node does not know
     * @param now when the ledger recorded the end
     * @param ended the task with its result
     */
    default void onCompleted(PolledTask task, Instant lastRunning, Instant now, VideoTask ended) {}
}

package io.github.camelsora.task;

import java.time.Duration;
import java.time.Instant;

/** Decides when a running task is asked for. */
public interface PollSchedule {

    /**
     * The time of the first poll.
     *
     * @param acceptedAt when the task was accepted
     * @return when to ask
     */
    Instant first(Instant acceptedAt);

    /**
     * The time of the poll after one that found the task running.
     *
     * @param now the time of that poll
     * @return when to ask again
     */
    Instant next(Instant now);

    /**
     * The time of the poll after some that failed. It slows down with each.
     *
     * @param now the time of the last poll
     * @param failures how many failed in a row, at least 1
     * @param retryAfter how long the service asks to wait; null when it does not
     * @return when to ask again
     */
    Instant afterFailure(Instant now, int failures, Duration retryAfter);
}

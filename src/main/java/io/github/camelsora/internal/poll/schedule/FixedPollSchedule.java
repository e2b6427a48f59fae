package io.github.camelsora.internal.poll.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The vendor's advice: first after 5 s, then every 10 s plus up to 1 s, so that tasks that were submitted together are not
 * asked for together. The jitter is a tenth of the interval, whatever the interval.
 *
 * @param initialDelay from acceptance to the first poll
 * @param interval from one poll to the next
 * @param random where the jitter comes from
 */
public record FixedPollSchedule(Duration initialDelay, Duration interval, RandomGenerator random)
        implements PollSchedule {
    /** The part of an interval that is added at most. */
    public static final double JITTER = 0.1;

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    /** No task is left alone for longer because of one answer. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    private static final int LARGEST_EXPONENT = 10;

    @Override
    public Instant first(PolledTask task, Instant now) {
        return now.plus(initialDelay);
    }

    @Override
    public Instant next(PolledTask task, Instant now) {
        return now.plus(jittered(interval));
    }

    @Override
    public Instant afterFailure(Instant now, int failures, Duration retryAfter) {
        Duration backoff = interval.multipliedBy(1L << Math.min(failures - 1, LARGEST_EXPONENT));
        Duration bounded = min(backoff, max(interval, LONGEST_BACKOFF));
        Duration asked = retryAfter == null ? Duration.ZERO : min(retryAfter, LONGEST_ASKED);
        return now.plus(asked.compareTo(bounded) > 0 ? min(jittered(asked), LONGEST_ASKED) : jittered(bounded));
    }

    /** The interval with the jitter that it has in the mean. */
    public Duration meanInterval() {
        return interval.plusNanos((long) (interval.toNanos() * JITTER / 2));
    }

    public Duration jittered(Duration duration) {
        return duration.plusMillis((long) (duration.toMillis() * JITTER * random.nextDouble()));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}

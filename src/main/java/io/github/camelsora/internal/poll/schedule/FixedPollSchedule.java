package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.internal.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The schedule that the vendor recommends: first after 5 s, then every 10 s plus a jitter of up to 1 s, so that tasks that were
 * submitted together are not polled together. The jitter is a tenth of the interval.
 *
 * @param initialDelay from acceptance to the first poll
 * @param interval from one poll to the next
 * @param random where the jitter comes from
 */
public record FixedPollSchedule(Duration initialDelay, Duration interval, RandomGenerator random)
        implements PollSchedule {
    /** The largest jitter, as a part of the interval. */
    public static final double JITTER = 0.1;

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    /** A longer Retry-After does not stop the polls of a paid task. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

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
        Duration backoff = new Backoff(interval, max(interval, LONGEST_BACKOFF)).after(failures);
        Duration asked = retryAfter == null ? Duration.ZERO : min(retryAfter, LONGEST_RETRY_AFTER);
        return now.plus(asked.compareTo(backoff) > 0 ? min(jittered(asked), LONGEST_RETRY_AFTER) : jittered(backoff));
    }

    /** The interval with its mean jitter. */
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

package io.github.camelsora.benchmark.rows;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * How long tasks take at a service: the logarithm of their durations is normally distributed.
 *
 * @param name what it is called in the table
 * @param median what half of them do not exceed
 * @param spread the deviation of the logarithm
 * @param look how often the service looks whether one has ended; zero when it knows at once
 */
record TaskDurations(String name, Duration median, double spread, Duration look) {
    static final TaskDurations FIVE_MINUTES = atOnce("5 min, narrow", Duration.ofMinutes(5), 0.10);
    static final TaskDurations WIDE = atOnce("2.5 min, wide", Duration.ofSeconds(150), 0.40);
    static final TaskDurations ONE_MINUTE = atOnce("1 min", Duration.ofMinutes(1), 0.25);

    private static TaskDurations atOnce(String name, Duration median, double spread) {
        return new TaskDurations(name, median, spread, Duration.ZERO);
    }

    /** The same at a service that does not know of an end until it looks. */
    TaskDurations lookedAtEach15Seconds() {
        return new TaskDurations(name + ", service looks every 15 s", median, spread, Duration.ofSeconds(15));
    }

    /** When the service reports the end of a task that it accepts now. */
    Instant end(Instant acceptedAt, Random random) {
        long nanos = (long) (median.toNanos() * Math.exp(spread * random.nextGaussian()));
        Instant end = acceptedAt.plusNanos(nanos);
        if (look.isZero()) {
            return end;
        }
        long seconds = look.toSeconds();
        return Instant.ofEpochSecond((end.getEpochSecond() / seconds + 1) * seconds);
    }
}

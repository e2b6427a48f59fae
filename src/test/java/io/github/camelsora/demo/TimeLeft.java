package io.github.camelsora.demo;

import java.time.Duration;
import java.time.Instant;

/** How long a task still runs, in words for people. */
final class TimeLeft {
    private static final int STEP = 5;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private TimeLeft() {}

    /**
     * The words, say {@code about 40 s left}: seconds, from ten on in steps of five; whole minutes; from an hour and a half on
     * whole hours.
     *
     * @param now the time
     * @param expectedAt when the task is expected to end
     * @return at least a second
     */
    static String words(Instant now, Instant expectedAt) {
        double left = Duration.between(now, expectedAt).toMillis() / 1000.0;
        return "about " + rounded(left) + " left";
    }

    private static String rounded(double seconds) {
        if (seconds < 2 * STEP) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        if (Math.round(seconds / STEP) * STEP < MINUTE) {
            return Math.round(seconds / STEP) * STEP + " s";
        }
        return seconds < 1.5 * HOUR ? Math.round(seconds / MINUTE) + " min" : Math.round(seconds / HOUR) + " h";
    }
}

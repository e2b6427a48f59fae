package io.github.camelsora.crash;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of some kills.
 *
 * @param kills how many there were
 * @param reckoning the books afterwards
 * @param recoveries how long it took from the start of the next JVM until all that the killed one had left was taken
 */
record KillSummary(int kills, Reckoning reckoning, List<Duration> recoveries) {

    @Override
    public String toString() {
        List<Duration> sorted = recoveries.stream().sorted().toList();
        String times = sorted.isEmpty()
                ? "no recovery measured"
                : String.format(
                        Locale.ROOT,
                        "recovery %.1f s median, %.1f s at most (%d measured)",
                        seconds(sorted.get(sorted.size() / 2)),
                        seconds(sorted.get(sorted.size() - 1)),
                        sorted.size());
        return kills + " kills: " + reckoning + "; " + times;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

package io.github.camelsora.crash;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The summary of a run of kills.
 *
 * @param kills the number of kills
 * @param check the check of the invariants afterwards
 * @param recoveries for each kill, the time from the start of the next node until the tasks of the killed one were delivered
 */
record KillSummary(int kills, InvariantCheck check, List<Duration> recoveries) {

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
        return kills + " kills: " + check + "; " + times;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

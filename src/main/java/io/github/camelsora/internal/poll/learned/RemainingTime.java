package io.github.camelsora.internal.poll.learned;

import java.time.Duration;
import java.util.Optional;

/**
 * For how much longer tasks of one profile run, by their age: the median of those that have run for as long, so half of them end
 * sooner. The mean would be drawn by the few that take far longer, and most tasks would end before it. A task that has outlived
 * all others is expected to be late by as much again: one that half of the others would have ended a minute ago has a minute
 * left. So the expected end moves on with the age, and is never in the past. Immutable; ages are in seconds.
 */
final class RemainingTime {
    /** The integral of the hazard rate over a time that half of the tasks survive. */
    private static final double HALF = Math.log(2);

    /** Its integral up to an age that one task in ten reaches. */
    private static final double OLD = Math.log(10);

    /** The integral of the hazard rate up to the begin of each bin. */
    private final double[] sums;

    private RemainingTime(double[] sums) {
        this.sums = sums;
    }

    static RemainingTime of(CompletionRates rates) {
        CompletionRates smooth = rates.smooth();
        int horizon = rates.horizon();
        double[] sums = new double[AgeBins.COUNT + 1];
        double median = 0;
        for (int bin = 0; bin < AgeBins.COUNT; bin++) {
            if (bin < horizon && sums[bin] < HALF) {
                median = AgeBins.begin(bin);
            }
            boolean isOld = bin >= horizon || sums[bin] >= OLD;
            double hazard = isOld ? withOutlier(smooth, bin, median) : smooth.hazard(bin);
            sums[bin + 1] = sums[bin] + hazard * AgeBins.width(bin);
        }
        return new RemainingTime(sums);
    }

    /** Few tasks get so old, so one more is assumed: one that is late by as much again at any age, with even odds. */
    private static double withOutlier(CompletionRates rates, int bin, double median) {
        double width = AgeBins.width(bin);
        double ends = rates.ends()[bin] + width / (AgeBins.middle(bin) - median);
        return ends / (rates.observed()[bin] + width);
    }

    /**
     * For how much longer a task runs.
     *
     * @param age its age, at which it runs
     * @return zero or more; empty when that would be an age beyond a week
     */
    Optional<Duration> after(Duration age) {
        double from = CompletionObservation.seconds(age);
        int bin = AgeBins.of(from);
        double due = sums[bin] + growth(bin) * (from - AgeBins.begin(bin)) / AgeBins.width(bin) + HALF;
        if (due > sums[AgeBins.COUNT]) {
            return Optional.empty();
        }
        while (sums[bin + 1] < due) {
            bin++;
        }
        double end = AgeBins.begin(bin) + AgeBins.width(bin) * (due - sums[bin]) / growth(bin);
        return Optional.of(Duration.ofNanos((long) (Math.max(0, end - from) * 1e9)));
    }

    private double growth(int bin) {
        return sums[bin + 1] - sums[bin];
    }
}

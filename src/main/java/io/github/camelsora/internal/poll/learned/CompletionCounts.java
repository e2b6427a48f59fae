package io.github.camelsora.internal.poll.learned;

import java.util.Arrays;

/**
 * Counts, by age, how many tasks of one profile have ended, and for how long running tasks were observed. The quotient is
 * the rate of completions at that age ({@link CompletionRates}). Tasks that still run count as well, so the first ones to end
 * are not considered typical. A count weighs half as much once {@link #HALF_LIFE} more tasks have ended, so old observations
 * fade out. Not thread-safe.
 */
final class CompletionCounts {
    static final int HALF_LIFE = 50;
    private static final double GROWTH = Math.pow(2, 1.0 / HALF_LIFE);
    private static final double LARGEST_WEIGHT = 1e9;

    /** The part of a completion that is spread evenly over its interval, and not by where other tasks ended. */
    private static final double UNLIKE_OTHERS = 0.1;

    private final double[] ends = new double[AgeBins.COUNT];
    private final double[] observed = new double[AgeBins.COUNT];
    private double weight = 1;
    private int count;

    /** A task was running at two ages, in seconds. */
    void running(double from, double to) {
        for (int bin = AgeBins.of(from); bin <= AgeBins.of(to); bin++) {
            observed[bin] += weight * AgeBins.overlap(bin, from, to);
        }
    }

    /**
     * A task has ended.
     *
     * @param from an age at which it was running
     * @param earliest the age after which it ended
     * @param latest the age until which it ended
     */
    void ended(double from, double earliest, double latest) {
        // Newer counts weigh more, instead of older ones less: the same quotient, and no loop over all bins.
        weight *= GROWTH;
        count++;
        running(from, (earliest + latest) / 2);
        spread(earliest, latest);
        if (weight > LARGEST_WEIGHT) {
            scaleDown();
        }
    }

    /** Distributes a completion over its interval mostly by where other tasks ended; evenly alone, the counts would blur. */
    private void spread(double earliest, double latest) {
        double length = latest - earliest;
        double others = 0;
        for (int bin = AgeBins.of(earliest); bin <= AgeBins.of(latest); bin++) {
            others += othersBetween(bin, earliest, latest);
        }
        for (int bin = AgeBins.of(earliest); bin <= AgeBins.of(latest); bin++) {
            double evenly = length > 0 ? AgeBins.overlap(bin, earliest, latest) / length : 1;
            double likeOthers = others > 0 ? othersBetween(bin, earliest, latest) / others : evenly;
            ends[bin] += weight * (UNLIKE_OTHERS * evenly + (1 - UNLIKE_OTHERS) * likeOthers);
        }
    }

    private double othersBetween(int bin, double from, double to) {
        return ends[bin] * AgeBins.overlap(bin, from, to) / AgeBins.width(bin);
    }

    private void scaleDown() {
        for (int bin = 0; bin < AgeBins.COUNT; bin++) {
            ends[bin] /= weight;
            observed[bin] /= weight;
        }
        weight = 1;
    }

    /** How many tasks have ended so far. */
    int count() {
        return count;
    }

    /** The present counts, in tasks and seconds of the newest weight. */
    CompletionRates rates() {
        return new CompletionRates(
                Arrays.stream(ends).map(x -> x / weight).toArray(),
                Arrays.stream(observed).map(x -> x / weight).toArray());
    }
}

package io.github.camelsora.internal.poll.learned;

import java.util.Arrays;

/**
 * Counts, by age, how many tasks of one kind have ended and how long tasks were watched that might have. What is divided by
 * the other is the hazard of an end at that age; tasks that still run count in full, so that the first ones to end are not
 * taken for typical. A count weighs half as much once {@link #HALF_LIFE} more tasks have ended, which is how the old is
 * forgotten. Not thread-safe.
 */
final class CompletionCounts {
    static final int HALF_LIFE = 50;
    private static final double GROWTH = Math.pow(2, 1.0 / HALF_LIFE);
    private static final double LARGEST_WEIGHT = 1e9;

    /** The part of an end that is not taken for like the others. */
    private static final double UNLIKE_OTHERS = 0.1;

    private final double[] ends = new double[LogBuckets.COUNT];
    private final double[] watched = new double[LogBuckets.COUNT];
    private double weight = 1;
    private int count;

    /** A task was running at both of two ages, in seconds. */
    void running(double from, double to) {
        for (int bin = LogBuckets.of(from); bin <= LogBuckets.of(to); bin++) {
            watched[bin] += weight * LogBuckets.overlap(bin, from, to);
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
        // Newer counts grow instead of older ones that shrink, which comes to the same and touches one bin.
        weight *= GROWTH;
        count++;
        running(from, (earliest + latest) / 2);
        spread(earliest, latest);
        if (weight > LARGEST_WEIGHT) {
            scaleDown();
        }
    }

    /** Where in a long interval it ended is told best by where others did: alike in all of it, the counts would blur. */
    private void spread(double earliest, double latest) {
        double length = latest - earliest;
        double others = 0;
        for (int bin = LogBuckets.of(earliest); bin <= LogBuckets.of(latest); bin++) {
            others += othersBetween(bin, earliest, latest);
        }
        for (int bin = LogBuckets.of(earliest); bin <= LogBuckets.of(latest); bin++) {
            double evenly = length > 0 ? LogBuckets.overlap(bin, earliest, latest) / length : 1;
            double likeOthers = others > 0 ? othersBetween(bin, earliest, latest) / others : evenly;
            ends[bin] += weight * (UNLIKE_OTHERS * evenly + (1 - UNLIKE_OTHERS) * likeOthers);
        }
    }

    private double othersBetween(int bin, double from, double to) {
        return ends[bin] * LogBuckets.overlap(bin, from, to) / LogBuckets.width(bin);
    }

    private void scaleDown() {
        for (int bin = 0; bin < LogBuckets.COUNT; bin++) {
            ends[bin] /= weight;
            watched[bin] /= weight;
        }
        weight = 1;
    }

    /** How many tasks have ended so far. */
    int count() {
        return count;
    }

    /** What is counted now, in tasks and seconds of the newest weight. */
    HazardEstimate rates() {
        return new HazardEstimate(
                Arrays.stream(ends).map(x -> x / weight).toArray(),
                Arrays.stream(watched).map(x -> x / weight).toArray());
    }
}

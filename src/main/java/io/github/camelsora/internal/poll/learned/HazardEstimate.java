package io.github.camelsora.internal.poll.learned;

import java.util.stream.IntStream;

/**
 * What is known of the durations of one kind of task: an immutable statistic.
 *
 * @param ends how many tasks have ended in each of the {@link LogBuckets}, the newer weighing more
 * @param watched for how many seconds tasks were watched in each, weighed alike
 */
record HazardEstimate(double[] ends, double[] watched) {
    private static final int WIDEST_KERNEL = 32;
    private static final double KERNEL_REACH = 3;
    // By the rule of Silverman for what is distributed like a bell.
    private static final double BELL = 1.06;
    private static final double BELL_EXPONENT = -0.2;
    private static final double FORGOTTEN = 1e-3;

    double total() {
        return IntStream.range(0, ends.length).mapToDouble(bin -> ends[bin]).sum();
    }

    /** The last bin in which a task has ended that is not yet forgotten. */
    int last() {
        return IntStream.iterate(ends.length - 1, bin -> bin - 1)
                .limit(ends.length)
                .filter(bin -> ends[bin] > FORGOTTEN)
                .findFirst()
                .orElse(0);
    }

    /** How far a kernel should reach, in bins, if durations were distributed like a bell. */
    double bellWidth() {
        double total = total();
        double mean = 0;
        for (int bin = 0; bin < ends.length; bin++) {
            mean += bin * ends[bin] / total;
        }
        double variance = 0;
        for (int bin = 0; bin < ends.length; bin++) {
            variance += (bin - mean) * (bin - mean) * ends[bin] / total;
        }
        return Math.max(1, BELL * Math.sqrt(variance) * Math.pow(total, BELL_EXPONENT));
    }

    /**
     * The same, each count spread over its neighbours: few tasks say little about the very bins they ended in. How far they
     * are spread is what would have foretold each end best from all the others, so that a service that looks at its tasks
     * every quarter of a minute keeps its sharp edges.
     */
    HazardEstimate smooth() {
        double bell = bellWidth();
        HazardEstimate best = spread(bell);
        double bestLikelihood = likelihood(best, bell);
        for (double width = 1; width < Math.min(bell, WIDEST_KERNEL); width *= 2) {
            HazardEstimate rates = spread(width);
            double likelihood = likelihood(rates, width);
            if (likelihood > bestLikelihood) {
                best = rates;
                bestLikelihood = likelihood;
            }
        }
        return best;
    }

    private HazardEstimate spread(double width) {
        double[] kernel = kernel(width);
        return new HazardEstimate(spread(ends, kernel), spread(watched, kernel));
    }

    /** How likely the ends are where each is foretold by the others alone. */
    private double likelihood(HazardEstimate foretold, double width) {
        double[] kernel = kernel(width);
        double own = kernel[kernel.length / 2];
        double likelihood = 0;
        int last = last();
        for (int bin = 0; bin <= last; bin++) {
            if (ends[bin] > 0) {
                // One of weight 1 has left out itself; and what nobody foretells is unlikely, not impossible.
                double others = Math.max(0, foretold.ends[bin] - own * Math.min(1, ends[bin]));
                double surprise = FORGOTTEN / LogBuckets.begin(bin + 1);
                likelihood += ends[bin] * Math.log(others / Math.max(FORGOTTEN, foretold.watched[bin]) + surprise);
            }
        }
        return likelihood;
    }

    private static double[] kernel(double width) {
        int reach = (int) Math.ceil(KERNEL_REACH * width);
        double[] kernel = IntStream.rangeClosed(-reach, reach)
                .mapToDouble(i -> Math.exp(-0.5 * i * i / (width * width)))
                .toArray();
        double sum =
                IntStream.range(0, kernel.length).mapToDouble(i -> kernel[i]).sum();
        return IntStream.range(0, kernel.length)
                .mapToDouble(i -> kernel[i] / sum)
                .toArray();
    }

    private static double[] spread(double[] counts, double[] kernel) {
        int reach = kernel.length / 2;
        double[] spread = new double[counts.length];
        for (int bin = 0; bin < counts.length; bin++) {
            if (counts[bin] > 0) {
                int first = Math.max(0, bin - reach);
                int last = Math.min(counts.length - 1, bin + reach);
                for (int i = first; i <= last; i++) {
                    spread[i] += counts[bin] * kernel[i - bin + reach];
                }
            }
        }
        return spread;
    }
}

package io.github.camelsora.internal.poll.learned;

import java.util.stream.IntStream;

/**
 * How likely tasks of one profile are to end at each age: completions per second of observed running tasks, which statisticians
 * call a hazard rate. Immutable.
 *
 * @param ends how many tasks have ended in each of the bins of {@link AgeBins}, newer ones with more weight
 * @param observed for how many seconds tasks were observed in each, with the same weights
 */
record CompletionRates(double[] ends, double[] observed) {
    private static final int WIDEST_KERNEL = 32;
    private static final double KERNEL_REACH = 3;
    // Silverman's rule for a normal distribution.
    private static final double SILVERMAN = 1.06;
    private static final double SILVERMAN_EXPONENT = -0.2;
    private static final double NEGLIGIBLE = 1e-3;

    double total() {
        return IntStream.range(0, ends.length).mapToDouble(bin -> ends[bin]).sum();
    }

    /** The last bin with a completion whose weight is not negligible. */
    int last() {
        return IntStream.iterate(ends.length - 1, bin -> bin - 1)
                .limit(ends.length)
                .filter(bin -> ends[bin] > NEGLIGIBLE)
                .findFirst()
                .orElse(0);
    }

    /** The bin from which on no completion is expected: as far after the last one as completions are apart. */
    int horizon() {
        return Math.min(AgeBins.COUNT, last() + 1 + (int) Math.ceil(2 * normalWidth()));
    }

    /** Completions per second of a running task in a bin; 0 where none was observed. */
    double hazard(int bin) {
        return observed[bin] > 0 ? ends[bin] / observed[bin] : 0;
    }

    /** The kernel width, in bins, for normally distributed durations. */
    double normalWidth() {
        double total = total();
        double mean = 0;
        for (int bin = 0; bin < ends.length; bin++) {
            mean += bin * ends[bin] / total;
        }
        double variance = 0;
        for (int bin = 0; bin < ends.length; bin++) {
            variance += (bin - mean) * (bin - mean) * ends[bin] / total;
        }
        return Math.max(1, SILVERMAN * Math.sqrt(variance) * Math.pow(total, SILVERMAN_EXPONENT));
    }

    /**
     * Kernel smoothing: each count is spread over its neighbours, because few tasks say little about their exact bins. The kernel
     * width is the one by which all other completions would have predicted each of them best (leave-one-out likelihood), so the
     * sharp edges of a service that checks its tasks every 15 s remain.
     */
    CompletionRates smooth() {
        double normal = normalWidth();
        CompletionRates best = spread(normal);
        double bestLikelihood = likelihood(best, normal);
        for (double width = 1; width < Math.min(normal, WIDEST_KERNEL); width *= 2) {
            CompletionRates rates = spread(width);
            double likelihood = likelihood(rates, width);
            if (likelihood > bestLikelihood) {
                best = rates;
                bestLikelihood = likelihood;
            }
        }
        return best;
    }

    private CompletionRates spread(double width) {
        double[] kernel = kernel(width);
        return new CompletionRates(spread(ends, kernel), spread(observed, kernel));
    }

    /** The likelihood of the completions, each predicted by all others. */
    private double likelihood(CompletionRates predicted, double width) {
        double[] kernel = kernel(width);
        double own = kernel[kernel.length / 2];
        double likelihood = 0;
        int last = last();
        for (int bin = 0; bin <= last; bin++) {
            if (ends[bin] > 0) {
                // Without its own weight, at most 1; a completion that no other predicts is unlikely, not impossible.
                double others = Math.max(0, predicted.ends[bin] - own * Math.min(1, ends[bin]));
                double surprise = NEGLIGIBLE / AgeBins.begin(bin + 1);
                likelihood += ends[bin] * Math.log(others / Math.max(NEGLIGIBLE, predicted.observed[bin]) + surprise);
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

package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * When to poll a task of one profile, by its age: a pure function of the statistic of such tasks. Where the rate of
 * completions ({@link CompletionRates}) is <i>h</i>, an interval of &radic;(2<i>c</i>/<i>h</i>) minimizes the expected lag
 * plus a cost <i>c</i> for each poll. So polls have a density of &radic;(<i>h</i>/2<i>c</i>), and the next poll is where the
 * integral of that density has grown by one. The cost <i>c</i> is the largest at which the earlier tasks would have been
 * found as soon as by the vendor's fixed schedule. Ages are in seconds.
 */
final class PollPlan {
    /** How many tasks unlike all earlier ones are assumed in addition. */
    private static final double OUTLIERS = 1.25;

    /** The lag to aim at, as a part of the fixed schedule's; the rest allows for errors of the estimate. */
    private static final double AIM = 0.95;

    private static final int HALVINGS = 24;
    private static final double LARGEST_COST = 1e4;
    private static final double SMALLEST_COST = 1e-5;

    /** The integral of the density of polls up to the begin of each bin, at a cost of 1. */
    private final double[] sums;

    /** By how much the integral grows from one poll to the next. */
    private final double step;

    private PollPlan(double[] sums, double step) {
        this.sums = sums;
        this.step = step;
    }

    /**
     * Creates a plan.
     *
     * @param rates the statistic
     * @param initialDelay the first poll of the fixed schedule
     * @param interval the mean interval of the fixed schedule
     */
    static PollPlan of(CompletionRates rates, Duration initialDelay, Duration interval) {
        double first = CompletionObservation.seconds(initialDelay);
        double regular = CompletionObservation.seconds(interval);
        CompletionRates smooth = rates.smooth();
        int horizon = rates.horizon();
        double[] ends =
                ends(IntStream.range(0, horizon).mapToDouble(smooth::hazard).toArray());
        double aim = AIM * lag(ends, age -> age < first ? first : age + regular);
        return cheapest(ends, sums(smooth, horizon, AgeBins.of(Math.min(first, regular) / 2)), aim);
    }

    private static double[] sums(CompletionRates rates, int horizon, int earliest) {
        double[] sums = new double[horizon + 1];
        double end = AgeBins.begin(horizon);
        for (int bin = earliest; bin < horizon; bin++) {
            double width = AgeBins.width(bin);
            // Outliers end anywhere before the horizon; they bound the pauses where no completion is expected.
            double outliersLeft = OUTLIERS * (1 - AgeBins.middle(bin) / end);
            double hazard =
                    (rates.ends()[bin] + OUTLIERS * width / end) / (rates.observed()[bin] + outliersLeft * width);
            sums[bin + 1] = sums[bin] + Math.sqrt(hazard / 2) * width;
        }
        return sums;
    }

    private static PollPlan cheapest(double[] ends, double[] sums, double aim) {
        double low = SMALLEST_COST;
        double high = LARGEST_COST;
        for (int i = 0; i < HALVINGS; i++) {
            double cost = Math.sqrt(low * high);
            PollPlan plan = new PollPlan(sums, Math.sqrt(cost));
            if (lag(ends, plan::nextWithJitter) <= aim) {
                low = cost;
            } else {
                high = cost;
            }
        }
        return new PollPlan(sums, Math.sqrt(low));
    }

    /** The part of all tasks that ends in each bin. */
    private static double[] ends(double[] hazards) {
        double[] ends = new double[hazards.length];
        double running = 1;
        for (int bin = 0; bin < hazards.length; bin++) {
            ends[bin] = running * -Math.expm1(-hazards[bin] * AgeBins.width(bin));
            running -= ends[bin];
        }
        return ends;
    }

    /** The mean time from a completion to the poll that finds it. */
    private static double lag(double[] ends, DoubleUnaryOperator next) {
        double lag = 0;
        double all = 0;
        double poll = next.applyAsDouble(0);
        for (int bin = 0; bin < ends.length; bin++) {
            double from = AgeBins.begin(bin);
            double to = AgeBins.begin(bin + 1);
            double density = ends[bin] / (to - from);
            while (poll < to) {
                lag += density * (poll - from) * (poll - from) / 2;
                from = poll;
                poll = next.applyAsDouble(poll);
            }
            lag += density * (to - from) * (poll - (from + to) / 2);
            all += ends[bin];
        }
        return all > 0 ? lag / all : 0;
    }

    /** Tells whether the plan covers an age; otherwise too little is known of it. */
    boolean covers(Duration age) {
        return AgeBins.of(CompletionObservation.seconds(age)) < sums.length - 1;
    }

    /** The age of the next poll of a task that was running at an age that is {@link #covers covered}. */
    Duration next(Duration age) {
        return Duration.ofNanos((long) (next(CompletionObservation.seconds(age)) * 1e9));
    }

    private double nextWithJitter(double age) {
        return age + (1 + FixedPollSchedule.JITTER / 2) * (next(age) - age);
    }

    private double next(double age) {
        int bin = AgeBins.of(age);
        int last = sums.length - 2;
        double due = sums[bin] + growth(bin) * (age - AgeBins.begin(bin)) / AgeBins.width(bin) + step;
        while (bin < last && sums[bin + 1] < due) {
            bin++;
        }
        return sums[bin + 1] > due
                ? AgeBins.begin(bin) + AgeBins.width(bin) * (due - sums[bin]) / growth(bin)
                : AgeBins.begin(bin + 1);
    }

    private double growth(int bin) {
        return sums[bin + 1] - sums[bin];
    }
}

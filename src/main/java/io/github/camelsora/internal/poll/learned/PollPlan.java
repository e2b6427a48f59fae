package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import java.time.Duration;
import java.util.function.DoubleUnaryOperator;

/**
 * When to ask for a task of one kind, by its age: a pure function of what is known of such tasks. Where the hazard of an end is
 * <i>h</i>, an interval of &radic;(2<i>c</i>/<i>h</i>) has the least of expected lag plus <i>c</i> for each question, so
 * questions have a density of &radic;(<i>h</i>/2<i>c</i>), and one follows another where the sum of that density has grown by
 * one. The cost <i>c</i> is the largest at which tasks that took as long as those before would be found as soon as by the
 * vendor's advice. Ages are in seconds.
 */
final class PollPlan {
    /** How many tasks like none before are allowed for among those that are known. */
    private static final double STRANGERS = 1.25;

    /** The part of the advice's lag that is aimed at; the rest is for what an estimate misses. */
    private static final double AIM = 0.95;

    private static final int HALVINGS = 24;
    private static final double LARGEST_COST = 1e4;
    private static final double SMALLEST_COST = 1e-5;

    /** The density of questions, summed up to the begin of each bin, at a cost of 1. */
    private final double[] sums;

    /** How far that sum grows from one question to the next. */
    private final double step;

    private PollPlan(double[] sums, double step) {
        this.sums = sums;
        this.step = step;
    }

    /**
     * Plans.
     *
     * @param rates what is known
     * @param initialDelay the first question by the advice
     * @param interval the mean interval by the advice
     */
    static PollPlan of(HazardEstimate rates, Duration initialDelay, Duration interval) {
        double first = CompletionObservation.seconds(initialDelay);
        double pace = CompletionObservation.seconds(interval);
        HazardEstimate smooth = rates.smooth();
        int horizon = Math.min(LogBuckets.COUNT, rates.last() + 1 + (int) Math.ceil(2 * rates.bellWidth()));
        double[] hazards = new double[horizon];
        for (int bin = 0; bin < horizon; bin++) {
            hazards[bin] = smooth.watched()[bin] > 0 ? smooth.ends()[bin] / smooth.watched()[bin] : 0;
        }
        double[] ends = ends(hazards);
        double aim = AIM * lag(ends, age -> age < first ? first : age + pace);
        return cheapest(ends, sums(smooth, horizon, LogBuckets.of(Math.min(first, pace) / 2)), aim);
    }

    private static double[] sums(HazardEstimate rates, int horizon, int earliest) {
        double[] sums = new double[horizon + 1];
        double end = LogBuckets.begin(horizon);
        for (int bin = earliest; bin < horizon; bin++) {
            double width = LogBuckets.width(bin);
            // Strangers end anywhere before the horizon. They keep the pauses where nothing is expected from growing
            // long.
            double strangersLeft = STRANGERS * (1 - LogBuckets.middle(bin) / end);
            double hazard =
                    (rates.ends()[bin] + STRANGERS * width / end) / (rates.watched()[bin] + strangersLeft * width);
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

    /** How many of all tasks end in each bin. */
    private static double[] ends(double[] hazards) {
        double[] ends = new double[hazards.length];
        double running = 1;
        for (int bin = 0; bin < hazards.length; bin++) {
            ends[bin] = running * -Math.expm1(-hazards[bin] * LogBuckets.width(bin));
            running -= ends[bin];
        }
        return ends;
    }

    /** How long tasks have ended, in the mean, before they are asked for. */
    private static double lag(double[] ends, DoubleUnaryOperator next) {
        double lag = 0;
        double all = 0;
        double asked = next.applyAsDouble(0);
        for (int bin = 0; bin < ends.length; bin++) {
            double from = LogBuckets.begin(bin);
            double to = LogBuckets.begin(bin + 1);
            double density = ends[bin] / (to - from);
            while (asked < to) {
                lag += density * (asked - from) * (asked - from) / 2;
                from = asked;
                asked = next.applyAsDouble(asked);
            }
            lag += density * (to - from) * (asked - (from + to) / 2);
            all += ends[bin];
        }
        return all > 0 ? lag / all : 0;
    }

    /** Tells whether tasks of this age are known; else there is nothing to plan by. */
    boolean covers(Duration age) {
        return LogBuckets.of(CompletionObservation.seconds(age)) < sums.length - 1;
    }

    /** The age at which to ask for a task that was running at an age that is {@link #covers covered}. */
    Duration next(Duration age) {
        return Duration.ofNanos((long) (next(CompletionObservation.seconds(age)) * 1e9));
    }

    private double nextWithJitter(double age) {
        return age + (1 + FixedPollSchedule.JITTER / 2) * (next(age) - age);
    }

    private double next(double age) {
        int bin = LogBuckets.of(age);
        int last = sums.length - 2;
        double due = sums[bin] + growth(bin) * (age - LogBuckets.begin(bin)) / LogBuckets.width(bin) + step;
        while (bin < last && sums[bin + 1] < due) {
            bin++;
        }
        return sums[bin + 1] > due
                ? LogBuckets.begin(bin) + LogBuckets.width(bin) * (due - sums[bin]) / growth(bin)
                : LogBuckets.begin(bin + 1);
    }

    private double growth(int bin) {
        return sums[bin + 1] - sums[bin];
    }
}

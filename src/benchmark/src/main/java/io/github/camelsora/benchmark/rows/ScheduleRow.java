package io.github.camelsora.benchmark.rows;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.learned.LearnedPollSchedule;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What asking costs, by the schedule that learns and by the vendor's advice: the questions for a task, and how long its end
 * was not seen. The same tasks for both, in simulated time.
 */
public final class ScheduleRow implements Row {
    /** Tasks, and the most polls that the design allows for one; NaN where it only asks for fewer than the vendor's advice. */
    private record Case(TaskDurations durations, double mostGets) {}

    private static final List<Case> CASES = Stream.of(
                    new Case(TaskDurations.FIVE_MINUTES, 10),
                    new Case(TaskDurations.WIDE, 11),
                    new Case(TaskDurations.ONE_MINUTE, Double.NaN))
            .flatMap(one -> Stream.of(one, new Case(one.durations().lookedAtEach15Seconds(), one.mostGets())))
            .toList();

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public List<Figure> measure(Effort effort) {
        List<Figure> figures = new ArrayList<>();
        for (Case one : CASES) {
            figures.add(measure(one, effort));
        }
        return figures;
    }

    /** The mean of questions and the mean of lags. */
    private record Cost(double gets, double lag) {
        @Override
        public String toString() {
            return Figure.text("%.1f GETs, %.2f s", gets, lag);
        }
    }

    private static Figure measure(Case one, Effort effort) {
        Cost advice = cost(one.durations(), effort, ScheduleRow::advice);
        Cost learned = cost(one.durations(), effort, ScheduleRow::learned);
        double mostGets = Double.isNaN(one.mostGets()) ? advice.gets() : one.mostGets();
        return Figure.of(
                "polls of tasks of " + one.durations().name() + ": GETs, mean lag",
                Figure.text("at most %.0f GETs, no more lag", mostGets),
                learned + "; by the vendor's advice " + advice,
                learned.gets() <= mostGets && learned.lag() <= advice.lag());
    }

    /** Makes a schedule with a seed for its jitter. */
    private interface Maker {
        PollSchedule make(long seed);
    }

    private static Cost cost(TaskDurations durations, Effort effort, Maker maker) {
        Numbers gets = new Numbers();
        Numbers lags = new Numbers();
        for (int i = 0; i < effort.of(20, 2); i++) {
            long seed = effort.seed() * 1_000 + i;
            SimulatedPolling.run(maker.make(seed), durations, effort.of(650, 250), seed, gets, lags);
        }
        return new Cost(gets.mean(), lags.mean());
    }

    private static FixedPollSchedule advice(long seed) {
        return new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), new Random(seed));
    }

    private static PollSchedule learned(long seed) {
        return new LearnedPollSchedule(advice(seed), new DurationHistory());
    }
}

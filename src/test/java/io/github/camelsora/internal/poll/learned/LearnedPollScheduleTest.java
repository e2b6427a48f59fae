package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.poll.learned.ScheduleSimulation.Outcome;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedPollScheduleTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    private static final int SEEDS = 16;
    /** Those that were submitted before the first of their kind has ended are asked for by the advice, as nothing is known. */
    private static final int FIRST_THAT_COUNTS = 100;

    private static final int TASKS = 300;

    /** How durations are distributed. */
    private enum Shape {
        LOG_NORMAL,
        NORMAL,
        UNIFORM,
        EXPONENTIAL,
        PARETO;

        double next(Random random, double typical, double spread) {
            return switch (this) {
                case LOG_NORMAL -> typical * Math.exp(spread * random.nextGaussian());
                case NORMAL -> Math.max(1, typical * (1 + spread * random.nextGaussian()));
                case UNIFORM -> typical * (1 + spread * (2 * random.nextDouble() - 1));
                case EXPONENTIAL -> -typical * Math.log(1 - random.nextDouble());
                case PARETO -> Math.min(3_600, typical * Math.pow(1 - random.nextDouble(), -spread));
            };
        }
    }

    /** Durations, seen only when the service looks, if it looks now and then. */
    private static IntToDoubleFunction durations(Shape shape, double typical, double spread, double look, long seed) {
        Random random = new Random(seed);
        double[] durations = IntStream.range(0, TASKS)
                .mapToDouble(i -> shape.next(random, typical, spread))
                .map(duration -> look > 0 ? Math.ceil(duration / look) * look : duration)
                .toArray();
        return i -> durations[i];
    }

    @ParameterizedTest(name = "{0} {1} s, spread {2}, polled every {3} s, has times: {4}")
    @CsvSource({
        "LOG_NORMAL,  300, 0.10,  0, true,   7.5",
        "LOG_NORMAL,  300, 0.10,  0, false,  8",
        "LOG_NORMAL,  300, 0.10, 15, true,   7.5",
        "LOG_NORMAL,  300, 0.15,  0, true,  10",
        "LOG_NORMAL,  300, 0.15,  0, false, 10.3",
        "NORMAL,      300, 0.05,  0, true,   5",
        "LOG_NORMAL,  150, 0.40,  0, true,  11",
        "LOG_NORMAL,  150, 0.40,  0, false, 11.4",
        "LOG_NORMAL,  150, 0.40, 15, true,  10",
        "NORMAL,      150, 0.30,  0, true,   9.5",
        "UNIFORM,     150, 0.60,  0, true,   9.5",
        "LOG_NORMAL,   60, 0.25,  0, true,   3.5",
        "LOG_NORMAL,   60, 0.25,  0, false,  4",
        "LOG_NORMAL,   60, 0.25, 15, true,   3",
        "EXPONENTIAL, 150, 0.00,  0, true,  17",
        "PARETO,       60, 0.50,  0, true,   8"
    })
    void completionsAreFoundAsSoonAsByTheFixedScheduleWithFewerPolls(
            Shape shape, double typical, double spread, double look, boolean tellsTimes, double mostGets) {
        double gets = 0;
        double lag = 0;
        double lagOfAdvice = 0;

        for (int seed = 0; seed < SEEDS; seed++) {
            IntToDoubleFunction durations = durations(shape, typical, spread, look, seed);
            Outcome learned = run(ScheduleSimulation.learned(seed), durations, tellsTimes, seed);
            Outcome advice = run(ScheduleSimulation.advice(seed), durations, tellsTimes, seed);
            gets += learned.gets() / SEEDS;
            lag += learned.lag() / SEEDS;
            lagOfAdvice += advice.lag() / SEEDS;
        }

        assertThat(gets).isLessThanOrEqualTo(mostGets);
        assertThat(lag).isLessThanOrEqualTo(lagOfAdvice);
    }

    private static Outcome run(PollSchedule schedule, IntToDoubleFunction durations, boolean tellsTimes, long seed) {
        return ScheduleSimulation.run(schedule, durations, tellsTimes, FIRST_THAT_COUNTS, TASKS, seed);
    }

    @ParameterizedTest(name = "{0} times as long")
    @CsvSource({"0.5, 10", "2, 40"})
    void aShiftIsNoticedWithinTensOfTasks(double factor, double mostGets) {
        double gets = 0;
        double lag = 0;
        double lagOfAdvice = 0;

        for (int seed = 0; seed < SEEDS; seed++) {
            IntToDoubleFunction before = durations(Shape.LOG_NORMAL, 300, 0.1, 0, seed);
            IntToDoubleFunction durations = i -> before.applyAsDouble(i) * (i < 200 ? 1 : factor);
            // About as many are under way when the first of them has ended as are left out here.
            Outcome learned = ScheduleSimulation.run(ScheduleSimulation.learned(seed), durations, true, 270, 300, seed);
            Outcome advice = ScheduleSimulation.run(ScheduleSimulation.advice(seed), durations, true, 270, 300, seed);
            gets += learned.gets() / SEEDS;
            lag += learned.lag() / SEEDS;
            lagOfAdvice += advice.lag() / SEEDS;
        }

        assertThat(gets).isLessThanOrEqualTo(mostGets);
        assertThat(lag).isLessThanOrEqualTo(1.1 * lagOfAdvice);
    }

    @Test
    void untilAFewTasksHaveEndedTheFixedScheduleIsUsed() {
        IntToDoubleFunction durations = durations(Shape.LOG_NORMAL, 300, 0.1, 0, 1);

        Outcome learned = ScheduleSimulation.run(
                ScheduleSimulation.learned(1), durations, true, 0, DurationHistory.FEWEST_ENDS, 1);

        assertThat(learned)
                .isEqualTo(ScheduleSimulation.run(
                        ScheduleSimulation.advice(1), durations, true, 0, DurationHistory.FEWEST_ENDS, 1));
    }

    @Test
    void forAnUnknownProfileTheFixedScheduleIsUsed() {
        FixedPollSchedule advice = new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), () -> 0);
        LearnedPollSchedule schedule = new LearnedPollSchedule(advice, new DurationHistory());
        PolledTask foreign = new PolledTask(null, NOON);
        PolledTask first = new PolledTask(new TaskProfile("https://toapis.com", "remix", "sora-2", null), NOON);

        assertThat(schedule.first(foreign, NOON)).isEqualTo(NOON.plusSeconds(5));
        assertThat(schedule.next(foreign, NOON)).isEqualTo(NOON.plusSeconds(10));
        assertThat(schedule.first(first, NOON)).isEqualTo(NOON.plusSeconds(5));
        assertThat(schedule.next(first, NOON)).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void failuresSlowItDownLikeTheFixedSchedule() {
        FixedPollSchedule advice = new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), () -> 0);
        LearnedPollSchedule schedule = new LearnedPollSchedule(advice, new DurationHistory());

        Instant again = schedule.afterFailure(NOON, 3, Duration.ofSeconds(90));

        assertThat(again).isEqualTo(NOON.plusSeconds(90));
        assertThat(schedule.afterFailure(NOON, 3, null)).isEqualTo(NOON.plusSeconds(40));
    }
}

package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much longer tasks run, by what was learned from durations of a known distribution. */
class RemainingTimeTest {
    private static final int TASKS = 400;

    private enum Distribution {
        /** 100 to 200 s, each as likely. */
        UNIFORM(part -> 100 + 100 * part),
        /** 150 s in the mean, and as long again at any age. */
        EXPONENTIAL(part -> -150 * Math.log(1 - part)),
        /** At least 300 s, and any factor more with a probability of one by its square. */
        PARETO(part -> 300 / Math.sqrt(1 - part)),
        /** Three tasks in ten end after 60 s, the others after 300 s. */
        TWO_KINDS(part -> part < 0.3 ? 60 : 300);

        private final DoubleUnaryOperator quantile;

        Distribution(DoubleUnaryOperator quantile) {
            this.quantile = quantile;
        }

        /** The learned statistic of tasks that have ended at evenly spread quantiles. */
        RemainingTime learned() {
            CompletionCounts counts = new CompletionCounts();
            // 149 and 400 have no common divisor, so each quantile comes once, and neighbours far apart.
            IntStream.range(0, TASKS)
                    .map(i -> 149 * i % TASKS)
                    .mapToDouble(i -> quantile.applyAsDouble((i + 0.5) / TASKS))
                    .forEach(end -> counts.ended(0, end - 0.5, end + 0.5));
            return RemainingTime.of(counts.rates());
        }
    }

    @ParameterizedTest(name = "{0} at {1} s: {2} s")
    @CsvSource({
        "UNIFORM, 0, 150, 8",
        "UNIFORM, 60, 90, 8",
        "UNIFORM, 120, 40, 8",
        "UNIFORM, 160, 20, 6",
        "EXPONENTIAL, 0, 104, 15",
        "EXPONENTIAL, 104, 104, 25",
        "EXPONENTIAL, 200, 104, 40",
        "PARETO, 0, 424, 30",
        "PARETO, 400, 166, 30",
        "TWO_KINDS, 0, 300, 8",
        "TWO_KINDS, 100, 200, 8",
        "TWO_KINDS, 250, 50, 8"
    })
    void itIsTheMedianOfTheTasksThatHaveRunForAsLong(
            Distribution distribution, double age, double remaining, double tolerance) {
        assertThat(seconds(distribution.learned(), age)).isEqualTo(remaining, within(tolerance));
    }

    @ParameterizedTest
    @EnumSource
    void theExpectedEndMovesOnAndIsNeverInThePast(Distribution distribution) {
        RemainingTime remaining = distribution.learned();
        double end = 0;

        for (double age = 0; age < 10_000; age += 0.5 + age / 100) {
            double left = seconds(remaining, age);
            assertThat(left).as("left at %s s", age).isNotNegative();
            assertThat(age + left).as("end expected at %s s", age).isGreaterThanOrEqualTo(end - 1e-6);
            end = age + left;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {DurationHistory.FEWEST_ENDS, 20, 200})
    void aTaskThatIsOverdueIsExpectedToBeLateByAsMuchAgain(int tasks) {
        RemainingTime remaining = sameEnds(tasks);

        assertThat(seconds(remaining, 330)).isEqualTo(30, within(3.0));
        assertThat(seconds(remaining, 600)).isEqualTo(300, within(6.0));
        assertThat(seconds(remaining, 3_600)).isEqualTo(3_300, within(6.0));
    }

    @Test
    void nothingIsExpectedBeyondAWeek() {
        RemainingTime remaining = sameEnds(20);

        assertThat(remaining.after(Duration.ofDays(3))).isPresent();
        assertThat(remaining.after(Duration.ofDays(5))).isEmpty();
        assertThat(remaining.after(Duration.ofDays(50))).isEmpty();
    }

    @Test
    void anAgeBelowZeroCountsAsZero() {
        RemainingTime remaining = sameEnds(20);

        assertThat(remaining.after(Duration.ofSeconds(-60))).isEqualTo(remaining.after(Duration.ZERO));
    }

    @Test
    void oneThatTookFarLongerDoesNotMoveTheOthers() {
        CompletionCounts counts = new CompletionCounts();
        counts.ended(0, 3_599, 3_601);
        IntStream.range(0, 20).forEach(i -> counts.ended(0, 299, 301));
        RemainingTime remaining = RemainingTime.of(counts.rates());

        assertThat(seconds(remaining, 0)).isEqualTo(300, within(3.0));
        assertThat(seconds(remaining, 290)).isEqualTo(10, within(3.0));
    }

    @ParameterizedTest(name = "{0} tasks ago")
    @CsvSource({"20, 500", "400, 120"})
    void oneThatTookFarLongerSaysLittleAboutATaskThatIsLate(int tasksAgo, double most) {
        CompletionCounts counts = new CompletionCounts();
        counts.ended(0, 3_599, 3_601);
        IntStream.range(0, tasksAgo).forEach(i -> counts.ended(0, 299, 301));

        assertThat(seconds(RemainingTime.of(counts.rates()), 400)).isBetween(90.0, most);
    }

    @Test
    void tasksThatStillRunCountToo() {
        CompletionCounts counts = new CompletionCounts();
        IntStream.range(0, 100).forEach(i -> counts.running(0, 60));
        IntStream.range(0, 10).forEach(i -> counts.ended(0, 9, 11));

        assertThat(seconds(RemainingTime.of(counts.rates()), 0)).isGreaterThan(60);
    }

    private static RemainingTime sameEnds(int tasks) {
        CompletionCounts counts = new CompletionCounts();
        IntStream.range(0, tasks).forEach(i -> counts.ended(0, 299, 301));
        return RemainingTime.of(counts.rates());
    }

    private static double seconds(RemainingTime remaining, double age) {
        return CompletionObservation.seconds(
                remaining.after(Duration.ofNanos((long) (age * 1e9))).orElseThrow());
    }
}

package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollPlanTest {
    private static final Duration INITIAL_DELAY = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMillis(10_500);

    @Test
    void theSameStatisticsGiveTheSamePlan() {
        CompletionRates rates = around(300, 15).rates();

        PollPlan one = plan(rates);
        PollPlan other = plan(rates);

        assertThat(one.next(Duration.ZERO)).isEqualTo(other.next(Duration.ZERO));
        assertThat(one.next(Duration.ofSeconds(290))).isEqualTo(other.next(Duration.ofSeconds(290)));
    }

    @Test
    void pollsAreRareWhereNoCompletionIsLikelyAndFrequentWhereOneIs() {
        PollPlan plan = plan(around(300, 15).rates());

        Duration early = plan.next(Duration.ZERO);
        Duration late = plan.next(Duration.ofSeconds(300)).minusSeconds(300);

        assertThat(early).isGreaterThan(Duration.ofSeconds(60));
        assertThat(late).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void theNextPollIsAlwaysLater() {
        PollPlan plan = plan(around(60, 20).rates());

        assertThat(IntStream.range(0, 100_000)
                        .mapToObj(Duration::ofMillis)
                        .filter(plan::covers)
                        .filter(age -> plan.next(age).compareTo(age) <= 0))
                .isEmpty();
    }

    @Test
    void tasksThatRunForLongerThanAnyKnownOneAreNotPlanned() {
        PollPlan plan = plan(around(60, 5).rates());

        assertThat(plan.covers(Duration.ofSeconds(60))).isTrue();
        assertThat(plan.covers(Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void runningTasksCountAsLongDurations() {
        CompletionCounts counts = new CompletionCounts();
        IntStream.range(0, 8).forEach(i -> counts.ended(0, 58 + i, 59 + i));
        CompletionRates firstToEnd = counts.rates();
        IntStream.range(0, 100).forEach(i -> counts.running(0, 100));

        double hazardOfAll = hazardAt(60, counts.rates());

        assertThat(hazardOfAll).isLessThan(hazardAt(60, firstToEnd) / 10);
    }

    @Test
    void aCompletionThatWasFoundLateIsCountedWhereOthersEnded() {
        CompletionCounts counts = new CompletionCounts();
        IntStream.range(0, 20).forEach(i -> counts.ended(0, 59, 61));
        double before = endsBetween(59, 61, counts.rates());
        counts.ended(0, 20, 120);

        double after = endsBetween(59, 61, counts.rates());

        assertThat(after - before * Math.pow(2, -1.0 / CompletionCounts.HALF_LIFE))
                .isBetween(0.75, 0.95);
    }

    @Test
    void oldObservationsFadeOut() {
        CompletionCounts counts = new CompletionCounts();
        IntStream.range(0, 500).forEach(i -> counts.ended(0, 299, 300));
        IntStream.range(0, 500).forEach(i -> counts.ended(0, 59, 60));

        CompletionRates rates = counts.rates();

        assertThat(rates.last()).isLessThanOrEqualTo(AgeBins.of(299.5));
        assertThat(rates.ends()[AgeBins.of(299.5)]).isLessThan(rates.ends()[AgeBins.of(59.5)] / 100);
    }

    @Test
    void countsDoNotGrowWithoutBound() {
        CompletionCounts counts = new CompletionCounts();

        IntStream.range(0, 100_000).forEach(i -> counts.ended(0, 59, 60));

        assertThat(counts.rates().total()).isBetween(60.0, 80.0);
    }

    private static double endsBetween(double from, double to, CompletionRates rates) {
        return IntStream.rangeClosed(AgeBins.of(from), AgeBins.of(to))
                .mapToDouble(bin -> rates.ends()[bin])
                .sum();
    }

    private static double hazardAt(int age, CompletionRates rates) {
        int bin = AgeBins.of(age);
        return rates.ends()[bin] / rates.observed()[bin];
    }

    private static CompletionCounts around(double mean, double spread) {
        Random random = new Random(42);
        CompletionCounts counts = new CompletionCounts();
        for (int i = 0; i < 100; i++) {
            double end = mean + spread * random.nextGaussian();
            counts.ended(0, end - 0.5, end + 0.5);
        }
        return counts;
    }

    private static PollPlan plan(CompletionRates rates) {
        return PollPlan.of(rates, INITIAL_DELAY, INTERVAL);
    }
}

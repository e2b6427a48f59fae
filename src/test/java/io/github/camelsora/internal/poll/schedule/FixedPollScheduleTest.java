package io.github.camelsora.internal.poll.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPollScheduleTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final RandomGenerator NO_JITTER = () -> 0;
    private static final RandomGenerator MOST_JITTER = () -> -1;

    @Test
    void theFirstPollIsAfterTheInitialDelay() {
        Instant first = schedule(NO_JITTER).first(null, NOON);

        assertThat(first).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void theNextPollIsAfterTheInterval() {
        Instant next = schedule(NO_JITTER).next(null, NOON);

        assertThat(next).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void jitterAddsUpToATenthOfTheInterval() {
        Instant next = schedule(MOST_JITTER).next(null, NOON);

        assertThat(next).isBetween(NOON.plusMillis(10_990), NOON.plusMillis(11_000));
    }

    @Test
    void jitterStaysWithinTheVendorsAdvice() {
        FixedPollSchedule schedule = schedule(new Random(42));

        Stream<Instant> polls = IntStream.range(0, 1_000).mapToObj(i -> schedule.next(null, NOON));

        assertThat(polls).allMatch(next -> !next.isBefore(NOON.plusSeconds(10)) && !next.isAfter(NOON.plusSeconds(11)));
    }

    @Test
    void tasksThatWereSubmittedTogetherAreNotPolledTogether() {
        FixedPollSchedule schedule = schedule(new Random(42));

        Stream<Instant> polls = IntStream.range(0, 100).mapToObj(i -> schedule.next(null, NOON));

        assertThat(polls.distinct()).hasSizeGreaterThan(80);
    }

    @Test
    void theFirstFailureDoesNotSlowPollsDown() {
        Instant next = schedule(NO_JITTER).afterFailure(NOON, 1, null);

        assertThat(next).isEqualTo(NOON.plus(INTERVAL));
    }

    @Test
    void eachFurtherFailureSlowsPollsDown() {
        List<Duration> pauses = pauses(3, null);

        assertThat(pauses).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40));
    }

    @Test
    void afterManyFailuresATaskIsStillPolledOnceAMinute() {
        List<Duration> pauses = pauses(100_000, null);

        assertThat(pauses.subList(3, pauses.size())).containsOnly(Duration.ofMinutes(1));
    }

    @Test
    void failuresNeverMakePollsMoreFrequent() {
        FixedPollSchedule slow = new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofMinutes(5), NO_JITTER);

        Instant next = slow.afterFailure(NOON, 20, null);

        assertThat(next).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aLongerRetryAfterIsHonoured() {
        Instant next = schedule(NO_JITTER).afterFailure(NOON, 1, Duration.ofSeconds(90));

        assertThat(next).isEqualTo(NOON.plusSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(longs = {121, 3_600, 30_000, 86_400, 31_557_600_000_000_000L})
    void noRetryAfterStopsPollsForMoreThanTwoMinutes(long seconds) {
        FixedPollSchedule schedule = schedule(new Random(42));

        Stream<Instant> polls =
                IntStream.range(0, 100).mapToObj(i -> schedule.afterFailure(NOON, 1, Duration.ofSeconds(seconds)));

        assertThat(polls).containsOnly(NOON.plusSeconds(120));
    }

    @Test
    void noPollIsSentBeforeRetryAfterIsOver() {
        FixedPollSchedule schedule = schedule(new Random(42));

        Stream<Instant> polls =
                IntStream.range(0, 100).mapToObj(i -> schedule.afterFailure(NOON, 1, Duration.ofSeconds(90)));

        assertThat(polls).noneMatch(next -> next.isBefore(NOON.plusSeconds(90)));
    }

    @Test
    void aShorterRetryAfterDoesNotMakePollsMoreFrequent() {
        Instant next = schedule(NO_JITTER).afterFailure(NOON, 3, Duration.ofSeconds(1));

        assertThat(next).isEqualTo(NOON.plusSeconds(40));
    }

    private static List<Duration> pauses(int failures, Duration retryAfter) {
        FixedPollSchedule schedule = schedule(NO_JITTER);
        return IntStream.rangeClosed(1, failures)
                .mapToObj(n -> Duration.between(NOON, schedule.afterFailure(NOON, n, retryAfter)))
                .toList();
    }

    private static FixedPollSchedule schedule(RandomGenerator random) {
        return new FixedPollSchedule(Duration.ofSeconds(5), INTERVAL, random);
    }
}

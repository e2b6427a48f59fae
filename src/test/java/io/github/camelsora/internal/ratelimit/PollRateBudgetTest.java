package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelsora.internal.ratelimit.PollRateBudget.Reservation;
import io.github.camelsora.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polls that want more than the bucket gives, on a clock that the test moves. */
class PollRateBudgetTest {
    private final ManualTime time = new ManualTime();
    private final AccountRateLimiter account = time.rateLimiters().of("default", "https://toapis.test");
    private final Map<Duration, Integer> polls = new HashMap<>();

    @BeforeEach
    void allowTenASecond() {
        account.setLimits(new RateLimits(RateLimit.UNLIMITED, new RateLimit(10, 10)));
    }

    private void follow(Duration interval, Reservation earlier) {
        earlier.release();
        Reservation reservation = account.reservePoll(interval);
        Instant due = time.instant().plus(reservation.pause());
        time.timers().schedule(due, () -> account.queries()
                .acquire(QueryLane.POLLS, PollPriority.order(due, due.plus(Duration.ofMinutes(5))), () -> {
                    polls.merge(interval, 1, Integer::sum);
                    follow(interval, reservation);
                }));
    }

    @Test
    void allIntervalsAreStretchedAlike() {
        Duration often = Duration.ofSeconds(5);
        Duration seldom = Duration.ofSeconds(20);
        IntStream.range(0, 200).forEach(i -> {
            follow(often, Reservation.NONE);
            follow(seldom, Reservation.NONE);
        });
        time.advance(Duration.ofMinutes(5));
        polls.clear();

        time.advance(Duration.ofMinutes(30));

        assertThat((double) polls.get(often) / polls.get(seldom)).isCloseTo(4.0, within(0.4));
    }

    @Test
    void aPollWithinTheBudgetIsNotDelayed() {
        assertThat(account.reservePoll(Duration.ofSeconds(10)).pause()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void releasedReservationsDelayNoPoll() {
        IntStream.range(0, 1_000)
                .mapToObj(i -> account.reservePoll(Duration.ofSeconds(1)))
                .toList()
                .forEach(Reservation::release);

        assertThat(account.reservePoll(Duration.ofSeconds(10)).pause()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void nineTenthsOfTheRateAreForPolls() {
        Duration interval = Duration.ofSeconds(10);
        List<Duration> pauses = IntStream.range(0, 180)
                .mapToObj(i -> account.reservePoll(interval).pause())
                .toList();

        assertThat(pauses.subList(0, 90)).containsOnly(interval);
        assertThat(pauses.get(179)).isCloseTo(Duration.ofSeconds(20), Duration.ofMillis(1));
    }

    @Test
    void intervalsOfLessThanASecondStretchToo() {
        account.setLimits(new RateLimits(RateLimit.UNLIMITED, new RateLimit(1, 1)));

        Duration pause = account.reservePoll(Duration.ofMillis(100)).pause();

        // Ten a second are wanted, and 0.9 a second allowed.
        assertThat(pause).isCloseTo(Duration.ofNanos(1_111_111_111), Duration.ofMillis(1));
    }

    @Test
    void aPollAtOnceSaysNothingAboutHowOften() {
        IntStream.range(0, 1_000).forEach(i -> account.reservePoll(Duration.ZERO));
        PollRateBudget.Reservation atOnce = account.reservePoll(Duration.ofSeconds(-1));

        assertThat(atOnce.pause()).isEqualTo(Duration.ZERO);
        assertThat(account.reservePoll(Duration.ofSeconds(10)).pause()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anIntervalBeyondAllMeasureStaysAsItIs() {
        IntStream.range(0, 1_000).forEach(i -> account.reservePoll(Duration.ofSeconds(1)));
        Duration interval = Duration.ofSeconds(Long.MAX_VALUE);

        assertThat(account.reservePoll(interval).pause()).isEqualTo(interval);
    }

    @Test
    void aPollEndsOnce() {
        PollRateBudget.Reservation ended = account.reservePoll(Duration.ofSeconds(10));
        IntStream.range(0, 180).forEach(i -> account.reservePoll(Duration.ofSeconds(10)));
        IntStream.range(0, 100).forEach(i -> ended.release());

        Duration pause = account.reservePoll(Duration.ofSeconds(10)).pause();

        assertThat(pause).isCloseTo(Duration.ofMillis(20_111), Duration.ofMillis(1));
    }

    @Test
    void aQueryOfARouteDoesNotWaitBehindTenThousandPolls() {
        Instant due = time.instant();
        IntStream.range(0, 10_000).forEach(i -> account.queries()
                .acquire(QueryLane.POLLS, PollPriority.order(due, due.plusSeconds(60)), () -> {}));
        time.advance(Duration.ofSeconds(5));
        Instant[] answered = {null};

        account.queries().acquire(QueryLane.ROUTES, 0, () -> answered[0] = time.instant());
        Instant asked = time.instant();
        time.advance(Duration.ofSeconds(5));

        assertThat(answered[0]).isBetween(asked, asked.plusMillis(200));
    }

    @Test
    void pollsDoNotWaitForEverBehindTheQueriesOfRoutes() {
        Instant due = time.instant();
        IntStream.range(0, 10_000).forEach(i -> account.queries().acquire(QueryLane.ROUTES, i, () -> {}));
        Instant[] polled = {null};

        account.queries()
                .acquire(
                        QueryLane.POLLS,
                        PollPriority.order(due, due.plusSeconds(60)),
                        () -> polled[0] = time.instant());
        time.advance(Duration.ofSeconds(5));

        assertThat(polled[0]).isNotNull();
    }

    @Test
    void ofDuePollsTheOneNearestToItsDeadlineComesFirst() {
        Instant due = time.instant();

        assertThat(PollPriority.order(due, due.plusSeconds(10)))
                .isLessThan(PollPriority.order(due, due.plusSeconds(60)));
        assertThat(PollPriority.order(due, due.plusSeconds(60)))
                .isLessThan(PollPriority.order(due, due.plusSeconds(600)));
    }

    @Test
    void aTaskWithMuchTimeIsPolledHoweverManyAreNearTheirDeadlines() {
        Instant due = time.instant();
        Instant nearDeadline = due.plus(Duration.ofMinutes(5));

        assertThat(PollPriority.order(due, due.plus(Duration.ofDays(1))))
                .isLessThan(PollPriority.order(nearDeadline, nearDeadline.plusSeconds(1)));
    }
}

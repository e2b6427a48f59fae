package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateGroup;
import io.github.camelsora.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls start when, on a clock that the test moves. */
class RateLimiterTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final AccountRateLimiter account = time.rateLimiters().of("default", "https://toapis.test");
    private final List<String> started = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    private PermitRequest acquire(String lane, long order, String name) {
        return account.submits().acquire(lane, order, () -> {
            started.add(name);
            times.add(time.instant());
        });
    }

    private void acquireMany(int count) {
        IntStream.range(0, count).forEach(i -> acquire("", account.submits().nextOrder(), "" + i));
    }

    private void setLimits(double perSecond, long burst) {
        account.setLimits(new RateLimits(new RateLimit(perSecond, burst), RateLimit.UNLIMITED));
    }

    /** The most that started within a time that begins anywhere. */
    private long mostWithin(Duration window) {
        return times.stream()
                .mapToLong(from -> times.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(window)))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void aThousandSubmitsTakeAsLongAsTheDefaultBucketNeeds() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        acquireMany(1_000);
        time.advance(Duration.ofMinutes(5));

        assertThat(started).hasSize(1_000);
        Duration taken = Duration.between(times.get(0), times.get(999));
        assertThat(taken).isBetween(Duration.ofSeconds(190), Duration.ofSeconds(196));
    }

    @Test
    void itsStateSaysWhatWaitsAndUntilWhenTheServiceHasAskedToWait() {
        setLimits(2, 1);
        acquireMany(3);
        RateLimiterState before = account.submits().state();

        account.submits().pause(0, Duration.ofMinutes(1), Duration.ZERO);

        assertThat(before.rate()).isEqualTo(new RateLimit(2, 1));
        assertThat(before.queued()).isEqualTo(2);
        assertThat(before.inFlight()).isEqualTo(1);
        assertThat(before.isHeld()).isFalse();
        assertThat(before.pausedUntil()).isEmpty();
        Instant end = time.instant().plus(Duration.ofMinutes(1));
        assertThat(account.submits().state().pausedUntil()).contains(end);
        time.advance(Duration.ofMinutes(2));
        assertThat(account.submits().state().pausedUntil()).isEmpty();
        assertThat(account.submits().state().queued()).isZero();
    }

    @Test
    void callsStartInTheirOrder() {
        setLimits(2, 1);

        acquireMany(50);
        time.advance(Duration.ofMinutes(1));

        assertThat(started)
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "" + i).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {20440074272036L, 7, 4711, 99})
    void noWindowHoldsMoreCallsThanTheBucketAllows(long seed) {
        Random random = new Random(seed);
        double perSecond = 0.5 + 20 * random.nextDouble();
        long burst = 1 + random.nextInt(60);
        setLimits(perSecond, burst);

        for (int i = 0; i < 40; i++) {
            acquireMany(random.nextInt(30));
            time.advance(Duration.ofMillis(random.nextInt(4_000)));
        }

        for (Duration window : List.of(Duration.ofMillis(100), Duration.ofSeconds(1), WINDOW)) {
            double most = burst + perSecond * window.toMillis() / 1_000.0;
            assertThat(mostWithin(window)).isLessThanOrEqualTo((long) Math.ceil(most));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RateGroup.class,
            names = {"DEFAULT", "VIP", "SVIP"})
    void afterA429TheLimitsHoldUnderBothReadingsOfABurst(RateGroup group) {
        account.setLimits(RateLimits.of(group));
        account.onTooManyRequests(account.submits(), 0, null);

        acquireMany(1_000);
        time.advance(Duration.ofMinutes(5));

        assertThat(started).hasSize(1_000);
        assertThat(mostWithin(WINDOW))
                .isLessThanOrEqualTo(RateLimits.of(group).submits().burst());
    }

    @Test
    void aFirst429PausesUntilTheWindowIsOver() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        account.onTooManyRequests(account.submits(), 0, Duration.ofSeconds(1));
        Instant rejectedAt = time.instant();
        acquireMany(1);
        time.advance(Duration.ofMinutes(1));

        assertThat(times.get(0)).isEqualTo(rejectedAt.plus(WINDOW));
    }

    @Test
    void a429OfQueriesDoesNotPauseSubmits() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        account.onTooManyRequests(account.queries(), 0, Duration.ofSeconds(60));
        acquireMany(1);
        time.runQueued();

        assertThat(started).hasSize(1);
    }

    @Test
    void rejectionsOfCallsInFlightTogetherCountAsOne() {
        RateLimiter limiter = account.submits();
        long countBefore = limiter.pauseCount();

        IntStream.range(0, 20).forEach(i -> account.onTooManyRequests(limiter, countBefore, null));

        assertThat(limiter.pausedUntil()).isEqualTo(time.instant().plusSeconds(1));
    }

    @Test
    void anAbsurdRetryAfterIsIgnored() {
        account.onTooManyRequests(account.submits(), 0, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(account.submits().pausedUntil()).isEqualTo(time.instant().plusSeconds(1));
    }

    @Test
    void queriesArePausedForTwoMinutesAtMost() {
        account.onTooManyRequests(account.queries(), 0, Duration.ofHours(1));

        assertThat(account.queries().pausedUntil()).isEqualTo(time.instant().plus(Duration.ofMinutes(2)));
    }

    @Test
    void tenantsTakeTurns() {
        setLimits(1, 1);

        IntStream.range(0, 100).forEach(i -> acquire("big", account.submits().nextOrder(), "big"));
        acquire("small", account.submits().nextOrder(), "small");
        acquire("small", account.submits().nextOrder(), "small");
        time.advance(Duration.ofSeconds(6));

        assertThat(started.subList(0, 6)).filteredOn("small"::equals).hasSize(2);
    }

    @Test
    void aCallThatIsQueuedAgainKeepsItsPlace() {
        setLimits(1, 1);
        long first = account.submits().nextOrder();
        acquireMany(3);

        acquire("", first, "queued again");
        time.advance(Duration.ofSeconds(10));

        assertThat(started).containsSubsequence("queued again", "1", "2");
    }

    @Test
    void aCancelledCallUsesNoToken() {
        setLimits(1, 1);
        acquireMany(1);
        PermitRequest request = acquire("", account.submits().nextOrder(), "cancelled");
        acquire("", account.submits().nextOrder(), "next");

        assertThat(request.cancel()).isTrue();
        time.advance(Duration.ofSeconds(1));

        assertThat(started).containsExactly("0", "next");
    }

    @Test
    void aCallWithoutAPermitByItsDeadlineTimesOut() {
        setLimits(0.001, 1);
        acquireMany(1);
        List<Instant> timedOut = new ArrayList<>();
        Instant deadline = time.instant().plusSeconds(30);

        account.submits().acquire("", 1, () -> started.add("late"), deadline, () -> timedOut.add(time.instant()));
        time.advance(Duration.ofHours(1));

        assertThat(timedOut).containsExactly(deadline);
        assertThat(started).containsExactly("0");
    }

    @Test
    void noMoreCallsAreInFlightThanTheConcurrencyLimit() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        acquireMany(100);

        assertThat(time.queuedActions()).isEqualTo(account.submits().concurrencyLimit());
    }

    @Test
    void slowCallsDoNotCountAgainstTheConcurrencyLimit() {
        setLimits(1, 100);
        Runnable slow = () -> {
            time.advance(CallsInFlight.SLOW.plusSeconds(1));
            started.add("slow");
        };

        account.submits().acquire("", 1, slow);
        account.submits().acquire("", 2, slow);
        acquire("", 3, "fast");
        time.runQueued();

        assertThat(started).containsExactly("fast", "slow", "slow");
    }

    @Test
    void aCallQueuedAfterOthersStartedStartsWhenTheyAreSlow() {
        setLimits(1, 100);
        account.submits().acquire("", 1, () -> {
            // The second call starts while none is queued yet.
            time.runQueued();
            started.add("slow");
        });
        account.submits().acquire("", 2, () -> {
            acquire("", 3, "fast");
            time.advance(CallsInFlight.SLOW.plusSeconds(1));
            started.add("slow");
        });
        time.runQueued();

        assertThat(started).containsExactly("fast", "slow", "slow");
    }

    @Test
    void slowCallsRaiseTheConcurrencyLimitUntilTheyEnd() {
        setLimits(1, 100);
        int usual = account.submits().concurrencyLimit();
        List<Integer> limits = new ArrayList<>();

        account.submits().acquire("", 1, () -> {
            time.advance(CallsInFlight.SLOW);
            limits.add(account.submits().concurrencyLimit());
        });
        time.runQueued();

        assertThat(limits).containsExactly(usual + 1);
        assertThat(account.submits().concurrencyLimit()).isEqualTo(usual);
    }

    @Test
    void theConcurrencyLimitIsBoundedHoweverManyCallsAreSlow() {
        setLimits(1, 1_000);
        List<Integer> limits = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> account.submits().acquire("", i, () -> {
            started.add("slow");
            limits.add(account.submits().concurrencyLimit());
            if (started.size() < 80) {
                time.advance(CallsInFlight.SLOW);
            }
        }));

        time.runQueued();

        assertThat(limits).allMatch(count -> count <= ConcurrencyLimit.MOST);
        assertThat(started).hasSize(1_000);
    }

    @Test
    void theDefaultRateKeepsAtMostSixCallsInFlight() {
        account.setLimits(RateLimits.of(RateGroup.DEFAULT));

        assertThat(account.submits().concurrencyLimit() + account.queries().concurrencyLimit())
                .isLessThanOrEqualTo(6);
    }

    @Test
    void aCallThatThePoolRejectsIsStartedLater() {
        // More than the concurrency limit.
        AtomicInteger failures = new AtomicInteger(20);
        AccountRateLimiter limited = new RateLimiters(
                        time,
                        time.timers(),
                        action -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("unable to create native thread, says the test");
                            }
                            time.execute(action);
                        },
                        size -> {},
                        null)
                .of("default", "https://toapis.test");

        limited.submits().acquire("", 1, () -> started.add("a call"));
        time.advance(Duration.ofMinutes(1));

        assertThat(started).containsExactly("a call");
    }

    @Test
    void aTimeoutIsReportedAlsoWhenThePoolHasNoThreadsForAWhile() {
        AtomicInteger failures = new AtomicInteger(5);
        AccountRateLimiter limited = new RateLimiters(
                        time,
                        time.timers(),
                        action -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("unable to create native thread, says the test");
                            }
                            time.execute(action);
                        },
                        size -> {},
                        null)
                .of("default", "https://toapis.test");
        limited.submits().pause(0, Duration.ofMinutes(1), Duration.ZERO);

        limited.submits().acquire("", 1, () -> started.add("a call"), time.instant(), () -> started.add("timed out"));
        time.advance(Duration.ofMinutes(1));

        assertThat(started).containsExactly("timed out");
    }

    @Test
    void callsThatEndWithAnErrorDoNotStayInFlight() {
        for (int i = 0; i < 20; i++) {
            account.submits().acquire("", i, () -> {
                throw new StackOverflowError("thrown by a test");
            });
        }
        acquire("", 100, "after them");

        time.advance(Duration.ofSeconds(1));

        assertThat(started).containsExactly("after them");
    }

    @Test
    void anErrorInABucketsCodeDoesNotBlockCallsForGood() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        account.submits().reconfigure(new RateLimit(10, 10), new TokenBucket() {
            @Override
            public Permits tryTake(int wanted) {
                if (isBroken.get()) {
                    throw new NoClassDefFoundError("thrown by a test");
                }
                return Permits.of(wanted);
            }

            @Override
            public void refund(int count) {
                // It gives as many as are wanted.
            }

            @Override
            public boolean isNonBlocking() {
                return true;
            }
        });
        acquire("", 1, "first");

        isBroken.set(false);
        time.advance(Duration.ofSeconds(2));

        assertThat(started).containsExactly("first");
    }
}

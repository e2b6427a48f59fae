package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.MovedTime;
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

/** Who passes when, on a clock that the test moves. */
class RateLimiterTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final MovedTime time = new MovedTime();
    private final AccountRateLimiter pace = time.paces().of("default", "https://toapis.test");
    private final List<String> passed = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    private PermitRequest enter(String lane, long order, String name) {
        return pace.submits().acquire(lane, order, () -> {
            passed.add(name);
            times.add(time.instant());
        });
    }

    private void enterMany(int count) {
        IntStream.range(0, count).forEach(i -> enter("", pace.submits().nextOrder(), "" + i));
    }

    private void allow(double perSecond, long burst) {
        pace.setLimits(new RateLimits(new RateLimit(perSecond, burst), RateLimit.UNLIMITED));
    }

    /** The most that passed within a time that begins anywhere. */
    private long mostWithin(Duration window) {
        return times.stream()
                .mapToLong(from -> times.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(window)))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void aThousandThroughTheDefaultBucketTakeWhatTheBucketAllows() {
        pace.setLimits(RateGroup.DEFAULT.rates());

        enterMany(1_000);
        time.pass(Duration.ofMinutes(5));

        assertThat(passed).hasSize(1_000);
        Duration taken = Duration.between(times.get(0), times.get(999));
        assertThat(taken).isBetween(Duration.ofSeconds(190), Duration.ofSeconds(196));
    }

    @Test
    void theyPassInOrderOfArrival() {
        allow(2, 1);

        enterMany(50);
        time.pass(Duration.ofMinutes(1));

        assertThat(passed)
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "" + i).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {20440074272036L, 7, 4711, 99})
    void noTimeHoldsMoreThanTheBucketAllows(long seed) {
        Random random = new Random(seed);
        double perSecond = 0.5 + 20 * random.nextDouble();
        long burst = 1 + random.nextInt(60);
        allow(perSecond, burst);

        for (int i = 0; i < 40; i++) {
            enterMany(random.nextInt(30));
            time.pass(Duration.ofMillis(random.nextInt(4_000)));
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
    void afterARefusalThePaceHoldsUnderBothReadingsOfABurst(RateGroup group) {
        pace.setLimits(group.rates());
        pace.onTooManyRequests(pace.submits(), 0, null);

        enterMany(1_000);
        time.pass(Duration.ofMinutes(5));

        assertThat(passed).hasSize(1_000);
        assertThat(mostWithin(WINDOW))
                .isLessThanOrEqualTo(group.rates().submits().burst());
    }

    @Test
    void aFirstRefusalWaitsUntilTheWindowIsOver() {
        pace.setLimits(RateGroup.DEFAULT.rates());

        pace.onTooManyRequests(pace.submits(), 0, Duration.ofSeconds(1));
        Instant refused = time.instant();
        enterMany(1);
        time.pass(Duration.ofMinutes(1));

        assertThat(times.get(0)).isEqualTo(refused.plus(WINDOW));
    }

    @Test
    void aRefusalOfQueriesDoesNotCloseTheGateOfSubmits() {
        pace.setLimits(RateGroup.DEFAULT.rates());

        pace.onTooManyRequests(pace.queries(), 0, Duration.ofSeconds(60));
        enterMany(1);
        time.work();

        assertThat(passed).hasSize(1);
    }

    @Test
    void whatWasUnderWayTogetherIsOneRefusal() {
        RateLimiter gate = pace.submits();
        long heard = gate.pauseCount();

        IntStream.range(0, 20).forEach(i -> pace.onTooManyRequests(gate, heard, null));

        assertThat(gate.pausedUntil()).isEqualTo(time.instant().plusSeconds(1));
    }

    @Test
    void aRetryAfterThatCannotBeMeantIsNotObeyed() {
        pace.onTooManyRequests(pace.submits(), 0, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(pace.submits().pausedUntil()).isEqualTo(time.instant().plusSeconds(1));
    }

    @Test
    void queriesAreHeldBackForTwoMinutesAtMost() {
        pace.onTooManyRequests(pace.queries(), 0, Duration.ofHours(1));

        assertThat(pace.queries().pausedUntil()).isEqualTo(time.instant().plus(Duration.ofMinutes(2)));
    }

    @Test
    void tenantsTakeTurns() {
        allow(1, 1);

        IntStream.range(0, 100).forEach(i -> enter("big", pace.submits().nextOrder(), "big"));
        enter("small", pace.submits().nextOrder(), "small");
        enter("small", pace.submits().nextOrder(), "small");
        time.pass(Duration.ofSeconds(6));

        assertThat(passed.subList(0, 6)).filteredOn("small"::equals).hasSize(2);
    }

    @Test
    void whoComesBackHasThePlaceThatHeHad() {
        allow(1, 1);
        long first = pace.submits().nextOrder();
        enterMany(3);

        enter("", first, "came back");
        time.pass(Duration.ofSeconds(10));

        assertThat(passed).containsSubsequence("came back", "1", "2");
    }

    @Test
    void whoLeavesTakesNoToken() {
        allow(1, 1);
        enterMany(1);
        PermitRequest ticket = enter("", pace.submits().nextOrder(), "left");
        enter("", pace.submits().nextOrder(), "next");

        assertThat(ticket.cancel()).isTrue();
        time.pass(Duration.ofSeconds(1));

        assertThat(passed).containsExactly("0", "next");
    }

    @Test
    void whoseTurnDoesNotComeByHisDeadlineIsTold() {
        allow(0.001, 1);
        enterMany(1);
        List<Instant> told = new ArrayList<>();
        Instant deadline = time.instant().plusSeconds(30);

        pace.submits().acquire("", 1, () -> passed.add("late"), deadline, () -> told.add(time.instant()));
        time.pass(Duration.ofHours(1));

        assertThat(told).containsExactly(deadline);
        assertThat(passed).containsExactly("0");
    }

    @Test
    void noMoreAreUnderWayThanThereArePlaces() {
        pace.setLimits(RateGroup.DEFAULT.rates());

        enterMany(100);

        assertThat(time.handedOut()).isEqualTo(pace.submits().concurrencyLimit());
    }

    @Test
    void slowCallsTakeNoPlaceFromOthers() {
        allow(1, 100);
        Runnable slow = () -> {
            time.pass(CallsInFlight.SLOW.plusSeconds(1));
            passed.add("slow");
        };

        pace.submits().acquire("", 1, slow);
        pace.submits().acquire("", 2, slow);
        enter("", 3, "fast");
        time.work();

        assertThat(passed).containsExactly("fast", "slow", "slow");
    }

    @Test
    void whoComesWhileCallsAreAlreadyUnderWayPassesWhenTheyAreSlow() {
        allow(1, 100);
        pace.submits().acquire("", 1, () -> {
            // The second call begins while nobody waits yet.
            time.work();
            passed.add("slow");
        });
        pace.submits().acquire("", 2, () -> {
            enter("", 3, "fast");
            time.pass(CallsInFlight.SLOW.plusSeconds(1));
            passed.add("slow");
        });
        time.work();

        assertThat(passed).containsExactly("fast", "slow", "slow");
    }

    @Test
    void slowCallsHaveThreadsOfTheirOwnAndGiveThemBack() {
        allow(1, 100);
        int usual = pace.submits().concurrencyLimit();
        List<Integer> places = new ArrayList<>();

        pace.submits().acquire("", 1, () -> {
            time.pass(CallsInFlight.SLOW);
            places.add(pace.submits().concurrencyLimit());
        });
        time.work();

        assertThat(places).containsExactly(usual + 1);
        assertThat(pace.submits().concurrencyLimit()).isEqualTo(usual);
    }

    @Test
    void howeverManyAreSlowThereIsAnEnd() {
        allow(1, 1_000);
        List<Integer> places = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> pace.submits().acquire("", i, () -> {
            passed.add("slow");
            places.add(pace.submits().concurrencyLimit());
            if (passed.size() < 80) {
                time.pass(CallsInFlight.SLOW);
            }
        }));

        time.work();

        assertThat(places).allMatch(count -> count <= ConcurrencyLimit.MOST);
        assertThat(passed).hasSize(1_000);
    }

    @Test
    void noMoreAreUnderWayThanTheRateKeepsBusy() {
        pace.setLimits(RateGroup.DEFAULT.rates());

        assertThat(pace.submits().concurrencyLimit() + pace.queries().concurrencyLimit())
                .isLessThanOrEqualTo(6);
    }

    @Test
    void whatAPoolWithoutThreadsDoesNotTakeIsGivenAgain() {
        // More than there are places.
        AtomicInteger failures = new AtomicInteger(20);
        AccountRateLimiter poor = new RateLimiters(
                        time,
                        time,
                        action -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("unable to create native thread, says the test");
                            }
                            time.execute(action);
                        },
                        size -> {},
                        null)
                .of("default", "https://toapis.test");

        poor.submits().acquire("", 1, () -> passed.add("a call"));
        time.pass(Duration.ofMinutes(1));

        assertThat(passed).containsExactly("a call");
    }

    @Test
    void aCallThatIsTooLateIsToldSoAlsoWhereThePoolHasNoThreadsForAWhile() {
        AtomicInteger failures = new AtomicInteger(5);
        AccountRateLimiter poor = new RateLimiters(
                        time,
                        time,
                        action -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("unable to create native thread, says the test");
                            }
                            time.execute(action);
                        },
                        size -> {},
                        null)
                .of("default", "https://toapis.test");
        poor.submits().pause(0, Duration.ofMinutes(1), Duration.ZERO);

        poor.submits().acquire("", 1, () -> passed.add("a call"), time.instant(), () -> passed.add("too late"));
        time.pass(Duration.ofMinutes(1));

        assertThat(passed).containsExactly("too late");
    }

    @Test
    void callsThatDieDoNotKeepTheirPlaces() {
        for (int i = 0; i < 20; i++) {
            pace.submits().acquire("", i, () -> {
                throw new StackOverflowError("thrown by a test");
            });
        }
        enter("", 100, "after them");

        time.pass(Duration.ofSeconds(1));

        assertThat(passed).containsExactly("after them");
    }

    @Test
    void aBucketWhoseCodeDiesDoesNotCloseTheGateForGood() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        pace.submits().reconfigure(new RateLimit(10, 10), new TokenBucket() {
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
        enter("", 1, "first");

        isBroken.set(false);
        time.pass(Duration.ofSeconds(2));

        assertThat(passed).containsExactly("first");
    }
}

package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.support.ManualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of calls that wait at a rate limiter, and what they leave behind, on a clock that the test moves. */
class PermitRequestTest {
    private final ManualTime time = new ManualTime();
    private final RateLimiter limiter = limiter(time);
    private final List<String> passed = new ArrayList<>();
    private final List<PermitRequest> requests = new ArrayList<>();

    /** Of tokens that are counted; they do not come back by themselves. */
    private final class CountedTokens implements TokenBucket {
        private final int most;
        private final boolean areAtHand;
        private int left;
        private int asked;

        CountedTokens(int left, int most, boolean areAtHand) {
            this.left = left;
            this.most = most;
            this.areAtHand = areAtHand;
        }

        @Override
        public Permits tryTake(int wanted) {
            asked++;
            int count = Math.min(Math.min(wanted, left), most);
            left -= count;
            return count == 0 ? TokenBucket.Permits.noneFor(Duration.ofDays(1)) : TokenBucket.Permits.of(count);
        }

        @Override
        public void refund(int count) {
            left += count;
        }

        @Override
        public boolean isNonBlocking() {
            return areAtHand;
        }
    }

    private RateLimiter limiter(Executor pool) {
        return new RateLimiter(time, time.timers(), pool, Duration.ofDays(1), () -> false, () -> {});
    }

    private static void limit(RateLimiter limiter, double perSecond, long burst, InstantSource clock) {
        RateLimit rate = new RateLimit(perSecond, burst);
        limiter.reconfigure(rate, TokenBucket.of(rate, clock));
    }

    private PermitRequest enter(String name) {
        PermitRequest request = limiter.acquire("", limiter.nextOrder(), () -> passed.add(name));
        requests.add(request);
        return request;
    }

    private long queued() {
        return requests.stream().filter(PermitRequest::isQueued).count();
    }

    private void enterMany(int count) {
        IntStream.range(0, count).forEach(i -> enter("" + i));
    }

    private void pause(Duration duration) {
        limiter.pause(limiter.pauseCount(), duration, Duration.ZERO);
    }

    @Test
    void aRequestWaitsUntilItsCallBegins() {
        limit(limiter, 1, 1, time);
        enter("first");
        PermitRequest second = enter("second");
        time.runQueued();
        assertThat(second.isQueued()).isTrue();

        time.advance(Duration.ofSeconds(1));

        assertThat(second.isQueued()).isFalse();
        assertThat(second.cancel()).isFalse();
        assertThat(passed).containsExactly("first", "second");
    }

    @Test
    void aRequestLeavesOnce() {
        limit(limiter, 1, 1, time);
        enter("first");
        PermitRequest second = enter("second");

        assertThat(second.cancel()).isTrue();

        assertThat(second.isQueued()).isFalse();
        assertThat(second.cancel()).isFalse();
    }

    @Test
    void aRequestOfNoLimiterNeitherWaitsNorLeaves() {
        assertThat(PermitRequest.NONE.isQueued()).isFalse();
        assertThat(PermitRequest.NONE.cancel()).isFalse();
    }

    @Test
    void aPauseBeyondTheDeadlineIsTooLateAtOnce() {
        pause(Duration.ofSeconds(31));

        PermitRequest request = limiter.acquire(
                "", 1, () -> passed.add("call"), time.instant().plusSeconds(30), () -> passed.add("too late"));
        time.runQueued();

        assertThat(passed).containsExactly("too late");
        assertThat(request.isQueued()).isFalse();
    }

    @Test
    void aPauseThatEndsBeforeTheDeadlineIsWaitedFor() {
        pause(Duration.ofSeconds(30));

        PermitRequest request = limiter.acquire(
                "", 1, () -> passed.add("call"), time.instant().plusSeconds(31), () -> passed.add("too late"));
        assertThat(request.isQueued()).isTrue();
        time.advance(Duration.ofMinutes(2));

        assertThat(passed).containsExactly("call");
    }

    @Test
    void aLaneIsClearedInTheOrderInWhichItsCallsWouldHavePassed() {
        pause(Duration.ofMinutes(1));
        limiter.acquire("a", 2, () -> passed.add("second"));
        limiter.acquire("a", 1, () -> passed.add("first"));
        PermitRequest other = limiter.acquire("b", 1, () -> passed.add("other"));

        limiter.removeAll("a").forEach(Runnable::run);

        assertThat(passed).containsExactly("first", "second");
        assertThat(other.isQueued()).isTrue();
    }

    @Test
    void aLimiterIsOpenUntilItsTokensAreUsed() {
        limit(limiter, 1, 1, time);
        assertThat(limiter.isPermitAvailable()).isTrue();

        enter("first");
        time.runQueued();
        assertThat(limiter.isPermitAvailable()).isFalse();

        time.advance(Duration.ofSeconds(1));
        assertThat(limiter.isPermitAvailable()).isTrue();
    }

    @Test
    void aLimiterThatPausesIsNotOpen() {
        pause(Duration.ofSeconds(5));
        assertThat(limiter.isPermitAvailable()).isFalse();

        time.advance(Duration.ofSeconds(5));

        assertThat(limiter.isPermitAvailable()).isTrue();
    }

    @Test
    void aLimiterAllOfWhosePlacesAreTakenIsNotOpen() {
        limit(limiter, 1, 100, time);

        enterMany(limiter.concurrencyLimit() - 1);
        assertThat(limiter.isPermitAvailable()).isTrue();

        enterMany(1);
        assertThat(queued()).isZero();
        assertThat(limiter.isPermitAvailable()).isFalse();
    }

    @Test
    void aLimiterAtWhichACallWaitsIsNotOpen() {
        limiter.reconfigure(new RateLimit(100, 100), new CountedTokens(0, 1, true));
        enter("first");

        assertThat(queued()).isEqualTo(1);
        assertThat(limiter.isPermitAvailable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, PT2S",
        "3, 0, PT8S",
        "0, 60, PT62S",
        "3, 60, PT68S",
    })
    void theExpectedWaitIsThePauseAndTheQueueBefore(int waiting, int pause, Duration expected) {
        limiter.reconfigure(new RateLimit(0.5, 1), new CountedTokens(0, 1, true));
        enterMany(waiting);
        if (pause > 0) {
            pause(Duration.ofSeconds(pause));
        }

        assertThat(limiter.expectedWait()).isEqualTo(expected);
    }

    @Test
    void theExpectedWaitIsAtLeastASecond() {
        assertThat(limiter.expectedWait()).isEqualTo(Duration.ofSeconds(1));
        pause(Duration.ofSeconds(5));
        time.advance(Duration.ofHours(1));
        assertThat(limiter.expectedWait()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anAcceptedCallStartsThePausesAnew() {
        limiter.pause(limiter.pauseCount(), null, Duration.ZERO);
        time.advance(Duration.ofMinutes(1));
        limiter.onAccepted();

        Duration closed = limiter.pause(limiter.pauseCount(), null, Duration.ZERO);

        assertThat(closed).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.pauseCount()).isEqualTo(2);
    }

    @Test
    void aNewLimitLetsThroughWhatWaited() {
        limit(limiter, 0.001, 1, time);
        enterMany(4);
        time.runQueued();
        assertThat(passed).hasSize(1);

        limiter.reconfigure(RateLimit.UNLIMITED, TokenBucket.UNLIMITED);
        time.runQueued();

        assertThat(passed).hasSize(4);
    }

    @Test
    void whatWaitsIsLetThroughOnDemandWhenATimerWasLost() {
        RateLimiter deaf = new RateLimiter(time, new TimerQueue(time), time, Duration.ofDays(1), () -> false, () -> {});
        limit(deaf, 1, 1, time);
        IntStream.range(0, 2).forEach(i -> deaf.acquire("", i, () -> passed.add("" + i)));
        time.advance(Duration.ofMinutes(1));
        assertThat(passed).containsExactly("0");

        deaf.dispatch();
        time.runQueued();

        assertThat(passed).containsExactly("0", "1");
    }

    @Test
    void aBucketThatMayBlockIsAskedInThePoolAndOnlyWhenACallWaits() {
        CountedTokens elsewhere = new CountedTokens(10, 10, false);
        limiter.reconfigure(new RateLimit(100, 100), elsewhere);
        assertThat(time.queuedActions()).isZero();

        enter("first");
        assertThat(elsewhere.asked).isZero();
        time.runQueued();

        assertThat(elsewhere.asked).isEqualTo(1);
        assertThat(passed).containsExactly("first");
    }

    @Test
    void asManyCallsBeginAtOnceAsThereAreTokensHoweverTheBucketGivesThem() {
        CountedTokens oneByOne = new CountedTokens(0, 1, true);
        limiter.reconfigure(new RateLimit(100, 100), oneByOne);
        enterMany(5);
        assertThat(time.queuedActions()).isZero();

        oneByOne.refund(3);
        limiter.dispatch();

        assertThat(time.queuedActions()).isEqualTo(3);
        time.runQueued();
        assertThat(passed).containsExactly("0", "1", "2");
        assertThat(queued()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePoolFollowsAlsoWhenASlowCallEndsAndNoneWaits(boolean endsWithError) {
        List<Integer> sizes = new ArrayList<>();
        RateLimiter[] resized = {null};
        resized[0] = new RateLimiter(
                time,
                time.timers(),
                time,
                Duration.ofDays(1),
                () -> false,
                () -> sizes.add(resized[0].concurrencyLimit()));
        resized[0].reconfigure(new RateLimit(1, 1), new CountedTokens(10, 10, false));
        resized[0].acquire("", 1, () -> {
            time.advance(CallsInFlight.SLOW);
            resized[0].acquire("", 2, () -> {});
            time.runQueued();
            if (endsWithError) {
                throw new StackOverflowError("thrown by a test");
            }
        });

        time.runQueued();

        assertThat(sizes).containsExactly(2, 3, 2);
    }

    @Test
    void aTokenWhoseCallThePoolRejectsIsUsedByTheNext() {
        AtomicInteger handedOver = new AtomicInteger();
        RateLimiter poor = limiter(action -> {
            if (handedOver.incrementAndGet() == 2) {
                throw new RejectedExecutionException("The pool is full, says the test");
            }
            time.execute(action);
        });
        CountedTokens tokens = new CountedTokens(3, 3, true);
        poor.reconfigure(new RateLimit(100, 100), tokens);
        poor.pause(0, Duration.ofSeconds(1), Duration.ZERO);
        IntStream.range(0, 5).forEach(i -> poor.acquire("", i, () -> passed.add("" + i)));

        time.advance(Duration.ofMinutes(1));

        assertThat(passed).containsExactly("0", "1", "2");
        assertThat(tokens.left).isZero();
    }
}

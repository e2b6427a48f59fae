package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.ManualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rate limiters of several accounts, and the one pool in which their calls run. */
class RateLimitersTest {
    private static final String BASE = "https://toapis.test";
    /** Two places for submits, 51 for queries. */
    private static final RateLimits LIMITS = new RateLimits(new RateLimit(1, 10), new RateLimit(1_000, 10));

    private final ManualTime time = new ManualTime();
    private final List<Integer> sizes = new ArrayList<>();
    private final RateLimiters limiters = new RateLimiters(time, time.timers(), time, sizes::add, null);

    @Test
    void anAccountAtAServiceHasOneLimiter() {
        AccountRateLimiter mine = limiters.of("mine", BASE);

        assertThat(limiters.of("mine", BASE)).isSameAs(mine);
        assertThat(limiters.of("other", BASE)).isNotSameAs(mine);
        assertThat(limiters.of("mine", "https://other.test")).isNotSameAs(mine);
    }

    @Test
    void thePoolIsAsLargeAsWhatAllAccountsMayHaveInFlight() {
        AccountRateLimiter mine = limiters.of("mine", BASE);
        AccountRateLimiter other = limiters.of("other", BASE);

        mine.setLimits(LIMITS);
        assertThat(sizes).last().isEqualTo(2 + 51 + 6 + 6);

        other.setLimits(LIMITS);
        assertThat(sizes).last().isEqualTo(2 + 51 + 2 + 51);
    }

    @Test
    void aSlowCallMakesThePoolLargerUntilItEnds() {
        AccountRateLimiter mine = limiters.of("mine", BASE);
        mine.setLimits(LIMITS);
        List<Integer> whileSlow = new ArrayList<>();

        mine.submits().acquire("", 1, () -> {
            time.advance(CallsInFlight.SLOW);
            mine.submits().dispatch();
            whileSlow.addAll(sizes);
        });
        time.runQueued();

        assertThat(whileSlow).last().isEqualTo(3 + 51);
        assertThat(sizes).last().isEqualTo(2 + 51);
    }

    @Test
    void atTheEndTheQuestionsOfRoutesAreHandedOutAndNothingElse() {
        AccountRateLimiter mine = limiters.of("mine", BASE);
        mine.setLimits(new RateLimits(new RateLimit(0.001, 1), new RateLimit(0.001, 1)));
        mine.queries().acquire(QueryLane.ROUTES, 1, () -> {});
        List<String> run = new ArrayList<>();
        mine.queries().acquire(QueryLane.ROUTES, 2, () -> run.add("question"));
        PermitRequest poll = mine.queries().acquire(QueryLane.POLLS, 1, () -> run.add("poll"));

        List<Runnable> handedOut = limiters.cancelRouteQueries();
        handedOut.forEach(Runnable::run);

        assertThat(run).containsExactly("question");
        assertThat(poll.isQueued()).isTrue();
        assertThat(limiters.cancelRouteQueries()).isEmpty();
    }
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest extends SimulatorTest {

    private static final String NO_REMIX = "{}";

    @Test
    void nothingIsLimitedByDefault() throws Exception {
        HttpResponse<String> answer = remix(PUPPY);

        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @ParameterizedTest
    @EnumSource(Burst.class)
    void submitsBeyondTheBurstAreRejectedAndCostNothing(Burst meaning) throws Exception {
        simulator().limits(new Allowance(60, 3, meaning), null);

        List<Integer> statuses = statusesOf(5);

        assertThat(statuses).containsExactly(200, 200, 200, 429, 429);
        assertThat(simulator().books().charged()).isEqualTo(60);
        assertThat(simulator().books().callsLimited()).isEqualTo(2);
    }

    @Test
    void aBucketFillsByItsRate() throws Exception {
        simulator().limits(new Allowance(60, 3, Burst.BUCKET), null);
        statusesOf(4);

        simulator().clock().advance(Duration.ofMillis(1_999));

        assertThat(statusesOf(2)).containsExactly(200, 429);
    }

    @Test
    void aBucketHoldsNoMoreThanItsBurst() throws Exception {
        simulator().limits(new Allowance(60, 3, Burst.BUCKET), null);

        simulator().clock().advance(Duration.ofHours(1));

        assertThat(statusesOf(4)).containsExactly(200, 200, 200, 429);
    }

    @Test
    void noTenSecondsAllowMoreThanTheBurst() throws Exception {
        simulator().limits(new Allowance(60, 3, Burst.WINDOW), null);
        statusesOf(2);
        simulator().clock().advance(Duration.ofSeconds(9));
        assertThat(statusesOf(2)).containsExactly(200, 429);

        simulator().clock().advance(Duration.ofSeconds(1));

        assertThat(statusesOf(3)).containsExactly(200, 200, 429);
    }

    @Test
    void noMinuteAllowsMoreThanTheRate() throws Exception {
        simulator().limits(new Allowance(4, 3, Burst.WINDOW), null);
        statusesOf(3);
        simulator().clock().advance(Duration.ofSeconds(10));
        assertThat(statusesOf(2)).containsExactly(200, 429);

        simulator().clock().advance(Duration.ofSeconds(50));

        assertThat(statusesOf(4)).containsExactly(200, 200, 200, 429);
    }

    @Test
    void aCallRejectedForAnotherReasonCounts() throws Exception {
        simulator().limits(new Allowance(60, 2, Burst.BUCKET), null);
        remix(NO_REMIX);
        remix(NO_REMIX);

        assertThat(remix(PUPPY).statusCode()).isEqualTo(429);
    }

    @Test
    void submitsAndQueriesAreLimitedSeparately() throws Exception {
        simulator().limits(new Allowance(60, 1, Burst.BUCKET), new Allowance(60, 1, Burst.BUCKET));
        String id = acceptedRemix(PUPPY);

        HttpResponse<String> first = status(id);
        HttpResponse<String> second = status(id);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("X-RateLimit-Category")).hasValue("async_query");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(json(second).at("/error/code").textValue()).isEqualTo("rate_limit_exceeded");
        assertThat(get("/v1/balance").statusCode()).isEqualTo(200);
    }

    @Test
    void answersHaveTheRemainingCalls() throws Exception {
        simulator().limits(new Allowance(60, 3, Burst.BUCKET), null);

        HttpResponse<String> answer = remix(PUPPY);

        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue("3");
        assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).hasValue("2");
        assertThat(answer.headers().firstValue("X-RateLimit-Reset")).hasValue("1");
        assertThat(answer.headers().firstValue("X-RateLimit-Category")).hasValue("async_submit");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void a429SaysInSecondsWhenToRetry() throws Exception {
        simulator().limits(new Allowance(6, 1, Burst.BUCKET), null);
        remix(PUPPY);

        assertThat(remix(PUPPY).headers().firstValue("Retry-After")).hasValue("10");
    }

    @Test
    void a429SaysAsADateWhenToRetry() throws Exception {
        simulator().limits(new Allowance(60, 1, Burst.WINDOW), null).retryAfter(RetryAfter.DATE);
        remix(PUPPY);

        assertThat(remix(PUPPY).headers().firstValue("Retry-After")).hasValue("Wed, 14 Jan 2026 12:00:10 GMT");
    }

    @Test
    void a429CanLackItsRetryAfter() throws Exception {
        simulator().limits(new Allowance(60, 1, Burst.WINDOW), null).retryAfter(RetryAfter.ABSENT);
        remix(PUPPY);

        assertThat(remix(PUPPY).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void theGroupsHaveTheVendorsLimits() throws Exception {
        simulator().limits(LimitGroup.DEFAULT, Burst.WINDOW);

        assertThat(statusesOf(51)).endsWith(200, 429).startsWith(200);
        assertThat(simulator().books().callsLimited()).isEqualTo(1);
    }

    @Test
    void aResetClearsTheCounts() throws Exception {
        simulator().limits(new Allowance(60, 1, Burst.BUCKET), null);
        statusesOf(2);

        simulator().reset();

        assertThat(simulator().books().callsLimited()).isZero();
        assertThat(statusesOf(2)).containsExactly(200, 200);
    }

    @Test
    void anAllowanceOfNothingIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(0, 1, Burst.BUCKET));
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(1, 0, Burst.BUCKET));
    }

    private List<Integer> statusesOf(int submits) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < submits; i++) {
            statuses.add(remix(PUPPY).statusCode());
        }
        return statuses;
    }
}

package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was certainly not sent is sent again, in its turn, until {@code submitTimeout}. */
class ResubmitTest extends TaskTestSupport {

    @Test
    void aSubmitThatWasNotAcceptedIsSentAgainAndAcceptedOnce() {
        toApis.on(Call.SUBMIT).times(2).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);

        work();
        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aSubmitIsSentAgainWhenTheLimiterOfTheServiceIsDown() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_UNAVAILABLE);
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);

        work();
        passSeconds(1);

        assertThat(waiting.task().id()).isNotNull();
    }

    @Test
    void aSubmitThatWaitsForItsNextTryHasARejectedRecord() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitWhoseIntentCouldNotBeWithdrawnIsSentAgain() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        ledger.fail();
        work();
        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        passSeconds(1);

        assertThat(waiting.task().id()).isNotNull();
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void thePausesGrowUpToHalfAMinute() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        submit("key-1");

        assertThat(pausesInSeconds(120)).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 32L);
    }

    static Stream<Arguments> answersAfterTwoRejections() {
        return Stream.of(
                answer("accepted", 1, rule -> rule.answer(200, "{\"id\": \"video_1\", \"status\": \"queued\"}")),
                answer("rejected for its content", 1, rule -> rule.refuse(ApiError.CONTENT_POLICY_VIOLATION)),
                answer("cut", 4, FaultRule::cut),
                answer("an error of the service", 4, rule -> rule.refuse(ApiError.INTERNAL_ERROR)));
    }

    private static Arguments answer(String name, long nextPause, Consumer<FaultRule> rule) {
        return Arguments.of(name, nextPause, rule);
    }

    // Whether the service's limiter has let a submit through is not known when its answer is lost.
    @ParameterizedTest(name = "{0}")
    @MethodSource("answersAfterTwoRejections")
    void thePausesBeginAnewOnceTheServiceHasLetASubmitThrough(
            String name, long nextPause, Consumer<FaultRule> thirdAnswer) {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(2).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        remix("key-1");
        passSeconds(1);
        thirdAnswer.accept(toApis.on(Call.SUBMIT).times(1));
        passSeconds(2);
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        submit("key-2");

        assertThat(pausesInSeconds(10)).containsExactly(nextPause);
    }

    @Test
    void aRetryAfterIsHonoured() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 7");

        submit("key-1");

        assertThat(pausesInSeconds(20)).containsExactly(7L);
    }

    @Test
    void aSubmitIsNotRepeatedAtOnceAfterARetryAfterOfZero() {
        toApis.on(Call.SUBMIT).times(3).answer(429, "{}", "Retry-After: 0");

        remix("key-1");

        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"901", "86400", "31557600000000000", "9223372036854775807"})
    void aRetryAfterBeyondTheDeadlineEndsTheSubmitAtOnce(String seconds) {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: " + seconds);

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.failure()).isInstanceOf(RateLimitedException.class);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatIsRateLimitedUntilItsDeadlineFailsAsNotSent() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_EXCEEDED);

        TestWaiter waiting = remix("key-1");
        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(10));

        assertThat(waiting.failure()).isInstanceOf(RateLimitedException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void theExceptionOfARateLimitHasItsRetryAfter() {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 86400");

        TestWaiter waiting = remix("key-1");

        assertThat(((RateLimitedException) waiting.failure()).getRetryAfter()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aSubmitThatFindsTheLimiterDownUntilItsDeadlineFailsAsNotSent() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_UNAVAILABLE);

        TestWaiter waiting = remix("key-1");
        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(10));

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aSubmitThatCannotConnectUntilItsDeadlineFailsAsNotSent() throws IOException {
        TestWaiter waiting = new TestWaiter();
        submits.submit(submission("key-1", "Add a puppy", clientOf(unusedAddress())), Goal.ENDED, waiting::with);

        work();
        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(10));

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void afterTheDeadlineNothingIsSent() {
        toApis.on(Call.SUBMIT).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        remix("key-1");
        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(10));
        long sent = posts();

        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(10));

        assertThat(posts()).isEqualTo(sent);
    }

    @Test
    void aSubmitThatWaitsForAThreadBeyondItsDeadlineIsNotSent() {
        TestWaiter waiting = submit("key-1");

        leaveUndone(SUBMIT_TIMEOUT.plusSeconds(1));
        work();

        assertThat(posts()).isZero();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aKeyThatWasNeverSentCanBeUsedAgain() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 86400");
        remix("key-1").claim().release();
        pass(Duration.ofDays(1));

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(second.task().id()).isNotNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aSubmitFailsAtOnceWhenItsAccountMustWaitBeyondItsDeadline() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 3600");
        remix("key-1");

        TestWaiter second = remix("key-2");

        assertThat(second.failure()).isInstanceOf(RateLimitedException.class);
        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(((RateLimitedException) second.failure()).getRetryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRetryAfterIsHonouredByTheWholeAccount() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 60");
        remix("key-1");
        submit("key-2");

        passInSteps(Duration.ofSeconds(59), Duration.ofSeconds(1));
        long early = posts();
        passSeconds(1);

        assertThat(early).isEqualTo(1);
        assertThat(posts()).isEqualTo(3);
    }

    @Test
    void aRetryAfterOfAnotherErrorIsHonouredByTheWholeAccount() {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(503, "{\"error\": {\"code\": \"rate_limit_unavailable\"}}", "Retry-After: 60");
        remix("key-1");
        submit("key-2");

        passInSteps(Duration.ofSeconds(59), Duration.ofSeconds(1));
        long early = posts();
        passSeconds(1);

        assertThat(early).isEqualTo(1);
        assertThat(posts()).isEqualTo(3);
    }

    @Test
    void aRetryAfterUntilTheVeryDeadlineIsWaitedFor() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: " + SUBMIT_TIMEOUT.toSeconds());

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void thePausesOfASubmitThatCannotConnectGrow() throws IOException {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogCapture capture = new LogCapture(lines)) {
            submits.submit(
                    submission("key-1", "Add a puppy", clientOf(unusedAddress())), Goal.ENDED, new TestWaiter()::with);
            work();
            passInSteps(Duration.ofSeconds(100), Duration.ofSeconds(1));
        }

        assertThat(lines.stream()
                        .filter(line -> line.startsWith("Submit of key key-1 was not accepted"))
                        .map(line -> line.replaceAll("(?s).*is sent again in (\\d+) s:.*", "$1")))
                .startsWith("1", "2", "4", "8", "16", "32");
    }

    @Test
    void aSubmitThatCannotConnectDelaysNoOther() throws IOException {
        String address = unusedAddress();

        submits.submit(submission("key-1", "Add a puppy", clientOf(address)), Goal.ENDED, new TestWaiter()::with);
        work();

        assertThat(rateLimiters.of(ACCOUNT, address).submits().isPermitAvailable())
                .isTrue();
    }

    @Test
    void aSubmitWithoutATokenFailsAtItsDeadline() {
        rateLimiters
                .of(ACCOUNT, toApis.baseUrl())
                .setLimits(new RateLimits(new RateLimit(1.0 / 3600, 1), RateLimit.UNLIMITED));
        remix("key-1");

        TestWaiter second = remix("key-2");
        passInSteps(SUBMIT_TIMEOUT, Duration.ofSeconds(60));

        assertThat(second.failure()).isInstanceOf(RateLimitedException.class);
        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(((RateLimitedException) second.failure()).getRetryAfter()).isPositive();
        assertThat(ledger.find(ACCOUNT, "key-2")).isEmpty();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRateLimitThatCannotBeRecordedStillFailsTheWaiter() {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 86400");
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);

        ledger.fail();
        work();

        assertThat(waiting.failure()).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aSubmitWhoseTurnComesWhileTheLedgerIsUnavailableIsNotSent() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        TestWaiter waiting = remix("key-1");

        ledger.fail();
        passSeconds(1);

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(1);
    }

    // The first intent may have been written, so it is withdrawn when the ledger is back. By then its key is that of a
    // request
    // which is on its way, and paid for.
    @Test
    void aLateWithdrawalNeverWithdrawsTheIntentOfTheNextSubmit() throws Exception {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        remix("key-1");
        ledger.fail();
        passSeconds(1);
        ledger.recover();
        Hold hold = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        CompletableFuture<Void> sending = workElsewhere();
        hold.awaitReached(SOON);

        pass(LedgerRetries.PAUSE);
        hold.release();
        sending.get(SOON.toSeconds(), TimeUnit.SECONDS);
        work();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    // The ledger fails twice: the first intent waits to be withdrawn, and the second for the id of its task.
    @Test
    void aLateWithdrawalNeverWithdrawsTheIntentOfATaskWhoseIdIsNotWrittenYet() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_EXCEEDED);
        remix("key-1");
        ledger.fail();
        passSeconds(1);
        ledger.recover();
        TestWaiter second = submit("key-1");
        ledger.fail();
        work();
        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(second.failure().getTaskId());
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void anIntentThatCouldNotBeWithdrawnIsWithdrawnLater() {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 86400");
        submit("key-1", Goal.ACCEPTED);
        ledger.fail();
        work();
        ledger.recover();
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);

        pass(LedgerRetries.PAUSE);

        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    /** The pauses between the POSTs that come within so many seconds. */
    private List<Long> pausesInSeconds(int seconds) {
        work();
        List<Instant> sentAt = new ArrayList<>(List.of(ledger.now()));
        for (int i = 0; i < seconds; i++) {
            long before = posts();
            passSeconds(1);
            if (posts() > before) {
                sentAt.add(ledger.now());
            }
        }
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < sentAt.size(); i++) {
            pauses.add(Duration.between(sentAt.get(i - 1), sentAt.get(i)).toSeconds());
        }
        return pauses;
    }

    /** The address of a port without a server. */
    private static String unusedAddress() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + unused.getLocalPort();
        }
    }

    @Test
    void aSubmitThatASuspensionHasFailedIsNotSentBesideTheNextOneOfItsKey() {
        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        suspend();
        resume();
        TestWaiter second = submit("key-1", Goal.ACCEPTED);

        work();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(1);
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.task(taskId("key-1")).clientBusinessId())
                .isEqualTo(record("key-1").wireKey());
    }
}

package io.github.camelsora.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls that fail say nothing about the task: it was paid for, and is still polled. */
class PollFailureTest extends TaskTestSupport {

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("400", rule -> rule.answer(400, "{\"error\": {\"code\": \"invalid_request\"}}")),
                trouble("401", rule -> rule.answer(401, "{}")),
                trouble("403", rule -> rule.answer(403, "{}")),
                trouble("429", rule -> rule.answer(429, "{}")),
                trouble("429, later", rule -> rule.answer(429, "{}", "Retry-After: 30")),
                trouble("429, never", rule -> rule.answer(429, "{}", "Retry-After: 9223372036854775807")),
                trouble("500", rule -> rule.answer(500, "{}")),
                trouble("502 in HTML", rule -> rule.answer(502, "<html>", "Content-Type: text/html")),
                trouble("302", rule -> rule.answer(302, "", "Location: http://127.0.0.1:1/")),
                trouble("cut", FaultRule::cut),
                trouble("cut in its middle", FaultRule::cutBody),
                trouble("garbage", rule -> rule.answer(200, "\0\1\2")),
                trouble("a list", rule -> rule.answer(200, "[]")),
                trouble("an empty answer", rule -> rule.answer(200, "")),
                trouble("an object without an id", rule -> rule.answer(200, "{\"status\": \"completed\"}")));
    }

    private static Arguments trouble(String name, Consumer<FaultRule> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void aTaskCompletesAfterAFailedPoll(String name, Consumer<FaultRule> fault) {
        fault.accept(toApis.on(Call.STATUS).times(3));
        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofMinutes(5), Duration.ofSeconds(10));

        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofMinutes(2), Duration.ofSeconds(10));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void aFailedPollDoesNotEndTheWait(String name, Consumer<FaultRule> fault) {
        fault.accept(toApis.on(Call.STATUS));

        TestWaiter waiting = remix("key-1");
        passInSteps(COMPLETION_TIMEOUT.minusSeconds(1), Duration.ofSeconds(599));

        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 302})
    void pollsThatAreRejectedForHoursAreReportedForAllTasksTogetherWithGrowingPauses(int status) {
        toApis.on(Call.STATUS).answer(status, "{}");
        try (WarningCapture warnings = WarningCapture.of(PollRejectionLog.class)) {
            for (int i = 0; i < 10; i++) {
                remix("key-" + i);
            }

            passInSteps(Duration.ofMinutes(20), Duration.ofSeconds(5));

            // At once, and after 1 min and 6 min.
            assertThat(warnings.lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .contains("Poll of task ", "was paid for", "default", "at the earliest", "HTTP " + status));
        }
    }

    @Test
    void rejectedPollsAreReportedAgainAMinuteAfterOneWasAnswered() {
        remix("key-1");
        try (WarningCapture warnings = WarningCapture.of(PollRejectionLog.class)) {
            toApis.on(Call.STATUS).answer(401, "{}");
            passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(5));
            int before = warnings.lines().size();
            toApis.clearFaults();
            passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(5));

            toApis.on(Call.STATUS).answer(401, "{}");
            passInSteps(Duration.ofMinutes(2), Duration.ofSeconds(5));

            // The next pause of the first series would have been 5 min.
            assertThat(before).isEqualTo(2);
            assertThat(warnings.lines()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void pollsHonourRetryAfter() {
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 120");
        remix("key-1");
        passSeconds(5);

        passInSteps(Duration.ofSeconds(119), Duration.ofSeconds(1));
        long early = toApis.books().statusCalls();
        passSeconds(1);

        assertThat(early).isEqualTo(1);
        assertThat(toApis.books().statusCalls()).isEqualTo(2);
    }

    @Test
    void failedPollsSlowDown() {
        toApis.on(Call.STATUS).answer(500, "{}");
        remix("key-1");

        passInSteps(Duration.ofMinutes(9), Duration.ofSeconds(1));

        assertThat(toApis.books().statusCalls()).isLessThan(15);
    }

    @Test
    void afterAnAnswerPollsAreAsOftenAsBefore() {
        toApis.on(Call.STATUS).times(4).answer(500, "{}");
        remix("key-1");
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(1));
        long before = toApis.books().statusCalls();

        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(toApis.books().statusCalls() - before).isEqualTo(6);
    }

    @Test
    void anEarly404IsReplicaLag() {
        toApis.replicaLag(3);
        TestWaiter waiting = remix("key-1");

        passInSteps(Duration.ofSeconds(19), Duration.ofSeconds(1));
        toApis.complete(taskId("key-1"));
        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void withinTheGracePeriodAMissingTaskIsPolledMoreOften() {
        toApis.replicaLag(100);
        remix("key-1");

        passInSteps(Duration.ofSeconds(15), Duration.ofSeconds(1));

        assertThat(toApis.books().statusCalls()).isEqualTo(6);
    }

    @Test
    void aTaskThatIsMissingForLongEndsTheWait() {
        toApis.replicaLag(1_000);

        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(TaskNotFoundException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void theExceptionForAMissingTaskHasItsKey() {
        toApis.replicaLag(1_000);

        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void aMissingTaskStaysRunningAndIsStillPolled() {
        toApis.replicaLag(20);
        remix("key-1");
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));
        toApis.complete(taskId("key-1"));

        TaskState meanwhile = state("key-1");
        passInSteps(Duration.ofMinutes(20), Duration.ofSeconds(10));

        assertThat(meanwhile).isEqualTo(TaskState.RUNNING);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aTaskThatIsFoundAgainHasItsGracePeriodAgain() {
        remix("key-1");
        toApis.on(Call.STATUS).times(1).answer(404, "{}");
        passSeconds(5);
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));
        TestWaiter waiting = remix("key-1");

        toApis.on(Call.STATUS).times(1).answer(404, "{}");
        passSeconds(10);

        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aTaskIsStillPolledAfterAnOutageOfTheLedger() {
        TestWaiter waiting = remix("key-1");
        ledger.fail();
        swallow(() -> passSeconds(60));

        ledger.recover();
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(10));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aCompletionThatCouldNotBeWrittenIsSeenAgain() {
        TestWaiter waiting = remix("key-1");
        toApis.complete(taskId("key-1"));
        ledger.fail();
        swallow(() -> passSeconds(5));

        ledger.recover();
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(10));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aTaskThatCouldNotBeSetAsideIsSetAsideLater() {
        remix("key-1").claim().release();
        ledger.fail();
        swallow(() -> pass(TRACKING_TIMEOUT.plusSeconds(1)));

        ledger.recover();
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(10));

        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
    }

    /** As a pool does with what its work throws. */
    private static void swallow(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException e) {
            // What counts is what comes after.
        }
    }
}

package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.GuardedLedger;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in our code or in user code during a submit: it is paid once, and each waiter is notified. */
class UserCodeErrorTest extends TaskTestSupport {

    static Stream<Error> errors() {
        return Stream.of(
                new NoClassDefFoundError("thrown by a test"),
                new StackOverflowError("thrown by a test"),
                new OutOfMemoryError("thrown by a test"),
                new AssertionError("thrown by a test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aListenerThatDiesChangesNothing(Error failure) {
        listener = seen -> {
            throw failure;
        };

        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anErrorOfALedgersCodeIsAFailureOfTheLedgerLikeAnyOther() {
        NoClassDefFoundError failure = new NoClassDefFoundError("thrown by a test");
        TaskLedger guarded = new GuardedLedger(allMethodsThrow(failure));

        assertThatThrownBy(() -> guarded.find("default", "key-1"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("key-1")
                .hasCause(failure);
    }

    // A method that is added to the interface must not be left to the default.
    @Test
    void aGuardedLedgerPassesEachCallOn() throws Exception {
        List<String> called = new ArrayList<>();
        TaskLedger guarded = new GuardedLedger((TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    called.add(method.getName());
                    return method.invoke(ledger, arguments);
                }));

        for (Method method : TaskLedger.class.getMethods()) {
            Object[] arguments = Stream.of(method.getParameterTypes())
                    .map(UserCodeErrorTest::any)
                    .toArray();
            try {
                method.invoke(guarded, arguments);
            } catch (InvocationTargetException e) {
                // It was accepted all the same.
            }

            assertThat(called).last().isEqualTo(method.getName());
        }
    }

    private static Object any(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(1);
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == HistoryEntry.class) {
            return null;
        }
        if (type == LedgerWrite.class) {
            return LedgerWrite.of(LedgerRecords.intent("default", "key-of-a-test"));
        }
        return type == String.class ? "a" : LedgerRecords.intent("default", "key-of-a-test");
    }

    @Test
    void theClockOfAGuardedLedgerGoesOnWhereTheLedgersFails() {
        AtomicInteger calls = new AtomicInteger();
        TaskLedger guarded = new GuardedLedger((TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (calls.incrementAndGet() > 1) {
                        throw new StackOverflowError("thrown by a test");
                    }
                    return ledger.now();
                }));
        Instant first = guarded.now();

        assertThat(guarded.now()).isBetween(first, first.plus(SOON));
    }

    private static TaskLedger allMethodsThrow(Error failure) {
        return (TaskLedger) Proxy.newProxyInstance(
                UserCodeErrorTest.class.getClassLoader(),
                new Class<?>[] {TaskLedger.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void anAnswerWhoseProcessingFailsKeepsItsIdAndIsFollowed(int failures) {
        FailingSchedule schedule = new FailingSchedule();
        schedule.failures.set(failures);
        TestWaiter waiting = new TestWaiter();

        submits.submit(submission("key-1", schedule), Goal.ENDED, waiting::with);
        work();

        // The waiter fails at once, with the id. The task is followed all the same.
        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        passInSteps(Duration.ofSeconds(40), Duration.ofSeconds(1));
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        waiting.claim().release();
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsSearchedForAlsoWhenTheLedgerFailsAtFirst() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        ledger.onceBeforeReplace(() -> {
            throw new OutOfMemoryError("thrown by a test");
        });

        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofSeconds(20), Duration.ofSeconds(1));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        completeAndPoll("key-1");
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRejectedSubmitFreesItsKeyAlsoWhenTheLedgerFailsAtFirst() {
        toApis.credits(0);
        ledger.onceBeforeReplace(() -> {
            throw new OutOfMemoryError("thrown by a test");
        });

        TestWaiter waiting = remix("key-1");
        passSeconds(10);

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatFailsBeforeItIsSentIsNotSentAndItsKeyIsFree() {
        TestWaiter waiting = new TestWaiter();
        http.runOutOfThreads(1);
        submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, waiting::with);
        ledger.onceBeforeFind(() -> {
            throw new StackOverflowError("thrown by a test");
        });
        leaveUndone(LEASE.plusDays(1));

        work();

        assertThat(posts()).isZero();
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        waiting.claim().release();
        remix("key-1");
        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aPollThatFailsWithAnErrorIsScheduledAgain() {
        FailingSchedule schedule = new FailingSchedule();
        TestWaiter waiting = new TestWaiter();
        submits.submit(submission("key-1", schedule), Goal.ENDED, waiting::with);
        work();
        schedule.failures.set(4);

        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(1));
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(1));

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aLostPollIsFoundAndScheduledAgain() {
        remix("key-1").claim().release();
        leaveUndone(Duration.ofMinutes(1));
        timers.runDue();
        http.dropAll();
        toApis.complete(taskId("key-1"));
        passSeconds(60);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);

        leaveUndone(Duration.ofMinutes(11));
        engine.lostPolls.rescheduleLost(ledger.now());
        work();

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aResultThatCannotBeLearnedFromReachesTheWaiter() {
        FailingSchedule schedule = new FailingSchedule();
        TestWaiter waiting = new TestWaiter();
        submits.submit(submission("key-1", schedule), Goal.ENDED, waiting::with);
        work();
        schedule.cannotLearn = true;

        completeAndPoll("key-1");

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aPoolThatHasNoThreadsForAWhileLosesNothing() {
        TestWaiter first = submit("key-1");
        http.runOutOfThreads(3);
        TestWaiter second = submit("key-2");
        work();
        passInSteps(Duration.ofSeconds(10), Duration.ofSeconds(1));
        http.runOutOfThreads(3);
        toApis.complete(taskId("key-1"));
        toApis.complete(taskId("key-2"));
        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(first.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aWaitThatTimesOutWhileNoThreadCanBeMadeEndsLater() {
        TestWaiter waiting = remix("key-1");
        routes.runOutOfThreads(2);

        passInSteps(COMPLETION_TIMEOUT.plusSeconds(30), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isNotNull();
    }

    private SubmitCommand submission(String key, PollSchedule schedule) {
        SubmitCommand plain = submission(key, "Add a puppy");
        ServiceProfile service = new ServiceProfile(ACCOUNT, client, true, null, schedule, LIMITS);
        return new SubmitCommand(plain.key(), plain.request(), service, plain.labels(), Spending.NONE, true);
    }

    /** A schedule that throws an error so many times. */
    private static final class FailingSchedule implements PollSchedule {
        private final AtomicInteger failures = new AtomicInteger();
        private boolean cannotLearn;

        private void mayFail() {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("thrown by a test");
            }
        }

        @Override
        public Instant first(PolledTask task, Instant now) {
            mayFail();
            return SCHEDULE.first(task, now);
        }

        @Override
        public Instant next(PolledTask task, Instant now) {
            mayFail();
            return SCHEDULE.next(task, now);
        }

        @Override
        public Instant afterFailure(Instant now, int failuresInARow, Duration retryAfter) {
            mayFail();
            return SCHEDULE.afterFailure(now, failuresInARow, retryAfter);
        }

        @Override
        public void onCompleted(PolledTask task, Instant lastRunning, Instant endedAt, VideoTask result) {
            if (cannotLearn) {
                throw new StackOverflowError("thrown by a test");
            }
        }
    }
}

package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.camelsora.simulator.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimerQueueTest {
    private static final long LIMIT_SECONDS = 10;

    private final SimulatorClock clock = SimulatorClock.stopped();
    private final TimerQueue timers = new TimerQueue(clock);
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        timers.stop();
    }

    @Test
    void nothingRunsBeforeItsTime() {
        timers.schedule(in(10), () -> ran.add("early"));

        clock.advance(Duration.ofMillis(9_999));
        timers.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void anActionRunsAtItsTime() {
        timers.schedule(in(10), () -> ran.add("in time"));

        clock.advance(Duration.ofSeconds(10));
        timers.runDue();

        assertThat(ran).containsExactly("in time");
    }

    @Test
    void anActionRunsOnce() {
        timers.schedule(in(10), () -> ran.add("once"));
        clock.advance(Duration.ofSeconds(20));

        timers.runDue();
        timers.runDue();

        assertThat(ran).containsExactly("once");
    }

    @Test
    void actionsRunInTheOrderOfTheirTimes() {
        timers.schedule(in(3), () -> ran.add("third"));
        timers.schedule(in(1), () -> ran.add("first"));
        timers.schedule(in(2), () -> ran.add("second"));

        clock.advance(Duration.ofSeconds(5));
        timers.runDue();

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void actionsOfOneTimeRunInTheOrderOfTheirScheduling() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "action " + i;
            expected.add(name);
            timers.schedule(in(1), () -> ran.add(name));
        }

        clock.advance(Duration.ofSeconds(1));
        timers.runDue();

        assertThat(ran).containsExactlyElementsOf(expected);
    }

    @Test
    void anActionThatIsDueLaterStaysInTheQueue() {
        timers.schedule(in(1), () -> ran.add("due"));
        timers.schedule(in(60), () -> ran.add("later"));

        clock.advance(Duration.ofSeconds(1));
        timers.runDue();

        assertThat(ran).containsExactly("due");
    }

    @Test
    void anActionWhoseTimeIsOverRunsAtOnce() {
        timers.schedule(in(-60), () -> ran.add("late"));

        timers.runDue();

        assertThat(ran).containsExactly("late");
    }

    @Test
    void anActionScheduledByAnotherForNowRunsInTheSameRun() {
        timers.schedule(in(0), () -> timers.schedule(in(0), () -> ran.add("added")));

        timers.runDue();

        assertThat(ran).containsExactly("added");
    }

    @Test
    void aCancelledActionNeverRuns() {
        TimerQueue.Timer timer = timers.schedule(in(1), () -> ran.add("cancelled"));
        timer.cancel();

        clock.advance(Duration.ofSeconds(2));
        timers.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void cancellingOneActionLeavesTheOthers() {
        timers.schedule(in(1), () -> ran.add("kept"));
        timers.schedule(in(1), () -> ran.add("cancelled")).cancel();

        clock.advance(Duration.ofSeconds(1));
        timers.runDue();

        assertThat(ran).containsExactly("kept");
    }

    @Test
    void anActionCanBeCancelledAfterItRan() {
        TimerQueue.Timer timer = timers.schedule(in(0), () -> ran.add("done"));
        timers.runDue();

        assertThatCode(timer::cancel).doesNotThrowAnyException();
    }

    @Test
    void anActionThatThrowsDoesNotStopTheOthers() {
        timers.schedule(in(1), () -> {
            throw new IllegalStateException("thrown by a test");
        });
        timers.schedule(in(2), () -> ran.add("after it"));

        clock.advance(Duration.ofSeconds(2));
        timers.runDue();

        assertThat(ran).containsExactly("after it");
    }

    @Test
    void anActionThatFailsRunsAgain() {
        AtomicInteger tries = new AtomicInteger();
        timers.schedule(in(1), () -> {
            if (tries.incrementAndGet() < 3) {
                throw new OutOfMemoryError("thrown by a test");
            }
            ran.add("at last");
        });

        for (int second = 0; second < 10; second++) {
            clock.advance(Duration.ofSeconds(1));
            timers.runDue();
        }

        assertThat(ran).containsExactly("at last");
    }

    @Test
    void anActionThatAlwaysFailsRunsAgainAfterGrowingPauses() {
        AtomicInteger tries = new AtomicInteger();
        timers.schedule(in(0), () -> {
            tries.incrementAndGet();
            throw new StackOverflowError("thrown by a test");
        });

        for (int second = 0; second <= 600; second++) {
            timers.runDue();
            clock.advance(Duration.ofSeconds(1));
        }

        // At 0, 1, 3, 7, 15, 31, 63 seconds, and each minute from there.
        assertThat(tries).hasValueBetween(12, 17);
    }

    @Test
    void anActionThatHasFailedCanBeCancelled() {
        TimerQueue.Timer timer = timers.schedule(in(0), () -> {
            ran.add("tried");
            throw new OutOfMemoryError("thrown by a test");
        });
        timers.runDue();

        timer.cancel();
        clock.advance(Duration.ofMinutes(5));
        timers.runDue();

        assertThat(ran).containsExactly("tried");
    }

    @Test
    void afterAStopNothingRuns() {
        timers.schedule(in(1), () -> ran.add("too late"));

        timers.stop();
        clock.advance(Duration.ofSeconds(2));
        timers.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void aStopEndsTheRunningThread() throws Exception {
        Thread thread = start();
        timers.schedule(in(3_600), () -> ran.add("never"));

        timers.stop();
        join(thread);

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aStopBeforeTheStartEndsTheThreadToo() throws Exception {
        timers.stop();

        Thread thread = start();
        join(thread);

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void anInterruptEndsTheRunningThread() throws Exception {
        Thread thread = start();

        thread.interrupt();
        join(thread);

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void theRunningThreadSurvivesAnActionThatThrows() throws Exception {
        CountDownLatch after = new CountDownLatch(1);
        start();

        timers.schedule(in(0), () -> {
            throw new IllegalStateException("thrown by a test");
        });
        timers.schedule(in(0), after::countDown);

        assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    static Stream<Throwable> whatAThreadDiesOf() {
        return Stream.of(
                new OutOfMemoryError("thrown by a test"),
                new StackOverflowError("thrown by a test"),
                new NoClassDefFoundError("thrown by a test"),
                new InternalError("thrown by a test"),
                new IllegalStateException("thrown by a test"));
    }

    @ParameterizedTest
    @MethodSource("whatAThreadDiesOf")
    void theRunningThreadSurvivesAClockThatFails(Throwable failure) throws Exception {
        AtomicBoolean isToFail = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        TimerQueue troubled = new TimerQueue(() -> {
            if (isToFail.get()) {
                failures.incrementAndGet();
                throw TimerQueueTest.<RuntimeException>unchecked(failure);
            }
            return clock.instant();
        });
        start(troubled);
        CountDownLatch after = new CountDownLatch(1);

        isToFail.set(true);
        troubled.schedule(in(-1), after::countDown);
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> failures.get() > 2);
        isToFail.set(false);

        assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        troubled.stop();
    }

    @Test
    void aThreadThatIsInterruptedByOthersIsReplaced() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            timers.start(pool);
            Thread first = threadOf(timers);

            first.interrupt();
            timers.schedule(in(0), () -> Thread.currentThread().interrupt());
            CountDownLatch after = new CountDownLatch(1);
            timers.schedule(in(0), after::countDown);

            assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            timers.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void whenItsThreadIsInterruptedByOthersTheTimerBeginsAgain() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        ExecutorService pool = poolThatCounts(begun);
        try {
            timers.start(pool);

            threadOf(timers).interrupt();

            await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> begun.get() == 2);
        } finally {
            timers.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void aDeadThreadIsReplacedAndALiveOneIsNot() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        ExecutorService pool = poolThatCounts(begun);
        CountDownLatch ran = new CountDownLatch(1);
        timers.schedule(in(0), ran::countDown);
        try {
            timers.restartIfDead(pool);
            assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            timers.restartIfDead(pool);
            timers.stop();
            pool.shutdown();

            assertThat(pool.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(begun).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A pool of one thread that counts what it has begun. */
    private static ExecutorService poolThatCounts(AtomicInteger begun) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                begun.incrementAndGet();
            }
        };
    }

    // Later ones stop no thread.
    @Test
    @EnabledForJreRange(max = JRE.JAVA_19)
    @SuppressWarnings({"deprecation", "removal"})
    void aThreadThatIsStoppedGoesOnOrIsReplaced() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            timers.start(pool);

            for (int time = 0; time < 10; time++) {
                threadOf(timers).stop();
                CountDownLatch after = new CountDownLatch(1);
                timers.schedule(in(0), after::countDown);

                assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            timers.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void thePoolThatOwnsTheThreadEndsIt() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        timers.start(pool);
        threadOf(timers);

        pool.shutdownNow();

        assertThat(pool.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBlockedActionStopsTheTicks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        start();

        timers.schedule(in(0), () -> awaitQuietly(end));

        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> timers.timeSinceLastTick().compareTo(Duration.ofSeconds(2)) > 0);
        end.countDown();
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> timers.timeSinceLastTick().compareTo(Duration.ofSeconds(1)) < 0);
    }

    // Not woken, the thread looks once a second by itself: so many turns would take longer than the limit.
    @Test
    void anEarlierTimerWakesTheRunningThread() {
        start();
        timers.schedule(in(3_600), () -> ran.add("never"));

        assertTimeoutPreemptively(Duration.ofSeconds(LIMIT_SECONDS), () -> {
            for (int turn = 0; turn < 30; turn++) {
                CountDownLatch ranEarly = new CountDownLatch(1);
                timers.schedule(in(0), ranEarly::countDown);
                ranEarly.await();
            }
        });
    }

    @Test
    void cancelledTimersLeaveTheQueueBeforeTheirTime() {
        for (int i = 0; i < 100_000; i++) {
            timers.schedule(in(21_600), () -> ran.add("never")).cancel();
        }

        assertThat(timers.size()).isLessThan(2_000);
    }

    @Test
    void otherTimersStayWhenCancelledOnesLeaveTheQueue() {
        for (int i = 0; i < 10_000; i++) {
            timers.schedule(in(20), () -> ran.add("never")).cancel();
            timers.schedule(in(10), () -> ran.add("kept"));
        }

        clock.advance(Duration.ofSeconds(30));
        timers.runDue();

        assertThat(ran).hasSize(10_000).containsOnly("kept");
    }

    private Instant in(long seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that runs a timer queue, once it does. */
    private static Thread threadOf(TimerQueue timers) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        timers.schedule(Instant.EPOCH, () -> thread.complete(Thread.currentThread()));
        return thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Thread start() {
        return start(timers);
    }

    private static Thread start(TimerQueue timers) {
        Thread thread = new Thread(timers, "TickerTest");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }
}

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
    private final TimerQueue ticker = new TimerQueue(clock);
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        ticker.stop();
    }

    @Test
    void nothingRunsBeforeItsTime() {
        ticker.at(in(10), () -> ran.add("early"));

        clock.advance(Duration.ofMillis(9_999));
        ticker.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void whatIsDueRunsAtItsTime() {
        ticker.at(in(10), () -> ran.add("in time"));

        clock.advance(Duration.ofSeconds(10));
        ticker.runDue();

        assertThat(ran).containsExactly("in time");
    }

    @Test
    void whatIsDueRunsOnce() {
        ticker.at(in(10), () -> ran.add("once"));
        clock.advance(Duration.ofSeconds(20));

        ticker.runDue();
        ticker.runDue();

        assertThat(ran).containsExactly("once");
    }

    @Test
    void actionsRunInTheOrderOfTheirTimes() {
        ticker.at(in(3), () -> ran.add("third"));
        ticker.at(in(1), () -> ran.add("first"));
        ticker.at(in(2), () -> ran.add("second"));

        clock.advance(Duration.ofSeconds(5));
        ticker.runDue();

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void actionsOfOneTimeRunInTheOrderInWhichTheyCame() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "action " + i;
            expected.add(name);
            ticker.at(in(1), () -> ran.add(name));
        }

        clock.advance(Duration.ofSeconds(1));
        ticker.runDue();

        assertThat(ran).containsExactlyElementsOf(expected);
    }

    @Test
    void whatIsDueLaterStays() {
        ticker.at(in(1), () -> ran.add("due"));
        ticker.at(in(60), () -> ran.add("later"));

        clock.advance(Duration.ofSeconds(1));
        ticker.runDue();

        assertThat(ran).containsExactly("due");
    }

    @Test
    void anActionWhoseTimeIsOverRunsAtOnce() {
        ticker.at(in(-60), () -> ran.add("late"));

        ticker.runDue();

        assertThat(ran).containsExactly("late");
    }

    @Test
    void whatAnActionAddsForNowRunsInTheSameTurn() {
        ticker.at(in(0), () -> ticker.at(in(0), () -> ran.add("added")));

        ticker.runDue();

        assertThat(ran).containsExactly("added");
    }

    @Test
    void aCancelledActionNeverRuns() {
        TimerQueue.Due due = ticker.at(in(1), () -> ran.add("cancelled"));
        due.cancel();

        clock.advance(Duration.ofSeconds(2));
        ticker.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void cancellingOneActionLeavesTheOthers() {
        ticker.at(in(1), () -> ran.add("kept"));
        ticker.at(in(1), () -> ran.add("cancelled")).cancel();

        clock.advance(Duration.ofSeconds(1));
        ticker.runDue();

        assertThat(ran).containsExactly("kept");
    }

    @Test
    void anActionCanBeCancelledAfterItRan() {
        TimerQueue.Due due = ticker.at(in(0), () -> ran.add("done"));
        ticker.runDue();

        assertThatCode(due::cancel).doesNotThrowAnyException();
    }

    @Test
    void anActionThatThrowsDoesNotStopTheOthers() {
        ticker.at(in(1), () -> {
            throw new IllegalStateException("thrown by a test");
        });
        ticker.at(in(2), () -> ran.add("after it"));

        clock.advance(Duration.ofSeconds(2));
        ticker.runDue();

        assertThat(ran).containsExactly("after it");
    }

    @Test
    void anActionThatDiesRunsAgain() {
        AtomicInteger tries = new AtomicInteger();
        ticker.at(in(1), () -> {
            if (tries.incrementAndGet() < 3) {
                throw new OutOfMemoryError("thrown by a test");
            }
            ran.add("at last");
        });

        for (int second = 0; second < 10; second++) {
            clock.advance(Duration.ofSeconds(1));
            ticker.runDue();
        }

        assertThat(ran).containsExactly("at last");
    }

    @Test
    void anActionThatAlwaysDiesRunsAgainAfterLongerAndLongerPauses() {
        AtomicInteger tries = new AtomicInteger();
        ticker.at(in(0), () -> {
            tries.incrementAndGet();
            throw new StackOverflowError("thrown by a test");
        });

        for (int second = 0; second <= 600; second++) {
            ticker.runDue();
            clock.advance(Duration.ofSeconds(1));
        }

        // At 0, 1, 3, 7, 15, 31, 63 seconds, and each minute from there.
        assertThat(tries).hasValueBetween(12, 17);
    }

    @Test
    void anActionThatHasDiedCanBeCancelled() {
        TimerQueue.Due due = ticker.at(in(0), () -> {
            ran.add("tried");
            throw new OutOfMemoryError("thrown by a test");
        });
        ticker.runDue();

        due.cancel();
        clock.advance(Duration.ofMinutes(5));
        ticker.runDue();

        assertThat(ran).containsExactly("tried");
    }

    @Test
    void afterAStopNothingRuns() {
        ticker.at(in(1), () -> ran.add("too late"));

        ticker.stop();
        clock.advance(Duration.ofSeconds(2));
        ticker.runDue();

        assertThat(ran).isEmpty();
    }

    @Test
    void aStopEndsTheRunningThread() throws Exception {
        Thread thread = start();
        ticker.at(in(3_600), () -> ran.add("never"));

        ticker.stop();
        join(thread);

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aStopBeforeTheStartEndsTheThreadToo() throws Exception {
        ticker.stop();

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

        ticker.at(in(0), () -> {
            throw new IllegalStateException("thrown by a test");
        });
        ticker.at(in(0), after::countDown);

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
    void theRunningThreadSurvivesAClockThatDies(Throwable failure) throws Exception {
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
        troubled.at(in(-1), after::countDown);
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> failures.get() > 2);
        isToFail.set(false);

        assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        troubled.stop();
    }

    @Test
    void aThreadThatIsInterruptedByOthersIsReplaced() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            ticker.start(pool);
            Thread first = threadOf(ticker);

            first.interrupt();
            ticker.at(in(0), () -> Thread.currentThread().interrupt());
            CountDownLatch after = new CountDownLatch(1);
            ticker.at(in(0), after::countDown);

            assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            ticker.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void whenItsThreadIsInterruptedByOthersTheTimerBeginsAgain() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        ExecutorService pool = poolThatCounts(begun);
        try {
            ticker.start(pool);

            threadOf(ticker).interrupt();

            await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> begun.get() == 2);
        } finally {
            ticker.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void aThreadThatIsNotThereIsReplacedAndOneThatTicksIsNot() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        ExecutorService pool = poolThatCounts(begun);
        CountDownLatch ran = new CountDownLatch(1);
        ticker.at(in(0), ran::countDown);
        try {
            ticker.revive(pool);
            assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            ticker.revive(pool);
            ticker.stop();
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
            ticker.start(pool);

            for (int time = 0; time < 10; time++) {
                threadOf(ticker).stop();
                CountDownLatch after = new CountDownLatch(1);
                ticker.at(in(0), after::countDown);

                assertThat(after.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            ticker.stop();
            pool.shutdownNow();
        }
    }

    @Test
    void thePoolThatOwnsTheThreadEndsIt() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        ticker.start(pool);
        threadOf(ticker);

        pool.shutdownNow();

        assertThat(pool.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTickerThatIsHeldByAnActionIsSilent() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        start();

        ticker.at(in(0), () -> awaitQuietly(end));

        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> ticker.silence().compareTo(Duration.ofSeconds(2)) > 0);
        end.countDown();
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> ticker.silence().compareTo(Duration.ofSeconds(1)) < 0);
    }

    // Not woken, the thread looks once a second by itself: so many turns would take longer than the limit.
    @Test
    void anEarlierEntryWakesTheRunningThread() {
        start();
        ticker.at(in(3_600), () -> ran.add("never"));

        assertTimeoutPreemptively(Duration.ofSeconds(LIMIT_SECONDS), () -> {
            for (int turn = 0; turn < 30; turn++) {
                CountDownLatch ranEarly = new CountDownLatch(1);
                ticker.at(in(0), ranEarly::countDown);
                ranEarly.await();
            }
        });
    }

    @Test
    void whatWasCancelledHoursBeforeItsTimeLeavesTheQueue() {
        for (int i = 0; i < 100_000; i++) {
            ticker.at(in(21_600), () -> ran.add("never")).cancel();
        }

        assertThat(ticker.size()).isLessThan(2_000);
    }

    @Test
    void whatIsNotCancelledStaysWhenOthersLeaveTheQueue() {
        for (int i = 0; i < 10_000; i++) {
            ticker.at(in(20), () -> ran.add("never")).cancel();
            ticker.at(in(10), () -> ran.add("kept"));
        }

        clock.advance(Duration.ofSeconds(30));
        ticker.runDue();

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

    /** The thread that works for a ticker, once it does. */
    private static Thread threadOf(TimerQueue ticker) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        ticker.at(Instant.EPOCH, () -> thread.complete(Thread.currentThread()));
        return thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Thread start() {
        return start(ticker);
    }

    private static Thread start(TimerQueue ticker) {
        Thread thread = new Thread(ticker, "TickerTest");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }
}

package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What is done with actions that a pool rejects, on a clock that the test moves. */
class RetryingExecutorTest {
    private final SimulatorClock clock = SimulatorClock.stopped();
    private final TimerQueue timers = new TimerQueue(clock);
    private final Queue<Throwable> rejections = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final RetryingExecutor executor = new RetryingExecutor(clock::instant, timers, action -> {
        Throwable rejection = rejections.poll();
        if (rejection instanceof Error error) {
            throw error;
        }
        if (rejection instanceof RuntimeException exception) {
            throw exception;
        }
        action.run();
    });

    private void pass(Duration duration) {
        clock.advance(duration);
        timers.runDue();
    }

    @Test
    void whatThePoolAcceptsRunsOnce() {
        executor.execute(() -> ran.add("action"));
        pass(Duration.ofMinutes(1));

        assertThat(ran).containsExactly("action");
    }

    @Test
    void whatThePoolRejectsRunsASecondLater() {
        rejections.add(new RejectedExecutionException("The pool is full, says the test"));
        executor.execute(() -> ran.add("action"));
        pass(Duration.ofMillis(999));
        assertThat(ran).isEmpty();

        pass(Duration.ofMillis(1));

        assertThat(ran).containsExactly("action");
    }

    @Test
    void whatThePoolRejectsSeveralTimesRunsAfterThat() {
        rejections.add(new RejectedExecutionException("The pool is full, says the test"));
        rejections.add(new OutOfMemoryError("unable to create native thread, says the test"));
        executor.execute(() -> ran.add("action"));
        pass(Duration.ofSeconds(1));
        assertThat(ran).isEmpty();

        pass(Duration.ofSeconds(1));

        assertThat(ran).containsExactly("action");
    }

    @Test
    void anActionThatEndsWithAnErrorRunsAgainFiveSecondsLater() {
        try (WarningCapture warnings = WarningCapture.of(RetryingExecutor.class)) {
            executor.execute(() -> {
                ran.add("action");
                if (ran.size() == 1) {
                    throw new StackOverflowError("thrown by a test");
                }
            });
            pass(Duration.ofMillis(4_999));
            assertThat(ran).hasSize(1);

            pass(Duration.ofMillis(1));
            pass(Duration.ofMinutes(1));

            assertThat(ran).hasSize(2);
            assertThat(warnings.lines()).singleElement().asString().startsWith("ERROR ");
        }
    }

    @Test
    void anActionForLaterRunsThenUnlessItIsCancelled() {
        executor.executeAfter(Duration.ofSeconds(30), () -> ran.add("later"));
        TimerQueue.Timer cancelled = executor.executeAfter(Duration.ofSeconds(30), () -> ran.add("cancelled"));
        pass(Duration.ofMillis(29_999));
        assertThat(ran).isEmpty();

        cancelled.cancel();
        pass(Duration.ofMillis(1));

        assertThat(ran).containsExactly("later");
    }
}

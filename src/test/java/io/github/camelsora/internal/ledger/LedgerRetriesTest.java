package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that have failed, on a clock that the test moves. */
class LedgerRetriesTest {
    private final SimulatorClock clock = SimulatorClock.stopped();
    private final TimerQueue timers = new TimerQueue(clock);
    private final LedgerRetries retries =
            new LedgerRetries(new RetryingExecutor(clock::instant, timers, Runnable::run));
    private final WarningCapture warnings = WarningCapture.of(LedgerRetries.class);
    private final List<String> tries = new ArrayList<>();

    @AfterEach
    void stop() {
        warnings.close();
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        timers.runDue();
    }

    @Test
    void aWriteIsRepeatedAfterThePauseAndOnlyOnceWhenItSucceeds() {
        retries.retry("the id of task video_1", () -> tries.add("write"));
        pass(LedgerRetries.PAUSE.minusMillis(1));
        assertThat(tries).isEmpty();

        pass(Duration.ofMillis(1));
        pass(Duration.ofHours(1));

        assertThat(tries).hasSize(1);
        assertThat(warnings.lines()).isEmpty();
    }

    @Test
    void aWriteIsRepeatedUntilItSucceedsAndEachFailureIsReported() {
        retries.retry("the id of task video_1", () -> {
            tries.add("write");
            if (tries.size() < 3) {
                throw new IllegalStateException("The ledger is unavailable, says the test");
            }
        });

        for (int i = 0; i < 5; i++) {
            pass(LedgerRetries.PAUSE);
        }

        assertThat(tries).hasSize(3);
        assertThat(warnings.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("the id of task video_1", LedgerRetries.PAUSE.toSeconds() + " s"));
    }

    @Test
    void aWriteThatFailsForTenMinutesIsReportedSevenTimes() {
        retries.retry("the id of task video_1", () -> {
            throw new IllegalStateException("The ledger is away, says the test");
        });

        for (int i = 0; i < 120; i++) {
            pass(LedgerRetries.PAUSE);
        }

        assertThat(warnings.lines()).hasSize(7);
    }
}

package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.simulator.SimulatorClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivenessCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final LivenessSettings OFTEN =
            new LivenessSettings(System::nanoTime, Duration.ofMillis(20), Duration.ofMillis(20));

    private final SimulatorClock clock = SimulatorClock.stopped();
    private final NodeLease lease = new NodeLease(new MemoryTaskLedger(clock, 10), "node-1", Duration.ofDays(1));
    private final ExecutorService timerPool = Executors.newSingleThreadExecutor();
    private final CountDownLatch isLooking = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Thread watcher;

    @AfterEach
    void stop() {
        end.countDown();
        timerPool.shutdownNow();
    }

    @Test
    void aBlockedCheckBlocksNoTimeoutOfTheJvm() throws Exception {
        LivenessCheck liveness = liveness(() -> {
            isLooking.countDown();
            awaitTheEnd();
            return Optional.empty();
        });
        liveness.start();
        assertThat(isLooking.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> call = new CompletableFuture<>();
        call.orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(call).failsWithin(LIMIT).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        liveness.stop();
    }

    @Test
    void itsThreadSurvivesACheckThatFailsAndEndsWhenStopped() throws Exception {
        CountDownLatch looks = new CountDownLatch(2);
        LivenessCheck liveness = liveness(() -> {
            watcher = Thread.currentThread();
            looks.countDown();
            throw new OutOfMemoryError("thrown by a test");
        });
        liveness.start();
        assertThat(looks.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        liveness.stop();

        await().atMost(LIMIT).until(() -> !watcher.isAlive());
    }

    @Test
    void aProblemIsKnownOnlyOnceASecondCheckHasConfirmedItAndUntilItIsOver() {
        AtomicReference<String> problem = new AtomicReference<>("The file was deleted");
        LivenessCheck liveness = liveness(() -> Optional.ofNullable(problem.get()));
        liveness.check();
        assertThat(liveness.ledgerProblem()).isEmpty();

        liveness.check();

        assertThat(liveness.ledgerProblem()).contains("The file was deleted");
        assertThat(liveness.timerProblem()).isEmpty();
        problem.set(null);
        assertThat(liveness.ledgerProblem()).isEmpty();
    }

    private LivenessCheck liveness(Supplier<Optional<String>> ledgerTrouble) {
        return new LivenessCheck(new TimerQueue(clock), timerPool, lease, () -> {}, ledgerTrouble, OFTEN);
    }

    private void awaitTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

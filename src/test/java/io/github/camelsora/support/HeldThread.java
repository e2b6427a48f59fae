package io.github.camelsora.support;

import io.github.camelsora.internal.camel.ComponentContext;
import io.github.camelsora.internal.cluster.LivenessSettings;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Holds a thread of a component until the test ends the hold. The counter by which the component watches its threads is set
 * ahead, so that no test waits for the ten seconds after which a thread counts as dead.
 */
public final class HeldThread implements Runnable, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration LONGER_THAN_ANY_LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration CONFIRMATION = Duration.ofMillis(50);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ComponentContext component;
    private volatile long ahead;

    /** Watches the threads of a component closely, from its next start on. */
    public HeldThread(ComponentContext component) {
        this.component = component;
        component.setLiveness(new LivenessSettings(() -> System.nanoTime() + ahead, INTERVAL, CONFIRMATION));
    }

    /** Holds the calling thread. */
    @Override
    public void run() {
        held.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a thread is held, and lets fifteen seconds pass for the counter. */
    public void letItCountAsDead() throws InterruptedException {
        if (!held.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("No thread is held");
        }
        ahead += LONGER_THAN_ANY_LIMIT.toNanos();
    }

    /** As {@link #letItCountAsDead}, for another thread than that of the timer, which ticks in this time. */
    public void letItCountAsDeadWhileTheTimerTicks() throws InterruptedException {
        letItCountAsDead();
        TimerQueue timers = component.runtime().timers();
        timers.schedule(Instant.EPOCH, () -> {});
        Awaitility.await().atMost(LIMIT).until(() -> timers.timeSinceLastTick().compareTo(LONGER_THAN_ANY_LIMIT) < 0);
    }

    /** Ends the hold. */
    @Override
    public void close() {
        end.countDown();
    }
}

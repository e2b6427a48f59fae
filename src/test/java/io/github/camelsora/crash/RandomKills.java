package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Kills a chain of nodes, each at a moment that is drawn by lot while it works on what the one before has left and on new
 * messages. The same seed draws the same moments; what a node is doing at that moment is up to the machine.
 */
final class RandomKills implements AutoCloseable {
    private static final int MESSAGES = 40;
    private static final int LONGEST_TASK_MILLIS = 1_500;
    private static final int LONGEST_LIFE_MILLIS = 2_000;
    private static final int SOON_MILLIS = 200;
    // A node that never lives long enough would only collect work.
    private static final int MOST_OPEN = 4 * MESSAGES;

    private final Random random;
    private final long seed;
    private final Chain chain;
    private final List<Duration> recoveries = new ArrayList<>();
    private Set<String> openAtKill = Set.of();
    private int kills;

    RandomKills(String name, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.chain = new Chain(Stage.withFile(name, this::duration));
    }

    private Duration duration(String key) {
        return Duration.ofMillis(new Random(seed + key.hashCode()).nextInt(LONGEST_TASK_MILLIS));
    }

    /** Kills once, and lets the next node go on. */
    void kill() {
        Stage stage = chain.stage();
        List<Message> messages = messages(kills++);
        boolean isRecovering =
                kills > 1 && random.nextInt(3) == 0 && stage.open().size() < MOST_OPEN;
        int delay;
        if (isRecovering) {
            // While it starts, or takes over what was left.
            stage.broker().send(messages, chain.node());
            delay = random.nextInt(LONGEST_LIFE_MILLIS);
        } else {
            awaitRecovery();
            stage.awaitAccepted(1, () -> stage.broker().send(messages, chain.node()));
            delay = random.nextBoolean() ? exponential() : random.nextInt(LONGEST_TASK_MILLIS);
        }
        after(delay, () -> assertThat(stage.kill(chain.node())).isEqualTo(Node.KILLED));
        openAtKill = stage.open();
        chain.goOn();
    }

    private int exponential() {
        return (int) (-SOON_MILLIS * Math.log(1 - random.nextDouble()));
    }

    private static List<Message> messages(int kill) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(number -> Message.of("kill-" + kill + "-" + number, number))
                .toList();
    }

    private static void after(int millis, Runnable action) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(action, later).join();
    }

    private void awaitRecovery() {
        chain.stage().awaitAllTaken();
        chain.stage().recovery(chain.node(), openAtKill).ifPresent(recoveries::add);
        openAtKill = Set.of();
    }

    /** Compares what can be compared while a node works. */
    Reckoning compare() {
        awaitRecovery();
        Reckoning reckoning = new Reckoning(chain.stage(), Optional.empty());
        reckoning.assertAgreement();
        return reckoning;
    }

    /** Ends the last node, and compares the books. */
    KillSummary end() {
        awaitRecovery();
        return new KillSummary(kills, chain.end(), recoveries);
    }

    @Override
    public void close() {
        chain.close();
    }
}

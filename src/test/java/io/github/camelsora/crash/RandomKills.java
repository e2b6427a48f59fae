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
 * Kills a chain of nodes at random moments, while each works on the tasks of the node before it and on new messages. The same
 * seed gives the same moments; what a node is doing at that moment depends on the machine.
 */
final class RandomKills implements AutoCloseable {
    private static final int MESSAGES = 40;
    private static final int LONGEST_TASK_MILLIS = 1_500;
    private static final int LONGEST_LIFE_MILLIS = 2_000;
    private static final int SOON_MILLIS = 200;
    // Nodes that are killed before they recover would only collect work.
    private static final int MAX_OPEN = 4 * MESSAGES;

    private final Random random;
    private final long seed;
    private final NodeChain chain;
    private final List<Duration> recoveries = new ArrayList<>();
    private Set<String> openAtKill = Set.of();
    private int kills;

    RandomKills(String name, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.chain = new NodeChain(Scenario.withFile(name, this::duration));
    }

    private Duration duration(String key) {
        return Duration.ofMillis(new Random(seed + key.hashCode()).nextInt(LONGEST_TASK_MILLIS));
    }

    /** Kills the node, and starts the next one. */
    void kill() {
        Scenario scenario = chain.scenario();
        List<RemixMessage> messages = messages(kills++);
        boolean isRecovering =
                kills > 1 && random.nextInt(3) == 0 && scenario.open().size() < MAX_OPEN;
        int delay;
        if (isRecovering) {
            // While the node starts, or recovers the tasks of the one before.
            scenario.broker().send(messages, chain.node());
            delay = random.nextInt(LONGEST_LIFE_MILLIS);
        } else {
            awaitRecovery();
            scenario.awaitAccepted(1, () -> scenario.broker().send(messages, chain.node()));
            delay = random.nextBoolean() ? exponential() : random.nextInt(LONGEST_TASK_MILLIS);
        }
        after(delay, () -> assertThat(scenario.kill(chain.node())).isEqualTo(Node.KILLED));
        openAtKill = scenario.open();
        chain.startNext();
    }

    private int exponential() {
        return (int) (-SOON_MILLIS * Math.log(1 - random.nextDouble()));
    }

    private static List<RemixMessage> messages(int kill) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(number -> RemixMessage.of("kill-" + kill + "-" + number, number))
                .toList();
    }

    private static void after(int millis, Runnable action) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(action, later).join();
    }

    private void awaitRecovery() {
        chain.scenario().awaitAllDelivered();
        chain.scenario().recoveryTime(chain.node(), openAtKill).ifPresent(recoveries::add);
        openAtKill = Set.of();
    }

    /** Checks the invariants that hold while a node runs. */
    InvariantCheck check() {
        awaitRecovery();
        InvariantCheck check = new InvariantCheck(chain.scenario(), Optional.empty());
        check.assertNoViolations();
        return check;
    }

    /** Stops the last node, and checks the invariants. */
    KillSummary end() {
        awaitRecovery();
        return new KillSummary(kills, chain.finish(), recoveries);
    }

    @Override
    public void close() {
        chain.close();
    }
}

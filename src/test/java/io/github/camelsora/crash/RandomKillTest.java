package io.github.camelsora.crash;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills nodes at random moments. {@code -Dkill.seed=…} repeats the moments of an earlier run. {@link ChaosKillTest} does the
 * same with any number of kills.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RandomKillTest {
    private static final int KILLS_IN_A_CHAIN = 7;

    @Test
    void eachAcceptedRemixIsDeliveredAndPaidOnce() {
        long seed = seed();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> kill(seed + 1));
        kill(seed);
        other.join();
    }

    /** The seed of this run, printed so that a failed run can be repeated. */
    static long seed() {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("kill.seed=" + seed);
        return seed;
    }

    private static void kill(long seed) {
        try (RandomKills chain = new RandomKills("random-" + seed, seed)) {
            IntStream.range(0, KILLS_IN_A_CHAIN).forEach(kill -> chain.kill());

            KillSummary summary = chain.end();
            System.out.printf("Seed %d, %s%n", seed, summary);
            summary.check().assertNoViolations();
        }
    }
}

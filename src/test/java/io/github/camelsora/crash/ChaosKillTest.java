package io.github.camelsora.crash;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many kills as one likes: {@code mvn -Pchaos -Dkills=1000 verify}, with {@code -Dkill.seed=…} to have a run again. */
@Tag("chaos")
class ChaosKillTest {
    private static final int KILLS = 100;
    private static final int KILLS_BETWEEN_COMPARISONS = 10;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void whateverIsAcceptedReachesARouteAndIsPaidOnce() {
        int kills = Integer.getInteger("kills", KILLS);
        long seed = RandomKillTest.seed();
        try (RandomKills chain = new RandomKills("chaos", seed)) {
            for (int kill = 1; kill <= kills; kill++) {
                chain.kill();
                if (kill % KILLS_BETWEEN_COMPARISONS == 0) {
                    System.out.printf("%d of %d kills: %s%n", kill, kills, chain.compare());
                }
            }

            KillSummary summary = chain.end();
            System.out.printf("Seed %d, %s%n", seed, summary);
            summary.reckoning().assertAgreement();
        }
    }
}

package io.github.camelsora.crash;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many random kills: {@code mvn -Pchaos -Dkills=1000 verify}. {@code -Dkill.seed=…} repeats the moments of a run. */
@Tag("chaos")
class ChaosKillTest {
    private static final int KILLS = 100;
    private static final int KILLS_BETWEEN_CHECKS = 10;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void eachAcceptedRemixIsDeliveredAndPaidOnce() {
        int kills = Integer.getInteger("kills", KILLS);
        long seed = RandomKillTest.seed();
        try (RandomKills chain = new RandomKills("chaos", seed)) {
            for (int kill = 1; kill <= kills; kill++) {
                chain.kill();
                if (kill % KILLS_BETWEEN_CHECKS == 0) {
                    System.out.printf("%d of %d kills: %s%n", kill, kills, chain.check());
                }
            }

            KillSummary summary = chain.end();
            System.out.printf("Seed %d, %s%n", seed, summary);
            summary.check().assertNoViolations();
        }
    }
}

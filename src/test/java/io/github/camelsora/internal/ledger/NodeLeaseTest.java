package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.FaultyLedger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a node knows of its own lease, without asking the ledger. */
class NodeLeaseTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SimulatorClock clock = SimulatorClock.stopped();
    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(clock, 10));
    private final NodeLease lease = new NodeLease(ledger, "node-1", LEASE);

    @Test
    void theFirstLeaseIsNoLoss() {
        assertThat(lease.renew()).isTrue();
        assertThat(ledger.isLive("node-1")).isTrue();
    }

    @Test
    void aLeaseThatIsRenewedInTimeKeepsItsEpoch() {
        lease.renew();
        long term = lease.epoch();

        clock.advance(LEASE.minusSeconds(1));

        assertThat(lease.renew()).isTrue();
        assertThat(lease.isSameEpoch(term)).isTrue();
    }

    @Test
    void aLeaseThatRanOutBeginsANewEpoch() {
        lease.renew();
        long term = lease.epoch();

        clock.advance(LEASE.plusMillis(1));

        assertThat(lease.renew()).isFalse();
        assertThat(lease.isSameEpoch(term)).isFalse();
        assertThat(lease.isSameEpoch(lease.epoch())).isTrue();
    }

    @Test
    void aLeaseThatRanOutIsOverBeforeItIsRenewed() {
        lease.renew();
        long term = lease.epoch();

        clock.advance(LEASE.plusMillis(1));

        assertThat(lease.isSameEpoch(term)).isFalse();
    }

    @Test
    void anEpochThatWasReadWhileTheLeaseWasOverIsNeverTheSame() {
        lease.renew();
        clock.advance(LEASE.plusMillis(1));
        long meanwhile = lease.epoch();
        assertThat(lease.isSameEpoch(meanwhile)).isFalse();

        lease.renew();

        assertThat(lease.isSameEpoch(meanwhile)).isFalse();
    }

    @Test
    void aLeaseThatTheLedgerHasForgottenBeginsAnew() {
        lease.renew();

        ledger.releaseLease("node-1");

        assertThat(lease.renew()).isFalse();
    }

    @Test
    void aLateRenewalCountsFromItsRequest() {
        ledger.onceBeforeRenewal(() -> clock.advance(LEASE.minusSeconds(1)));
        lease.renew();
        long term = lease.epoch();

        clock.advance(Duration.ofSeconds(2));

        assertThat(lease.isSameEpoch(term)).isFalse();
    }

    @Test
    void aRenewalThatFailsProlongsNothing() {
        lease.renew();
        long term = lease.epoch();
        clock.advance(LEASE.minusSeconds(1));
        ledger.fail();
        catchThrowable(lease::renew);

        clock.advance(Duration.ofSeconds(2));

        assertThat(lease.isSameEpoch(term)).isFalse();
    }

    @Test
    void aReleasedLeaseIsOverForOthers() {
        lease.renew();

        lease.release();

        assertThat(ledger.isLive("node-1")).isFalse();
    }

    @Test
    void aLeaseLastsFromItsFirstRenewalToItsEnd() {
        assertThat(lease.isLasting()).isFalse();

        lease.renew();
        assertThat(lease.isLasting()).isTrue();

        clock.advance(LEASE.plusMillis(1));
        assertThat(lease.isLasting()).isFalse();
    }

    // The clock of the ledger stands still here: a node that is paused counts by its own.
    @Test
    void theTimeSinceARenewalIsCountedByThisJvm() {
        long before = System.nanoTime();
        lease.renew();

        Duration first = lease.timeSinceRenewal();
        Duration second = lease.timeSinceRenewal();

        Duration most = Duration.ofNanos(System.nanoTime() - before);
        assertThat(first).isBetween(Duration.ZERO, second);
        assertThat(second).isLessThanOrEqualTo(most);
    }
}

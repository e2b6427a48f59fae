package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every ledger promises, whatever it is made of: extend this, give it an empty one, and all of it is tested. It uses
 * nothing but the SPI, and changes records only by the steps of tasks. Its chapters are the interfaces.
 */
public abstract class TaskLedgerContract
        implements LedgerKeyContract,
                LedgerStepContract,
                LedgerFieldContract,
                LedgerLineageContract,
                LedgerDueContract,
                LedgerNodeContract,
                LedgerRetentionContract,
                LedgerRaceContract,
                LedgerForgetContract,
                LedgerBookContract,
                LedgerPauseContract,
                LedgerHistoryContract,
                LedgerSearchContract {

    public TaskLedger ledger;

    /** A ledger without any record or node, with room for at least 100 open records. */
    protected abstract TaskLedger emptyLedger() throws Exception;

    @BeforeEach
    void openLedger() throws Exception {
        ledger = emptyLedger();
    }

    @Override
    public TaskLedger ledger() {
        return ledger;
    }

    @Test
    void theClockGoesForward() {
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> times.add(ledger.now()));

        assertThat(times).isSorted();
    }

    @Test
    void timesAreToTheMillisecond() {
        Instant now = ledger.now();

        assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }
}

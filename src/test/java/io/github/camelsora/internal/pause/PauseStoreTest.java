package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the pauses that were read are too old for a POST. */
class PauseStoreTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final MemoryTaskLedger ledger = new MemoryTaskLedger(time::instant, 10);
    private final PauseHistory history = new PauseHistory(ledger, "node", true);
    private final PauseStore pauses = new PauseStore(ledger, INTERVAL, history);
    private final List<AccountPause> obeyed = new ArrayList<>();

    @Test
    void theyAreStaleUntilTheyAreRead() {
        assertThat(pauses.areStale()).isTrue();

        pauses.read(found -> obeyed.addAll(found.all()));

        assertThat(pauses.areStale()).isFalse();
    }

    @Test
    void theyAreStaleAgainWhenTheIntervalHasPassed() {
        pauses.read(found -> obeyed.addAll(found.all()));

        time.advance(INTERVAL);
        assertThat(pauses.areStale()).isFalse();

        time.advance(Duration.ofMillis(1));
        assertThat(pauses.areStale()).isTrue();
    }

    @Test
    void theyAreStaleUntilThoseThatWereReadAreObeyed() {
        List<Boolean> stale = new ArrayList<>();

        pauses.read(found -> stale.add(pauses.areStale()));

        assertThat(stale).containsExactly(true);
    }

    @Test
    void theTimeForWhichTheReadLastsCounts() {
        pauses.read(found -> time.advance(INTERVAL.plusMillis(1)));

        assertThat(pauses.areStale()).isTrue();
    }

    @Test
    void thoseThatAreNotWrittenYetAreReadWithTheOthers() {
        AccountPause first = AccountPause.byOperator("first", "Why", "node", time.instant());
        AccountPause second = AccountPause.byOperator("second", "Why", "node", time.instant());
        ledger.pauses().orElseThrow().add(first);
        pauses.writeLater(second);

        pauses.read(found -> obeyed.addAll(found.all()));

        assertThat(obeyed).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void onePauseThatTheLedgerRefusesHidesNoOther() {
        AccountPause refused = AccountPause.byOperator("refused", "Why", "node", time.instant());
        AccountPause later = AccountPause.byOperator("later", "Why", "node", time.instant());
        AccountPause ofOthers = AccountPause.byOperator("other", "Why", "node-2", time.instant());
        ledger.pauses().orElseThrow().add(ofOthers);
        PauseStore refusing = new PauseStore(LedgersOfPauses.refusing(ledger, "refused"), INTERVAL, history);
        refusing.writeLater(refused);
        refusing.writeLater(later);

        try (WarningCapture warnings = WarningCapture.of(PauseStore.class)) {
            refusing.read(found -> obeyed.addAll(found.all()));
            refusing.read(found -> {});

            assertThat(warnings.lines()).singleElement().asString().contains("refused", "no other JVM");
        }
        assertThat(obeyed).containsExactlyInAnyOrder(refused, later, ofOthers);
        assertThat(ledger.pauses().orElseThrow().findAll()).containsExactlyInAnyOrder(later, ofOthers);
        assertThat(refusing.areStale()).isFalse();
    }
}

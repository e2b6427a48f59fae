package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineageBoundTest {

    @Test
    void aLineageOfAVideoWithManyRemixesIsBounded() {
        MemoryTaskLedger ledger = new MemoryTaskLedger(InstantSource.system(), 10_000);
        IntStream.range(0, Lineage.MOST_ENTRIES + 100)
                .forEach(i -> ledger.add(LedgerRecords.madeFrom("default", "key-" + i, "video_0")));

        assertThat(Lineage.find(ledger, "default", "key-0")).hasSizeLessThanOrEqualTo(Lineage.MOST_ENTRIES);
        assertThat(Lineage.find(ledger, "default", "video_0")).hasSize(Lineage.MOST_ENTRIES);
    }
}

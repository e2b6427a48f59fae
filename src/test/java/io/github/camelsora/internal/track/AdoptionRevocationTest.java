package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskKey;
import org.junit.jupiter.api.Test;

class AdoptionRevocationTest extends TrackTestSupport {
    private final AdoptionRevocation adoptions = new AdoptionRevocation(ledger, writer, failures);

    @Test
    void aTaskThatIsOnlyAwaitedByItsIdIsFree() {
        ledger.add(LedgerRecords.importing(ACCOUNT, "task:video_1", "video_1"));

        assertThat(adoptions.revoke(new TaskKey(ACCOUNT, "key-1"), "video_1", true))
                .isTrue();

        assertThat(ledger.findByTaskId(ACCOUNT, "video_1")).isPresent();
    }
}

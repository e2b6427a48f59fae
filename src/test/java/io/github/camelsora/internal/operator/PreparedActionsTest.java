package io.github.camelsora.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedActionsTest {
    private Instant now = LedgerRecords.NOON;
    private final PreparedActions prepared = new PreparedActions(() -> now);
    private final TaskRecord one = LedgerRecords.intent("default", "key-1");
    private final TaskRecord other = LedgerRecords.intent("default", "key-2");

    private String keep(TaskRecord... records) {
        return prepared.keep(LedgerAction.forget, List.of(records));
    }

    private void assertGone(String token) {
        assertThatThrownBy(() -> prepared.remove(LedgerAction.forget, token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(token, "Nothing was changed");
    }

    @Test
    void aTokenGivesItsRecordsOnce() {
        String token = keep(one, other);

        assertThat(prepared.remove(LedgerAction.forget, token)).containsExactly(one, other);
        assertGone(token);
    }

    @Test
    void aTokenIsADigestOfTheActionTheKeysAndTheVersions() {
        assertThat(keep(one, other)).isEqualTo(keep(other, one));
        assertThat(keep(one)).isNotEqualTo(keep(one.withVersion(1)));
        assertThat(keep(one)).isNotEqualTo(keep(other));
        assertThat(keep(one)).isNotEqualTo(prepared.keep(LedgerAction.retry, List.of(one)));
    }

    @Test
    void aTokenOfAnotherActionIsRefusedAndStillCounts() {
        String token = keep(one);

        assertThatThrownBy(() -> prepared.remove(LedgerAction.retry, token))
                .hasMessageContaining("a preview of forget, not of retry");

        assertThat(prepared.remove(LedgerAction.forget, token)).containsExactly(one);
    }

    @Test
    void aTokenCountsForAQuarterOfAnHour() {
        String token = keep(one);
        now = now.plus(Duration.ofMinutes(15));
        String later = keep(other);
        now = now.plusMillis(1);

        assertGone(token);
        assertThat(prepared.remove(LedgerAction.forget, later)).hasSize(1);
    }

    @Test
    void ofManyTokensTheLatestCount() {
        String first = keep(one);
        for (int i = 0; i < 20; i++) {
            keep(LedgerRecords.intent("default", "more-" + i));
        }

        assertGone(first);
    }
}

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
    private final PreviewedRecord one = PreviewedRecord.of(LedgerRecords.intent("default", "key-1"));
    private final PreviewedRecord other = PreviewedRecord.of(LedgerRecords.intent("default", "key-2"));

    private String keep(PreviewedRecord... records) {
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
        assertThat(keep(one))
                .isNotEqualTo(keep(PreviewedRecord.of(
                        LedgerRecords.intent("default", "key-1").withVersion(1))));
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
            keep(PreviewedRecord.of(LedgerRecords.intent("default", "more-" + i)));
        }

        assertGone(first);
    }

    @Test
    void aRecordThatWasForgottenAndWrittenAgainIsAnother() {
        TaskRecord before = LedgerRecords.intent("default", "key-1");
        PreviewedRecord again = new PreviewedRecord(
                "default", "key-1", before.times().createdAt().plusMillis(1), before.version());

        assertThat(PreviewedRecord.of(before).isStill(before)).isTrue();
        assertThat(again.isStill(before)).isFalse();
        assertThat(PreviewedRecord.of(before).isStill(before.withVersion(1))).isFalse();
    }
}

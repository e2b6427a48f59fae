package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Records that were kept long enough are removed; unfinished ones stay. */
interface LedgerRetentionContract extends LedgerUnderTest {
    Instant DELIVERED_AT = LedgerRecords.step(LedgerRecords.intent("default", "key-1"), TaskState.DELIVERED)
            .times()
            .deliveredAt();

    @Test
    default void aRecordThatWasDeliveredBeforeIsRemoved() {
        standing(TaskState.DELIVERED);

        int removed = ledger().removeClosed(DELIVERED_AT.plusMillis(1), 10);

        assertThat(removed).isEqualTo(1);
        assertThat(ledger().find("default", "key-1")).isEmpty();
        assertThat(ledger().findByTaskId("default", "video_of_key-1")).isEmpty();
    }

    @Test
    default void aRecordThatWasDeliveredThenStays() {
        TaskRecord delivered = standing(TaskState.DELIVERED);

        int removed = ledger().removeClosed(DELIVERED_AT, 10);

        assertThat(removed).isZero();
        assertThat(ledger().find("default", "key-1")).contains(delivered);
    }

    @Test
    default void aRejectedRecordIsRemovedByTheTimeOfItsCreation() {
        standing(TaskState.REJECTED);

        int removed = ledger().removeClosed(LedgerRecords.NOON.plusMillis(1), 10);

        assertThat(removed).isEqualTo(1);
        assertThat(ledger().find("default", "key-1")).isEmpty();
    }

    @Test
    default void aRejectedRecordStaysWhenItWasCreatedThen() {
        TaskRecord rejected = standing(TaskState.REJECTED);

        int removed = ledger().removeClosed(LedgerRecords.NOON, 10);

        assertThat(removed).isZero();
        assertThat(ledger().find("default", "key-1")).contains(rejected);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"DELIVERED", "REJECTED"},
            mode = Mode.EXCLUDE)
    default void anUnfinishedRecordIsNeverRemoved(TaskState state) {
        TaskRecord record = standing(state);

        int removed = ledger().removeClosed(LedgerRecords.NOON.plus(Duration.ofDays(1_000)), 10);

        assertThat(removed).isZero();
        assertThat(ledger().find("default", "key-1")).contains(record);
    }

    @Test
    default void oldRecordsOfAllAccountsAreRemoved() {
        brought(LedgerRecords.intent("ours", "key-1"), TaskState.DELIVERED);
        brought(LedgerRecords.intent("theirs", "key-1"), TaskState.REJECTED);

        int removed = ledger().removeClosed(DELIVERED_AT.plusMillis(1), 10);

        assertThat(removed).isEqualTo(2);
    }

    @Test
    default void noMoreRecordsAreRemovedThanTheLimit() {
        for (int i = 0; i < 3; i++) {
            brought(LedgerRecords.intent("default", "delivered-" + i), TaskState.DELIVERED);
            brought(LedgerRecords.intent("default", "rejected-" + i), TaskState.REJECTED);
        }

        int first = ledger().removeClosed(DELIVERED_AT.plusMillis(1), 4);
        int second = ledger().removeClosed(DELIVERED_AT.plusMillis(1), 4);

        assertThat(first).isEqualTo(4);
        assertThat(second).isEqualTo(2);
    }
}

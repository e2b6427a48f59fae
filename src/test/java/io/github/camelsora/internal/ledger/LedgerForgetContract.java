package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator has forgotten is remembered as such; wire keys find records; and one kind of result may change. */
interface LedgerForgetContract extends LedgerUnderTest {
    String MISSING = "{\"status\":\"FAILED\",\"errorCode\":\"result_missing\"}";
    String FOUND = "{\"status\":\"COMPLETED\",\"errorCode\":null}";

    @Test
    default void aForgottenRecordDiffersFromOneThatVanished() {
        TaskRecord forgotten = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord other = LedgerRecords.running("default", "key-2", "video_2");

        ledger().forget(forgotten, null);

        assertThat(ledger().isForgotten(forgotten)).isTrue();
        assertThat(ledger().isForgotten(other)).isFalse();
    }

    @Test
    default void aForgottenRecordIsFoundByNothing() {
        ledger().renewLease("node-1", Duration.ofMinutes(10));
        TaskRecord owned = added(LedgerRecords.running("default", "key-1", "video_1")
                .ownedBy("node-1")
                .dueAt(ledger().now()));

        ledger().forget(owned, null);

        assertThat(ledger().find("default", "key-1")).isEmpty();
        assertThat(ledger().findByTaskId("default", "video_1")).isEmpty();
        assertThat(ledger().findByWireKey("default", owned.wireKey())).isEmpty();
        assertThat(ledger().findOwned("default", "node-1")).isEmpty();
        assertThat(ledger().findDue("default", null, 10)).isEmpty();
        ledger().releaseLease("node-1");
        assertThat(ledger().findAbandoned("default", owned.baseUrl(), 10)).isEmpty();
    }

    @Test
    default void aStandingRecordIsNotForgotten() {
        TaskRecord stale = added(LedgerRecords.intent("default", "key-1"));
        ledger().replace(stale.ownedBy("node-2"));

        ledger().forget(stale, null);

        assertThat(ledger().isForgotten(stale)).isFalse();
    }

    @Test
    default void aSuccessorStandsAtOnceWithTheNextVersion() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));
        TaskRecord successor = LedgerRecords.step(LedgerRecords.intent("default", "key-1"), TaskState.REJECTED);

        ledger().forget(record, successor);

        assertThat(ledger().find("default", "key-1")).hasValueSatisfying(standing -> {
            assertThat(standing.state()).isEqualTo(TaskState.REJECTED);
            assertThat(standing.version()).isEqualTo(record.version() + 1);
        });
    }

    @Test
    default void anErasedRecordIsStillThatOfItsTask() {
        TaskRecord record = added(LedgerRecords.with(
                LedgerRecords.running("default", "key-1", "video_1"), "tag", Map.of("Customer", "Jane Roe")));

        ledger().forget(record, Erasure.of(record));

        assertThat(record.request()).contains("puppy");
        assertThat(ledger().findByTaskId("default", "video_1")).hasValueSatisfying(erased -> {
            assertThat(erased.request()).contains("sha256").doesNotContain("puppy");
            assertThat(erased.carriedHeaders()).isEmpty();
            assertThat(erased.version()).isEqualTo(record.version() + 1);
        });
        assertThat(ledger().isForgotten(record)).isFalse();
        assertThat(ledger().isForgottenTask("default", "video_1")).isFalse();
    }

    @Test
    default void aRecordThatIsPutBackIsNoLongerForgotten() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));
        ledger().forget(record, null);
        TaskRecord other = added(LedgerRecords.importing("default", "key-1", "video_9"));

        ledger().forget(other, record);

        assertThat(ledger().isForgotten(record)).isFalse();
        assertThat(ledger().isForgotten(other)).isTrue();
    }

    @Test
    default void aRecordWithoutAWireKeyIsForgottenByItsCreation() {
        TaskRecord imported = added(LedgerRecords.importing("default", "key-1", "video_1"));

        ledger().forget(imported, null);

        assertThat(ledger().isForgotten(imported)).isTrue();
    }

    @Test
    default void theNoteGoesWithTheDeliveredKeysOfItsTime() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));
        ledger().forget(record, null);

        ledger().removeClosed(ledger().now().minus(Duration.ofMinutes(1)), 10);
        assertThat(ledger().isForgotten(record)).isTrue();
        ledger().removeClosed(ledger().now().plus(Duration.ofMinutes(1)), 10);

        assertThat(ledger().isForgotten(record)).isFalse();
    }

    @Test
    default void theTaskOfAForgottenRecordIsForgotten() {
        ledger().forget(added(LedgerRecords.running("default", "key-1", "video_1")), null);

        assertThat(ledger().isForgottenTask("default", "video_1")).isTrue();
        assertThat(ledger().isForgottenTask("default", "video_2")).isFalse();
        assertThat(ledger().isForgottenTask("other", "video_1")).isFalse();
    }

    @Test
    default void theTaskOfAForgottenImportCanStillBeThatOfASubmit() {
        TaskRecord imported = added(LedgerRecords.importing("default", "task:video_1", "video_1"));

        ledger().forget(imported, null);

        assertThat(ledger().isForgotten(imported)).isTrue();
        assertThat(ledger().isForgottenTask("default", "video_1")).isFalse();
    }

    @Test
    default void aWireKeyFindsItsRecord() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));
        added(LedgerRecords.running("default", "key-2", "video_2"));

        assertThat(ledger().findByWireKey("default", record.wireKey())).contains(record);
        assertThat(ledger().findByWireKey("other", record.wireKey())).isEmpty();
        assertThat(ledger().findByWireKey("default", "key-1")).isEmpty();
    }

    @Test
    default void theWireKeyOfAForgottenRecordFindsNothing() {
        TaskRecord record = added(LedgerRecords.running("default", "key-1", "video_1"));

        ledger().forget(record, null);

        assertThat(ledger().findByWireKey("default", record.wireKey())).isEmpty();
    }

    @Test
    default void aKeyThatBeginsAnewIsFoundByItsNewWireKeyOnly() {
        TaskRecord rejected = standing(TaskState.REJECTED);
        TaskRecord anew =
                LedgerRecords.intentWith("default", "key-1", "key-1~new0000000").withVersion(rejected.version());

        TaskRecord written = ledger().replace(anew).orElseThrow();

        assertThat(ledger().findByWireKey("default", "key-1~new0000000")).contains(written);
        assertThat(ledger().findByWireKey("default", rejected.wireKey())).isEmpty();
    }

    @Test
    default void aResultThatLackedAnAddressIsReplacedByOneThatHasIt() {
        for (TaskState state : new TaskState[] {TaskState.ENDED, TaskState.DELIVERED, TaskState.SET_ASIDE}) {
            String key = "key-of-" + state;
            TaskRecord missing = endedWithoutAddress(key, state);
            TaskRecord mended = missing.addressFound(FOUND, ledger().now());

            Optional<TaskRecord> written = ledger().replace(mended);

            assertThat(written).isPresent().isEqualTo(ledger().find("default", key));
            assertThat(written.get().state()).isEqualTo(TaskState.ENDED);
            assertThat(written.get().result()).isEqualTo(FOUND);
            assertThat(ledger().findDue("default", null, 10)).contains(written.get());
        }
    }

    @Test
    default void aResultThatLackedAnAddressIsReplacedOnce() {
        TaskRecord missing = endedWithoutAddress("key-1", TaskState.DELIVERED);
        TaskRecord mended = missing.addressFound(FOUND, ledger().now());
        ledger().replace(mended);

        assertThat(ledger().replace(mended)).isEmpty();
    }

    @Test
    default void noOtherResultIsReplaced() {
        TaskRecord delivered = standing(TaskState.DELIVERED);

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger().replace(delivered.addressFound(MISSING, ledger().now())));
        assertThatIllegalStateException()
                .isThrownBy(() -> ledger().replace(delivered.addressFound(FOUND, ledger().now())));
        assertThat(ledger().find("default", "key-1")).contains(delivered);
    }

    private TaskRecord endedWithoutAddress(String key, TaskState state) {
        TaskRecord running = added(LedgerRecords.running("default", key, "video_of_" + key));
        TaskRecord ended = ledger().replace(running.ended(MISSING, LedgerRecords.NOON.plusSeconds(300)))
                .orElseThrow();
        return state == TaskState.ENDED
                ? ended
                : ledger().replace(LedgerRecords.step(ended, state)).orElseThrow();
    }
}

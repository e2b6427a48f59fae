package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that are due for delivery. */
interface LedgerDueContract extends LedgerUnderTest {

    @Test
    default void aDueRecordIsFoundAsItStands() {
        TaskRecord record = added(due("key-1", Duration.ofMinutes(1)));

        assertThat(ledger().findDue("default", null, 10)).containsExactly(record);
    }

    @Test
    default void aRecordThatIsDueNowIsFound() {
        ledger().add(due("key-1", Duration.ZERO));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("key-1");
    }

    @Test
    default void aRecordThatIsDueLaterIsNotFound() {
        ledger().add(due("key-1", Duration.ofHours(-1)));

        assertThat(ledger().findDue("default", null, 10)).isEmpty();
    }

    @Test
    default void aRecordThatIsNotToBeDeliveredIsNeverDue() {
        for (TaskState state : TaskState.values()) {
            brought(LedgerRecords.intent("default", state.name()), state);
        }

        assertThat(ledger().findDue("default", null, 10)).isEmpty();
    }

    // The loss of a submit is delivered to a route, too, during the search.
    @Test
    default void aRecordThatHasNotEndedIsFoundWhenItIsDue() {
        TaskRecord lost = standing(TaskState.UNKNOWN);

        ledger().replace(lost.dueAt(ledger().now()));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("key-1");
    }

    @Test
    default void anAcquiredRecordIsNoLongerDue() {
        TaskRecord record = added(due("key-1", Duration.ofMinutes(1)));

        ledger().replace(record.ownedBy("node-1").dueAt(null));

        assertThat(ledger().findDue("default", null, 10)).isEmpty();
    }

    @Test
    default void aRemovedRecordIsNoLongerDue() {
        TaskRecord record = added(due("key-1", Duration.ofMinutes(1)));

        ledger().forget(record, null);

        assertThat(ledger().findDue("default", null, 10)).isEmpty();
    }

    @Test
    default void theLongestDueComesFirst() {
        ledger().add(due("second", Duration.ofMinutes(2)));
        ledger().add(due("third", Duration.ofMinutes(1)));
        ledger().add(due("first", Duration.ofMinutes(3)));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("first", "second", "third");
    }

    @Test
    default void aDelayedRecordGoesToTheEnd() {
        TaskRecord first = added(due("first", Duration.ofMinutes(3)));
        ledger().add(due("second", Duration.ofMinutes(2)));

        ledger().replace(first.dueAt(ledger().now()));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("second", "first");
    }

    @Test
    default void theRecordThatExpiresFirstComesFirstHoweverLongItHasBeenDue() {
        Instant now = ledger().now();
        ledger().add(due("second", Duration.ofMinutes(1)).expiringAt(now.plusSeconds(20)));
        ledger().add(due("third", Duration.ofMinutes(9)).expiringAt(now.plusSeconds(30)));
        ledger().add(due("first", Duration.ofMinutes(5)).expiringAt(now.plusSeconds(10)));
        ledger().add(due("not yet", Duration.ofMinutes(-5)).expiringAt(now.plusSeconds(5)));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("first", "second", "third");
        assertThat(keys(ledger().findDue("default", null, 2))).containsExactly("first", "second");
    }

    @Test
    default void recordsThatExpireTogetherAreOrderedByTheTimeTheyHaveBeenDue() {
        Instant tomorrow = ledger().now().plusSeconds(86_400);
        ledger().add(tagged(due("second", Duration.ofMinutes(1)), "invoices").expiringAt(tomorrow));
        ledger().add(tagged(due("first", Duration.ofMinutes(2)), "invoices").expiringAt(tomorrow));

        assertThat(keys(ledger().findDue("default", "invoices", 10))).containsExactly("first", "second");
    }

    @Test
    default void aLostSubmitComesBeforeRecordsThatCanStillWait() {
        ledger().add(due("key-2", Duration.ofMinutes(9))
                .expiringAt(ledger().now().plusSeconds(60)));
        ledger().replace(standing(TaskState.UNKNOWN).dueAt(ledger().now().minusSeconds(1)));

        assertThat(keys(ledger().findDue("default", null, 1))).containsExactly("key-1");
    }

    @Test
    default void aReleasedRecordExpiresAsBefore() {
        TaskRecord record = added(
                due("first", Duration.ofMinutes(1)).expiringAt(ledger().now().plusSeconds(10)));
        ledger().add(due("second", Duration.ofMinutes(9))
                .expiringAt(ledger().now().plusSeconds(20)));

        TaskRecord acquired =
                ledger().replace(record.ownedBy("node-1").dueAt(null)).orElseThrow();
        ledger().replace(acquired.ownedBy(null).dueAt(ledger().now()));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactly("first", "second");
    }

    @Test
    default void noMoreRecordsAreFoundThanTheLimit() {
        ledger().add(due("second", Duration.ofMinutes(2)));
        ledger().add(due("third", Duration.ofMinutes(1)));
        ledger().add(due("first", Duration.ofMinutes(3)));

        assertThat(keys(ledger().findDue("default", null, 2))).containsExactly("first", "second");
    }

    @Test
    default void allRecordsThatAreDueAtOneTimeAreFound() {
        Instant time = ledger().now();
        for (int i = 0; i < 5; i++) {
            ledger().add(LedgerRecords.due("default", "key-" + i, time));
        }

        assertThat(keys(ledger().findDue("default", null, 10)))
                .containsExactlyInAnyOrder("key-0", "key-1", "key-2", "key-3", "key-4");
    }

    @Test
    default void dueRecordsOfOtherAccountsAreNotFound() {
        ledger().add(due("key-1", Duration.ofMinutes(1)));

        assertThat(ledger().findDue("theirs", null, 10)).isEmpty();
    }

    @Test
    default void aTagFindsNoOtherRecords() {
        ledger().add(tagged("invoices-1", "invoices"));
        ledger().add(tagged("trailers-1", "trailers"));
        ledger().add(due("untagged", Duration.ofMinutes(1)));

        assertThat(keys(ledger().findDue("default", "invoices", 10))).containsExactly("invoices-1");
    }

    @Test
    default void aTagFindsTheLongestDueUpToTheLimit() {
        ledger().add(tagged(due("second", Duration.ofMinutes(2)), "invoices"));
        ledger().add(tagged(due("third", Duration.ofMinutes(1)), "invoices"));
        ledger().add(tagged(due("first", Duration.ofMinutes(3)), "invoices"));
        ledger().add(tagged(due("later", Duration.ofHours(-1)), "invoices"));

        assertThat(keys(ledger().findDue("default", "invoices", 2))).containsExactly("first", "second");
    }

    @Test
    default void withoutATagRecordsWithAnyTagAndWithoutATagAreFound() {
        ledger().add(tagged("invoices-1", "invoices"));
        ledger().add(due("untagged", Duration.ofMinutes(1)));

        assertThat(keys(ledger().findDue("default", null, 10))).containsExactlyInAnyOrder("invoices-1", "untagged");
    }

    /** A record that has been due for so long. */
    private TaskRecord due(String key, Duration forSoLong) {
        return LedgerRecords.due("default", key, ledger().now().minus(forSoLong));
    }

    private TaskRecord tagged(String key, String tag) {
        return tagged(due(key, Duration.ofMinutes(1)), tag);
    }

    private static TaskRecord tagged(TaskRecord record, String tag) {
        return LedgerRecords.with(record, tag, null);
    }

    private static List<String> keys(List<TaskRecord> records) {
        return records.stream().map(TaskRecord::key).toList();
    }
}

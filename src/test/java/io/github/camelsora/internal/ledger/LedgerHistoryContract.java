package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of tasks and of operators' actions. */
public interface LedgerHistoryContract extends LedgerUnderTest {
    /** An action on a whole account. */
    HistoryEntry ACTION = new HistoryEntry(
            "default", null, 0, LedgerRecords.NOON, "pause", null, null, "node-1", "joe", "The bill is too high");

    private static HistoryEntry change(TaskRecord record, TaskState from, TaskState to, int second) {
        return entry(record, from, to, second, null);
    }

    private static HistoryEntry entry(TaskRecord record, TaskState from, TaskState to, int second, String actor) {
        return new HistoryEntry(
                record.account(),
                record.key(),
                record.version(),
                LedgerRecords.NOON.plusSeconds(second),
                "Changed",
                from,
                to,
                "node-1",
                actor,
                "second " + second);
    }

    private LedgerHistory history() {
        return ledger().history().orElseThrow();
    }

    private List<HistoryEntry> historyOf(String key) {
        return history().find("default", key, 100);
    }

    @Test
    default void theLinesOfAKeyAreFoundAsTheyWereWrittenTheOldestFirst() {
        TaskRecord intent = LedgerRecords.intent("default", "key-1");
        HistoryEntry first = change(intent, null, TaskState.INTENT, 0);
        TaskRecord running = intent.accepted("video_1", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL);
        HistoryEntry second = change(running, TaskState.INTENT, TaskState.RUNNING, 1);
        HistoryEntry ofAnother = change(LedgerRecords.intent("default", "key-2"), null, TaskState.INTENT, 2);

        assertThat(ledger().add(new LedgerWrite(intent, null, first))).isEmpty();
        assertThat(ledger().replace(new LedgerWrite(running, null, second))).isPresent();
        ledger().add(new LedgerWrite(LedgerRecords.intent("default", "key-2"), null, ofAnother));

        assertThat(historyOf("key-1")).containsExactly(first, second);
        assertThat(historyOf("key-2")).containsExactly(ofAnother);
        assertThat(historyOf("key-3")).isEmpty();
    }

    @Test
    default void linesOfOneMomentAreInTheOrderOfTheVersions() {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        HistoryEntry second = change(record.withVersion(2), TaskState.RUNNING, TaskState.ENDED, 0);
        HistoryEntry first = change(record.withVersion(1), TaskState.INTENT, TaskState.RUNNING, 0);
        history().add(second);
        history().add(first);

        assertThat(historyOf("key-1")).containsExactly(first, second);
    }

    @Test
    default void theDetailsOfAnErasedKeyAreRemovedAndItsLinesStay() {
        TaskRecord record = standing(TaskState.REJECTED);
        TaskRecord another = LedgerRecords.intent("default", "key-2");
        TaskRecord ofAnotherAccount = LedgerRecords.intent("other", "key-1");
        history().add(change(record, TaskState.INTENT, TaskState.RUNNING, 0));
        history().add(entry(record, TaskState.RUNNING, TaskState.SET_ASIDE, 1, "joe"));
        history().add(entry(another, null, null, 2, "joe"));
        history().add(entry(ofAnotherAccount, null, null, 3, "joe"));

        HistoryEntry erasure = entry(record, TaskState.REJECTED, TaskState.REJECTED, 4, "ann");
        assertThat(ledger().erase(record, Erasure.of(record), erasure)).isTrue();

        assertThat(ledger().find("default", "key-1"))
                .hasValueSatisfying(erased -> assertThat(erased.request()).doesNotContain("puppy"));
        assertThat(historyOf("key-1"))
                .extracting(HistoryEntry::event, HistoryEntry::detail)
                .containsExactly(tuple("Changed", null), tuple("Changed", null), tuple("Changed", "second 4"));
        assertThat(history().findActions("default", 10))
                .extracting(HistoryEntry::detail)
                .containsExactly("second 4", "second 2", null);
        assertThat(historyOf("key-2")).extracting(HistoryEntry::detail).containsExactly("second 2");
        assertThat(history().find("other", "key-1", 10))
                .extracting(HistoryEntry::detail)
                .containsExactly("second 3");
    }

    @Test
    default void theDetailsStayWhenTheRecordWasChangedBeforeItIsErased() {
        TaskRecord read = standing(TaskState.ENDED);
        HistoryEntry line = entry(read, null, null, 0, "joe");
        history().add(line);
        ledger().replace(read.delivered(LedgerRecords.NOON)).orElseThrow();

        assertThat(ledger().erase(read, Erasure.of(read), entry(read, null, null, 1, "ann")))
                .isFalse();

        assertThat(historyOf("key-1")).containsExactly(line);
    }

    @Test
    default void ofManyLinesTheLatestAreFound() {
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        for (int second = 0; second < 5; second++) {
            history().add(change(record, TaskState.RUNNING, TaskState.ENDED, second));
        }

        assertThat(history().find("default", "key-1", 2))
                .extracting(HistoryEntry::detail)
                .containsExactly("second 3", "second 4");
    }

    @Test
    default void whatIsNotWrittenHasNoLine() {
        TaskRecord standing = added(LedgerRecords.intent("default", "key-1"));
        ledger().replace(standing.ownedBy("node-2"));
        HistoryEntry entry = change(standing, TaskState.INTENT, TaskState.UNKNOWN, 0);

        assertThat(ledger().add(new LedgerWrite(standing, null, entry))).isPresent();
        assertThat(ledger().replace(new LedgerWrite(standing.withState(TaskState.UNKNOWN), null, entry)))
                .isEmpty();
        assertThat(ledger().replaceAll(List.of(new LedgerWrite(standing.withState(TaskState.UNKNOWN), null, entry))))
                .isEmpty();
        assertThat(ledger().forget(standing, null, entry)).isFalse();

        assertThat(historyOf("key-1")).isEmpty();
    }

    @Test
    default void whatALimitRefusesHasNoLine() {
        TaskRecord intent = LedgerRecords.priced("key-1", null, 101, LedgerRecords.NOON);
        HistoryEntry entry = change(intent, null, TaskState.INTENT, 0);

        assertThatThrownBy(() ->
                        ledger().add(new LedgerWrite(intent, LedgerBookContract.within("100/1d", null, intent), entry)))
                .isInstanceOf(SpendLimitException.class);

        assertThat(ledger().find("default", "key-1")).isEmpty();
        assertThat(historyOf("key-1")).isEmpty();
    }

    @Test
    default void ofSeveralChangesAtOnceThoseThatAreWrittenHaveALine() {
        TaskRecord fresh = added(LedgerRecords.intent("default", "key-1"));
        TaskRecord stale = added(LedgerRecords.intent("default", "key-2"));
        TaskRecord silent = added(LedgerRecords.intent("default", "key-3"));
        ledger().replace(stale.ownedBy("node-2"));
        HistoryEntry entry = change(fresh, TaskState.INTENT, TaskState.UNKNOWN, 1);

        List<TaskRecord> written = ledger().replaceAll(List.of(
                new LedgerWrite(fresh.withState(TaskState.UNKNOWN), null, entry),
                new LedgerWrite(
                        stale.withState(TaskState.UNKNOWN),
                        null,
                        change(stale, TaskState.INTENT, TaskState.UNKNOWN, 1)),
                LedgerWrite.of(silent.ownedBy("node-3"))));

        assertThat(written).hasSize(2);
        assertThat(historyOf("key-1")).containsExactly(entry);
        assertThat(historyOf("key-2")).isEmpty();
        assertThat(historyOf("key-3")).isEmpty();
    }

    @Test
    default void theLinesOfAForgottenRecordAreRemovedAndThatOfTheActionStays() {
        TaskRecord record = LedgerRecords.intent("default", "key-1");
        ledger().add(new LedgerWrite(record, null, change(record, null, TaskState.INTENT, 0)));
        HistoryEntry action = entry(record, TaskState.INTENT, null, 1, "joe");

        assertThat(ledger().forget(ledger().find("default", "key-1").orElseThrow(), null, action))
                .isTrue();

        assertThat(historyOf("key-1")).containsExactly(action);
    }

    @Test
    default void aRecordWithASuccessorKeepsItsLines() {
        TaskRecord record = LedgerRecords.intent("default", "key-1");
        HistoryEntry first = change(record, null, TaskState.INTENT, 0);
        ledger().add(new LedgerWrite(record, null, first));
        TaskRecord successor = LedgerRecords.intentWith("default", "key-1", "key-1~abcdefghij");
        HistoryEntry retried = entry(record, TaskState.INTENT, TaskState.INTENT, 1, "joe");

        assertThat(ledger().forget(ledger().find("default", "key-1").orElseThrow(), successor, retried))
                .isTrue();

        assertThat(historyOf("key-1")).containsExactly(first, retried);
    }

    @Test
    default void actionsAreFoundTheLatestFirstByAccountOrAll() {
        HistoryEntry later = new HistoryEntry(
                "other", null, 0, LedgerRecords.NOON.plusSeconds(1), "pause", null, null, "node-1", "ann", null);
        history().add(ACTION);
        history().add(later);
        TaskRecord record = added(LedgerRecords.intent("default", "key-1"));
        history().add(change(record, null, TaskState.INTENT, 2));

        assertThat(history().findActions(null, 10)).containsExactly(later, ACTION);
        assertThat(history().findActions("default", 10)).containsExactly(ACTION);
        assertThat(history().findActions(null, 1)).containsExactly(later);
    }

    @Test
    default void aRecordThatWasKeptLongEnoughTakesItsLinesAlongButNotAnAction() {
        TaskRecord rejected = brought(LedgerRecords.intent("default", "key-1"), TaskState.REJECTED);
        HistoryEntry action = entry(rejected, TaskState.INTENT, TaskState.REJECTED, 1, "joe");
        history().add(change(rejected, TaskState.INTENT, TaskState.REJECTED, 0));
        history()
                .add(new HistoryEntry(
                        "default", "key-1", 1, ledger().now(), action.event(), null, null, "node-1", "joe", null));
        TaskRecord open = added(LedgerRecords.intent("default", "key-2"));
        history().add(change(open, null, TaskState.INTENT, 0));

        assertThat(ledger().removeClosed(LedgerRecords.NOON.plus(Duration.ofDays(1)), 100))
                .isEqualTo(1);

        assertThat(historyOf("key-1")).extracting(HistoryEntry::actor).containsExactly("joe");
        assertThat(historyOf("key-2")).hasSize(1);
    }

    @Test
    default void anActionIsKeptForAYear() {
        Instant now = ledger().now();
        history().add(action(now.minus(Duration.ofDays(365)), "kept"));
        history().add(action(now.minus(Duration.ofDays(367)), "old"));

        ledger().removeClosed(LedgerRecords.NOON, 100);

        assertThat(history().findActions(null, 10))
                .extracting(HistoryEntry::detail)
                .containsExactly("kept");
    }

    private static HistoryEntry action(Instant at, String detail) {
        return new HistoryEntry("default", null, 0, at, "pause", null, null, "node-1", "joe", detail);
    }

    @Test
    default void whatNoDatabaseCanStoreIsReplaced() {
        HistoryEntry entry = new HistoryEntry(
                "default",
                "key-1",
                0,
                LedgerRecords.NOON,
                "Changed",
                null,
                null,
                "node-1",
                "jo\0e",
                "half \ud83d, NUL \0, line\nbreak, whole \ud83d\ude00");
        history().add(entry);

        assertThat(historyOf("key-1")).containsExactly(entry).first().satisfies(read -> {
            assertThat(read.actor()).isEqualTo("jo?e");
            assertThat(read.detail()).isEqualTo("half ?, NUL ?, line?break, whole \ud83d\ude00");
        });
    }

    @Test
    default void aLongDetailIsCut() {
        history().add(action(LedgerRecords.NOON, "x".repeat(HistoryEntry.LONGEST_DETAIL - 1) + "\ud83d\ude00"));

        assertThat(history().findActions(null, 10))
                .extracting(HistoryEntry::detail)
                .containsExactly("x".repeat(HistoryEntry.LONGEST_DETAIL - 1) + "?");
    }
}

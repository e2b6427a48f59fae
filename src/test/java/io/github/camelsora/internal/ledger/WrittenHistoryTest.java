package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which lines of the history the writer writes, and of what it notifies its observer. */
class WrittenHistoryTest {
    private static final TaskKey KEY = new TaskKey("default", "key-1");

    private final MemoryTaskLedger ledger = new MemoryTaskLedger(() -> LedgerRecords.NOON, 100);
    private final List<HistoryEntry> observed = new ArrayList<>();
    private final LedgerWriter writer =
            new LedgerWriter(ledger, "node-1", true, (entry, change) -> observed.add(entry));

    @Test
    void eachChangeOfTheStateHasALineAndIsObserved() {
        writer.apply(KEY, new TaskEvent.SubmitStarted(intent(), null));
        writer.apply(KEY, accepted());

        assertThat(history())
                .extracting(HistoryEntry::event, HistoryEntry::from, HistoryEntry::to, HistoryEntry::detail)
                .containsExactly(
                        tuple("SubmitStarted", null, TaskState.INTENT, null),
                        tuple("SubmitAccepted", TaskState.INTENT, TaskState.RUNNING, "task video_1"));
        assertThat(history()).extracting(HistoryEntry::version).containsExactly(0L, 1L);
        assertThat(history()).extracting(HistoryEntry::node).containsOnly("node-1");
        assertThat(history()).extracting(HistoryEntry::actor).containsOnlyNulls();
        assertThat(observed).isEqualTo(history());
    }

    @Test
    void aChangeThatLeavesTheStateHasNoLine() {
        ledger.add(intent());

        assertThat(writer.apply(KEY, new TaskEvent.OwnershipConfirmed(null)).isChanged())
                .isTrue();

        assertThat(history()).isEmpty();
        assertThat(observed).isEmpty();
    }

    /** It may also be the first that says what was charged. */
    @Test
    void anAddressThatIsFoundBeforeTheDeliveryHasALine() {
        ledger.add(LedgerRecords.running("default", "key-1", "video_1")
                .ended("{\"status\":\"FAILED\",\"errorCode\":\"result_missing\"}", LedgerRecords.NOON));

        writer.apply(KEY, new TaskEvent.AddressFound(completed("video_1")));

        assertThat(history())
                .extracting(HistoryEntry::event, HistoryEntry::from, HistoryEntry::to, HistoryEntry::detail)
                .containsExactly(tuple("AddressFound", TaskState.ENDED, TaskState.ENDED, "task video_1"));
        assertThat(observed).isEqualTo(history());
    }

    private static VideoTask completed(String id) {
        return TaskJson.read(
                "{\"id\":\"" + id + "\",\"status\":\"COMPLETED\",\"videoUrls\":[\"https://cdn.example/1.mp4\"]}");
    }

    @Test
    void aTaskThatIsTakenBackFromARecordThatStaysSetAsideHasALine() {
        ledger.add(LedgerRecords.running("default", "key-1", "video_1").withState(TaskState.SET_ASIDE));

        writer.apply(KEY, new TaskEvent.AdoptionRevoked("video_1"));

        assertThat(history())
                .extracting(HistoryEntry::event, HistoryEntry::from, HistoryEntry::to, HistoryEntry::detail)
                .containsExactly(tuple("AdoptionRevoked", TaskState.SET_ASIDE, TaskState.SET_ASIDE, "task video_1"));
    }

    @Test
    void whatComesTooLateHasNoLine() {
        TaskRecord read = intent();
        ledger.add(read);
        ledger.replace(read.ownedBy("node-1"));

        writer.applyTo(read, accepted());

        assertThat(history()).isEmpty();
        assertThat(observed).isEmpty();
    }

    @Test
    void severalChangesAtOnceHaveALineEach() {
        TaskRecord running =
                LedgerRecords.running("default", "key-1", "video_1").ownedBy("node-2");
        TaskRecord intent = LedgerRecords.intent("default", "key-2").ownedBy("node-2");
        ledger.add(running);
        ledger.add(intent);

        writer.applyToAll(
                List.of(running, intent), new TaskEvent.TakenOver(LedgerRecords.TRACK_UNTIL, Duration.ofMinutes(1)));

        assertThat(history()).isEmpty();
        assertThat(ledger.history().orElseThrow().find("default", "key-2", 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.event()).isEqualTo("TakenOver");
                    assertThat(entry.to()).isEqualTo(TaskState.UNKNOWN);
                });
        assertThat(observed).hasSize(1);
    }

    @Test
    void aCommandOfAnOperatorHasALineWithActorAndReason() {
        TaskRecord rejected = intent().withState(TaskState.REJECTED);
        ledger.add(rejected);

        writer.actingFor(new Operator("joe", "The customer has paid"))
                .applyTo(rejected, new TaskEvent.OperatorRetried());

        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.event()).isEqualTo("OperatorRetried");
            assertThat(entry.from()).isEqualTo(TaskState.REJECTED);
            assertThat(entry.to()).isEqualTo(TaskState.REJECTED);
            assertThat(entry.actor()).isEqualTo("joe");
            assertThat(entry.detail()).isEqualTo("The customer has paid");
        });
    }

    @Test
    void theLineOfAForgottenRecordLeadsToNoState() {
        TaskRecord rejected = intent().withState(TaskState.REJECTED);
        ledger.add(rejected);

        writer.actingFor(new Operator("joe", null)).applyTo(rejected, new TaskEvent.Forgotten());

        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.from()).isEqualTo(TaskState.REJECTED);
            assertThat(entry.to()).isNull();
            assertThat(entry.version()).isEqualTo(rejected.version() + 1);
        });
    }

    @Test
    void withoutAHistoryTheObserverIsNotifiedAllTheSame() {
        LedgerWriter silent = new LedgerWriter(ledger, "node-1", false, (entry, change) -> observed.add(entry));

        silent.apply(KEY, new TaskEvent.SubmitStarted(intent(), null));

        assertThat(history()).isEmpty();
        assertThat(observed).hasSize(1);
    }

    @Test
    void anObserverThatFailsStopsNothing() {
        LedgerWriter failing = new LedgerWriter(ledger, "node-1", true, (entry, change) -> {
            throw new StackOverflowError();
        });

        assertThat(failing.apply(KEY, new TaskEvent.SubmitStarted(intent(), null))
                        .isChanged())
                .isTrue();
    }

    @Test
    void aCommandThatChangesNoRecordHasALine() {
        writer.actingFor(new Operator("joe", "A test")).recordAction(KEY, "SubmitCancelled");

        assertThat(history())
                .extracting(HistoryEntry::event, HistoryEntry::actor, HistoryEntry::detail, HistoryEntry::from)
                .containsExactly(tuple("SubmitCancelled", "joe", "A test", null));
    }

    @Test
    void aCommandCountsAlthoughItsLineCannotBeWritten() {
        LedgerWriter failing = new LedgerWriter(
                new GuardedLedger(ledger) {
                    @Override
                    public Optional<LedgerHistory> history() {
                        return Optional.of(new UnavailableHistory());
                    }
                },
                "node-1",
                true,
                (entry, change) -> {});

        assertThatCode(() -> failing.actingFor(new Operator("joe", null)).recordAction(KEY, "SubmitCancelled"))
                .doesNotThrowAnyException();
    }

    private static final class UnavailableHistory implements LedgerHistory {
        @Override
        public List<HistoryEntry> find(String account, String key, int limit) {
            throw new IllegalStateException("thrown by a test");
        }

        @Override
        public List<HistoryEntry> findActions(String account, int limit) {
            throw new IllegalStateException("thrown by a test");
        }

        @Override
        public void add(HistoryEntry entry) {
            throw new IllegalStateException("thrown by a test");
        }
    }

    private List<HistoryEntry> history() {
        return ledger.history().orElseThrow().find("default", "key-1", 10);
    }

    private static TaskRecord intent() {
        return LedgerRecords.intent("default", "key-1");
    }

    private static TaskEvent accepted() {
        return new TaskEvent.SubmitAccepted(intent().wireKey(), "video_1", LedgerRecords.TRACK_UNTIL, null);
    }
}

package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often an event asks the ledger, and what happens when another writer is faster. */
class LedgerWriterTest {
    private static final TaskKey KEY = new TaskKey("default", "key-1");
    private static final Instant TRACK_UNTIL = LedgerRecords.TRACK_UNTIL;
    private static final TaskEvent LEASE_EXPIRED = new TaskEvent.TakenOver(TRACK_UNTIL, Duration.ofMinutes(1));

    private final MemoryTaskLedger memory = new MemoryTaskLedger(() -> LedgerRecords.NOON, 10_000);
    private final List<String> calls = new ArrayList<>();
    private Runnable beforeReplace = () -> {};
    private final TaskLedger ledger = (TaskLedger)
            Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, this::call);
    private final LedgerWriter writer = new LedgerWriter(ledger, "node-1", true, (entry, change) -> {});

    @Test
    void aNewKeyCostsOneStatement() {
        Change change = writer.apply(KEY, new TaskEvent.SubmitStarted(intent(), null));

        assertThat(calls).containsExactly("add");
        assertThat(change.isChanged()).isTrue();
        assertThat(change.before()).isNull();
        assertThat(memory.find("default", "key-1")).isEqualTo(change.standing());
    }

    @Test
    void aKeyThatIsKnownIsAnsweredByTheSameStatement() {
        memory.add(LedgerRecords.running("default", "key-1", "video_1"));

        Change change = writer.apply(KEY, new TaskEvent.SubmitStarted(intent(), null));

        assertThat(calls).containsExactly("add");
        assertThat(change.isChanged()).isFalse();
        assertThat(change.required().taskId()).isEqualTo("video_1");
    }

    @Test
    void anEventReadsAndWritesOnce() {
        memory.add(intent());

        Change change = writer.apply(KEY, accepted());

        assertThat(calls).containsExactly("find", "replace");
        assertThat(change.before()).isEqualTo(intent());
        assertThat(change.written()).isEqualTo(memory.find("default", "key-1"));
    }

    @Test
    void anEventThatDoesNotCountWritesNothing() {
        memory.add(LedgerRecords.running("default", "key-1", "video_1"));

        Change change = writer.apply(KEY, new TaskEvent.IntentWithdrawn(intent().wireKey(), "rejected"));

        assertThat(calls).containsExactly("find");
        assertThat(change.isChanged()).isFalse();
        assertThat(change.standing()).isEqualTo(memory.find("default", "key-1"));
        assertThat(change.written()).isEmpty();
    }

    @Test
    void anEventIsAppliedToWhatAFasterWriterHasLeft() {
        memory.add(intent());
        beforeReplace = () -> memory.replace(record().withState(TaskState.UNKNOWN));

        Change change = writer.apply(KEY, accepted());

        assertThat(calls).containsExactly("find", "replace", "find", "replace");
        assertThat(change.before().state()).isEqualTo(TaskState.UNKNOWN);
        assertThat(change.required().state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aFasterWriterMayHaveMadeAnEventCountNoMore() {
        memory.add(intent());
        beforeReplace = () -> memory.replace(record().accepted("video_1", LedgerRecords.NOON, TRACK_UNTIL));

        Change change = writer.apply(KEY, new TaskEvent.IntentWithdrawn(intent().wireKey(), "rejected"));

        assertThat(change.isChanged()).isFalse();
        assertThat(record().state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anEventForTheVersionThatWasReadIsNotAppliedToAnother() {
        memory.add(LedgerRecords.due("default", "key-1", LedgerRecords.NOON));
        TaskRecord read = record();
        memory.replace(read.ownedBy("node-2").dueAt(null));

        Change change = writer.applyTo(read, new TaskEvent.DeliveryStarted());

        assertThat(calls).containsExactly("replace");
        assertThat(change.isChanged()).isFalse();
        assertThat(record().owner()).isEqualTo("node-2");
    }

    @Test
    void aThousandRecordsAreTakenOverByOneStatement() {
        List<TaskRecord> abandoned = IntStream.range(0, 1_000)
                .mapToObj(i -> LedgerRecords.running("default", "key-" + i, "video_" + i)
                        .ownedBy("node-2"))
                .toList();
        abandoned.forEach(memory::add);
        memory.replace(abandoned.get(7));

        List<Change> changes = writer.applyToAll(abandoned, LEASE_EXPIRED);

        assertThat(calls).containsExactly("replaceAll");
        assertThat(changes).hasSize(999).allSatisfy(change -> {
            assertThat(change.before().owner()).isEqualTo("node-2");
            assertThat(change.required().owner()).isEqualTo("node-1");
        });
    }

    @Test
    void aRecordThatHasEndedForGoodIsNotTakenOverWithOthers() {
        TaskRecord running =
                LedgerRecords.running("default", "key-1", "video_1").ownedBy("node-2");
        TaskRecord rejected = LedgerRecords.intent("default", "key-2").withState(TaskState.REJECTED);
        memory.add(running);
        memory.add(rejected);

        List<Change> changes = writer.applyToAll(List.of(running, rejected), LEASE_EXPIRED);

        assertThat(changes).extracting(Change::key).containsExactly(KEY);
    }

    @Test
    void theRecordAfterARetryIsTheOneInTheLedger() {
        TaskRecord rejected = intent().withState(TaskState.REJECTED);
        memory.add(rejected);

        Change change = writer.applyTo(rejected, new TaskEvent.OperatorRetried());

        assertThat(calls).containsExactly("forget");
        assertThat(change.standing()).isEqualTo(memory.find("default", "key-1"));
        assertThat(memory.isForgotten(rejected)).isTrue();
    }

    @Test
    void anEventWithoutItsRecordIsNotFound() {
        Change change = writer.apply(KEY, accepted());

        assertThat(calls).containsExactly("find");
        assertThat(change.isChanged()).isFalse();
        assertThatExceptionOfType(RecordNotFoundException.class)
                .isThrownBy(change::required)
                .withMessageContaining("no longer has the record of key key-1")
                .withMessageContaining("Check in the vendor's console");
    }

    @Test
    void aCompletionOfAnotherTaskFindsNoRecord() {
        memory.add(LedgerRecords.running("default", "key-1", "video_1"));

        Change change = writer.apply(KEY, new TaskEvent.TaskCompleted("video_2", null, TaskEvent.ClaimHere.NONE));

        assertThatExceptionOfType(RecordNotFoundException.class).isThrownBy(change::required);
        assertThat(record().state()).isEqualTo(TaskState.RUNNING);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!List.of("now", "book", "history").contains(method.getName())) {
            calls.add(method.getName());
        }
        if (method.getName().equals("replace")) {
            Runnable once = beforeReplace;
            beforeReplace = () -> {};
            once.run();
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static TaskRecord intent() {
        return LedgerRecords.intent("default", "key-1");
    }

    private static TaskEvent accepted() {
        return new TaskEvent.SubmitAccepted(intent().wireKey(), "video_1", TRACK_UNTIL, null);
    }

    private TaskRecord record() {
        return memory.find("default", "key-1").orElseThrow();
    }
}

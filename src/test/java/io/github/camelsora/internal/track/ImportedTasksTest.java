package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.support.TestWaiter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A task that is awaited by its id may be one of our own submits: then it has two records, and one result. */
class ImportedTasksTest extends TrackTestSupport {
    private static final String WIRE_KEY = "1~0123456789";
    private static final String IMPORT = "task:tsk_1";
    private static final Instant LATER = LedgerRecords.TRACK_UNTIL.plusSeconds(60);

    @Test
    void anImportIsARunningTaskUnderAKeyOfItsId() {
        TaskRecord first = ImportedTasks.newRecord(
                "tsk_1",
                0,
                service,
                new TaskLabels("puppies", Map.of("order", 7), TaskOrigin.UNKNOWN),
                NODE,
                time.instant());
        TaskRecord third = ImportedTasks.newRecord("tsk_1", 2, service, TaskLabels.NONE, NODE, time.instant());

        assertThat(first.key()).isEqualTo(IMPORT);
        assertThat(third.key()).isEqualTo(IMPORT + "#2");
        assertThat(first.state()).isEqualTo(TaskState.RUNNING);
        assertThat(first.taskId()).isEqualTo("tsk_1");
        assertThat(first.owner()).isEqualTo(NODE);
        assertThat(first.tag()).isEqualTo("puppies");
        assertThat(first.carriedHeaders()).isEqualTo(Map.of("order", 7));
        assertThat(first.due().trackUntil()).isEqualTo(TIMEOUTS.trackUntil(time.instant()));
    }

    @Test
    void onlyARecordWithoutARequestIsAnImport() {
        assertThat(ImportedTasks.isImported(addImport("tsk_1"))).isTrue();
        assertThat(ImportedTasks.isImported(addRunning("1"))).isFalse();
        assertThat(ImportedTasks.isImported(LedgerRecords.intent(ACCOUNT, "2", null)))
                .isFalse();
    }

    @Test
    void aLostSubmitIsFoundByAnAnswerToItsImport() {
        addLost("1");
        TaskRecord imported = addImport("tsk_1");

        TaskRecord found = identify(imported, TaskStatus.IN_PROGRESS).orElseThrow();

        assertThat(found.key()).isEqualTo("1");
        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(record("1").taskId()).isEqualTo("tsk_1");
        assertThat(record("1").due().trackUntil()).isEqualTo(TIMEOUTS.trackUntil(time.instant()));
        assertThat(ledger.find(ACCOUNT, IMPORT)).isEmpty();
    }

    @Test
    void anAnswerWithAKeyThatTheLedgerDoesNotHaveIdentifiesNothing() {
        TaskRecord imported = addImport("tsk_1");

        assertThat(identify(imported, TaskStatus.IN_PROGRESS)).isEmpty();
        assertThat(record(IMPORT)).isEqualTo(imported);
    }

    @Test
    void theResultOfAKnownTaskIsDeliveredUnderItsOwnKeyOnly() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        TaskRecord imported = addImport("tsk_1");

        assertThat(imports.identify(imported, completed("tsk_1", WIRE_KEY), service))
                .isEmpty();

        assertThat(record(IMPORT).state()).isEqualTo(TaskState.DELIVERED);
        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void whileAKnownTaskRunsItsImportRunsToo() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        TaskRecord imported = addImport("tsk_1");

        identify(imported, TaskStatus.IN_PROGRESS);
        identify(imported, TaskStatus.COMPLETED);

        assertThat(record(IMPORT).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anExchangeThatClaimsTheImportHasTheResultFromIt() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        TaskRecord imported = addImport("tsk_1");
        await(IMPORT);

        imports.identify(imported, completed("tsk_1", WIRE_KEY), service);

        assertThat(record(IMPORT).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aKnownTaskThatWasSetAsideIsFollowedAgain() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        writer.apply(ref("1"), new TaskEvent.TrackingTimedOut());
        TaskRecord imported = addImport("tsk_1");

        Optional<TaskRecord> followed = imports.identify(imported, completed("tsk_1", WIRE_KEY), service);

        assertThat(followed).hasValue(record("1"));
        assertThat(record(IMPORT).state()).isEqualTo(TaskState.DELIVERED);
    }

    // What is written while the import is closed throws, as if the JVM had ended there.
    @Test
    void aKnownTaskThatWasSetAsideRunsBeforeItsImportIsClosed() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        writer.apply(ref("1"), new TaskEvent.TrackingTimedOut());
        TaskRecord imported = addImport("tsk_1");
        ledger.onceWritten(TaskState.ENDED, () -> {
            throw new IllegalStateException("thrown by a test");
        });

        assertThatThrownBy(() -> imports.identify(imported, completed("tsk_1", WIRE_KEY), service))
                .hasMessage("thrown by a test");

        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(record("1").due().trackUntil()).isEqualTo(TIMEOUTS.trackUntil(time.instant()));
    }

    @Test
    void aKnownTaskThatWasSetAsideWithItsResultIsNotFollowed() {
        add(LedgerRecords.running(ACCOUNT, "1", "video_1"));
        writer.apply(
                ref("1"),
                new TaskEvent.TaskCompleted("video_1", completed("tsk_1", WIRE_KEY), TaskEvent.ClaimHere.CERTAIN));
        writer.apply(ref("1"), new TaskEvent.DeliveryExhausted("video_1"));
        assertThat(record("1").state()).isEqualTo(TaskState.SET_ASIDE);

        assertThat(imports.identify(addImport("tsk_1"), completed("tsk_1", WIRE_KEY), service))
                .isEmpty();
    }

    @Test
    void aLostSubmitThatWasSetAsideIsFoundToo() {
        addLost("1");
        writer.apply(ref("1"), new TaskEvent.TrackingTimedOut());

        TaskRecord found = imports.recover(record("1"), "tsk_1", LATER).orElseThrow();

        assertThat(found.state()).isEqualTo(TaskState.RUNNING);
        assertThat(found.due().trackUntil()).isEqualTo(LATER);
    }

    @Test
    void aSubmitThatWasFoundMeanwhileAndIsSetAsideAgainStaysSetAside() {
        addLost("1");
        writer.apply(ref("1"), new TaskEvent.OperatorSetAside());
        TaskRecord read = record("1");
        imports.recover(read, "video_1", LATER);
        writer.apply(ref("1"), new TaskEvent.OperatorSetAside());

        assertThat(imports.recover(read, "tsk_1", LATER)).isEmpty();

        assertThat(record("1").state()).isEqualTo(TaskState.SET_ASIDE);
        assertThat(record("1").taskId()).isEqualTo("video_1");
    }

    @Test
    void aSubmitThatIsNoLongerLostIsNotFoundAsAnotherTask() {
        TaskRecord lost = addLost("1");
        imports.recover(lost, "video_1", LATER);

        assertThat(imports.recover(lost, "tsk_1", LATER)).isEmpty();
        assertThat(imports.recover(lost, "video_1", LATER)).isPresent();
        assertThat(record("1").taskId()).isEqualTo("video_1");
    }

    @Test
    void anImportThatAnExchangeClaimsIsKept() {
        TaskRecord lost = addLost("1");
        addImport("tsk_1");
        await(IMPORT);

        imports.recover(lost, "tsk_1", LATER);

        assertThat(record(IMPORT).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anImportThatAnotherNodeOwnsIsKept() {
        TaskRecord lost = addLost("1");
        addImport("tsk_1");
        takeOver(IMPORT);

        imports.recover(lost, "tsk_1", LATER);

        assertThat(record(IMPORT).owner()).isEqualTo("node-2");
    }

    @Test
    void anImportWithoutAnOwnerIsMerged() {
        TaskRecord lost = addLost("1");
        addImport("tsk_1");
        ledger.replace(record(IMPORT).ownedBy(null));

        imports.recover(lost, "tsk_1", LATER);

        assertThat(ledger.find(ACCOUNT, IMPORT)).isEmpty();
    }

    @Test
    void whatWasDeliveredUnderTheImportIsDelivered() {
        TaskRecord lost = addLost("1");
        deliverImport();

        imports.recover(lost, "tsk_1", LATER);

        assertThat(record("1").state()).isEqualTo(TaskState.DELIVERED);
        assertThat(TaskJson.read(record("1").result()).videoUrl()).isEqualTo(VIDEO);
    }

    @Test
    void whatWasDeliveredUnderTheImportStillReachesAnExchangeThatWaitsForTheKey() {
        TaskRecord lost = addLost("1");
        TestWaiter waiting = await("1");
        deliverImport();

        imports.recover(lost, "tsk_1", LATER);

        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(waiting.timesNotified()).isZero();
    }

    @Test
    void aRecordOfAUserUnderTheKeyOfTheImportIsPassedOver() {
        TaskRecord lost = addLost("1");
        add(LedgerRecords.running(ACCOUNT, IMPORT, "video_of_a_user"));
        add(ImportedTasks.newRecord("tsk_1", 1, service, TaskLabels.NONE, NODE, time.instant()));

        imports.recover(lost, "tsk_1", LATER);

        assertThat(record(IMPORT).taskId()).isEqualTo("video_of_a_user");
        assertThat(ledger.find(ACCOUNT, IMPORT + "#1")).isEmpty();
    }

    @Test
    void aSubmitIsNotGivenTheTaskThatAnotherKeyWasGivenMeanwhile() {
        TaskRecord lost = addLost("1");
        add(LedgerRecords.running(ACCOUNT, "2", "tsk_1"));

        assertThat(imports.recover(lost, "tsk_1", LATER)).isEmpty();

        assertThat(record("1").state()).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aFailureToMergeAnImportIsNotTakenForASubmitThatStaysLost() {
        TaskRecord lost = addLost("1");
        deliverImport();
        ledger.onceWritten(TaskState.ENDED, () -> {
            throw new IllegalArgumentException("thrown by a test");
        });

        assertThatThrownBy(() -> imports.recover(lost, "tsk_1", LATER)).hasMessage("thrown by a test");
    }

    private void deliverImport() {
        TaskKey key = TaskKey.of(addImport("tsk_1"));
        writer.apply(
                key, new TaskEvent.TaskCompleted("tsk_1", completed("tsk_1", WIRE_KEY), TaskEvent.ClaimHere.CERTAIN));
        writer.apply(key, new TaskEvent.Delivered("tsk_1", false));
    }

    private Optional<TaskRecord> identify(TaskRecord imported, TaskStatus status) {
        return imports.identify(imported, carrying("tsk_1", WIRE_KEY, status), service);
    }
}

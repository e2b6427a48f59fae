package io.github.camelsora.internal.ledger.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskLedgerContract;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTaskLedgerTest extends TaskLedgerContract {
    private volatile Instant timeOfSmall = LedgerRecords.NOON;
    private final TaskLedger small = new MemoryTaskLedger(() -> timeOfSmall, 2);

    private volatile Instant time = LedgerRecords.NOON.plus(Duration.ofDays(1));

    @Override
    protected TaskLedger emptyLedger() {
        return new MemoryTaskLedger(() -> time, 100);
    }

    @Override
    public void letLeaseRunOut(String node) {
        time = time.plus(LEASE);
    }

    @Test
    void itIsNotDurable() {
        assertThat(ledger.isDurable()).isFalse();
    }

    @Test
    void itsTimeIsThatOfItsClock() {
        assertThat(small.now()).isEqualTo(LedgerRecords.NOON);
    }

    @Test
    void anOpenRecordBeyondTheCapacityIsRejectedAsNotSent() {
        fill();

        ServiceUnavailableException rejection = rejectionOf(LedgerRecords.intent("default", "key-3"));

        assertThat(rejection.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(rejection.getTaskKey()).isEqualTo("key-3");
    }

    @Test
    void theRejectionNamesTheOptionToChange() {
        fill();

        assertThat(rejectionOf(LedgerRecords.intent("default", "key-3"))).hasMessageContaining("maxOpenTasks");
    }

    @Test
    void aRejectedRecordIsNotInTheLedger() {
        fill();

        rejectionOf(LedgerRecords.running("default", "key-3", "video_3"));

        assertThat(small.find("default", "key-3")).isEmpty();
        assertThat(small.findByTaskId("default", "video_3")).isEmpty();
    }

    @Test
    void aFullLedgerStillFindsKnownKeys() {
        fill();

        assertThat(small.add(LedgerRecords.intent("default", "key-1"))).isPresent();
    }

    @Test
    void anEndedTaskMakesRoom() {
        fill();

        end("key-1");

        assertThatCode(() -> small.add(LedgerRecords.intent("default", "key-3")))
                .doesNotThrowAnyException();
    }

    @Test
    void aRemovedTaskMakesRoom() {
        fill();

        small.forget(small.find("default", "key-1").orElseThrow(), null);

        assertThatCode(() -> small.add(LedgerRecords.intent("default", "key-3")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFullLedgerRejectsARecordThatIsOpenAgain() {
        TaskRecord aside = small.find("default", setAside("key-0")).orElseThrow();
        fill();

        ServiceUnavailableException rejection = catchThrowableOfType(
                ServiceUnavailableException.class, () -> small.replace(aside.withState(TaskState.RUNNING)));

        assertThat(rejection).hasMessageContaining("maxOpenTasks");
        assertThat(small.find("default", "key-0")).contains(aside);
    }

    @Test
    void theKeysOfClosedRecordsAreStillKnown() {
        ended("key-1");
        ended("key-2");

        assertThat(small.find("default", "key-1")).isPresent();
        assertThat(small.find("default", "key-2")).isPresent();
    }

    @Test
    void theRecordThatClosedFirstIsEvictedFirst() {
        small.add(LedgerRecords.running("default", "key-1", "video_1"));
        ended("key-2");
        end("key-1");

        ended("key-3");

        assertThat(small.find("default", "key-1")).isPresent();
        assertThat(small.find("default", "key-2")).isEmpty();
    }

    @Test
    void deliveredRecordsAreEvictedBeforeUndeliveredOnes() {
        ended("not-delivered");
        ended("delivered");
        deliver("delivered");

        ended("key-3");

        assertThat(small.find("default", "not-delivered")).isPresent();
        assertThat(small.find("default", "delivered")).isEmpty();
    }

    @Test
    void aChangedEndedRecordKeepsItsPlace() {
        ended("key-1");
        ended("key-2");
        TaskRecord oldest = small.find("default", "key-1").orElseThrow();
        small.replace(oldest.ownedBy("node-2"));

        ended("key-3");

        assertThat(small.find("default", "key-1")).isEmpty();
        assertThat(small.find("default", "key-2")).isPresent();
    }

    @Test
    void rejectedRecordsAreEvictedBeforeUndeliveredOnes() {
        setAside("aside");
        reject("rejected");

        ended("key-3");

        assertThat(small.find("default", "aside")).isPresent();
        assertThat(small.find("default", "rejected")).isEmpty();
    }

    @Test
    void theRecordDeliveredFirstIsEvictedFirst() {
        ended("key-1");
        ended("key-2");
        deliver("key-2");
        deliver("key-1");

        ended("key-3");

        assertThat(small.find("default", "key-2")).isEmpty();
        assertThat(small.find("default", "key-1")).isPresent();
    }

    @Test
    void aRecordDeliveredAnHourAgoIsEvictedWithoutAWarning() {
        ended("key-1");
        deliver("key-1");
        ended("key-2");
        timeOfSmall = LedgerRecords.NOON.plus(Duration.ofHours(1));

        assertThat(warningsOf(() -> ended("key-3"))).isEmpty();
    }

    @Test
    void aRejectedRecordIsEvictedWithoutAWarning() {
        reject("key-1");
        ended("key-2");

        assertThat(warningsOf(() -> ended("key-3"))).isEmpty();
    }

    @Test
    void aKeyEvictedSoonAfterItsDeliveryIsWarnedOfWithWhatToDo() {
        ended("key-1");
        ended("key-2");
        deliver("key-2");

        List<String> warnings = warningsOf(() -> ended("key-3"));

        assertThat(warnings).singleElement().asString().contains("WARN", "key key-2", "video_of_key-2", "paid again");
        assertThat(warnings.get(0))
                .contains("2 have not been delivered", "from(\"sora:tasks\")", "ledgerFile", "larger maxOpenTasks");
    }

    @Test
    void keysEvictedSoonAfterTheirDeliveryAreWarnedOfOnceAnHour() {
        ended("waiting");
        endAndDeliver("key-1");

        List<String> warnings = warningsOf(() -> {
            endAndDeliver("key-2");
            pass(Duration.ofMinutes(59));
            endAndDeliver("key-3");
            pass(Duration.ofMinutes(1));
            endAndDeliver("key-4");
        });

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("key key-1");
        assertThat(warnings.get(1)).contains("key key-3");
    }

    private void pass(Duration duration) {
        timeOfSmall = timeOfSmall.plus(duration);
    }

    private void endAndDeliver(String key) {
        ended(key);
        deliver(key);
    }

    @Test
    void noUndeliveredRecordIsEvictedWithoutAWarning() {
        ended("key-1");
        setAside("key-2");

        List<String> warnings = warningsOf(() -> {
            setAside("key-3");
            ended("key-4");
        });

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("WARN", "video_of_key-1", "(key key-1)", "ENDED", "paid", "maxOpenTasks");
        assertThat(warnings.get(1)).contains("WARN", "video_of_key-2", "(key key-2)", "SET_ASIDE", "paid");
    }

    @Test
    void aRecordThatWasSetAsideAndRunsAgainMakesRoom() {
        setAside("key-1");
        ended("key-2");
        small.replace(small.find("default", "key-1").orElseThrow().withState(TaskState.RUNNING));

        ended("key-3");

        assertThat(small.find("default", "key-1")).isPresent();
        assertThat(small.find("default", "key-2")).isPresent();
        assertThat(small.find("default", "key-3")).isPresent();
    }

    @Test
    void itsCapacityGrowsForAnotherComponent() {
        fill();

        ((MemoryTaskLedger) small).growTo(3);

        assertThat(small.add(LedgerRecords.intent("default", "key-3"))).isEmpty();
        assertThat(rejectionOf(LedgerRecords.intent("default", "key-4"))).hasMessageContaining("3 open tasks");
    }

    @Test
    void itsCapacityNeverShrinks() {
        ((MemoryTaskLedger) small).growTo(1);

        fill();

        assertThat(small.find("default", "key-2")).isPresent();
    }

    @Test
    void theTaskIdIsEvictedWithTheRecord() {
        ended("key-1");
        ended("key-2");

        ended("key-3");

        assertThat(small.findByTaskId("default", "video_of_key-1")).isEmpty();
    }

    @Test
    void anOpenRecordIsNeverEvicted() {
        small.add(LedgerRecords.running("default", "open", "video_open"));

        for (int i = 0; i < 10; i++) {
            ended("key-" + i);
        }

        assertThat(small.find("default", "open")).isPresent();
    }

    @Test
    void anEvictedRecordLeavesTheIndexOfAnotherOfTheSameTask() {
        ended("key-1", "video_shared");
        small.add(LedgerRecords.importing("default", "key-2", "video_shared"));

        ended("key-3");
        ended("key-4");

        assertThat(small.find("default", "key-1")).isEmpty();
        assertThat(small.findByTaskId("default", "video_shared"))
                .map(TaskRecord::key)
                .contains("key-2");
    }

    private void fill() {
        small.add(LedgerRecords.intent("default", "key-1"));
        small.add(LedgerRecords.running("default", "key-2", "video_2"));
    }

    private ServiceUnavailableException rejectionOf(TaskRecord record) {
        return catchThrowableOfType(ServiceUnavailableException.class, () -> small.add(record));
    }

    private void ended(String key) {
        ended(key, "video_of_" + key);
    }

    private void ended(String key, String taskId) {
        small.add(LedgerRecords.running("default", key, taskId));
        end(key);
    }

    private void end(String key) {
        TaskRecord record = small.find("default", key).orElseThrow();
        small.replace(record.ended("{\"status\": \"COMPLETED\"}", LedgerRecords.NOON));
    }

    private void deliver(String key) {
        TaskRecord record = small.find("default", key).orElseThrow();
        small.replace(record.delivered(timeOfSmall));
    }

    private void reject(String key) {
        small.add(LedgerRecords.intent("default", key));
        small.replace(small.find("default", key).orElseThrow().withState(TaskState.REJECTED));
    }

    private static List<String> warningsOf(Runnable action) {
        try (WarningCapture warnings = WarningCapture.of(MemoryTaskLedger.class)) {
            action.run();
            return warnings.lines();
        }
    }

    private String setAside(String key) {
        small.add(LedgerRecords.running("default", key, "video_of_" + key));
        small.replace(small.find("default", key).orElseThrow().withState(TaskState.SET_ASIDE));
        return key;
    }
}

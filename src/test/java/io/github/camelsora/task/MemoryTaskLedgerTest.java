package io.github.camelsora.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryTaskLedgerTest extends TaskLedgerContract {
    private final TaskLedger small = new MemoryTaskLedger(InstantSource.fixed(LedgerRecords.NOON), 2);

    private volatile Instant time = LedgerRecords.NOON.plus(Duration.ofDays(1));

    @Override
    TaskLedger emptyLedger() {
        return new MemoryTaskLedger(() -> time, 100);
    }

    @Override
    public void letLeaseRunOut(String node) {
        time = time.plus(LEASE);
    }

    @Test
    void itForgetsWithTheJvm() {
        assertThat(ledger.isDurable()).isFalse();
    }

    @Test
    void itsTimeIsThatOfItsClock() {
        assertThat(small.now()).isEqualTo(LedgerRecords.NOON);
    }

    @Test
    void oneOpenRecordTooManyIsRefusedAsNeverSent() {
        fill();

        ServiceUnavailableException refusal = refusalOf(LedgerRecords.intent("default", "key-3"));

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(refusal.getTaskKey()).isEqualTo("key-3");
    }

    @Test
    void theRefusalNamesTheOptionToChange() {
        fill();

        assertThat(refusalOf(LedgerRecords.intent("default", "key-3"))).hasMessageContaining("maxOpenTasks");
    }

    @Test
    void whatWasRefusedIsNotInTheLedger() {
        fill();

        refusalOf(LedgerRecords.running("default", "key-3", "video_3"));

        assertThat(small.find("default", "key-3")).isEmpty();
        assertThat(small.findByTaskId("default", "video_3")).isEmpty();
    }

    @Test
    void aKnownKeyIsAnsweredAlsoByAFullLedger() {
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
    void aFullLedgerTakesNobodyBack() {
        TaskRecord aside = small.find("default", setAside("key-0")).orElseThrow();
        fill();

        ServiceUnavailableException refusal = catchThrowableOfType(
                ServiceUnavailableException.class, () -> small.replace(aside.withState(TaskState.RUNNING)));

        assertThat(refusal).hasMessageContaining("maxOpenTasks");
        assertThat(small.find("default", "key-0")).contains(aside);
    }

    @Test
    void closedRecordsStillAnswerForTheirKeys() {
        ended("key-1");
        ended("key-2");

        assertThat(small.find("default", "key-1")).isPresent();
        assertThat(small.find("default", "key-2")).isPresent();
    }

    @Test
    void theRecordThatClosedFirstIsForgottenFirst() {
        small.add(LedgerRecords.running("default", "key-1", "video_1"));
        ended("key-2");
        end("key-1");

        ended("key-3");

        assertThat(small.find("default", "key-1")).isPresent();
        assertThat(small.find("default", "key-2")).isEmpty();
    }

    @Test
    void theTaskIdIsForgottenWithTheRecord() {
        ended("key-1");
        ended("key-2");

        ended("key-3");

        assertThat(small.findByTaskId("default", "video_of_key-1")).isEmpty();
    }

    @Test
    void anOpenRecordIsNeverForgotten() {
        small.add(LedgerRecords.running("default", "open", "video_open"));

        for (int i = 0; i < 10; i++) {
            ended("key-" + i);
        }

        assertThat(small.find("default", "open")).isPresent();
    }

    @Test
    void aForgottenRecordTakesNothingFromAnotherOfTheSameTask() {
        ended("key-1", "video_shared");
        small.add(LedgerRecords.running("default", "key-2", "video_shared"));

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

    private ServiceUnavailableException refusalOf(TaskRecord record) {
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

    private String setAside(String key) {
        small.add(LedgerRecords.running("default", key, "video_of_" + key));
        small.replace(small.find("default", key).orElseThrow().withState(TaskState.SET_ASIDE));
        return key;
    }
}

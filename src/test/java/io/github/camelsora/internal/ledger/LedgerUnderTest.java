package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;

/** What each part of the contract needs: the ledger, what no ledger can be asked to do, and ways to say more with less. */
public interface LedgerUnderTest {

    /** The ledger, without any record or node when a test begins, with room for at least 100 open records. */
    TaskLedger ledger();

    /** Lets the time come at which a node's lease is over; those of others may be over then, too. */
    void letLeaseRunOut(String node);

    /** Adds a record and answers it as it stands. */
    default TaskRecord added(TaskRecord record) {
        assertThat(ledger().add(record)).isEmpty();
        return ledger().find(record.account(), record.key()).orElseThrow();
    }

    /** Adds a record and brings it to a state by the steps of a task. */
    default TaskRecord brought(TaskRecord intent, TaskState state) {
        TaskRecord record = added(intent);
        for (TaskState next : LedgerRecords.wayTo(state)) {
            record = ledger().replace(LedgerRecords.step(record, next)).orElseThrow();
        }
        return record;
    }

    /** A record in a state, under key-1. */
    default TaskRecord standing(TaskState state) {
        return brought(LedgerRecords.intent("default", "key-1"), state);
    }
}

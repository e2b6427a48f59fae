package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import org.junit.jupiter.api.Test;

/** A key under which nothing was paid begins anew, and of all who begin it anew at once one sends. */
class RepeatedActionTest extends TaskTestSupport {

    @Test
    void theVersionsOfARejectedKeyGoOn() {
        TaskRecord refused = refusedOnce("key-1");

        submit("key-1");

        assertThat(record("key-1").state()).isEqualTo(TaskState.INTENT);
        assertThat(record("key-1").version()).isGreaterThan(refused.version());
    }

    @Test
    void aRecordThatWasReadBeforeTheKeyBeganAnewRemovesNothing() {
        TaskRecord refused = refusedOnce("key-1");
        remix("key-1");

        assertThat(ledger.forget(refused, null)).isFalse();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void ofTwoSubmitsThatHaveSeenTheRejectionOneIsSent() {
        refusedOnce("key-1");
        TestWaiter second = new TestWaiter();
        ledger.onceBeforeReplace(() -> submits.submit(submission("key-1", "Add a puppy"), Goal.ACCEPTED, second::with));

        TestWaiter first = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(first.task().id()).isEqualTo(taskId("key-1"));
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    private TaskRecord refusedOnce(String key) {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        remix(key).claim().release();
        return record(key);
    }
}

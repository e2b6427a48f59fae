package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Records that vanish under a running JVM, or go back to an older copy: what this JVM knows of is not paid for again. */
class VanishedRecordTest extends TaskTestSupport {
    private static final Operator BY = new Operator("joe", null);

    @Test
    void aKeyThatIsWaitedForIsAnsweredFromMemoryAndWrittenAgain() {
        TestWaiter first = remix("key-1");
        TaskRecord before = record("key-1");
        failOver();

        TestWaiter second = remix("key-1");
        assertThat(record("key-1")).isEqualTo(before);
        completeAndPoll("key-1");

        assertThat(posts()).isEqualTo(1);
        assertThat(second.task().id()).isEqualTo(first.task().id());
    }

    @Test
    void anotherRequestUnderAVanishedKeyIsAConflict() {
        remix("key-1");
        failOver();

        TestWaiter waiting = new TestWaiter();
        assertThatThrownBy(() -> submits.submit(submission("key-1", "Add a kitten"), Goal.ENDED, waiting::with))
                .isInstanceOf(KeyConflictException.class);

        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aTaskWhoseRecordVanishedIsFollowedToItsEndAndDelivered() {
        TestWaiter waiting = remix("key-1");
        toApis.complete(taskId("key-1"));
        failOver();

        passSeconds(15);

        assertThat(waiting.task().videoUrl()).isNotNull();
        waiting.claim().delivered();
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void anEndedTaskThatAnExchangeHoldsIsWrittenAgainWhenItIsDelivered() {
        TestWaiter waiting = remix("key-1");
        completeAndPoll("key-1");
        failOver();

        waiting.claim().delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
        remix("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAcquiredTaskIsWrittenAgainWhenItIsDelivered() {
        remix("key-1").claim().release();
        completeAndPoll("key-1");
        Delivery delivery =
                engine.deliveries.acquire(record("key-1"), service()).orElseThrow();
        failOver();

        delivery.delivered();

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aLostSubmitWhoseRecordVanishedIsStillSearchedForAndNotPaidAgain() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        TestWaiter first = remix("key-1");
        failOver();

        TestWaiter second = remix("key-1");
        toApis.lookup(LookUp.ON);
        passSeconds(40);

        assertThat(posts()).isEqualTo(1);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        completeAndPoll("key-1");
        assertThat(first.task().id()).isEqualTo(second.task().id());
    }

    @Test
    void anAcceptanceWhoseIntentVanishedMeanwhileIsWrittenDown() {
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        answer.awaitReached(SOON);
        failOver();

        answer.release();
        sending.join();
        work();

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        completeAndPoll("key-1");
        assertThat(waiting.task().videoUrl()).isNotNull();
    }

    @Test
    void aRecordThatIsOlderThanBeforeIsBroughtUpToDate() {
        remix("key-1");
        TaskRecord running = record("key-1");
        TaskRecord intent = asItWasBefore(running);
        failOver();
        ledger.add(intent);

        remix("key-1");

        assertThat(taskId("key-1")).isEqualTo(running.taskId());
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aKeyThatAnOperatorHasForgottenOnAnotherNodeIsPaidForAgain() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");

        ledger.forget(record("key-1"), null);
        remix("key-1");

        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aSecondLifeOfAForgottenKeyIsRestoredAllTheSame() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        engine.operator.forget(ref("key-1"), BY);
        remix("key-1");
        failOver();

        remix("key-1");

        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aRejectedKeyThatVanishedIsFree() {
        toApis.on(Call.SUBMIT).times(1).answer(400, "{}");
        remix("key-1");
        failOver();

        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aKeyThatAnOlderCopyHasAsRejectedIsNotPaidTwice() {
        toApis.on(Call.SUBMIT).times(1).answer(400, "{}");
        remix("key-1");
        TaskRecord rejected = record("key-1");
        TestWaiter first = remix("key-1");
        String paid = taskId("key-1");
        failOver();
        ledger.add(rejected);

        remix("key-1");

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(taskId("key-1")).isEqualTo(paid);
        completeAndPoll("key-1");
        assertThat(first.task().videoUrl()).isNotNull();
    }

    @Test
    void aRetriedTaskIsNotLostByAFailOverToACopyFromBeforeTheRetry() {
        remix("key-1").claim().release();
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        passSeconds(15);
        TaskRecord failed = record("key-1");
        engine.operator.retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy"));
        work();
        String paid = taskId("key-1");
        failOver();
        ledger.add(failed);

        toApis.complete(paid);
        passSeconds(15);

        assertThat(taskId("key-1")).isEqualTo(paid);
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
    }

    // An intent that was never sent may stay in memory when the ledger was unavailable as it was withdrawn.
    @Test
    void anIntentThatIsRememberedDoesNotReplaceOneThatWasWrittenLater() {
        RestoringLedger restoring = new RestoringLedger(ledger);
        TaskRecord earlier = LedgerRecords.intentWith(ACCOUNT, "key-1", "key-1~earlier000");
        restoring.restoreFrom(key -> Optional.of(earlier));
        submit("key-1");
        TaskRecord later = record("key-1");

        Optional<TaskRecord> standing = restoring.find(ACCOUNT, "key-1");

        assertThat(later.times().createdAt()).isAfter(earlier.times().createdAt());
        assertThat(standing).contains(later);
    }

    /** To a copy that lacks what was written last. */
    private void failOver() {
        Instant now = ledger.now();
        TaskLedger copy = new MemoryTaskLedger(clock(), 100);
        copy.renewLease(NODE, LEASE);
        ledger.failOverTo(copy);
        assertThat(ledger.now()).isEqualTo(now);
    }

    private static TaskRecord asItWasBefore(TaskRecord running) {
        return new TaskRecord(
                running.account(),
                running.key(),
                running.wireKey(),
                running.baseUrl(),
                running.operation(),
                running.request(),
                TaskState.INTENT,
                null,
                null,
                running.owner(),
                new TaskRecord.Times(running.times().createdAt(), null, null, null, null),
                TaskRecord.Due.NOTHING,
                0,
                running.tag(),
                running.carriedHeaders(),
                running.origin(),
                running.price(),
                0);
    }
}

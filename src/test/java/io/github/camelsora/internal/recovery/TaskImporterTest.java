package io.github.camelsora.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.Contenders;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that were submitted elsewhere, and that are awaited here. */
class TaskImporterTest extends TaskTestSupport {
    private static final String VIDEO = "https://files.toapis.com/video.mp4";

    @Test
    void aForeignTaskEntersTheLedger() {
        String id = toApis.addTask();

        await(id);

        TaskRecord record = ledger.findByTaskId(ACCOUNT, id).orElseThrow();
        assertThat(record.state()).isEqualTo(TaskState.RUNNING);
        assertThat(record.request()).isNull();
        assertThat(record.owner()).isEqualTo(NODE);
    }

    @Test
    void aForeignTaskIsAwaitedToItsEnd() {
        String id = toApis.addTask();
        TestWaiter waiting = await(id);
        work();

        toApis.complete(id);
        passSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isZero();
    }

    @Test
    void aForeignTaskThatHasEndedIsAnsweredAtOnce() {
        String id = toApis.addSource();

        TestWaiter waiting = await(id);
        work();

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aForeignTaskWhoseExchangeCompletesIsDelivered() {
        String id = toApis.addSource();
        TestWaiter waiting = await(id);
        work();

        waiting.claim().delivered();

        assertThat(ledger.findByTaskId(ACCOUNT, id)).map(TaskRecord::state).contains(TaskState.DELIVERED);
    }

    // An operator has had the task forgotten in between, say.
    @Test
    void anAwaitOfATaskThatHasEndedIsNotFailedByASubmitOfItsKeyThatIsNotSent() {
        remix("key-1");
        completeAndPoll("key-1");
        TestWaiter waiting = new TestWaiter();
        ledger.onceAfterFind(this::suspend);

        engine.importer.await(taskId("key-1"), service(), TaskLabels.NONE, waiting::with);

        assertThat(engine.registry.removeSubmitWaits(ref("key-1"))).isEmpty();
    }

    @Test
    void twoAwaitsOfOneTaskShareOneRecord() {
        String id = toApis.addTask();

        TestWaiter first = await(id);
        TestWaiter second = await(id);

        assertThat(first.claim().key()).isEqualTo(second.claim().key());
    }

    @Test
    void manyAwaitsOfOneTaskAtOnceShareOneRecord() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = toApis.addTask();

            List<TestWaiter> all = Contenders.all(8, contender -> await(id));

            assertThat(all)
                    .extracting(waiting -> waiting.claim().key())
                    .containsOnly(TaskKey.of(ledger.findByTaskId(ACCOUNT, id).orElseThrow()));
        }
    }

    @Test
    void allAwaitsOfOneTaskAreAnswered() {
        String id = toApis.addTask();
        TestWaiter first = await(id);
        TestWaiter second = await(id);

        toApis.complete(id);
        work();

        assertThat(first.task()).isEqualTo(second.task());
    }

    @Test
    void aTaskThatIsAwaitedTwiceIsPolledOncePerInterval() {
        String id = toApis.addTask();
        await(id);
        await(id);
        work();
        int early = toApis.books().polls(id);

        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(toApis.books().polls(id) - early).isEqualTo(6);
    }

    @Test
    void awaitingOurOwnTaskFindsItsRecord() {
        remix("key-1");

        TestWaiter waiting = await(taskId("key-1"));

        assertThat(waiting.claim().key()).isEqualTo(ref("key-1"));
    }

    @Test
    void awaitingADeliveredTaskAnswersItsResult() {
        TestWaiter first = remix("key-1");
        completeAndPoll("key-1");
        first.claim().delivered();

        TestWaiter second = await(taskId("key-1"));
        work();

        assertThat(second.task()).isEqualTo(first.task());
    }

    @Test
    void anAwaitOfATaskThatDoesNotExistFails() {
        TestWaiter waiting = await("video_nowhere");
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(TaskNotFoundException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo("video_nowhere");
    }

    @Test
    void aTaskThatTheServiceDoesNotFindIsStillPolled() {
        String id = toApis.addSource();
        toApis.on(Call.STATUS).times(12).answer(404, "{}");
        TestWaiter waiting = await(id);
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(1));
        waiting.claim().release();

        passInSteps(Duration.ofMinutes(10), Duration.ofSeconds(10));

        assertThat(ledger.findByTaskId(ACCOUNT, id)).map(TaskRecord::state).contains(TaskState.ENDED);
    }

    // Its exchange continues with the exception of await; if its waiter was notified too, it would continue twice.
    @Test
    void aWaitThatCouldNotBeginFailsOnce() {
        remix("key-1").claim().release();
        pass(TRACKING_TIMEOUT.plusSeconds(1));
        String id = taskId("key-1");
        TestWaiter waiting = new TestWaiter();

        Throwable thrown = catchThrowable(() -> engine.importer.await(id, service(), TaskLabels.NONE, claim -> {
            ledger.fail();
            return waiting.with(claim);
        }));
        ledger.recover();
        await(id);
        toApis.complete(id);
        passInSteps(Duration.ofSeconds(60), Duration.ofSeconds(10));

        assertThat(waiting.timesNotified() + (thrown == null ? 0 : 1)).isEqualTo(1);
    }

    @Test
    void aTaskWhoseImportKeyAUserHasUsedIsAwaitedAllTheSame() {
        toApis.addSource("video_src");
        remix("task:video_src");

        TestWaiter awaiting = await("video_src");
        passSeconds(15);

        assertThat(awaiting.task().id()).isEqualTo("video_src");
    }

    @Test
    void anOwnTaskIsAwaitedByAnotherFormOfItsId() {
        remix("key-1");
        completeAs("tsk_1", "key-1");

        TestWaiter waiting = await("tsk_1");
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(waiting.timesNotified()).isEqualTo(1);
        assertThat(waiting.task().id()).isEqualTo("tsk_1");
        assertThat(waiting.task().videoUrl()).isEqualTo(VIDEO);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anOwnTaskWhoseAwaitByAnotherFormOfItsIdEndedIsDeliveredOnce() {
        remix("key-1").claim().release();
        await("tsk_1").claim().release();
        completeAs("tsk_1", "key-1");

        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(ledger.findDue(ACCOUNT, null, 10))
                .extracting(TaskRecord::key)
                .containsExactly("key-1");
    }

    @Test
    void anOwnTaskThatWasSetAsideIsFollowedAgainWhenItIsAwaitedByAnotherFormOfItsId() {
        remix("key-1").claim().release();
        pass(TRACKING_TIMEOUT.plusSeconds(1));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        await("tsk_1").claim().release();
        completeAs("tsk_1", "key-1");

        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(ledger.findDue(ACCOUNT, null, 10))
                .extracting(TaskRecord::key)
                .containsExactly("key-1");
    }

    private void completeAs(String id, String key) {
        toApis.addTask(id);
        toApis.answerStatus(
                id,
                "{\"id\": \"" + id + "\", \"status\": \"completed\", \"client_business_id\": \""
                        + record(key).wireKey() + "\", \"result\": {\"data\": [{\"url\": \"" + VIDEO + "\"}]}}");
    }
}

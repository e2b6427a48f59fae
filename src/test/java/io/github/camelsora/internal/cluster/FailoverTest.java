package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks of a dead node are taken over by one that can poll them; tasks of a live node are left alone. */
class FailoverTest extends ClusterTestSupport {
    private static final String DEAD_NODE = "dead-node";

    @Test
    void aRunningTaskOfADeadNodeIsPolledByAnother() {
        remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        assertThat(record("key-1").owner()).isEqualTo("second");

        complete("key-1");
        elapseSeconds(15);

        VideoTask task = deliverOn(second);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.key()).isEqualTo("key-1");
        assertDeliveredOnce("key-1");
    }

    @Test
    void aRunningTaskOfALiveNodeIsLeftAlone() {
        fireAndForgetOn(first, "key-1");

        elapseSeconds(120);

        assertThat(record("key-1").owner()).isEqualTo("first");
        assertThat(second.engine.entries.count()).isZero();
    }

    @Test
    void tasksOfAStoppedNodeAreTakenOverWithoutWaitingForItsLease() {
        TestWaiter waiting = remixOn(first, "key-1");
        first.stop();
        waiting.claim().release();

        elapseSeconds(10);

        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void aRequestOfADeadNodeThatWasSentIsFoundByItsKey() {
        leaveAnIntentBehind("key-1");
        client.submit(
                submission("key-1", "Add a puppy").request(),
                "key-1",
                record("key-1").wireKey(),
                null,
                null);
        outlastTheLease();

        complete("key-1");
        elapseSeconds(15);

        assertThat(deliverOn(second).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRequestOfADeadNodeThatIsNotFoundIsNeverSent() {
        leaveAnIntentBehind("key-1");

        elapse(RECOVERY_TIMEOUT.plusMinutes(2));

        assertThat(posts()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aRequestOfADeadNodeThatIsNotFoundIsReportedAsLost() {
        leaveAnIntentBehind("key-1");

        elapse(RECOVERY_TIMEOUT.plusMinutes(2));

        VideoTask task = deliverOn(second);
        assertThat(task.status()).isEqualTo(TaskStatus.UNKNOWN);
        assertThat(task.key()).isEqualTo("key-1");
        assertThat(task.id()).isNull();
    }

    @Test
    void theSearchOfADeadNodeForALostSubmitIsContinued() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        remixOn(first, "key-1");
        first.pause();
        outlastTheLease();

        toApis.lookup(LookUp.ON);
        elapse(RECOVERY_TIMEOUT);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @Test
    void theSearchForALostSubmitEndsByTheTimeOfItsLoss() {
        loseTheNextAnswerForGood();
        remixOn(first, "key-1");
        var until = record("key-1").due().trackUntil();
        first.pause();

        outlastTheLease();

        assertThat(record("key-1").due().trackUntil()).isEqualTo(until);
    }

    @Test
    void aResultThatADeadNodeWasDeliveringWaitsForADeliveryAgain() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        acquireOn(first);
        assertThat(second.due()).isEmpty();

        first.pause();
        outlastTheLease();

        assertThat(record("key-1").owner()).isNull();
        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aResultOfADeadNodeNotifiesConsumers() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        acquireOn(first);
        var notifications = second.countNotifications();

        first.pause();
        outlastTheLease();

        assertThat(notifications).hasValue(1);
    }

    @Test
    void aTaskOfAServiceWithoutAnEndpointIsNotTakenOver() {
        first.stop();
        second.stop();
        Node elsewhere = startNode("elsewhere", serviceOf(clientOf("https://elsewhere.test")));
        addAbandoned("key-1");

        elapseSeconds(60);

        assertThat(record("key-1").owner()).isEqualTo(DEAD_NODE);
        assertThat(elsewhere.engine.entries.count()).isZero();
    }

    @Test
    void aTaskOfAnotherAccountIsNotTakenOver() {
        ServiceProfile service = service();
        second.stop();
        first.stop();
        startNode("other", new ServiceProfile("other", client, true, null, service.schedule(), LIMITS));
        addAbandoned("key-1");

        elapseSeconds(60);

        assertThat(record("key-1").owner()).isEqualTo(DEAD_NODE);
    }

    @Test
    void moreThanOneBatchIsTakenOverAtOnce() {
        int count = 2 * FailoverService.READ_BATCH + 50;
        IntStream.range(0, count).forEach(n -> addAbandoned("key-" + n));

        first.housekeeper.doHousekeeping();

        assertThat(first.engine.entries.count()).isEqualTo(count);
    }

    @Test
    void eachTaskIsTakenOverByOneNode() {
        addAbandoned("key-1");
        addAbandoned("key-2");
        ledger.onceBeforeReplace(second.housekeeper::doHousekeeping);

        first.housekeeper.doHousekeeping();

        assertThat(first.engine.entries.count() + second.engine.entries.count()).isEqualTo(2);
        assertThat(List.of(record("key-1").owner(), record("key-2").owner())).containsOnly("second");
    }

    @Test
    void aTaskThatAnotherNodeDeliversMeanwhileIsNotReportedAsTrackedAgain() {
        second.stop();
        addOwnedByTheFirst("key-1");
        ledger.onceBeforeReplace(() -> ledger.replace(record("key-1").withState(TaskState.SET_ASIDE)));

        try (WarningCapture warnings = WarningCapture.of(FailoverService.class)) {
            elapse(Duration.ofMinutes(6));

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aTaskThatCannotBeTrackedAgainKeepsNoOtherFromIt() {
        second.stop();
        addOwnedByTheFirst("key-1");
        addOwnedByTheFirst("key-2");
        ledger.onceBeforeReplace(() -> {
            throw new IllegalStateException("thrown by a test");
        });

        try (WarningCapture warnings = WarningCapture.of(FailoverService.class)) {
            elapse(Duration.ofMinutes(6));

            assertThat(first.engine.entries.count()).isEqualTo(1);
            assertThat(warnings.lines()).anyMatch(line -> line.contains("could not take it up"));
            elapse(Duration.ofMinutes(5));
        }
        assertThat(first.engine.entries.count()).isEqualTo(2);
    }

    @Test
    void aTaskThatItsOwnerDidNotTrackIsReportedOnceAndNotAsTakenOver() {
        second.stop();
        addOwnedByTheFirst("key-1");
        Queue<String> lines = new ConcurrentLinkedQueue<>();

        try (LogCapture log = new LogCapture(lines)) {
            elapse(Duration.ofMinutes(6));
        }

        assertThat(first.engine.entries.count()).isEqualTo(1);
        assertThat(lines.stream().filter(line -> line.contains("did not track it")))
                .singleElement()
                .asString()
                .contains("key-1");
        assertThat(lines).noneMatch(line -> line.contains("Took over"));
    }

    private void addOwnedByTheFirst(String key) {
        writeIntentOf("first", key);
        ledger.replace(record(key).accepted(toApis.addTask(), ledger.now(), LIMITS.trackUntil(ledger.now())));
    }

    @Test
    void aStoppingNodeTakesOverNothing() {
        addAbandoned("key-1");
        first.engine.phase.stop();
        first.engine.endWaits();

        first.housekeeper.doHousekeeping();

        assertThat(first.engine.entries.count()).isZero();
    }

    @Test
    void aTaskThatWasTakenOverWhileTheLedgerFailedIsPolled() {
        second.stop();
        addAbandoned("key-1");
        ledger.onceWritten(TaskState.RUNNING, ledger::fail);
        elapseSeconds(15);

        ledger.recover();
        elapseSeconds(15);
        complete("key-1");
        elapseSeconds(15);

        deliverOn(first);
        assertDeliveredOnce("key-1");
    }

    @Test
    void ofSeveralTasksTheOneThatWasTakenOverBeforeTheLedgerFailedIsPolled() {
        second.stop();
        addAbandoned("key-1");
        addAbandoned("key-2");
        ledger.onceWritten(TaskState.RUNNING, ledger::fail);
        elapseSeconds(15);

        ledger.recover();
        elapseSeconds(15);

        // Without waiting for the check of its own tasks, which comes after minutes.
        assertThat(first.engine.entries.count()).isEqualTo(2);
    }

    @Test
    void aCompletionThatAnotherNodeSeesDuringATakeOverIsDelivered() {
        second.stop();
        addAbandoned("key-1");
        ledger.onceWritten(TaskState.RUNNING, () -> {
            complete("key-1");
            signal(second.engine, seen(taskId("key-1")));
        });

        elapseSeconds(30);

        deliverOn(first);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTaskThatIsFoundForAnotherNodeIsPolledThere() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        first.pause();
        outlastTheLease();
        assertThat(record("key-1").owner()).isEqualTo("second");
        // The first is back, finds it for its exchange, and dies.
        toApis.lookup(LookUp.ON);
        second.pause();
        first.goOn();
        elapseSeconds(20);
        assertThat(waiting.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        first.pause();
        second.goOn();

        complete("key-1");
        elapse(Duration.ofMinutes(6));

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    /** A request that was written down on the first node, which dies before its answer. */
    private void leaveAnIntentBehind(String key) {
        first.submit(submission(key, "Add a puppy"), Goal.ENDED);
        first.pause();
    }

    /** A running task of a node that there is no more. */
    private void addAbandoned(String key) {
        writeIntentOf(DEAD_NODE, key);
        ledger.replace(record(key).accepted(toApis.addTask(), ledger.now(), LIMITS.trackUntil(ledger.now())));
    }

    private VideoTask seen(String taskId) {
        return ((QueryAnswer.Found) client.query(taskId)).task();
    }

    // The end is written between the take-over of the record and the moment from which its task is followed.
    @Test
    void aTaskThatEndsWhileItIsTakenOverIsDeliveredOnce() {
        remixOn(first, "key-1");
        VideoTask ended = completed(taskId("key-1"), "key-1");
        toApis.complete(taskId("key-1"));
        first.pause();
        ledger.onceWritten(TaskState.RUNNING, () -> signal(first.engine, ended));

        outlastTheLease();
        elapseSeconds(30);

        assertThat(deliverOn(second).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ledger.findDue(ACCOUNT, null, 10)).isEmpty();
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
    }
}

package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.Node;
import io.github.camelsora.internal.ledger.GuardedLedger;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Our own code may fail after a request was sent, for lack of memory: its answer is processed all the same. */
class SubmitErrorTest extends TaskTestSupport {

    @Test
    void anAcceptedSubmitIsFollowedAlsoWhenOurOwnCodeFails() {
        AtomicBoolean isToFail = new AtomicBoolean(true);
        TaskLedger failing = new GuardedLedger(ledger) {
            @Override
            public boolean isForgottenTask(String account, String taskId) {
                if (isToFail.getAndSet(false)) {
                    throw new OutOfMemoryError("thrown by a test");
                }
                return super.isForgottenTask(account, taskId);
            }
        };
        Node node = startNode(failing);

        TestWaiter waiting = node.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        workOn(node);

        assertThat(isToFail).isFalse();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        toApis.complete(taskId("key-1"));
        workOn(node);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsSearchedForAlsoWhenOurOwnCodeFails() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        Node node = nodeWhoseCodeFailsAtTheNextReplace();

        TestWaiter waiting = node.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        workOn(node);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        toApis.complete(taskId("key-1"));
        workOn(node);
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRejectedSubmitFreesItsKeyAlsoWhenOurOwnCodeFails() {
        toApis.credits(0);
        Node node = nodeWhoseCodeFailsAtTheNextReplace();

        TestWaiter waiting = node.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        workOn(node);

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatWasNotSentFreesItsKeyAlsoWhenOurOwnCodeFails() {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 10");
        Node node = nodeWhoseCodeFailsAtTheNextReplace();

        TestWaiter waiting = node.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        workOn(node);

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitFreesItsKeyWhenOurOwnCodeFailsBeforeItIsSent() {
        TestWaiter first = submit("key-1");
        problem = () -> {
            throw new OutOfMemoryError("thrown by a test");
        };
        work();
        problem = Optional::empty;
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);

        TestWaiter second = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(first.failure()).hasMessageContaining("was not sent, because of an error in this JVM");
        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitThatFollowsARejectionAtOnceIsNotWithdrawnInItsPlace() {
        toApis.on(Call.SUBMIT).times(1).answer(422, "{}");
        TestWaiter again = new TestWaiter();
        wire(ledgerWhoseWritesBreakOff(TaskState.REJECTED, TaskState.RUNNING), http, Runnable::run);
        TestWaiter first = new TestWaiter() {
            @Override
            public void onFailed(SoraException reason) {
                super.onFailed(reason);
                submits.submit(submission("key-1", "Add a kitten"), Goal.ENDED, again::with);
            }
        };

        submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, first::with);
        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(again.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(taskId("key-1")).isEqualTo(again.failure().getTaskId());
    }

    /** The first write of the first state is done and not confirmed; the first one of the second state is not done. */
    private TaskLedger ledgerWhoseWritesBreakOff(TaskState done, TaskState notDone) {
        Set<TaskState> broken = EnumSet.of(done, notDone);
        return new GuardedLedger(ledger) {
            @Override
            public Optional<TaskRecord> replace(LedgerWrite write) {
                TaskRecord next = write.record();
                boolean isBroken = broken.remove(next.state());
                if (!isBroken || next.state() == done) {
                    super.replace(write);
                }
                if (isBroken) {
                    throw new OutOfMemoryError("thrown by a test");
                }
                return super.find(next.account(), next.key());
            }
        };
    }

    @Test
    void aSubmitThatCannotBeQueuedLeavesThePlaceOfItsKeyFree() {
        ServiceProfile impossible = new ServiceProfile(
                ACCOUNT,
                client,
                true,
                null,
                SCHEDULE,
                new TaskTimeouts(
                        ChronoUnit.FOREVER.getDuration(), COMPLETION_TIMEOUT, RECOVERY_TIMEOUT, TRACKING_TIMEOUT));
        SubmitCommand good = submission("key-1", "Add a puppy");
        TestWaiter first = new TestWaiter();

        submits.submit(
                new SubmitCommand(good.key(), good.request(), impossible, good.labels(), Spending.NONE, true),
                Goal.ENDED,
                first::with);
        TestWaiter second = submit("key-1");
        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(second.timesNotified()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(1);
    }

    /** Its ledger is not guarded and so stands for our own code, which fails only for lack of memory. */
    private Node nodeWhoseCodeFailsAtTheNextReplace() {
        Node node = startNode(ledger);
        ledger.onceBeforeReplace(() -> {
            throw new OutOfMemoryError("thrown by a test");
        });
        return node;
    }

    private Node startNode(TaskLedger itsLedger) {
        return new Node("node-2", itsLedger, () -> List.of(service()), Duration.ofDays(30)).start();
    }

    private void workOn(Node node) {
        for (int second = 0; second < 30; second++) {
            node.work();
            leaveUndone(Duration.ofSeconds(1));
        }
    }
}

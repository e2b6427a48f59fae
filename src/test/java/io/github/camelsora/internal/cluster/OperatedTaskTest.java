package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.StorePrompt;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators set aside, release, adopt and erase on one node while another one works on it: paid once, and not lost. */
class OperatedTaskTest extends ClusterTestSupport {
    private static final Operator BY = new Operator("joe", null);

    private void setAsideOn(Node node, String key) {
        node.operatorService.setAside(ref(key), BY);
    }

    private void releaseOn(Node node, String key) {
        node.operatorService.release(ref(key), BY, ledger.now().plus(TRACKING_TIMEOUT));
    }

    private void eraseOn(Node node, String key) {
        assertThat(node.operatorService.erase(record(key), BY)).isTrue();
    }

    @Test
    void aTaskThatEndsWhileItIsSetAsideIsDeliveredOnceAfterItsRelease() {
        TestWaiter waiting = remixOn(first, "key-1");
        setAsideOn(first, "key-1");
        waiting.claim().release();
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);

        releaseOn(second, "key-1");
        elapse(Duration.ofMinutes(5));

        deliverOn(first);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aPollThatIsUnderWayWhenItsTaskIsSetAsideLosesNothing() {
        TestWaiter waiting = remixOn(first, "key-1");
        complete("key-1");
        Hold hold = toApis.on(Call.STATUS).times(1).hold();
        leaveUndone(Duration.ofSeconds(15));
        CompletableFuture<Void> poll = CompletableFuture.runAsync(first::work);
        hold.awaitReached(SOON);
        setAsideOn(first, "key-1");
        hold.release();
        poll.join();
        waiting.claim().release();
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);

        releaseOn(first, "key-1");
        elapse(Duration.ofMinutes(5));

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aMessageThatIsSubmittedAgainAfterItsTaskWasSetAsideIsAnsweredAndNotPaidAgain() {
        TestWaiter waiting = remixOn(first, "key-1");
        setAsideOn(second, "key-1");

        TestWaiter again = remixOn(second, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        again.claim().delivered();
        waiting.claim().release();

        assertThat(again.task().id()).isEqualTo(taskId("key-1"));
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aWaiterOfAnotherNodeGetsTheResultOfATaskThatWasSetAsideAndItIsNotDeliveredAgain() {
        TestWaiter waiting = remixOn(first, "key-1");
        setAsideOn(second, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        waiting.claim().delivered();

        assertDeliveredOnce("key-1");
    }

    @Test
    void aDeliveryThatSucceedsAfterItsTaskWasSetAsideIsRecordedAndNotRepeated() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        Delivery delivery = acquireOn(first);

        setAsideOn(second, "key-1");
        delivery.delivered();
        elapse(Duration.ofMinutes(5));
        assertThat(first.due()).isEmpty();

        assertDeliveredOnce("key-1");
        assertThat(catchThrowable(() -> releaseOn(second, "key-1"))).hasMessageContaining("it is DELIVERED");
        assertThat(second.due()).isEmpty();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aReportOfALossThatSucceedsAfterItsSubmitWasSetAsideIsNotRepeatedAfterItsRelease() {
        loseTheNextAnswerForGood();
        fireAndForgetOn(first, "key-1");
        elapse(Duration.ofMinutes(10));
        Delivery report = acquireOn(first);

        setAsideOn(second, "key-1");
        report.delivered();
        releaseOn(second, "key-1");
        elapse(Duration.ofMinutes(30));

        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(first.due()).isEmpty();
        assertThat(second.due()).isEmpty();
    }

    @Test
    void aDeliveryFromBeforeASetAsideAndAReleaseDoesNotEndTheOneAfterThem() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        Delivery before = acquireOn(first);
        setAsideOn(first, "key-1");
        releaseOn(first, "key-1");
        Delivery after = acquireOn(first);

        before.retryOrSetAside(0, Duration.ofSeconds(10));
        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        after.delivered();

        assertDeliveredOnce("key-1");
    }

    @Test
    void aFailedDeliveryOfATaskThatWasSetAsideMeanwhileIsRepeatedByTheRelease() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        Delivery delivery = acquireOn(first);

        setAsideOn(second, "key-1");
        delivery.retryOrSetAside(5, Duration.ofSeconds(10));
        elapse(Duration.ofMinutes(5));
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);
        releaseOn(second, "key-1");

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aLostSubmitThatIsSetAsideDuringItsSearchIsFoundAfterItsRelease() {
        loseTheNextAnswerForGood();
        TestWaiter lost = remixOn(first, "key-1");
        setAsideOn(second, "key-1");
        toApis.lookup(LookUp.ON);
        elapse(Duration.ofMinutes(5));
        assertThat(lost.failure()).isInstanceOf(SubmissionUnknownException.class);
        lost.claim().release();
        assertThat(state("key-1")).isEqualTo(TaskState.SET_ASIDE);

        releaseOn(second, "key-1");
        elapse(Duration.ofMinutes(10));
        complete("key-1");
        elapse(Duration.ofMinutes(5));

        deliverOn(first);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anAdoptedTaskOfANodeThatStillSearchesIsDeliveredOnce() {
        loseTheNextAnswerForGood();
        TestWaiter waiting = remixOn(first, "key-1");
        String id = newestTask();

        second.operatorService.adopt(ref("key-1"), BY, id, service());
        toApis.complete(id);
        elapse(Duration.ofMinutes(10));
        if (waiting.timesNotified() == 1) {
            waiting.claim().release();
        }
        elapse(Duration.ofMinutes(5));

        assertThat(taskId("key-1")).isEqualTo(id);
        deliverOn(first);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    /** A submit without a key is not looked up, so its search sees only at trackingTimeout that it was given a task. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAdoptedTaskIsPolledAlthoughTheLedgerFailedDuringTheAdoption(boolean isConfirmed) {
        ServiceProfile withoutKeys = new ServiceProfile(ACCOUNT, client, false, null, SCHEDULE, LIMITS);
        Node owner = startNode("owner", withoutKeys);
        letThemWork();
        loseTheNextAnswer();
        owner.fireAndForget(submissionTo(withoutKeys));
        String id = newestTask();
        ledger.onceWritten(TaskState.RUNNING, () -> {
            ledger.fail();
            if (!isConfirmed) {
                throw new IllegalStateException("The connection broke after the commit");
            }
        });

        Throwable failure = catchThrowable(() -> owner.operatorService.adopt(ref("key-1"), BY, id, withoutKeys));
        ledger.recover();
        toApis.complete(id);
        elapse(Duration.ofMinutes(10));

        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(deliverOn(second).id()).isEqualTo(id);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aTaskThatACrashedNodeHasAdoptedIsPolledByTheOwnerOfItsRecord() {
        ServiceProfile withoutKeys = new ServiceProfile(ACCOUNT, client, false, null, SCHEDULE, LIMITS);
        Node owner = startNode("owner", withoutKeys);
        letThemWork();
        loseTheNextAnswer();
        owner.fireAndForget(submissionTo(withoutKeys));
        String id = newestTask();

        second.operatorService.adopt(ref("key-1"), BY, id, withoutKeys);
        second.pause();
        toApis.complete(id);
        elapse(Duration.ofMinutes(30));

        assertThat(deliverOn(owner).id()).isEqualTo(id);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ofTwoOperatorsWhoAdoptOneTaskForTwoKeysAtOnceOneIsRefused() {
        loseTheNextAnswerForGood();
        remixOn(first, "key-1");
        loseTheNextAnswer();
        remixOn(second, "key-2");
        String id = toApis.addTask();
        ledger.onceBeforeReplace(() -> second.operatorService.adopt(ref("key-2"), BY, id, service()));

        Throwable refusal = catchThrowable(() -> first.operatorService.adopt(ref("key-1"), BY, id, service()));

        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Key key-1 was given no task", id, "is that of key key-2", "UNKNOWN");
        assertThat(taskId("key-2")).isEqualTo(id);
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(record("key-1").taskId()).isNull();
    }

    private ServiceProfile withoutKeys() {
        return new ServiceProfile(ACCOUNT, client, false, null, SCHEDULE, LIMITS);
    }

    /** A node that has lost the answer to the submit of key-1. */
    private Node startWithALostSubmit(ServiceProfile service) {
        Node owner = startNode("owner", service);
        letThemWork();
        loseTheNextAnswer();
        owner.fireAndForget(submissionTo(service));
        return owner;
    }

    private String newestTask() {
        return toApis.tasks().get(toApis.tasks().size() - 1).id();
    }

    /** Adopts the newest task, which the console shows, for key-1. */
    private void adoptTheNewestTask(ServiceProfile service) {
        String id = newestTask();
        first.operatorService.adopt(ref("key-1"), BY, id, service);
        assertThat(taskId("key-1")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerKeepsItsTaskAlthoughAnOperatorAdoptsThatForAnotherKeyAtThatMoment(boolean isLedgerBackLater) {
        ServiceProfile service = withoutKeys();
        Node owner = startWithALostSubmit(service);
        ledger.onceBeforeReplace(() -> {
            adoptTheNewestTask(service);
            if (isLedgerBackLater) {
                ledger.fail();
            }
        });

        owner.fireAndForget(submissionTo(service, "key-2"));
        ledger.recover();
        elapse(Duration.ofMinutes(1));

        assertThat(record("key-1").taskId()).isNull();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(historyOf("key-1")).contains("AdoptionRevoked");
        complete("key-2");
        elapse(Duration.ofMinutes(1));
        assertThat(state("key-2")).isEqualTo(TaskState.ENDED);
        assertThat(deliverOn(owner).key()).isEqualTo("key-2");
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aSubmitWhoseAdoptionWasRevokedIsNotPaidAgainWhenItsMessageComesAgain() {
        ServiceProfile service = withoutKeys();
        Node owner = startWithALostSubmit(service);
        ledger.onceBeforeReplace(() -> adoptTheNewestTask(service));
        owner.fireAndForget(submissionTo(service, "key-2"));
        assertThat(historyOf("key-1")).contains("AdoptionRevoked");

        TestWaiter here = owner.submit(submissionTo(service), Goal.ENDED);
        TestWaiter elsewhere = second.submit(submissionTo(service), Goal.ENDED);
        elapse(Duration.ofMinutes(10));

        assertThat(here.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(elsewhere.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(posts()).isEqualTo(2);
        complete("key-2");
        elapse(Duration.ofMinutes(1));
        assertThat(deliverOn(owner).key()).isEqualTo("key-2");
    }

    @Test
    void aTaskThatWasAdoptedAndHasEndedIsNotDeliveredUnderTheKeyWhoseAnswerNamesItToo() {
        ServiceProfile service = withoutKeys();
        Node owner = startWithALostSubmit(service);
        ledger.onceBeforeReplace(() -> {
            adoptTheNewestTask(service);
            complete("key-1");
            for (int polls = 0; polls < 3; polls++) {
                leaveUndone(Duration.ofSeconds(10));
                first.work();
            }
        });

        owner.fireAndForget(submissionTo(service, "key-2"));
        elapse(Duration.ofMinutes(1));

        assertThat(state("key-1")).isEqualTo(TaskState.ENDED);
        assertThat(state("key-2")).isEqualTo(TaskState.UNKNOWN);
        assertThat(record("key-2").taskId()).isNull();
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void anExchangeThatWaitsForATaskThatIsTakenBackOnAnotherNodeIsNotToldThatItIsItsTask() {
        ServiceProfile service = withoutKeys();
        Node owner = startWithALostSubmit(service);
        AtomicReference<TestWaiter> waiting = new AtomicReference<>();
        ledger.onceBeforeReplace(() -> {
            adoptTheNewestTask(service);
            waiting.set(first.submit(submissionTo(service), Goal.ENDED));
        });

        owner.fireAndForget(submissionTo(service, "key-2"));
        complete("key-2");
        elapse(Duration.ofMinutes(1));

        assertThat(waiting.get().failure())
                .isInstanceOf(SubmissionUnknownException.class)
                .hasMessageContainingAll("key-1", "an operator had adopted for it", "Do not submit it again")
                .extracting(SoraException::getTaskId)
                .isNull();
    }

    @Test
    void aSubmitThatIsFoundByItsKeyGetsItsTaskAlthoughAnOperatorAdoptedThatForAnotherKey() {
        loseTheNextAnswerForGood();
        TestWaiter one = remixOn(first, "key-1");
        String ofOne = newestTask();
        loseTheNextAnswer();
        TestWaiter other = remixOn(second, "key-2");
        String ofOther = newestTask();
        adoptTheNewestTask(service());

        toApis.lookup(LookUp.ON);
        elapse(Duration.ofMinutes(5));
        toApis.complete(ofOne);
        toApis.complete(ofOther);
        elapse(Duration.ofMinutes(1));

        assertThat(taskId("key-1")).isEqualTo(ofOne);
        assertThat(taskId("key-2")).isEqualTo(ofOther);
        assertThat(historyOf("key-1")).contains("AdoptionRevoked");
        assertThat(one.task().id()).isEqualTo(ofOne);
        assertThat(other.task().id()).isEqualTo(ofOther);
        assertThat(posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTaskThatWasAwaitedByItsIdBeforeAnOperatorAdoptedItIsTakenBack(boolean isForgotten) {
        loseTheNextAnswerForGood();
        remixOn(first, "key-1");
        loseTheNextAnswer();
        TestWaiter waiting = remixOn(second, "key-2");
        String id = newestTask();
        first.await(id, service()).claim().release();
        if (isForgotten) {
            setAsideOn(first, "task:" + id);
            first.operatorService.forget(ref("task:" + id), BY);
        }
        adoptTheNewestTask(service());
        assertThat(ledger.find(ACCOUNT, "task:" + id)).isEmpty();

        toApis.lookup(LookUp.ON);
        elapse(Duration.ofMinutes(5));
        toApis.complete(id);
        elapse(Duration.ofMinutes(1));

        assertThat(waiting.task().id()).isEqualTo(id);
        assertThat(taskId("key-2")).isEqualTo(id);
        assertThat(taskId("key-1")).isNotEqualTo(id);
        assertThat(posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAnswerToASubmitThatWasTakenForLostCountsMoreThanTheTaskThatAnOperatorAdoptedForIt(
            boolean isLedgerBackLater) {
        ServiceProfile service = withoutKeys();
        Node owner = startNode("owner", service);
        letThemWork();
        ledger.onceBeforeReplace(() -> {
            for (Duration time = Duration.ZERO; time.compareTo(Node.LEASE.multipliedBy(2)) < 0; ) {
                leaveUndone(Duration.ofSeconds(5));
                second.work();
                time = time.plusSeconds(5);
            }
            toApis.addTask();
            adoptTheNewestTask(service);
            if (isLedgerBackLater) {
                ledger.fail();
            }
        });

        owner.fireAndForget(submissionTo(service));
        String answered = toApis.tasks().get(toApis.tasks().size() - 2).id();
        ledger.recover();
        elapse(Duration.ofMinutes(1));

        assertThat(taskId("key-1")).isEqualTo(answered);
        assertThat(historyOf("key-1")).endsWith("LostSubmitFound", "AdoptionRevoked", "SubmitAccepted");
        toApis.complete(answered);
        elapse(Duration.ofMinutes(10));
        assertThat(deliverOn(owner).id()).isEqualTo(answered);
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    private List<String> historyOf(String key) {
        return ledger.history().orElseThrow().find(ACCOUNT, key, 100).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    /** The intent of a submit that waits for its turn on a node that is paused, and is taken for a lost submit meanwhile. */
    private TestWaiter pauseBeforeTheSubmit() {
        TestWaiter waiting = first.submit(submission("key-1", "Add a puppy"), Goal.ENDED);
        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        first.pause();
        outlastTheLease();
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        return waiting;
    }

    @Test
    void aSubmitThatIsLateIsNotSentAfterItsKeyWasForgottenAndPaidForOnAnotherNode() {
        pauseBeforeTheSubmit();
        second.operatorService.forget(ref("key-1"), BY);
        remixOn(second, "key-1");

        first.goOn();
        TestWaiter awaiting = first.await(taskId("key-1"), service());
        complete("key-1");
        elapse(Duration.ofMinutes(1));

        assertThat(posts()).isEqualTo(1);
        assertThat(awaiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aSubmitThatIsLateIsNotSentAfterATaskWasAdoptedForIt() {
        pauseBeforeTheSubmit();
        String adopted = toApis.addTask();
        second.operatorService.adopt(ref("key-1"), BY, adopted, service());

        first.goOn();
        TestWaiter awaiting = first.await(adopted, service());
        complete("key-1");
        elapse(Duration.ofMinutes(1));

        assertThat(posts()).isZero();
        assertThat(awaiting.task().id()).isEqualTo(adopted);
    }

    @Test
    void anErasedKeyIsStillThatOfItsRequestOnANodeThatHasItInMemory() {
        TestWaiter here = remixOn(first, "key-1");
        TestWaiter there = remixOn(second, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        here.claim().delivered();
        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);

        eraseOn(first, "key-1");
        TestWaiter again = remixOn(second, "key-1");
        Throwable other = catchThrowable(() -> second.submit(submission("key-1", "Add a kitten"), Goal.ENDED));
        there.claim().delivered();
        elapse(Duration.ofMinutes(5));

        assertThat(again.task().id()).isEqualTo(taskId("key-1"));
        assertThat(other).isInstanceOf(KeyConflictException.class);
        assertThat(record("key-1").request()).doesNotContain("puppy");
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aResultThatIsErasedWhileItIsSetAsideStillHasItsVideo() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        String video = acquireOn(first).task().videoUrl();
        setAsideOn(first, "key-1");

        eraseOn(second, "key-1");
        releaseOn(second, "key-1");

        assertThat(deliverOn(second).videoUrl()).isEqualTo(video).isNotNull();
        assertDeliveredOnce("key-1");
        assertThat(remixOn(first, "key-1").task().videoUrl()).isEqualTo(video);
        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLostSubmitIsFoundByTheNextOwnerWhateverIsStoredOfItsPrompt(StorePrompt storePrompt) {
        loseTheNextAnswer();
        toApis.lookup(LookUp.OFF);
        first.submit(storing(storePrompt, "Add a puppy"), Goal.ACCEPTED);
        first.work();
        first.pause();
        toApis.lookup(LookUp.ON);
        outlastTheLease();
        elapse(Duration.ofMinutes(5));
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);

        TestWaiter again = second.submit(storing(storePrompt, "Add a puppy"), Goal.ENDED);
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        again.claim().delivered();

        assertThat(again.task().videoUrl()).isNotNull();
        assertDeliveredOnce("key-1");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRetryOfTwoOperatorsAtOncePaysOnce() {
        TestWaiter waiting = remixOn(first, "key-1");
        toApis.fail(taskId("key-1"), "generation_failed", "Too dark");
        elapse(Duration.ofMinutes(5));
        waiting.claim().delivered();
        TaskRecord failed = record("key-1");

        first.operatorService.retry(failed, BY, record -> submission("key-1", "Add a puppy"));
        boolean isRetriedAsSeen =
                second.operatorService.retry(failed, BY, record -> submission("key-1", "Add a puppy"));
        Throwable refusal = catchThrowable(
                () -> second.operatorService.retry(ref("key-1"), BY, record -> submission("key-1", "Add a puppy")));
        elapse(Duration.ofMinutes(5));

        assertThat(isRetriedAsSeen).isFalse();
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        assertThat(posts()).isEqualTo(2);
        complete("key-1");
        elapse(Duration.ofMinutes(5));
        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    private SubmitCommand submissionTo(ServiceProfile service) {
        return submissionTo(service, "key-1");
    }

    private SubmitCommand submissionTo(ServiceProfile service, String key) {
        SubmitCommand plain = submission(key, "Add a puppy");
        return new SubmitCommand(plain.key(), plain.request(), service, plain.labels(), plain.spending(), false);
    }

    private SubmitCommand storing(StorePrompt storePrompt, String prompt) {
        SubmitCommand plain = submission("key-1", prompt);
        return new SubmitCommand(
                plain.key(),
                plain.request(),
                plain.service(),
                plain.labels(),
                plain.spending(),
                false,
                null,
                storePrompt);
    }
}

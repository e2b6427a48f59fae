package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.camel.tasks.TasksPollingConsumer;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A context is suspended while exchanges wait, and resumed: they end at once, their tasks go on, and all works as before. */
@Timeout(120)
class SuspensionTest extends TasksTestSupport {
    @BeforeEach
    void boundTheSuspension() {
        // Should exchanges be left over, Camel shuts their routes down by force after this.
        camel.getShutdownStrategy().setTimeout(10);
    }

    private RouteBuilder waitingRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to(remix).process(keepVideo);
            }
        };
    }

    private CompletableFuture<Exchange> beginWaiting(String key) throws Exception {
        CompletableFuture<Exchange> waiting = begin("direct:in", "A puppy " + key, "CamelSoraRequestKey", key);
        awaitRunning(key);
        return waiting;
    }

    private void awaitRunning(String key) {
        awaitState(key, TaskState.RUNNING);
    }

    @Test
    void aWaitEndsAtOnceWithTheTaskIdWhenTheContextIsSuspended() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        CompletableFuture<Exchange> waiting = beginWaiting("order-1");

        camel.suspend();

        assertThat(waiting).isCompleted();
        WaitParkedException parked = failureOf(waiting.join(), WaitParkedException.class);
        assertThat(parked.getTaskId()).isEqualTo(recordOf("order-1").taskId());
        assertThat(parked.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(parked).hasMessageContaining("suspended").hasMessageContaining("goes on");
    }

    @Test
    void theSameRouteWorksWhenTheContextIsResumed() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        beginWaiting("order-1");
        camel.suspend();
        camel.resume();
        CompletableFuture<Exchange> again = beginWaiting("order-2");

        toApis.complete(recordOf("order-2").taskId());

        assertThat(again).succeedsWithin(LIMIT);
        assertThat(again.join().getException()).isNull();
        delivered("order-2");
    }

    @Test
    void theTaskOfAnEndedWaitIsJoinedAfterTheContextIsResumed() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        beginWaiting("order-1");
        camel.suspend();
        camel.resume();

        CompletableFuture<Exchange> again = begin("direct:in", "A puppy order-1", "CamelSoraRequestKey", "order-1");
        toApis.complete(recordOf("order-1").taskId());

        assertThat(again).succeedsWithin(LIMIT);
        assertThat(again.join().getMessage().getBody(VideoTask.class).key()).isEqualTo("order-1");
        assertPaid(1);
    }

    @Test
    void aTaskIsFollowedWhileTheContextIsSuspended() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        beginWaiting("order-1");
        camel.suspend();

        toApis.complete(recordOf("order-1").taskId());

        awaitDue("order-1");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aTaskWhoseWaitEndedIsDeliveredToSoraTasksWhenTheContextIsResumed() throws Exception {
        letTasksRunLong();
        start(waitingRoute(), receivingTasks(TASKS));
        beginWaiting("order-1");
        camel.suspend();
        toApis.complete(recordOf("order-1").taskId());
        awaitDue("order-1");
        assertThat(received).isEmpty();

        camel.resume();

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void aTaskInAFileWhoseWaitEndedIsDeliveredToSoraTasksWhenTheContextIsResumed(@TempDir Path folder)
            throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        letTasksRunLong();
        start(waitingRoute(), receivingTasks(TASKS));
        beginWaiting("order-1");
        camel.suspend();
        toApis.complete(recordOf("order-1").taskId());

        camel.resume();

        delivered("order-1");
        camel.stop();
    }

    @Test
    void aDeliveryThatASuspensionInterruptsDoesNotCountAndIsRepeatedAfterTheResume() throws Exception {
        letTasksRunLong();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + "&tag=first")
                        .process(receive)
                        .to(remix + "&prompt=Slower&requestKey=${header.CamelSoraTaskKey}-2");
            }
        });
        fireAndForgetTo(remix, "order-1", "CamelSoraTag", "first");
        toApis.complete(recordOf("order-1").taskId());
        awaitRunning("order-1-2");

        camel.suspend();

        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
        assertThat(recordOf("order-1").deliveries()).isZero();
        toApis.complete(recordOf("order-1-2").taskId());
        camel.resume();
        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1", "order-1");
        assertPaid(2);
    }

    @Test
    void aSubmitWhileTheContextIsSuspendedIsNotSent() throws Exception {
        start(waitingRoute());
        CompletableFuture<Exchange> earlier = beginWaiting("order-1");
        assertThat(earlier).succeedsWithin(LIMIT);
        camel.suspend();

        Exchange out =
                begin(remix, "A kitten", "CamelSoraRequestKey", "order-2").get(20, TimeUnit.SECONDS);

        assertThat(failureOf(out, SoraException.class).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertPaid(1);
        assertThat(sora().ledger().find("default", "order-2")).isEmpty();
    }

    @Test
    void aSubmitThatWasRejectedWhileTheContextWasSuspendedIsSentAfterwards() throws Exception {
        start(waitingRoute());
        camel.suspend();
        begin(remix, "A kitten", "CamelSoraRequestKey", "order-1").get(20, TimeUnit.SECONDS);
        camel.resume();

        Exchange out = send("direct:in", "A kitten", "CamelSoraRequestKey", "order-1");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aQueuedSubmitEndsUnsentAndTheNextGetsItsPermit() throws Exception {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 600");
        start(waitingRoute());
        CompletableFuture<Exchange> queued = begin("direct:in", "A puppy", "CamelSoraRequestKey", "order-1");
        soon().until(() -> toApis.books().submitsReceived() == 1);

        camel.suspend();

        assertThat(queued).isCompleted();
        assertThat(failureOf(queued.join(), SoraException.class).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aSubmitThatIsUnderWayWhenTheContextIsSuspendedKeepsItsId() throws Exception {
        letTasksRunLong();
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        start(waitingRoute(), receivingTasks(TASKS));
        CompletableFuture<Exchange> sending = begin("direct:in", "A puppy", "CamelSoraRequestKey", "order-1");
        answer.awaitReached(LIMIT);
        CompletableFuture<Void> suspending = CompletableFuture.runAsync(camel::suspend);
        soon().until(() -> shared().runtime().isSuspendedOrStopped());

        answer.release();

        assertThat(suspending).succeedsWithin(LIMIT);
        WaitParkedException parked = failureOf(sending.get(20, TimeUnit.SECONDS), WaitParkedException.class);
        assertThat(parked.getTaskId()).isEqualTo(recordOf("order-1").taskId());
        camel.resume();
        toApis.complete(recordOf("order-1").taskId());
        delivered("order-1");
        assertPaid(1);
    }

    @Test
    void aLostSubmitIsSearchedForWhileTheContextIsSuspendedAndAfterwards() throws Exception {
        letTasksRunLong();
        toApis.lookup(LookUp.OFF);
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        options().setRecoveryTimeout(2_000);
        start(waitingRoute(), receivingTasks(TASKS));
        CompletableFuture<Exchange> sending = begin("direct:in", "A puppy", "CamelSoraRequestKey", "order-1");
        answer.awaitReached(LIMIT);
        CompletableFuture<Void> suspending = CompletableFuture.runAsync(camel::suspend);
        soon().until(() -> shared().runtime().isSuspendedOrStopped());
        answer.cut();
        assertThat(suspending).succeedsWithin(LIMIT);
        failureOf(sending.get(20, TimeUnit.SECONDS), SubmissionUnknownException.class);

        toApis.lookup(LookUp.ON);

        awaitRunning("order-1");
        camel.resume();
        toApis.complete(recordOf("order-1").taskId());
        delivered("order-1");
        assertPaid(1);
    }

    @Test
    void aContextIsSuspendedAndResumedAgainAndAgain() throws Exception {
        letTasksRunLong();
        start(waitingRoute(), receivingTasks(TASKS));
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String key = "order-" + i;
            keys.add(key);
            CompletableFuture<Exchange> waiting = beginWaiting(key);
            camel.suspend();
            assertThat(waiting).isCompleted();
            camel.resume();
        }

        keys.forEach(key -> toApis.complete(recordOf(key).taskId()));

        awaitDelivered(keys);
        assertPaid(3);
    }

    @Test
    void aSuspendedContextStops() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        CompletableFuture<Exchange> waiting = beginWaiting("order-1");
        camel.suspend();

        camel.stop();

        assertThat(waiting).isCompleted();
        assertThat(camel.isStopped()).isTrue();
    }

    @Test
    void aComponentThatIsRestartedWhileItsContextIsSuspendedContinuesWhenThatIsResumed() throws Exception {
        letTasksRunLong();
        start(waitingRoute(), receivingTasks(TASKS));
        beginWaiting("order-1");
        camel.suspend();
        ServiceHelper.stopService(sora());
        ServiceHelper.startService(sora());
        assertThat(shared().runtime().isSuspendedOrStopped()).isTrue();

        camel.resume();
        toApis.complete(recordOf("order-1").taskId());

        delivered("order-1");
        assertThat(beginWaiting("order-2")).isNotDone();
    }

    @Test
    void aDownloadThatWaitsWhenTheContextIsSuspendedEndsAndCanBeDoneAfterwards(@TempDir Path folder) throws Exception {
        String id = toApis.addSource();
        toApis.on(Call.FILE).times(2).answer(503, "");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:download").to("sora:download?taskId=" + id + "&directory=" + folder);
            }
        });
        CompletableFuture<Exchange> waiting = begin("direct:download", null);
        // Before its first attempt, it waits for a thread only.
        soon().until(() -> !toApis.requests(Call.FILE).isEmpty());
        soon().until(() -> shared().runtime().downloads().waiting() == 1);

        camel.suspend();

        assertThat(waiting).isCompleted();
        failureOf(waiting.join(), WaitParkedException.class);
        camel.resume();
        toApis.clearFaults();
        assertThat(send("direct:download", null).getException()).isNull();
    }

    @Test
    void aRouteThatPollsIsNotHeldUpBySuspensionAndPollsAfterwards() throws Exception {
        start(receivingTasks(TASKS).andNotAtOnce());
        PollingConsumer consumer = camel.getEndpoint("sora:tasks").createPollingConsumer();
        consumer.start();
        CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(consumer::receive);
        soon().until(() -> ((TasksPollingConsumer) consumer).hasWaitingCaller());

        camel.suspend();

        assertThat(waiting).succeedsWithin(LIMIT).isNull();
        camel.resume();
        fireAndForget("order-1");
        Exchange received = consumer.receive(20_000);
        assertThat(received.getMessage().getBody(VideoTask.class).key()).isEqualTo("order-1");
        camel.createConsumerTemplate().doneUoW(received);
        delivered("order-1");
    }

    @Test
    void aSuspendedComponentEndsWaitsAndAResumedOneContinues() throws Exception {
        letTasksRunLong();
        start(waitingRoute());
        CompletableFuture<Exchange> waiting = beginWaiting("order-1");

        sora().suspend();

        assertThat(waiting).succeedsWithin(LIMIT);
        failureOf(waiting.join(), WaitParkedException.class);
        sora().resume();
        CompletableFuture<Exchange> again = beginWaiting("order-2");
        toApis.complete(recordOf("order-2").taskId());
        assertThat(again).succeedsWithin(LIMIT);
        assertThat(again.join().getException()).isNull();
    }

    @Test
    void aRouteThatIsSuspendedAloneContinuesWhenItIsResumed() throws Exception {
        start(queuedRoute(), receivingTasks(TASKS));
        enqueue("order-1");
        delivered("order-1");
        camel.getRouteController().suspendRoute("in");

        enqueue("order-2");
        camel.getRouteController().resumeRoute("in");

        delivered("order-2");
        assertPaid(2);
    }

    /** Camel fires no event before it waits for exchanges in flight, and then shuts the route's consumer down by force. */
    @Test
    void aRouteThatIsSuspendedAloneWhileItWaitsLosesNothingAndCanBeStartedAgain() throws Exception {
        letTasksRunLong();
        start(queuedRoute(), receivingTasks(TASKS));
        enqueue("order-1");
        awaitRunning("order-1");

        camel.getRouteController().suspendRoute("in", 1, TimeUnit.SECONDS);
        toApis.complete(recordOf("order-1").taskId());

        delivered("order-1");
        camel.getRouteController().stopRoute("in");
        camel.getRouteController().startRoute("in");
        enqueue("order-2");
        awaitRunning("order-2");
        toApis.complete(recordOf("order-2").taskId());
        delivered("order-2");
        assertPaid(2);
    }

    private RouteBuilder queuedRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in").routeId("in").to(remix + "&requestKey=${body}").process(keepVideo);
            }
        };
    }

    private void enqueue(String key) {
        camel.createProducerTemplate().sendBody("seda:in", key);
    }

    @Test
    void concurrentSubmitsWhileAContextIsSuspendedAndResumedPayOnceAndNeverHang() throws Exception {
        toApis.taskDuration(Duration.ofMillis(20));
        start(waitingRoute(), receivingTasks(TASKS));
        List<CompletableFuture<Exchange>> crowd = new ArrayList<>();
        CompletableFuture<Void> switching = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20; i++) {
                shared().runtime().suspend();
                shared().runtime().resume();
            }
        });
        for (int i = 0; i < 300; i++) {
            crowd.add(begin(remix, "A puppy " + i, "CamelSoraRequestKey", "order-" + i));
        }

        assertThat(switching).succeedsWithin(LIMIT);
        assertThat(allOf(crowd)).succeedsWithin(LIMIT);

        List<Throwable> failures = crowd.stream()
                .map(each -> (Throwable) each.join().getException())
                .filter(Objects::nonNull)
                .toList();
        long notSent = failures.stream()
                .filter(failure ->
                        failure instanceof SoraException rejected && rejected.getOutcome() == SubmitOutcome.NOT_SENT)
                .count();
        int sent = crowd.size() - (int) notSent;
        assertThat(toApis.books().submitsReceived())
                .as("all but those that ended as not sent; failures: %s", failures)
                .isEqualTo(sent);
        assertPaid(sent);
    }
}

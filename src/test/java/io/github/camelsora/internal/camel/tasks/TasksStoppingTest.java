package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.HoldingStep;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A route that receives tasks is suspended, resumed, stopped and started: nothing is lost, and stopping counts as no failure. */
@Timeout(40)
class TasksStoppingTest extends TasksTestSupport {
    private final HoldingStep step = new HoldingStep();

    @Test
    void aSuspendedRouteReceivesNothing() throws Exception {
        start(receivingTasks(TASKS));
        camel.getRouteController().suspendRoute("receivingTasks");

        endInOrder("order-1", "order-2");

        assertThat(received).isEmpty();
    }

    @Test
    void aResumedRouteReceivesTasksThatEndedMeanwhile() throws Exception {
        start(receivingTasks(TASKS));
        camel.getRouteController().suspendRoute("receivingTasks");
        endInOrder("order-1", "order-2");

        camel.getRouteController().resumeRoute("receivingTasks");

        awaitDelivered(List.of("order-1", "order-2"));
    }

    @Test
    void aRouteThatIsResumedNeedNotWaitForItsNextPoll() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));
        camel.getRouteController().suspendRoute("receivingTasks");
        endInOrder("order-1", "order-2");

        camel.getRouteController().resumeRoute("receivingTasks");

        awaitDelivered(List.of("order-1", "order-2"));
    }

    @Test
    void aRouteThatIsResumedIsWokenAsBefore() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));
        camel.getRouteController().suspendRoute("receivingTasks");
        camel.getRouteController().resumeRoute("receivingTasks");

        fireAndForget("order-1");

        delivered("order-1");
    }

    @Test
    void aStoppedRouteReceivesNothing() throws Exception {
        start(receivingTasks(TASKS));
        camel.getRouteController().stopRoute("receivingTasks");

        endInOrder("order-1", "order-2");

        assertThat(received).isEmpty();
    }

    @Test
    void aRouteThatIsStartedAgainReceivesTasksThatEndedMeanwhile() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));
        camel.getRouteController().stopRoute("receivingTasks");
        endInOrder("order-1", "order-2");

        camel.getRouteController().startRoute("receivingTasks");

        awaitDelivered(List.of("order-1", "order-2"));
    }

    @Test
    void aTaskInTheRouteWhenItStopsIsProcessedToItsEnd() throws Exception {
        start(holding(TASKS));
        fireAndForget("order-1");
        soon().until(() -> step.inside() == 1);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stopRoute(20));
        step.open();

        assertThat(stopping).succeedsWithin(LIMIT);
        delivered("order-1");
    }

    @Test
    void aQueuedTaskOfAStoppedRouteIsDeliveredByTheNextRoute() throws Exception {
        start(holding(TASKS + "&concurrentConsumers=1"));
        List<String> keys = fireAndForgetMany(4);
        soon().until(() -> step.inside() == 1
                && keys.stream().allMatch(key -> recordOf(key).result() != null));
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stopRoute(20));
        soon().until(this::isRouteStopping);
        step.open();
        assertThat(stopping).succeedsWithin(LIMIT);
        assertThat(received).hasSize(1);

        camel.getRouteController().startRoute("receivingTasks");

        awaitDelivered(keys);
        assertThat(receivedKeys()).hasSize(4);
    }

    @Test
    void aRouteThatWasStoppedByForceIsWokenAsBefore() throws Exception {
        start(holding(ON_NOTIFICATION));
        fireAndForget("order-1");
        soon().until(() -> step.inside() == 1);
        camel.getRouteController().stopRoute("receivingTasks", 10, TimeUnit.MILLISECONDS);
        step.open();
        soon().until(() -> step.inside() == 0);
        camel.getRouteController().startRoute("receivingTasks");
        delivered("order-1");

        fireAndForget("order-2");

        delivered("order-2");
    }

    @Test
    void aDeliveryThatIsNotDoneWhenTheContextHasStoppedIsReleasedUncounted() throws Exception {
        stopQuickly();
        TaskLedger ledger = ownLedger();
        start(holding(TASKS));
        fireAndForget("order-1");
        soon().until(() -> step.inside() == 1);

        camel.stop();
        step.open();

        soon().untilAsserted(() -> assertThat(ledger.find("default", "order-1").orElseThrow())
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, null, 0));
    }

    @Test
    void aDeliveryWhoseWaitIsEndedByAStopIsReleasedUncounted() throws Exception {
        letTasksRunLong();
        stopQuickly();
        TaskLedger ledger = ownLedger();
        String other = toApis.addTask();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS)
                        .process(receive)
                        .removeHeaders("*")
                        .setBody(constant(other))
                        .to("sora:await?taskId=" + other);
            }
        });
        fireAndForget("order-1");
        toApis.complete(recordOf("order-1").taskId());
        soon().until(() -> ledger.findByTaskId("default", other).isPresent());

        camel.stop();

        assertThat(ledger.find("default", "order-1").orElseThrow())
                .extracting(TaskRecord::state, TaskRecord::owner, TaskRecord::deliveries)
                .containsExactly(TaskState.ENDED, null, 0);
    }

    @Test
    void aRestartOfTheComponentEndsNoRoute() throws Exception {
        start(receivingTasks(TASKS));
        fireAndForget("order-1");
        delivered("order-1");

        ServiceHelper.stopService(sora());
        ServiceHelper.startService(sora());
        fireAndForget("order-2");

        delivered("order-2");
    }

    @Test
    void aTaskThatRanWhenTheComponentStoppedIsDeliveredWhenItRunsAgain() throws Exception {
        letTasksRunLong();
        start(receivingTasks(TASKS));
        fireAndForget("order-1");

        ServiceHelper.stopService(sora());
        toApis.complete(recordOf("order-1").taskId());
        ServiceHelper.startService(sora());

        delivered("order-1");
        assertPaid(1);
    }

    /** A ledger that outlives the context. */
    private TaskLedger ownLedger() {
        TaskLedger ledger = new MemoryTaskLedger(InstantSource.system(), 100);
        sora().setLedger(ledger);
        return ledger;
    }

    private RouteBuilder holding(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("receivingTasks").process(receive).process(step);
            }
        };
    }

    private boolean isRouteStopping() {
        return !((ServiceSupport) camel.getRoute("receivingTasks").getConsumer()).isStarted();
    }

    private void stopRoute(int seconds) {
        try {
            camel.getRouteController().stopRoute("receivingTasks", seconds, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

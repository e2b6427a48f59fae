package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.HoldingStep;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;

/** How many tasks are in a route at once, and when they are polled. */
class TasksConcurrencyTest extends TasksTestSupport {
    private final HoldingStep step = new HoldingStep();

    @Test
    void noMoreTasksAreInTheRouteAtOnceThanConcurrentConsumers() throws Exception {
        start(holding(TASKS + "&concurrentConsumers=2"));

        List<String> keys = fireAndForgetMany(6);
        soon().until(() -> step.inside() == 2);
        step.open();

        awaitDelivered(keys);
        assertThat(step.most()).isLessThanOrEqualTo(2);
    }

    @Test
    void aQueuedTaskIsFreeForOthers() throws Exception {
        start(holding(TASKS + "&concurrentConsumers=1"));
        List<String> keys = fireAndForgetMany(3);
        soon().until(() -> step.inside() == 1);
        keys.forEach(key -> soon().until(() -> recordOf(key).state() == TaskState.ENDED));

        assertThat(keys.stream().map(this::recordOf).filter(record -> record.owner() == null))
                .hasSize(2);
        step.open();
    }

    @Test
    void aLimitOfOnePollDoesNotLimitHowManyAreInTheRoute() throws Exception {
        start(holding(TASKS + "&maxMessagesPerPoll=1&concurrentConsumers=3"));

        fireAndForgetMany(3);

        soon().until(() -> step.inside() == 3);
        step.open();
    }

    @Test
    void aFullRouteReceivesTheNextTaskAsSoonAsOneIsDone() throws Exception {
        start(holding(ON_NOTIFICATION + "&concurrentConsumers=1"));
        List<String> keys = fireAndForgetMany(3);
        keys.forEach(key -> soon().until(() -> recordOf(key).state() == TaskState.ENDED));
        soon().until(() -> step.inside() == 1);

        step.open();

        awaitDelivered(keys);
    }

    @Test
    void aSchedulerOfTheUsersOwnSaysWhen() throws Exception {
        ByHand scheduler = new ByHand();
        camel.getRegistry().bind("byHand", scheduler);
        start(receivingTasks("sora:tasks?scheduler=#byHand"));
        fireAndForget("order-1");
        awaitDue("order-1");
        // By the time that the second has ended, the first would have been received.
        fireAndForget("order-2");
        awaitDue("order-2");
        assertThat(received).isEmpty();

        scheduler.run();

        awaitReceived(2);
    }

    @Test
    void aSchedulerThatIsNotStartedReceivesNothing() throws Exception {
        start(receivingTasks(TASKS + "&startScheduler=false"));

        endInOrder("order-1", "order-2");

        assertThat(received).isEmpty();
    }

    @Test
    void greedyReceivesAllDueTasks() throws Exception {
        start(receivingTasks("sora:tasks?initialDelay=0&delay=3600000&greedy=true&maxMessagesPerPoll=1")
                .andNotAtOnce());
        endInOrder("order-1", "order-2", "order-3");

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
    }

    private RouteBuilder holding(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(receive).process(step);
            }
        };
    }

    /** A scheduler that polls when the test says so. */
    private static final class ByHand extends ServiceSupport implements ScheduledPollConsumerScheduler {
        private CamelContext context;
        private Runnable task;

        void run() {
            task.run();
        }

        @Override
        public CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(CamelContext camelContext) {
            context = camelContext;
        }

        @Override
        public void onInit(Consumer consumer) {}

        @Override
        public void scheduleTask(Runnable newTask) {
            task = newTask;
        }

        @Override
        public void unscheduleTask() {}

        @Override
        public void startScheduler() {}

        @Override
        public boolean isSchedulerStarted() {
            return true;
        }
    }
}

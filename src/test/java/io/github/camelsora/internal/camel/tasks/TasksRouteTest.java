package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** {@code from("sora:tasks")}: one exchange for each task that ended without a waiter. */
class TasksRouteTest extends TasksTestSupport {

    @Test
    void aTaskWithoutAWaiterIsDelivered() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForget("order-1");

        awaitReceived(1);
        VideoTask task = received.element();
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(task.key()).isEqualTo("order-1");
        assertThat(task.id()).isEqualTo(delivered("order-1").taskId());
        assertThat(promptOf(task.id())).isEqualTo("A puppy");
    }

    @Test
    void itsHeadersDescribeIt() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForget("order-1");

        awaitReceived(1);
        VideoTask task = received.element();
        assertThat(exchanges.element().getMessage().getHeaders())
                .containsEntry("CamelSoraTaskId", task.id())
                .containsEntry("CamelSoraTaskKey", "order-1")
                .containsEntry("CamelSoraStatus", "COMPLETED")
                .containsEntry("CamelSoraVideoUrl", task.videoUrl())
                .containsEntry("CamelSoraProgress", 100)
                .containsKey("CamelSoraExpiresAt");
    }

    @Test
    void aTaskThatFailedComesAsAMessageToo() throws Exception {
        start(receivingTasks(TASKS));

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        awaitReceived(1);
        assertThat(exchanges.element().getMessage().getHeaders())
                .containsEntry("CamelSoraStatus", "FAILED")
                .containsKeys("CamelSoraErrorCode", "CamelSoraErrorMessage");
        delivered("order-1");
    }

    @Test
    void aLostSubmitComesWithItsKeyAndWithoutAnId() throws Exception {
        start(receivingTasks(TASKS));

        loseAndForget("order-1");

        awaitReceived(1);
        assertThat(received.element().status()).isEqualTo(TaskStatus.UNKNOWN);
        assertThat(exchanges.element().getMessage().getHeaders())
                .containsEntry("CamelSoraTaskKey", "order-1")
                .containsEntry("CamelSoraStatus", "UNKNOWN")
                .doesNotContainKey("CamelSoraTaskId");
        soon().until(() -> recordOf("order-1").times().lossReportedAt() != null);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aTaskThatAnExchangeHasReceivedIsNotDeliveredAgain() throws Exception {
        start(receivingTasks(TASKS));

        send(remix + "&requestKey=order-1", "A puppy");
        delivered("order-1");
        fireAndForget("order-2");

        delivered("order-2");
        assertThat(receivedKeys()).containsExactly("order-2");
    }

    @Test
    void aTaskWhoseWaitTimedOutIsDelivered() throws Exception {
        letWaitsTimeOut();
        start(receivingTasks(TASKS));
        send(remix + "&requestKey=order-1", "A puppy");

        toApis.complete(recordOf("order-1").taskId());

        awaitReceived(1);
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void aTaskThatIsFiredAndForgottenOnceMoreComesAllTheSame() throws Exception {
        start(receivingTasks(TASKS).andNotAtOnce());
        endInOrder("order-1");

        fireAndForget("order-1");
        camel.getRouteController().startRoute("receivingTasks");

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void aForeignTaskWhoseAwaitTimedOutIsDelivered() throws Exception {
        letTasksRunLong();
        start(receivingTasks(TASKS));
        String id = toApis.addTask();
        send("sora:await?completionTimeout=30&taskId=" + id, null);

        toApis.complete(id);

        awaitReceived(1);
        assertThat(received.element().id()).isEqualTo(id);
    }

    @Test
    void aTaskWakesItsRouteInTheSameJvm() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));

        fireAndForget("order-1");
        delivered("order-1");
        fireAndForget("order-2");

        delivered("order-2");
        assertThat(receivedKeys()).containsExactly("order-1", "order-2");
    }

    @Test
    void aTaskWakesItsRouteAlsoAfterTheContextHasStartedItAgain() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));
        camel.getRouteController().stopRoute("receivingTasks");
        camel.getRouteController().startRoute("receivingTasks");

        fireAndForget("order-1");

        delivered("order-1");
    }

    @Test
    void ofManyTasksEachComesOnce() throws Exception {
        start(receivingTasks(ON_NOTIFICATION));

        List<String> keys = fireAndForgetMany(50);

        awaitDelivered(keys);
        assertThat(receivedKeys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void twoRoutesShareTheTasks() throws Exception {
        start(receivingTasks(TASKS), new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + "&concurrentConsumers=2").process(receive);
                from("sora:tasks?initialDelay=5&delay=10").process(receive);
            }
        });

        List<String> keys = fireAndForgetMany(50);

        awaitDelivered(keys);
        assertThat(receivedKeys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void tasksOfAnotherAccountAreNotReceived() throws Exception {
        start(receivingTasks(TASKS + "&account=other"));
        fireAndForget("order-1");
        awaitDue("order-1");

        fireAndForgetTo(remix + "&account=other", "order-2");

        awaitReceived(1);
        assertThat(receivedKeys()).containsExactly("order-2");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aBatchHasItsSizeAndIndexes() throws Exception {
        start(receivingTasks(TASKS).andNotAtOnce());
        endInOrder("order-1", "order-2", "order-3");

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
        assertThat(exchanges)
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_SIZE))
                .containsOnly(3);
        assertThat(exchanges)
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_INDEX))
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(exchanges)
                .filteredOn(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE, Boolean.class))
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_INDEX))
                .containsExactly(2);
    }

    @Test
    void theLongestDueComesFirst() throws Exception {
        start(receivingTasks(TASKS + "&concurrentConsumers=1").andNotAtOnce());
        endInOrder("order-1", "order-2", "order-3");

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
        assertThat(receivedKeys()).containsExactly("order-1", "order-2", "order-3");
    }

    @Test
    void aPollDeliversNoMoreThanMaxMessagesPerPoll() throws Exception {
        start(receivingTasks(TASKS + "&maxMessagesPerPoll=2").andNotAtOnce());
        endInOrder("order-1", "order-2", "order-3");

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
        assertThat(exchanges)
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_SIZE, Integer.class))
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(2));
    }

    @Test
    void withoutALimitAPollDeliversAllTasks() throws Exception {
        start(receivingTasks(TASKS + "&maxMessagesPerPoll=0").andNotAtOnce());
        endInOrder("order-1", "order-2", "order-3");

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
        assertThat(exchanges)
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_SIZE))
                .containsOnly(3);
    }

    @Test
    void whenThereIsNothingAnEmptyMessageComesIfOneIsWanted() throws Exception {
        start(receivingTasks(TASKS + "&sendEmptyMessageWhenIdle=true"));

        soon().until(() -> !exchanges.isEmpty());

        Exchange empty = exchanges.element();
        assertThat(empty.getMessage().getBody()).isNull();
        assertThat(empty.getProperty(ExchangePropertyKey.BATCH_SIZE)).isEqualTo(1);
    }

    @Test
    void tasksIsNotUsedInTo() {
        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("sora:tasks");
                    }
                }))
                .hasStackTraceContaining("'tasks' receives, so it is used in from(), not in to()");
    }
}

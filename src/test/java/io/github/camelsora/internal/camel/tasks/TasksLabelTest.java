package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The labels of a task: the tag by which a route selects it, and headers that come back with it. */
class TasksLabelTest extends TasksTestSupport {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    @Test
    void aRouteWithATagReceivesTasksOfThatTagOnly() throws Exception {
        start(receivingTasks(TASKS + "&tag=puppies"));
        fireAndForget("order-1");
        fireAndForgetTo(remix + "&tag=kittens", "order-2");
        awaitDue("order-1");
        awaitDue("order-2");

        fireAndForgetTo(remix + "&tag=puppies", "order-3");

        delivered("order-3");
        assertThat(receivedKeys()).containsExactly("order-3");
    }

    @Test
    void aRouteWithATagIsWokenByTasksOfThatTag() throws Exception {
        start(receivingTasks(ON_NOTIFICATION + "&tag=puppies"));

        fireAndForgetTo(remix + "&tag=puppies", "order-1");

        delivered("order-1");
    }

    @Test
    void aRouteWithoutATagReceivesAnyTask() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForget("order-1");
        fireAndForgetTo(remix + "&tag=kittens", "order-2");

        awaitDelivered(List.of("order-1", "order-2"));
    }

    @Test
    void theTagOfAMessageComesFirst() throws Exception {
        start(receivingTasks(TASKS + "&tag=puppies"));

        fireAndForgetTo(remix + "&tag=kittens", "order-1", "CamelSoraTag", "puppies");

        delivered("order-1");
        assertThat(recordOf("order-1").tag()).isEqualTo("puppies");
    }

    @Test
    void theTagOfAMessageIsNotInheritedByTheNextStep() throws Exception {
        start();

        Exchange out = send(remix, "A puppy", "CamelSoraTag", "puppies");

        assertThat(out.getMessage().getHeaders()).doesNotContainKey("CamelSoraTag");
    }

    @Test
    void twoRoutesShareByTag() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + "&tag=puppies")
                        .process(receive)
                        .process(exchange -> exchange.setProperty("of", "puppies"));
                from(TASKS + "&tag=kittens").log("received elsewhere");
            }
        });

        fireAndForgetTo(remix + "&tag=kittens", "order-1");
        fireAndForgetTo(remix + "&tag=puppies", "order-2");

        awaitDelivered(List.of("order-1", "order-2"));
        assertThat(receivedKeys()).containsExactly("order-2");
    }

    @Test
    void carriedHeadersComeBackWithTheTask() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForgetTo(
                remix + "&carryHeaders=order*,at,lines",
                "order-1",
                "orderId",
                4711,
                "at",
                NOON,
                "lines",
                List.of(Map.of("n", 1)),
                "secret",
                "left behind");

        awaitReceived(1);
        assertThat(exchanges.element().getMessage().getHeaders())
                .containsEntry("orderId", 4711)
                .containsEntry("at", "2026-01-14T12:00:00Z")
                .containsEntry("lines", List.of(Map.of("n", 1)))
                .doesNotContainKey("secret");
    }

    @Test
    void carriedHeadersComeBackWithALostSubmitToo() throws Exception {
        remix += "&carryHeaders=*";
        start(receivingTasks(TASKS));
        toApis.credits(0);
        send(remix, "A puppy", "CamelSoraRequestKey", "order-1", "orderId", 4711);
        toApis.credits(PRICE);
        sora().operator().resume("default", OPERATOR);
        loseTheNextAnswer();

        sora().operator().retry(null, "order-1", OPERATOR);

        awaitReceived(1);
        assertThat(exchanges.element().getMessage().getHeaders())
                .containsEntry("orderId", 4711)
                .containsEntry("CamelSoraStatus", "UNKNOWN");
    }

    @Test
    void carriedHeadersOfAnAwaitedTaskComeBackToo() throws Exception {
        letTasksRunLong();
        start(receivingTasks(TASKS));
        String id = toApis.addTask();
        send("sora:await?completionTimeout=30&carryHeaders=orderId&tag=puppies&taskId=" + id, null, "orderId", 4711);

        toApis.complete(id);

        awaitReceived(1);
        assertThat(exchanges.element().getMessage().getHeaders()).containsEntry("orderId", 4711);
    }

    @Test
    void aHeaderThatCannotBeStoredRejectsTheSubmitUnsent() throws Exception {
        start();

        Exchange out = send(remix + "&carryHeaders=*", "A puppy", "mine", new Object());

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("'mine'");
        assertThat(toApis.books().submitsReceived()).isZero();
    }
}

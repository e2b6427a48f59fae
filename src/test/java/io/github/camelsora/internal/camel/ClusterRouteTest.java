package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two contexts share a ledger, as two JVMs do: what one leaves the other takes, and nothing is paid or delivered twice. */
class ClusterRouteTest extends TasksTestSupport {
    private static final long AN_HOUR = 3_600_000;

    private final TaskLedger shared = new MemoryTaskLedger(InstantSource.system(), 1_000);
    private final AtomicBoolean isFirstCutOff = new AtomicBoolean();
    private CamelContext second;

    @BeforeEach
    void shareTheLedger() {
        sora().setLedger(cuttable(shared, isFirstCutOff));
        stopQuickly();
        second = new DefaultCamelContext();
        second.disableJMX();
        SoraComponent other = second.getComponent("sora", SoraComponent.class);
        other.setConfiguration(options().copy());
        other.setLedger(shared);
    }

    @AfterEach
    void stopTheSecond() {
        second.stop();
    }

    @Test
    void eachTaskIsDeliveredByOneNode() throws Exception {
        startSecond(receivingTasks(TASKS));
        start(receivingTasks(TASKS));

        List<String> keys = fireAndForgetMany(40);

        awaitDelivered(keys);
        assertThat(receivedKeys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void aTaskOfANodeWithoutARouteIsDeliveredByTheOther() throws Exception {
        startSecond(receivingTasks(TASKS));
        start();

        fireAndForget("order-1");

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void whatRunsWhenOneStopsIsDeliveredByTheOther() throws Exception {
        setLeases(AN_HOUR, 300);
        letTasksRunLong();
        startSecond(receivingTasks(TASKS));
        start();
        fireAndForget("order-1");

        camel.stop();
        complete("order-1");

        awaitStateInShared("order-1", TaskState.DELIVERED);
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void whatIsWaitedForWhenOneStopsIsDeliveredByTheOther() throws Exception {
        setLeases(AN_HOUR, 300);
        letTasksRunLong();
        startSecond(receivingTasks(TASKS));
        start(waitingRoute());
        CompletableFuture<Exchange> waiting = begin("direct:in", "A puppy");
        awaitStateInShared("order-1", TaskState.RUNNING);

        camel.stop();
        complete("order-1");

        failureOf(end(waiting), WaitParkedException.class);
        awaitStateInShared("order-1", TaskState.DELIVERED);
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void whatWasLeftIsFollowedAsSoonAsARouteOfItsAccountStarts() throws Exception {
        letTasksRunLong();
        setLeases(AN_HOUR, AN_HOUR);
        startSecond();
        second.createFluentProducerTemplate()
                .to(remix + "&waitForCompletion=false&requestKey=order-1")
                .withBody("A puppy")
                .send();
        second.stop();
        complete("order-1");

        start(receivingTasks(TASKS));

        delivered("order-1");
    }

    @Test
    void bothNodesGetTheVideoOfASharedKey() throws Exception {
        letTasksRunLong();
        startSecond();
        start();
        CompletableFuture<Exchange> here = begin(remix, "A puppy", "CamelSoraRequestKey", "order-1");
        awaitStateInShared("order-1", TaskState.RUNNING);
        CompletableFuture<Exchange> there = CompletableFuture.supplyAsync(() -> second.createFluentProducerTemplate()
                .to(remix)
                .withBody("A puppy")
                .withHeader("CamelSoraRequestKey", "order-1")
                .send());

        complete("order-1");

        String id = end(here).getMessage().getBody(VideoTask.class).id();
        assertThat(end(there).getMessage().getBody(VideoTask.class).id()).isEqualTo(id);
        assertPaid(1);
    }

    @Test
    void whatOneThatIsCutOffHasLeftIsDeliveredByTheOther() throws Exception {
        setLeases(300, 300);
        letTasksRunLong();
        startSecond(receivingTasks(TASKS));
        start(waitingRoute());
        CompletableFuture<Exchange> waiting = begin("direct:in", "A puppy");
        awaitStateInShared("order-1", TaskState.RUNNING);
        String owner = shared.find("default", "order-1").orElseThrow().owner();

        isFirstCutOff.set(true);
        soon().until(() ->
                !owner.equals(shared.find("default", "order-1").orElseThrow().owner()));
        isFirstCutOff.set(false);

        failureOf(end(waiting), WaitParkedException.class);
        complete("order-1");
        awaitStateInShared("order-1", TaskState.DELIVERED);
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void aStatusOfTheOtherThatSeesTheEndFirstLosesNothing() throws Exception {
        letTasksRunLong();
        startSecond();
        options().setPollInterval(300);
        options().setPollInitialDelay(300);
        start(receivingTasks(TASKS));
        fireAndForget("order-1");
        complete("order-1");

        second.createFluentProducerTemplate()
                .to("sora:status?taskId=" + recordOf("order-1").taskId())
                .send();

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    /** Not for all tests: a machine that stands still for so long makes each take the other for dead. */
    private void setLeases(long millisOfFirst, long millisOfSecond) {
        sora().setLeaseDuration(millisOfFirst);
        second.getComponent("sora", SoraComponent.class).setLeaseDuration(millisOfSecond);
    }

    private RouteBuilder waitingRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix + "&requestKey=order-1");
            }
        };
    }

    private void startSecond(RouteBuilder... routes) throws Exception {
        for (RouteBuilder route : routes) {
            second.addRoutes(route);
        }
        second.start();
        // It can follow tasks once it has an endpoint of their account.
        second.getEndpoint(remix).start();
    }

    private void complete(String key) {
        toApis.complete(shared.find("default", key).orElseThrow().taskId());
    }

    private void awaitStateInShared(String key, TaskState state) {
        soon().until(() -> shared.find("default", key)
                .filter(record -> record.state() == state)
                .isPresent());
    }

    private static Exchange end(CompletableFuture<Exchange> exchange)
            throws InterruptedException, ExecutionException, TimeoutException {
        return exchange.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** A ledger that one of its users cannot reach for a while. */
    private static TaskLedger cuttable(TaskLedger ledger, AtomicBoolean isCutOff) {
        return (TaskLedger) Proxy.newProxyInstance(
                ClusterRouteTest.class.getClassLoader(),
                new Class<?>[] {TaskLedger.class},
                (proxy, method, arguments) -> {
                    if (isCutOff.get() && !method.getName().equals("now")) {
                        throw new IllegalStateException("The network is unavailable, says the test");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger, a record or a pool are in trouble: a route that receives tasks continues when it is over, and does not spin meanwhile. */
class TasksFailureTest extends TasksTestSupport {
    private final TaskLedger sound = new MemoryTaskLedger(InstantSource.system(), 100);

    /** The methods of the ledger that fail. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final AtomicInteger failed = new AtomicInteger();

    @BeforeEach
    void useAFaultyLedger() {
        sora().setLedger((TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (failing.contains(method.getName())) {
                        failed.incrementAndGet();
                        throw new IllegalStateException("The ledger is unavailable, says the test");
                    }
                    try {
                        return method.invoke(sound, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void aLedgerThatCannotBeReadIsReadAgainAtTheNextPoll() throws Exception {
        failing.add("findDue");
        start(receivingTasks(TASKS));
        fireAndForget("order-1");
        soon().until(() -> failed.get() > 3);

        failing.clear();

        delivered("order-1");
    }

    @Test
    void aLedgerThatCannotBeReadIsSeenByTheHealthCheck() throws Exception {
        failing.add("findDue");
        start(receivingTasks(TASKS));

        soon().until(() -> stateOfTheConsumer() == HealthCheck.State.DOWN);
        failing.clear();

        soon().until(() -> stateOfTheConsumer() == HealthCheck.State.UP);
    }

    @Test
    void aLedgerThatCannotBeWrittenIsTriedAtTheNextPollAndNotBefore() throws Exception {
        start(receivingTasks(ON_NOTIFICATION).andNotAtOnce());
        endInOrder("order-1", "order-2");
        failing.add("replace");

        camel.getRouteController().startRoute("receivingTasks");
        // The notification of the second may be late.
        soon().until(() -> failed.get() >= 2);
        passSomeTime();
        int tries = failed.get();
        passSomeTime();

        assertThat(failed).hasValue(tries);
        failing.clear();
        fireAndForget("order-3");
        awaitReceived(3);
    }

    @Test
    void aRecordThatCannotBeReadHoldsUpNoOther() throws Exception {
        breakARecord("broken");
        start(receivingTasks(TASKS + "&concurrentConsumers=1&maximumRedeliveries=2"));

        fireAndForget("order-1");

        delivered("order-1");
    }

    @Test
    void aRecordThatCannotBeReadIsSetAsideInTheEnd() throws Exception {
        breakARecord("broken");

        start(receivingTasks(TASKS + "&maximumRedeliveries=2"));

        soon().until(() -> sound.find("default", "broken").orElseThrow().state() == TaskState.SET_ASIDE);
        assertThat(received).isEmpty();
    }

    @Test
    void aBoundedPoolLosesNothing() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ThreadPoolProfile small = new ThreadPoolProfile("SoraTasks");
        small.setPoolSize(1);
        small.setMaxPoolSize(1);
        small.setMaxQueueSize(1);
        small.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        camel.getExecutorServiceManager().registerThreadPoolProfile(small);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + "&concurrentConsumers=3")
                        .routeId("receivingTasks")
                        .autoStartup(false)
                        .process(receive)
                        .process(exchange -> end.await());
            }
        });
        endInOrder("order-1", "order-2", "order-3", "order-4", "order-5", "order-6");

        camel.getRouteController().startRoute("receivingTasks");
        awaitReceived(1);
        // Meanwhile each poll finds more than the pool has room for.
        passSomeTime();
        end.countDown();

        awaitReceived(6);
        assertThat(receivedKeys()).doesNotHaveDuplicates();
    }

    /** Longer than a route that spins needs to be seen. */
    private void passSomeTime() {
        for (int i = 0; i < 20; i++) {
            send("sora:balance", null);
        }
    }

    private HealthCheck.State stateOfTheConsumer() {
        ScheduledPollConsumer consumer =
                (ScheduledPollConsumer) camel.getRoute("receivingTasks").getConsumer();
        return consumer.getHealthCheck().call().getState();
    }

    /** A task that has ended with an unreadable result. */
    private void breakARecord(String key) {
        TaskRecord due = new TaskRecord(
                "default",
                key,
                null,
                toApis.baseUrl(),
                "remix",
                "{}",
                TaskState.ENDED,
                "video_broken",
                "This is not the JSON of a task",
                null,
                new TaskRecord.Times(sound.now(), sound.now(), sound.now(), null, null),
                new TaskRecord.Due(null, sound.now()),
                0,
                null,
                null,
                null,
                null,
                0);
        sound.add(due);
    }
}

package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.core.ConditionFactory;

/** Routes that receive tasks without a waiter. */
public abstract class TasksTestSupport extends KeyTestSupport {
    /** Tasks are received at once, and again soon after a failure. */
    public static final String TASKS = "sora:tasks?initialDelay=0&delay=20&redeliveryDelay=0";

    /** Delivered only by notification: during a test there is no scheduled poll but the first. */
    public static final String ON_NOTIFICATION = "sora:tasks?initialDelay=0&delay=3600000";

    /** The tasks that routes have received, in their order. */
    public final Queue<VideoTask> received = new ConcurrentLinkedQueue<>();

    /** The exchanges that they came in, as they were then. */
    final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();

    /** Keeps what an exchange brings, as it is when it comes. */
    public final Processor receive = exchange -> {
        exchanges.add(exchange.copy());
        if (exchange.getMessage().getBody() instanceof VideoTask task) {
            received.add(task);
        }
    };

    /** A route that receives all tasks. */
    public final class ReceivingRoute extends RouteBuilder {
        private final String uri;
        private boolean isStarted = true;

        ReceivingRoute(String uri) {
            this.uri = uri;
        }

        /** The test starts it. */
        public ReceivingRoute andNotAtOnce() {
            isStarted = false;
            return this;
        }

        @Override
        public void configure() {
            from(uri).routeId("receivingTasks").autoStartup(isStarted).process(receive);
        }
    }

    public final ReceivingRoute receivingTasks(String uri) {
        return new ReceivingRoute(uri);
    }

    /** A route that fails with each task that it receives. */
    public final RouteBuilder failing(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("receivingTasks").process(receive).process(exchange -> {
                    throw new IllegalStateException("The bucket is unavailable");
                });
            }
        };
    }

    /** Submits without waiting for the end. */
    public void fireAndForget(String key) {
        fireAndForgetTo(remix, key);
    }

    public void fireAndForgetTo(String uri, String key, Object... headers) {
        Object[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "CamelSoraRequestKey";
        all[headers.length + 1] = key;
        Exchange out = send(uri + "&waitForCompletion=false", "A puppy", all);
        assertThat(out.getException()).isNull();
    }

    /** Submits so many without waiting for anything, and gives their keys. */
    public List<String> fireAndForgetMany(int count) throws Exception {
        List<String> keys =
                IntStream.rangeClosed(1, count).mapToObj(n -> "order-" + n).toList();
        for (String key : keys) {
            begin(remix + "&waitForCompletion=false", "A puppy", "CamelSoraRequestKey", key);
        }
        return keys;
    }

    /** Lets so many tasks end without a waiter, one after the other. */
    void endInOrder(String... keys) {
        for (String key : keys) {
            fireAndForget(key);
            awaitDue(key);
        }
    }

    /** The answer to a submit is lost for good, and no exchange waits for it: an operator has sent it once more. */
    public void loseAndForget(String key) {
        toApis.credits(0);
        send(remix + "&requestKey=" + key, "A puppy");
        toApis.credits(PRICE);
        sora().operator().resume("default", OPERATOR);
        loseTheNextAnswer();
        sora().operator().retry(null, key, OPERATOR);
    }

    /** Camel looks every second whether all has come to its end; this is sooner. */
    public void stopQuickly() {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(100);
    }

    /** What happens elsewhere, and mostly has happened already. */
    public static ConditionFactory soon() {
        return await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    public void awaitReceived(int count) {
        soon().until(() -> received.size() >= count);
    }

    /** Also of a task that is not in the ledger yet. */
    public void awaitState(String key, TaskState state) {
        soon().until(() -> sora().ledger()
                .find("default", key)
                .filter(record -> record.state() == state)
                .isPresent());
    }

    /** Waits until a task has ended and is due for delivery. */
    public void awaitDue(String key) {
        soon().until(() -> recordOf(key).due().nextDelivery() != null);
    }

    public List<String> receivedKeys() {
        return received.stream().map(VideoTask::key).toList();
    }

    public void awaitDelivered(List<String> keys) {
        keys.forEach(this::delivered);
    }

    public TaskRecord delivered(String key) {
        awaitState(key, TaskState.DELIVERED);
        return recordOf(key);
    }
}

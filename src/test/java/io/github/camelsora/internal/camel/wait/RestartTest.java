package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.runtime.ThreadPools;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A component that is stopped and started again knows what was paid for, and leaves no exchange hanging. */
@Timeout(15)
class RestartTest extends KeyTestSupport {

    @Test
    void theLedgerOutlivesARestartOfTheComponent() throws Exception {
        start();
        TaskLedger before = sora().ledger();

        restart();

        assertThat(sora().ledger()).isSameAs(before);
    }

    @Test
    void aTaskThatWasPaidBeforeARestartIsNotPaidAgain() throws Exception {
        start();
        send(remix, "A puppy", "CamelSoraRequestKey", "order-1");

        restart();
        Exchange out = send(remix, "A puppy", "CamelSoraRequestKey", "order-1");

        assertThat(out.getMessage().getBody()).isInstanceOf(VideoTask.class);
        assertPaid(1);
    }

    @Test
    void endpointsWorkAfterARestartOfTheComponent() throws Exception {
        start();
        send(remix, "A puppy");

        restart();
        Exchange out = send(remix, "A kitten");

        assertThat(out.getException()).isNull();
        assertPaid(2);
    }

    // The second try finds the component stopped, the third finds it running again.
    @Test
    void aRedeliveryJoinsTheTaskAlsoAfterOneThatWasRejectedBeforeItWasSent() throws Exception {
        letTasksRunLong();
        // The thread that stops the component is of a pool that is stopped, and would wait for its own end.
        camel.getExecutorServiceManager().setShutdownAwaitTermination(100);
        options().setCompletionTimeout(100);
        camel.getCamelContextExtension()
                .setErrorHandlerFactory(new DefaultErrorHandlerBuilder()
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> {
                            if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class) == 1) {
                                ServiceHelper.stopService(sora());
                            } else {
                                ServiceHelper.startService(sora());
                            }
                        }));
        start(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix);
            }
        });

        send("direct:in", "A puppy");

        assertPaid(1);
    }

    @Test
    void queriesThatAreStillQueuedWhenTheComponentStopsAreAnswered() throws Exception {
        String id = toApis.addTask();
        Hold hold = toApis.on(Call.STATUS).hold();
        start();
        List<CompletableFuture<Exchange>> asking = IntStream.range(0, ThreadPools.HTTP_THREADS + 4)
                .mapToObj(n -> ask(id))
                .toList();
        hold.awaitReached(ThreadPools.HTTP_THREADS, LIMIT);

        ServiceHelper.stopService(sora());
        hold.release();

        assertThat(asking).allSatisfy(each -> assertThat(each).succeedsWithin(LIMIT));
    }

    @Test
    void aWaitWithoutATimeoutIsAnsweredToo() throws Exception {
        options().setCompletionTimeout(Long.MAX_VALUE);
        start();

        Exchange out = send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy");
        Exchange again = send(remix + "&requestKey=order-1", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(again.getException()).isNull();
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() != TaskState.RUNNING);
    }

    private CompletableFuture<Exchange> ask(String id) {
        try {
            return begin("sora:status?taskId=" + id, null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void restart() {
        ServiceHelper.stopService(sora());
        ServiceHelper.startService(sora());
    }
}

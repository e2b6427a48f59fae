package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.TaskHeaders;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.trace.TraceContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the route of a webhook consumer for each event, after the answer: the vendor waits ten seconds, and a route may take longer.
 * It runs on a new exchange with nothing of the request, and only observes: the result is delivered to the exchange that waits for
 * the task, or to {@code sora:tasks}.
 */
final class EventNotices {
    private static final Logger LOG = LoggerFactory.getLogger(EventNotices.class);

    private final DefaultConsumer consumer;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile ExecutorService pool;

    EventNotices(DefaultConsumer consumer) {
        this.consumer = consumer;
    }

    /** What the route observes of an event. */
    record Notice(String id, String type, VideoTask task, String traceContext) {}

    /** Notices run on a pool from now on. */
    void open(ExecutorService noticesPool) {
        pool = noticesPool;
    }

    /** Lets queued notices run, and accepts no further ones. */
    void close() {
        if (pool != null) {
            consumer.getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
        }
    }

    /** The number of notices that are queued or run. */
    int pending() {
        return pending.get();
    }

    /** Runs the route when the request is answered. */
    void schedule(Exchange http, Notice event) {
        pending.incrementAndGet();
        if (http.getUnitOfWork() == null) {
            execute(event);
            return;
        }
        http.getUnitOfWork().addSynchronization(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange answered) {
                execute(event);
            }
        });
    }

    private void execute(Notice event) {
        try {
            pool.execute(() -> run(event));
        } catch (Throwable e) {
            pending.decrementAndGet();
            LOG.debug(
                    "The route stops or has no free thread, so it does not see this event; the event is in the ledger",
                    e);
        }
    }

    private void run(Notice event) {
        AtomicBoolean isCounted = new AtomicBoolean(true);
        try {
            run(event, () -> decrementOnce(isCounted));
        } catch (RuntimeException | Error e) {
            decrementOnce(isCounted);
            consumer.getExceptionHandler()
                    .handleException("The route could not be run for an event; the event is in the ledger", e);
        }
    }

    private void decrementOnce(AtomicBoolean isCounted) {
        if (isCounted.compareAndSet(true, false)) {
            pending.decrementAndGet();
        }
    }

    private void run(Notice event, Runnable whenDone) {
        Exchange exchange = consumer.createExchange(false);
        VideoTask task = event.task() == null ? null : TaskReader.resultMissing(event.task());
        exchange.getMessage().setBody(task);
        if (task != null) {
            TaskHeaders.write(exchange.getMessage(), task);
        }
        if (event.traceContext() != null) {
            // Camel's telemetry continues it.
            exchange.getMessage().setHeader(TraceContext.HEADER, event.traceContext());
        }
        exchange.getMessage().setHeader(SoraConstants.EVENT_ID, event.id());
        exchange.getMessage().setHeader(SoraConstants.EVENT_TYPE, event.type());
        consumer.getAsyncProcessor().process(exchange, doneSync -> {
            whenDone.run();
            if (exchange.getException() != null) {
                consumer.getExceptionHandler()
                        .handleException("Error processing exchange", exchange, exchange.getException());
            }
            consumer.releaseExchange(exchange, false);
        });
    }
}

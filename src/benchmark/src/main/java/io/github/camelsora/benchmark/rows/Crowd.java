package io.github.camelsora.benchmark.rows;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** Many messages for one route, sent as a consumer does that does not wait for the end of each. */
final class Crowd {
    private final CamelContext camel;
    private final AsyncProducer producer;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Exception failure;

    Crowd(CamelContext camel, String uri) throws Exception {
        this.camel = camel;
        producer = camel.getEndpoint(uri).createAsyncProducer();
        producer.start();
    }

    /** Sends from one thread, which is enough for a route that holds none. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            Exchange exchange = message();
            producer.process(exchange, isSynchronous -> end(exchange));
        }
    }

    /** Sends from several threads, and comes back when all are sent. */
    void send(int count, int threads) throws Exception {
        share(count, threads, exchange -> producer.process(exchange, isSynchronous -> end(exchange)));
    }

    /** The same, but each thread sends its next message when the one before is through. */
    void sendOneAfterAnother(int count, int threads) throws Exception {
        share(count, threads, exchange -> {
            CountDownLatch done = new CountDownLatch(1);
            producer.process(exchange, isSynchronous -> done.countDown());
            done.await();
            end(exchange);
        });
    }

    /** What a thread does with a message. */
    private interface Sending {
        void send(Exchange exchange) throws InterruptedException;
    }

    private void share(int count, int threads, Sending sending) throws Exception {
        Callable<Void> share = () -> {
            for (int i = 0; i < count / threads; i++) {
                sending.send(message());
            }
            return null;
        };
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        for (Future<Void> one : senders.invokeAll(Collections.nCopies(threads, share))) {
            one.get();
        }
        senders.shutdown();
    }

    private Exchange message() {
        return ExchangeBuilder.anExchange(camel)
                .withBody("Add puppy number " + sent.incrementAndGet())
                .build();
    }

    private void end(Exchange exchange) {
        if (exchange.getException() != null) {
            failure = exchange.getException();
        }
        ended.incrementAndGet();
    }

    /** How many are through the route, well or not. */
    int ended() {
        return ended.get();
    }

    /** Waits until all that were sent are through the route. */
    void awaitEnds(Duration limit) throws Exception {
        Await.until(limit, () -> ended.get() == sent.get());
        if (failure != null) {
            throw failure;
        }
    }
}

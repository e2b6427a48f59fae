package io.github.camelsora.crash;

import io.github.camelsora.SoraConstants;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** The messages that a child JVM has taken and not answered yet, each an exchange that holds no thread while it waits. */
final class NodeMessages {
    private static final int FEEDERS = 4;

    private final CamelContext camel;
    private final AsyncProducer forgetting;
    private final AsyncProducer waiting;
    // More than one, because one of them may be halted.
    private final Executor feeders = Executors.newFixedThreadPool(FEEDERS);

    NodeMessages(CamelContext camel) throws Exception {
        this.camel = camel;
        this.forgetting = producer(NodeRoutes.FORGET);
        this.waiting = producer(NodeRoutes.WAIT);
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = camel.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    void take(Message.Kind kind, String key) {
        AsyncProducer producer = kind == Message.Kind.FORGET ? forgetting : waiting;
        Exchange exchange = ExchangeBuilder.anExchange(camel)
                .withBody(Message.prompt(key))
                .withHeader(SoraConstants.REQUEST_KEY, key)
                .build();
        feeders.execute(() -> producer.process(exchange, isSynchronous -> answer(key, exchange.getException())));
    }

    private static void answer(String key, Exception failure) {
        if (failure == null) {
            NodeMain.tell("done", key);
        } else {
            NodeMain.tell(
                    "failed",
                    key,
                    failure.getClass().getSimpleName(),
                    failure.getMessage().replace('\n', ' '));
        }
    }
}

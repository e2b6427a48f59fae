package io.github.camelsora.crash;

import io.github.camelsora.SoraConstants;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** The messages that a node has not answered yet, each an exchange that holds no thread while it waits. */
final class NodeMessages {
    private static final int SENDERS = 4;

    private final CamelContext camel;
    private final AsyncProducer fireAndForget;
    private final AsyncProducer waiting;
    // More than one, because one of them may be halted.
    private final Executor senders = Executors.newFixedThreadPool(SENDERS);

    NodeMessages(CamelContext camel) throws Exception {
        this.camel = camel;
        this.fireAndForget = producer(NodeRoutes.FORGET);
        this.waiting = producer(NodeRoutes.WAIT);
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = camel.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    void send(RemixMessage.Kind kind, String key) {
        AsyncProducer producer = kind == RemixMessage.Kind.FORGET ? fireAndForget : waiting;
        Exchange exchange = ExchangeBuilder.anExchange(camel)
                .withBody(RemixMessage.prompt(key))
                .withHeader(SoraConstants.REQUEST_KEY, key)
                .build();
        senders.execute(() -> producer.process(exchange, isSynchronous -> answer(key, exchange.getException())));
    }

    private static void answer(String key, Exception failure) {
        if (failure == null) {
            NodeMain.report("done", key);
        } else {
            NodeMain.report(
                    "failed",
                    key,
                    failure.getClass().getSimpleName(),
                    failure.getMessage().replace('\n', ' '));
        }
    }
}

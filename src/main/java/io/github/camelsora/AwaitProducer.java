package io.github.camelsora;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:await}: waits for the end of a task that somebody has submitted. */
final class AwaitProducer extends SoraProducer {
    AwaitProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        await(taskId(exchange), exchange, callback, (e, c, task) -> {
            e.getMessage().removeHeader(SoraConstants.TAG);
            return answer(e, c, task);
        });
    }
}

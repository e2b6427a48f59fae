package io.github.camelsora;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:status}: asks once where a task stands. A failed task is an answer, not an exception. */
final class StatusProducer extends SoraProducer {
    StatusProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        ask(taskId(exchange), exchange, callback, SoraProducer::answer);
    }
}

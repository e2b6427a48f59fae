package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraEndpoint;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:status}: queries a task once. A failed task is a result, not an exception. */
public final class StatusProducer extends SoraProducer {
    public StatusProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        query(taskId(exchange), exchange, callback, SoraProducer::setTaskAsBody);
    }
}

package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraEndpoint;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:models}: queries which models the account may use. */
public final class ModelsProducer extends SoraProducer {
    public ModelsProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        callService(() -> context().service().client().models(), exchange, callback, (e, c, models) -> {
            e.getMessage().setBody(models);
            return true;
        });
    }
}

package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:balance}: queries the balance of the account. */
public final class BalanceProducer extends SoraProducer {
    public BalanceProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        callService(() -> context().service().client().balance(), exchange, callback, (e, c, balance) -> {
            e.getMessage().setBody(balance);
            e.getMessage().setHeader(SoraConstants.REMAINING_CREDITS, balance.remainingCredits());
            return true;
        });
    }
}

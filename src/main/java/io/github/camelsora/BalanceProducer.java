package io.github.camelsora;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:balance}: asks what is left to pay with. */
final class BalanceProducer extends SoraProducer {
    BalanceProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        call(() -> getEndpoint().client().balance(), exchange, callback, balance -> {
            exchange.getMessage().setBody(balance);
            return true;
        });
    }
}

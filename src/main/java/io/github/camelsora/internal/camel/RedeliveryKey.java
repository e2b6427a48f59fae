package io.github.camelsora.internal.camel;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * The key of a submit, made here when the user gave none. An error handler that redelivers a step must find the key that the step had
 * before, or it would pay again; every other call of a step must not find it, or it would get another call's video.
 *
 * <p>So an exchange remembers, by step, how each submit failed. It is the same submit again only if the error handler says
 * that it is handling the very exception that the submit ended with, has counted one more redelivery, and the request is
 * still the same. What is remembered is an immutable map in one exchange property: branches of a multicast or split start
 * from what their parent knew, and learn nothing from each other.
 */
final class RedeliveryKey {
    private static final String PROPERTY = "CamelSoraGeneratedKeys";

    private final Step step;
    private final Submit submit;
    private final boolean isNew;

    private RedeliveryKey(Step step, Submit submit, boolean isNew) {
        this.step = step;
        this.submit = submit;
        this.isNew = isNew;
    }

    /** A place in a route, and the turn of the loop around it. */
    private record Step(String node, Integer loopIndex) {
        static Step of(Exchange exchange) {
            return new Step(
                    exchange.getExchangeExtension().getHistoryNodeId(),
                    exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class));
        }
    }

    /** One submit of a step; failure is null until it has failed. */
    private record Submit(String key, int redeliveries, String request, Exception failure) {
        Submit endedWith(Exception exception) {
            return new Submit(key, redeliveries, request, exception);
        }

        boolean isRedeliveredBy(Exchange exchange) {
            return failure != null
                    && failure == exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT)
                    && RedeliveryKey.redeliveries(exchange) > redeliveries;
        }
    }

    /**
     * The key for this call of a step.
     *
     * @param request what is asked for, in a form that is equal when the request is
     */
    static RedeliveryKey of(Exchange exchange, String request) {
        Step step = Step.of(exchange);
        Submit last = remembered(exchange).get(step);
        boolean isNew = last == null || !last.isRedeliveredBy(exchange) || !Objects.equals(last.request(), request);
        String key = isNew ? UUID.randomUUID().toString() : last.key();
        return new RedeliveryKey(step, new Submit(key, redeliveries(exchange), request, null), isNew);
    }

    /** A key that the user gave. It is remembered, too: a redelivery may fail before its key can be read. */
    static RedeliveryKey ofUser(Exchange exchange, String key, String request) {
        return new RedeliveryKey(Step.of(exchange), new Submit(key, redeliveries(exchange), request, null), false);
    }

    /** The key that the step had before, if the error handler redelivers it now, whatever is asked for this time. */
    static Optional<RedeliveryKey> ofEarlierAttempt(Exchange exchange) {
        Step step = Step.of(exchange);
        return Optional.ofNullable(remembered(exchange).get(step))
                .filter(last -> last.isRedeliveredBy(exchange))
                .map(last -> ofUser(exchange, last.key(), last.request()));
    }

    /** Tells whether nothing was ever sent under it. */
    boolean isNew() {
        return isNew;
    }

    String value() {
        return submit.key();
    }

    /** Notes down how the submit ended: with an exception, or with null when it did well. */
    void recordEnd(Exchange exchange, Exception failure) {
        Map<Step, Submit> next = new HashMap<>(remembered(exchange));
        if (failure == null) {
            next.remove(step);
        } else {
            next.put(step, submit.endedWith(failure));
        }
        exchange.setProperty(PROPERTY, Map.copyOf(next));
    }

    @SuppressWarnings("unchecked")
    private static Map<Step, Submit> remembered(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Map.of(), Map.class);
    }

    private static int redeliveries(Exchange exchange) {
        return exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    }
}

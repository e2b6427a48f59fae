package io.github.camelsora.internal.camel;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * The key of a submit, generated here when the user gave none. When an error handler redelivers a step, the step must find the
 * key that it had before, or it would pay again; any other call of the step must not find it, or it would get another call's
 * video.
 *
 * <p>So an exchange remembers, by step, how each submit failed. A call is a redelivery of that submit only if the error handler
 * is handling the very exception that the submit ended with, has counted one more redelivery, and the request is the same. The
 * memory is an immutable map in one exchange property: branches of a multicast or split start with their parent's map and do
 * not see each other's.
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

    /** A step of a route, and the iteration of the loop around it. */
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
     * @param request the request, in a form that is equal when the requests are
     */
    static RedeliveryKey of(Exchange exchange, String request) {
        Step step = Step.of(exchange);
        Submit last = remembered(exchange).get(step);
        boolean isNew = last == null || !last.isRedeliveredBy(exchange) || !Objects.equals(last.request(), request);
        String key = isNew ? UUID.randomUUID().toString() : last.key();
        return new RedeliveryKey(step, new Submit(key, redeliveries(exchange), request, null), isNew);
    }

    /** The key that the user gave. It is remembered, too: a redelivery may fail before it can read its key. */
    static RedeliveryKey ofUser(Exchange exchange, String key, String request) {
        return new RedeliveryKey(Step.of(exchange), new Submit(key, redeliveries(exchange), request, null), false);
    }

    /** The key of the step's earlier attempt if the error handler redelivers it now, whatever the request is this time. */
    static Optional<RedeliveryKey> ofEarlierAttempt(Exchange exchange) {
        Step step = Step.of(exchange);
        return Optional.ofNullable(remembered(exchange).get(step))
                .filter(last -> last.isRedeliveredBy(exchange))
                .map(last -> ofUser(exchange, last.key(), last.request()));
    }

    /** Tells whether the key is new, so that nothing was ever sent under it. */
    boolean isNew() {
        return isNew;
    }

    String value() {
        return submit.key();
    }

    /** Records how the submit ended: the exception, or null for success. */
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

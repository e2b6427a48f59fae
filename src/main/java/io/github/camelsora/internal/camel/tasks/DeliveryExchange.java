package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.TaskHeaders;
import io.github.camelsora.internal.camel.WaitingExchange;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.runtime.settings.DeliverySettings;
import io.github.camelsora.internal.trace.TraceContext;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * An exchange of {@code sora:tasks} and the delivery of its task. The task is delivered when the exchange completes, not when
 * the processor returns: by then the exchange may be in a queue, or with a caller that has polled it.
 */
public final class DeliveryExchange extends SynchronizationAdapter {
    private static final String DELIVERY = "CamelSoraDelivery";

    private final Exchange exchange;
    private final Delivery delivery;
    private final DeliverySettings settings;
    private final BooleanSupplier isStoppingOrSuspended;
    private final ExceptionHandler failures;

    /**
     * Puts the task of a delivery into an exchange.
     *
     * @param isStoppingOrSuspended tells whether a failure now is due to a stop or a suspension and does not count as a failed
     *     delivery
     */
    DeliveryExchange(
            Exchange exchange,
            Delivery delivery,
            DeliverySettings settings,
            BooleanSupplier isStoppingOrSuspended,
            ExceptionHandler failures) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.settings = settings;
        this.isStoppingOrSuspended = isStoppingOrSuspended;
        this.failures = failures;
        fill();
        exchange.getExchangeExtension().addOnCompletion(this);
    }

    /** Tells whether an exchange came from {@code sora:tasks}, so that its task may be delivered again. */
    public static boolean isDelivery(Exchange exchange) {
        return exchange.getProperty(DELIVERY, false, Boolean.class);
    }

    Exchange exchange() {
        return exchange;
    }

    private void fill() {
        VideoTask task = delivery.task();
        exchange.getMessage().setBody(task);
        delivery.record().carriedHeaders().forEach(exchange.getMessage()::setHeader);
        String trace = delivery.record().origin().traceContext();
        if (trace != null) {
            // Camel's telemetry continues it.
            exchange.getMessage().setHeader(TraceContext.HEADER, trace);
        }
        TaskHeaders.write(exchange.getMessage(), task);
        exchange.setProperty(DELIVERY, true);
        if (settings.throwOnFailed() && task.status() != TaskStatus.COMPLETED) {
            fail(task.status().isFailure() ? WaitingExchange.failure(task) : delivery.unknown());
        }
    }

    /** Starts the route with an exception, as bridgeErrorHandler does. */
    private void fail(SoraException reason) {
        exchange.setException(reason);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, reason);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        // There is no step to redeliver to.
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
    }

    /**
     * Starts claimTimeout, at the hand-over of the exchange.
     *
     * @param onTimeout runs when the exchange has not completed in time and its task was released
     */
    void startClaimTimeout(Runnable onTimeout) {
        delivery.limit(settings.claimTimeout(), () -> {
            if (delivery.timeOut(settings.maximumRedeliveries(), settings.redeliveryDelay())) {
                onTimeout.run();
            }
        });
    }

    /** The processor has returned. If it has no unit of work, say a plain Java one, nothing else reports the completion. */
    void onProcessed() {
        if (isCompletionPending()) {
            onDone(exchange);
        }
    }

    /** Tells whether the completion was not reported, and no other exchange has taken over the callback. */
    boolean isCompletionPending() {
        return !delivery.isOver() && exchange.getExchangeExtension().containsOnCompletion(this);
    }

    /** The exchange was polled, and the polling exchange is done without having merged it. */
    void onDiscarded() {
        if (isTasksOwnFailure(exchange.getException())) {
            delivery.delivered();
        } else {
            retryOrSetAside();
        }
    }

    @Override
    public void onDone(Exchange done) {
        Exception failure = done.getException();
        boolean isProcessed = failure == null && !done.isRollbackOnly();
        if (isProcessed || isTasksOwnFailure(failure)) {
            delivery.delivered();
        } else if (isStoppingOrSuspended.getAsBoolean()) {
            delivery.release();
        } else {
            retryOrSetAside();
            if (failure != null) {
                failures.handleException("Error processing exchange", done, failure);
            }
        }
    }

    private void retryOrSetAside() {
        delivery.retryOrSetAside(settings.maximumRedeliveries(), settings.redeliveryDelay());
    }

    /** The task's own failure was the result to deliver, so a route that ends with it counts as delivered. */
    private boolean isTasksOwnFailure(Exception failure) {
        VideoTask task = delivery.task();
        boolean isWithoutVideo = failure instanceof TaskFailedException
                || failure instanceof ResultExpiredException
                || failure instanceof SubmissionUnknownException;
        return isWithoutVideo
                && task.status() != TaskStatus.COMPLETED
                && Objects.equals(((SoraException) failure).getTaskKey(), task.key());
    }
}

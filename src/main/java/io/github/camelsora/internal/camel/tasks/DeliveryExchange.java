package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.TaskHeaders;
import io.github.camelsora.internal.camel.WaitingExchange;
import io.github.camelsora.internal.deliver.Delivery;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * An exchange that brings a task which nobody waits for, and what becomes of the task. It is delivered when the exchange is done,
 * and not when a processor returns: the exchange may be in a queue then, or in the hands of a caller who polled it.
 */
public final class DeliveryExchange extends SynchronizationAdapter {
    private static final String DELIVERY = "CamelSoraDelivery";

    private final Exchange exchange;
    private final Delivery delivery;
    private final SoraConfiguration options;
    private final BooleanSupplier isStoppingOrSuspended;
    private final ExceptionHandler failures;

    /**
     * Fills an exchange with a task.
     *
     * @param isCutOff tells whether an exchange that fails now was cut off by a stop or a suspension, which is no failure of its
     *     route
     */
    DeliveryExchange(
            Exchange exchange,
            Delivery delivery,
            SoraConfiguration options,
            BooleanSupplier isCutOff,
            ExceptionHandler failures) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.options = options;
        this.isStoppingOrSuspended = isCutOff;
        this.failures = failures;
        fill();
        exchange.getExchangeExtension().addOnCompletion(this);
    }

    /** Tells whether an exchange began as one of these, so that another one like it may come. */
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
        TaskHeaders.write(exchange.getMessage(), task);
        exchange.setProperty(DELIVERY, true);
        if (options.isThrowOnFailed() && task.status() != TaskStatus.COMPLETED) {
            fail(task.status().isFailure() ? WaitingExchange.failure(task) : delivery.unknown());
        }
    }

    /** Has the route hear of an exception instead of a message, as bridgeErrorHandler does. */
    private void fail(SoraException reason) {
        exchange.setException(reason);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, reason);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        // There is no step that could be tried again.
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
    }

    /**
     * The exchange is handed over: from now on it has until claimTimeout to complete.
     *
     * @param onTimeout what else to do when it has not
     */
    void startClaimTimeout(Runnable onTimeout) {
        delivery.limit(Duration.ofMillis(options.getClaimTimeout()), () -> {
            if (delivery.timeOut(options.getMaximumRedeliveries(), redeliveryDelay())) {
                onTimeout.run();
            }
        });
    }

    /** The processor has returned. One without a unit of work, say a plain one in Java, has no other way to say that it is done. */
    void onProcessed() {
        if (isCompletionPending()) {
            onDone(exchange);
        }
    }

    /** Tells whether nobody has taken over to say when the exchange is done. */
    boolean isCompletionPending() {
        return !delivery.isOver() && exchange.getExchangeExtension().containsOnCompletion(this);
    }

    /** The exchange was polled, and whoever polled it is done without having taken it. */
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
        boolean isTaken = failure == null && !done.isRollbackOnly();
        if (isTaken || isTasksOwnFailure(failure)) {
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
        delivery.retryOrSetAside(options.getMaximumRedeliveries(), redeliveryDelay());
    }

    private Duration redeliveryDelay() {
        return Duration.ofMillis(options.getRedeliveryDelay());
    }

    /** The task's own failure is what there was to deliver, whatever the route made of it. */
    private boolean isTasksOwnFailure(Exception failure) {
        VideoTask task = delivery.task();
        boolean tellsOfNoVideo = failure instanceof TaskFailedException
                || failure instanceof ResultExpiredException
                || failure instanceof SubmissionUnknownException;
        return tellsOfNoVideo
                && task.status() != TaskStatus.COMPLETED
                && Objects.equals(((SoraException) failure).getTaskKey(), task.key());
    }
}

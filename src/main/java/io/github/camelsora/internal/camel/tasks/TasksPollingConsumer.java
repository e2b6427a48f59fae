package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.internal.runtime.settings.DeliverySettings;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.DynamicPollingConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.PollingConsumerSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;

/**
 * {@code pollEnrich("sora:tasks")} and {@code ConsumerTemplate}: each call acquires one task and holds it until the exchange that
 * receives it is done. The caller's thread waits, as for any polling consumer. Thread-safe.
 */
public final class TasksPollingConsumer extends PollingConsumerSupport implements DynamicPollingConsumer {
    /** Other consumers acquire tasks at the same time, so the first ones may be acquired already. */
    private static final int CANDIDATES = 50;

    private static final long DEFAULT_DELAY_MILLIS = 500;

    /** How soon a waiting caller notices that the context stops. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SoraEndpoint endpoint;
    private final EndpointContext context;
    private final DeliverySettings settings;
    private final String tag;
    private final Subscription subscription;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    /** The number of notifications of due tasks in this JVM. Guarded by the lock. */
    private long wakes;

    public TasksPollingConsumer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint);
        this.endpoint = endpoint;
        this.context = context;
        this.settings = context.settings().delivery();
        this.tag = context.settings().message().text("tag");
        this.subscription = new Subscription(context.account(), tag, this::wake);
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(endpoint);
        context.notifier().subscribe(subscription);
    }

    @Override
    protected void doStop() throws Exception {
        context.notifier().unsubscribe(subscription);
        wake();
    }

    @Override
    public Exchange receive() {
        return receive(null, Long.MAX_VALUE);
    }

    @Override
    public Exchange receiveNoWait() {
        return receive(null, 0);
    }

    @Override
    public Exchange receive(long timeout) {
        return receive(null, timeout);
    }

    @Override
    public Exchange receive(Exchange original) {
        return receive(original, Long.MAX_VALUE);
    }

    @Override
    public Exchange receiveNoWait(Exchange original) {
        return receive(original, 0);
    }

    /**
     * Acquires one task.
     *
     * @param original the exchange to enrich; null when there is none
     * @param timeout how long to wait, in milliseconds
     * @return an exchange with the task; null on timeout, or when the routes stop or are suspended
     */
    @Override
    public Exchange receive(Exchange original, long timeout) {
        if (!isStarted()) {
            throw new RejectedExecutionException(this + " is not started; its status is " + getStatus());
        }
        long begin = System.nanoTime();
        // TimeUnit caps this at 292 years.
        long patience = TimeUnit.MILLISECONDS.toNanos(timeout);
        while (isReceiving()) {
            long seen = wakes();
            Optional<Delivery> delivery = acquireNext();
            if (delivery.isPresent()) {
                return handOver(delivery.get(), original);
            }
            long left = patience - (System.nanoTime() - begin);
            if (left <= 0 || !awaitNext(seen, left)) {
                return null;
            }
        }
        return null;
    }

    private boolean isReceiving() {
        return isStarted() && !isStoppingOrSuspended();
    }

    private Optional<Delivery> acquireNext() {
        DeliveryDispatcher deliveries = context.runtime().engine().deliveries;
        for (TaskRecord due : deliveries.findDue(context.account(), tag, CANDIDATES)) {
            Optional<Delivery> delivery = deliveries.acquire(due, context.service());
            if (delivery.isPresent()) {
                return delivery;
            }
        }
        return Optional.empty();
    }

    private Exchange handOver(Delivery delivery, Exchange original) {
        DeliveryExchange polled;
        try {
            polled = new DeliveryExchange(
                    endpoint.createExchange(), delivery, settings, this::isStoppingOrSuspended, getExceptionHandler());
        } catch (RuntimeException e) {
            // An unreadable record. If it were only released, it would be due at once, again and again.
            delivery.retryOrSetAside(settings.maximumRedeliveries(), settings.redeliveryDelay());
            throw e;
        }
        polled.startClaimTimeout(() -> {});
        if (original != null) {
            // Camel moves the callback to the original only if it merges the polled exchange into it.
            original.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    if (polled.isCompletionPending()) {
                        polled.onDiscarded();
                    }
                }
            });
        }
        return polled.exchange();
    }

    /** Whether a failure now is due to a stop or a suspension. */
    private boolean isStoppingOrSuspended() {
        return endpoint.getCamelContext().isStopping() || context.runtime().isSuspendedOrStopped();
    }

    /** Tells whether a caller waits for a task to become due. */
    public boolean hasWaitingCaller() {
        lock.lock();
        try {
            return lock.hasWaiters(woken);
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            wakes++;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the next query: a task has become due in this JVM, or the delay is over since one may be due elsewhere.
     *
     * @return false when the caller was interrupted
     */
    private boolean awaitNext(long seen, long patience) {
        long left = Math.min(patience, delayNanos());
        lock.lock();
        try {
            while (left > 0 && wakes == seen && isReceiving()) {
                long slice = Math.min(left, LONGEST_SLEEP_NANOS);
                long rest = woken.awaitNanos(slice);
                left -= slice - rest;
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long delayNanos() {
        return endpoint.getDelay() > 0
                ? endpoint.getTimeUnit().toNanos(endpoint.getDelay())
                : TimeUnit.MILLISECONDS.toNanos(DEFAULT_DELAY_MILLIS);
    }
}

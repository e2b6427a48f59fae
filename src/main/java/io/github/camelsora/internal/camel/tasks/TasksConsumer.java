package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.runtime.settings.DeliverySettings;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code from("sora:tasks")}: one exchange for each ended task without a waiter. A poll only finds due tasks and queues them;
 * each is acquired in the ledger when a worker is free, so that other nodes can acquire queued ones.
 */
public final class TasksConsumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TasksConsumer.class);

    /** How many tasks the queue holds at most. */
    private static final int LARGEST_POLL = 1_000;

    private final EndpointContext context;
    private final DeliverySettings settings;
    private final String tag;
    private final Subscription subscription;
    private final Set<TaskKey> found = ConcurrentHashMap.newKeySet();
    private final Queue<QueuedTask> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    /** True while more tasks may be due than the last poll could queue, and maxMessagesPerPoll is not set. */
    private volatile boolean mayHaveMore;

    private final AtomicBoolean isWoken = new AtomicBoolean();
    private volatile ExecutorService workers;

    public TasksConsumer(SoraEndpoint endpoint, EndpointContext context, Processor processor) {
        super(endpoint, processor);
        this.context = context;
        this.settings = context.settings().delivery();
        this.tag = context.settings().message().text("tag");
        this.subscription = new Subscription(context.account(), tag, this::wake);
    }

    /** A task that was found, and its position in the batch. */
    private record QueuedTask(TaskRecord record, int index, int size) {}

    @Override
    protected void doStart() throws Exception {
        workers = context.runtime().pools().newTasksPool(this, settings.concurrentConsumers());
        isWoken.set(false);
        context.notifier().subscribe(subscription);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        context.notifier().unsubscribe(subscription);
        super.doStop();
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
        for (QueuedTask queued = queue.poll(); queued != null; queued = queue.poll()) {
            found.remove(TaskKey.of(queued.record()));
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        // Notifications during the suspension were ignored.
        wake();
    }

    private DeliveryDispatcher deliveries() {
        return context.runtime().engine().deliveries;
    }

    @Override
    protected int poll() throws Exception {
        try {
            return pollDue();
        } catch (Error e) {
            // An Error would end the schedule of this route for good.
            throw new IllegalStateException("The ledger could not be polled for due tasks: " + e, e);
        }
    }

    private synchronized int pollDue() throws Exception {
        pendingExchanges = queue.size();
        int limit = getMaxMessagesPerPoll() > 0 ? Math.min(getMaxMessagesPerPoll(), LARGEST_POLL) : LARGEST_POLL;
        // Tasks in the route are not counted: concurrentConsumers limits those.
        int room = limit - queue.size();
        if (room <= 0) {
            return 0;
        }
        // Queued tasks are still due, so the ledger returns them again.
        List<TaskRecord> due = deliveries().findDue(context.account(), tag, limit);
        mayHaveMore = getMaxMessagesPerPoll() <= 0 && due.size() == limit;
        Queue<Object> batch = new ArrayDeque<>();
        due.stream()
                .filter(record -> !found.contains(TaskKey.of(record)))
                .limit(room)
                .forEach(batch::add);
        return processBatch(batch);
    }

    @Override
    public int processBatch(Queue<Object> batch) throws Exception {
        int size = batch.size();
        int index = 0;
        for (Object record : batch) {
            found.add(TaskKey.of((TaskRecord) record));
            queue.add(new QueuedTask((TaskRecord) record, index++, size));
        }
        dispatch();
        return size;
    }

    /** A task has become due in this JVM: poll at once, unless the user has set a scheduler of his own. */
    private void wake() {
        if (isOnCamelsTimer() && isWoken.compareAndSet(false, true)) {
            boolean isSubmitted = runInWorker(() -> {
                isWoken.set(false);
                pollNow();
            });
            if (!isSubmitted) {
                // A bounded pool is full. The next notification must not be ignored, too.
                isWoken.set(false);
            }
        }
    }

    private boolean isOnCamelsTimer() {
        return getScheduler() instanceof DefaultScheduledPollConsumerScheduler && isSchedulerStarted();
    }

    private void pollNow() {
        try {
            if (isPollAllowed()) {
                poll();
            }
        } catch (Exception e) {
            LOG.debug("Due tasks could not be polled at once; the next scheduled poll finds them", e);
        }
    }

    private void dispatch() {
        while (!queue.isEmpty() && acquireWorker()) {
            QueuedTask queued = queue.poll();
            if (queued == null) {
                // Another thread has acquired it; but a new one may have been queued while this thread held the worker.
                running.decrementAndGet();
            } else if (!runInWorker(() -> deliver(queued))) {
                found.remove(TaskKey.of(queued.record()));
                running.decrementAndGet();
            }
        }
    }

    private boolean acquireWorker() {
        int busy = running.get();
        while (busy < settings.concurrentConsumers()) {
            if (running.compareAndSet(busy, busy + 1)) {
                return true;
            }
            busy = running.get();
        }
        return false;
    }

    private boolean runInWorker(Runnable action) {
        try {
            workers.execute(action);
            return true;
        } catch (Throwable e) {
            LOG.debug("The route stops or has no free thread, so no further task is acquired now", e);
            return false;
        }
    }

    private void deliver(QueuedTask queued) {
        try {
            pendingExchanges = queue.size();
            if (isBatchAllowed() && !isSuspended() && !isSuspendedOrStopped()) {
                Optional<Delivery> delivery = deliveries().acquire(queued.record(), context.service());
                delivery.ifPresentOrElse(acquired -> process(queued, acquired), () -> finishAndPoll(queued));
                return;
            }
        } catch (RuntimeException | Error e) {
            getExceptionHandler()
                    .handleException("Task of key " + queued.record().key() + " could not be acquired", e);
        }
        finish(queued);
    }

    private void process(QueuedTask queued, Delivery delivery) {
        DeliveryExchange handedOver;
        try {
            // Not auto-released: a pooled exchange would be cleared before its outcome is read.
            Exchange exchange = createExchange(false);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, queued.index());
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, queued.size());
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, queued.index() == queued.size() - 1);
            handedOver = new DeliveryExchange(
                    exchange, delivery, settings, this::isStoppingOrSuspended, getExceptionHandler());
        } catch (RuntimeException | Error e) {
            // An unreadable record. If it were only released, it would be due at once, again and again.
            retryOrSetAside(delivery);
            throw e;
        }
        // An exchange that never completes must not hold its worker for ever.
        AtomicBoolean holdsWorker = new AtomicBoolean(true);
        Runnable next = () -> {
            if (holdsWorker.compareAndSet(true, false)) {
                finishAndPoll(queued);
            }
        };
        handedOver.startClaimTimeout(next);
        try {
            getAsyncProcessor().process(handedOver.exchange(), doneSync -> {
                try {
                    handedOver.onProcessed();
                } finally {
                    releaseExchange(handedOver.exchange(), false);
                    next.run();
                }
            });
        } catch (RuntimeException | Error e) {
            // Has no effect if the delivery has ended already.
            retryOrSetAside(delivery);
            if (holdsWorker.compareAndSet(true, false)) {
                throw e;
            }
        }
    }

    private void retryOrSetAside(Delivery delivery) {
        delivery.retryOrSetAside(settings.maximumRedeliveries(), settings.redeliveryDelay());
    }

    /** Whether a failure now is due to a stop or a suspension. */
    private boolean isStoppingOrSuspended() {
        return !isRunAllowed() || getEndpoint().getCamelContext().isStopping() || isSuspendedOrStopped();
    }

    private boolean isSuspendedOrStopped() {
        return context.runtime().isSuspendedOrStopped();
    }

    private void finish(QueuedTask queued) {
        found.remove(TaskKey.of(queued.record()));
        running.decrementAndGet();
        dispatch();
    }

    /** Finishes a task, and polls again when the queue is empty. Not after a failed acquire: the next poll is soon enough. */
    private void finishAndPoll(QueuedTask queued) {
        finish(queued);
        if (queue.isEmpty() && mayHaveMore) {
            runInWorker(this::pollNow);
        } else if (queue.isEmpty()) {
            wake();
        }
    }
}

package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import java.time.Duration;
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
 * {@code from("sora:tasks")}: one exchange for each ended task that nobody waits for. A poll only finds tasks; each is taken
 * from the ledger when its turn comes, so that what waits here for its turn is free for other nodes.
 */
public final class TasksConsumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TasksConsumer.class);

    /** The most that one poll holds in memory. */
    private static final int LARGEST_POLL = 1_000;

    private final SoraEndpoint endpoint;
    private final SoraConfiguration options;
    private final Subscription subscription;
    private final Set<TaskKey> found = ConcurrentHashMap.newKeySet();
    private final Queue<QueuedTask> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    /** True while there may be more due than one poll could hold, and the user has set no limit. */
    private volatile boolean mayHaveMore;

    private final AtomicBoolean isWoken = new AtomicBoolean();
    private volatile ExecutorService workers;

    public TasksConsumer(SoraEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.subscription = new Subscription(options.getAccount(), options.getTag(), this::wake);
    }

    /** A task that was found, and its place in the batch. */
    private record QueuedTask(TaskRecord record, int index, int size) {}

    @Override
    protected void doStart() throws Exception {
        workers = endpoint.getComponent().runtime().pools().newTasksPool(this, options.getConcurrentConsumers());
        isWoken.set(false);
        endpoint.getComponent().bell().subscribe(subscription);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().bell().unsubscribe(subscription);
        super.doStop();
        endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
        for (QueuedTask turn = queue.poll(); turn != null; turn = queue.poll()) {
            found.remove(TaskKey.of(turn.record()));
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        // What has ended meanwhile has rung in vain.
        wake();
    }

    private DeliveryDispatcher deliveries() {
        return endpoint.getComponent().runtime().deliveryDispatcher();
    }

    @Override
    protected int poll() throws Exception {
        try {
            return pollDue();
        } catch (Error e) {
            // Thrown on, it would end the timer of this route for good.
            throw new IllegalStateException("Tasks could not be looked for: " + e, e);
        }
    }

    private synchronized int pollDue() throws Exception {
        pendingExchanges = queue.size();
        int limit = getMaxMessagesPerPoll() > 0 ? Math.min(getMaxMessagesPerPoll(), LARGEST_POLL) : LARGEST_POLL;
        // What is in the route has had its turn: how many that are is for concurrentConsumers to say.
        int room = limit - queue.size();
        if (room <= 0) {
            return 0;
        }
        // What is found already is found again until its turn has come.
        List<TaskRecord> due = deliveries().findDue(options.getAccount(), options.getTag(), limit);
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

    /** A task waits for a taker in this JVM: no need to wait for the next poll, unless the user has set a time for it. */
    private void wake() {
        if (isOnCamelsTimer() && isWoken.compareAndSet(false, true)) {
            boolean isWaking = runInWorker(() -> {
                isWoken.set(false);
                pollNow();
            });
            if (!isWaking) {
                // A pool that somebody has bounded is full. The next bell must not ring in vain, too.
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
            LOG.debug("Tasks could not be found at once; the next poll finds them", e);
        }
    }

    private void dispatch() {
        while (!queue.isEmpty() && acquireWorker()) {
            QueuedTask turn = queue.poll();
            if (turn == null) {
                // Another thread has it; but one more may have come while this one held the worker.
                running.decrementAndGet();
            } else if (!runInWorker(() -> deliver(turn))) {
                found.remove(TaskKey.of(turn.record()));
                running.decrementAndGet();
            }
        }
    }

    private boolean acquireWorker() {
        int busy = running.get();
        while (busy < options.getConcurrentConsumers()) {
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
            LOG.debug("The route stops, or there is no thread for it, so nothing more is taken now", e);
            return false;
        }
    }

    private void deliver(QueuedTask turn) {
        try {
            pendingExchanges = queue.size();
            if (isBatchAllowed() && !isSuspended() && !isParked()) {
                Optional<Delivery> delivery = deliveries().acquire(turn.record(), endpoint.service());
                delivery.ifPresentOrElse(taken -> process(turn, taken), () -> finishAndPoll(turn));
                return;
            }
        } catch (RuntimeException | Error e) {
            getExceptionHandler().handleException("Task of key " + turn.record().key() + " could not be taken", e);
        }
        finish(turn);
    }

    private void process(QueuedTask turn, Delivery delivery) {
        DeliveryExchange handedOver;
        try {
            // Not given back by itself: in a pool it would be empty before it is seen how it ended.
            Exchange exchange = createExchange(false);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, turn.index());
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, turn.size());
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, turn.index() == turn.size() - 1);
            handedOver = new DeliveryExchange(
                    exchange, delivery, options, this::isStoppingOrSuspended, getExceptionHandler());
        } catch (RuntimeException | Error e) {
            // A record that cannot be read. Given back, it would be due at once, and be taken again and again.
            retryOrSetAside(delivery);
            throw e;
        }
        // An exchange that never comes back must not keep the place of those that do.
        AtomicBoolean isPlaceTaken = new AtomicBoolean(true);
        Runnable next = () -> {
            if (isPlaceTaken.compareAndSet(true, false)) {
                finishAndPoll(turn);
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
            // An end that was before counts.
            retryOrSetAside(delivery);
            if (isPlaceTaken.compareAndSet(true, false)) {
                throw e;
            }
        }
    }

    private void retryOrSetAside(Delivery delivery) {
        delivery.retryOrSetAside(options.getMaximumRedeliveries(), Duration.ofMillis(options.getRedeliveryDelay()));
    }

    /** What fails now has not failed by itself. */
    private boolean isStoppingOrSuspended() {
        return !isRunAllowed() || endpoint.getCamelContext().isStopping() || isParked();
    }

    private boolean isParked() {
        return endpoint.getComponent().runtime().isParked();
    }

    private void finish(QueuedTask turn) {
        found.remove(TaskKey.of(turn.record()));
        running.decrementAndGet();
        dispatch();
    }

    /** Ends a turn, and looks for more when it was the last. Not when one could not be taken: the next poll is soon enough. */
    private void finishAndPoll(QueuedTask turn) {
        finish(turn);
        if (queue.isEmpty() && mayHaveMore) {
            runInWorker(this::pollNow);
        } else if (queue.isEmpty()) {
            wake();
        }
    }
}

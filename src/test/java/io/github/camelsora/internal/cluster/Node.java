package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.runtime.TaskEngine;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskSpans;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.internal.track.WebhookCompletionReceiver;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One JVM of several that share a ledger: all that a component has, with pools that the test works off. A node that is not
 * worked off is paused; one that is never worked off again is dead.
 */
public final class Node {
    public static final Duration LEASE = Duration.ofSeconds(30);

    public final WorkQueue http = new WorkQueue();
    final WorkQueue routes = new WorkQueue();
    public final WorkQueue own = new WorkQueue();
    final DeliveryNotifier notifier = new DeliveryNotifier();
    final String name;
    final TimerQueue timers;
    public final NodeLease lease;
    public final TaskEngine engine;
    final LostSubmitRecovery recovery;
    final SubmitService submits;
    public final DeliveryDispatcher deliveries;
    public final WebhookCompletionReceiver webhookCompletions;
    final CompletionSync completionSync;
    public final OperatorService operatorService;
    final Housekeeper housekeeper;
    final RateLimiters rateLimiters;
    private final TaskLedger ledger;
    private boolean isPaused;

    public Node(String name, TaskLedger ledger, Supplier<Collection<ServiceProfile>> services, Duration keepDelivered) {
        this.name = name;
        this.ledger = ledger;
        timers = new TimerQueue(ledger::now);
        lease = new NodeLease(ledger, name, LEASE);
        rateLimiters = new RateLimiters(ledger::now, timers, http, size -> {}, null);
        engine = new TaskEngine(
                ledger,
                lease,
                timers,
                http,
                routes,
                notifier,
                seen -> {},
                true,
                (entry, change) -> {},
                Meters.NONE,
                new DurationHistory(),
                rateLimiters,
                Optional::empty,
                TaskSpans.NONE);
        recovery = engine.recovery;
        submits = engine.submits;
        deliveries = engine.deliveries;
        webhookCompletions = engine.webhookCompletions;
        completionSync = engine.completionSync(own);
        operatorService = engine.operator;
        housekeeper = engine.housekeeper(own, services, keepDelivered);
    }

    /** Begins to work. */
    public Node start() {
        lease.renew();
        housekeeper.trigger();
        completionSync.start();
        return this;
    }

    /** Does all there is to do at this moment, unless it is paused. */
    public void work() {
        if (isPaused) {
            return;
        }
        do {
            timers.runDue();
        } while (own.runAll() + http.runAll() + routes.runAll() > 0);
    }

    /** From now on it does nothing, whatever is due: as in a long collection of garbage, or after a crash. */
    public void pause() {
        isPaused = true;
    }

    public void goOn() {
        isPaused = false;
    }

    /** Stops in good order. */
    public void stop() {
        engine.phase.stop();
        engine.endWaits();
        routes.runAll();
        housekeeper.stop();
        lease.release();
        isPaused = true;
    }

    public TestWaiter submit(SubmitCommand command, Goal goal) {
        TestWaiter waiting = new TestWaiter();
        submits.submit(command, goal, waiting::with);
        return waiting;
    }

    /** Submits without waiting for the end, and sends it. */
    public void fireAndForget(SubmitCommand command) {
        TestWaiter waiting = submit(command, Goal.ACCEPTED);
        work();
        waiting.claim().release();
    }

    /** Waits for a task that was submitted outside of the component. */
    public TestWaiter await(String taskId, ServiceProfile service) {
        TestWaiter waiting = new TestWaiter();
        engine.importer.await(taskId, service, TaskLabels.NONE, waiting::with);
        work();
        return waiting;
    }

    public List<TaskRecord> due() {
        return deliveries.findDue(TaskTestSupport.ACCOUNT, null, 100);
    }

    /** Receives the task that waits longest for a delivery, if there is one. */
    public Optional<Delivery> acquire(ServiceProfile service) {
        return due().stream().findFirst().flatMap(record -> deliveries.acquire(record, service));
    }

    /** Counts how often a route of this node is woken. */
    public AtomicInteger countNotifications() {
        AtomicInteger notifications = new AtomicInteger();
        notifier.subscribe(new Subscription(TaskTestSupport.ACCOUNT, null, notifications::incrementAndGet));
        return notifications;
    }
}

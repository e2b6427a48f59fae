package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.pace.RateLimiters;
import io.github.camelsora.task.DeliveryNotifier.Taker;
import io.github.camelsora.task.TaskWaiter.Goal;
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
final class Node {
    static final Duration LEASE = Duration.ofSeconds(30);

    final WorkQueue http = new WorkQueue();
    final WorkQueue routes = new WorkQueue();
    final WorkQueue own = new WorkQueue();
    final DeliveryNotifier bell = new DeliveryNotifier();
    final String name;
    final TimerQueue ticker;
    final NodeLease lease;
    final TaskTracker tracker;
    final LostSubmitRecovery recovery;
    final SubmitService submitter;
    final DeliveryDispatcher deliveries;
    final WebhookCompletionReceiver pushes;
    final CompletionSync endWatch;
    final OperatorService operator;
    final Housekeeper caretaker;
    private final TaskLedger ledger;
    private boolean isPaused;

    Node(String name, TaskLedger ledger, Supplier<Collection<ServiceProfile>> services, Duration keepDelivered) {
        this.name = name;
        this.ledger = ledger;
        ticker = new TimerQueue(ledger::now);
        lease = new NodeLease(ledger, name, LEASE);
        RateLimiters paces = new RateLimiters(
                ledger::now, (when, action) -> ticker.at(when, action)::cancel, http, size -> {}, null);
        tracker = new TaskTracker(ledger, lease, ticker, http, routes, bell, seen -> {}, paces);
        recovery = new LostSubmitRecovery(ledger, lease, tracker, ticker);
        submitter = new SubmitService(ledger, lease, tracker, recovery, ticker, http, Optional::empty);
        deliveries = new DeliveryDispatcher(ledger, lease, tracker, recovery);
        pushes = new WebhookCompletionReceiver(ledger, tracker);
        endWatch = new CompletionSync(ledger, lease, tracker, ticker, own);
        operator = new OperatorService(ledger, tracker, submitter);
        caretaker = new Housekeeper(ledger, lease, tracker, recovery, bell, ticker, own, services, keepDelivered);
    }

    /** Begins to work. */
    Node start() {
        lease.renew();
        caretaker.look();
        endWatch.start();
        return this;
    }

    /** Does all there is to do at this moment, unless it is paused. */
    void work() {
        if (isPaused) {
            return;
        }
        do {
            ticker.runDue();
        } while (own.runAll() + http.runAll() + routes.runAll() > 0);
    }

    /** From now on it does nothing, whatever is due: as in a long collection of garbage, or after a crash. */
    void pause() {
        isPaused = true;
    }

    void goOn() {
        isPaused = false;
    }

    /** Stops in good order. */
    void stop() {
        submitter.park();
        tracker.park(submitter::isSending);
        routes.runAll();
        caretaker.stop();
        lease.leave();
        isPaused = true;
    }

    Waiting submit(SubmitCommand submission, Goal goal) {
        Waiting waiting = new Waiting();
        submitter.submit(submission, goal, waiting::with);
        return waiting;
    }

    /** Submits without waiting for the end, and sends it. */
    void fireAndForget(SubmitCommand submission) {
        Waiting waiting = submit(submission, Goal.ACCEPTED);
        work();
        waiting.claim().giveBack();
    }

    /** Waits for a task that somebody submitted elsewhere. */
    Waiting await(String taskId, ServiceProfile service) {
        Waiting waiting = new Waiting();
        new TaskImporter(ledger, tracker, name).await(taskId, service, TaskLabels.NONE, waiting::with);
        work();
        return waiting;
    }

    List<TaskRecord> due() {
        return deliveries.due(TaskTestSupport.ACCOUNT, null, 100);
    }

    /** Takes the task that waits longest for a taker, if there is one. */
    Optional<Delivery> take(ServiceProfile service) {
        return due().stream().findFirst().flatMap(record -> deliveries.take(record, service));
    }

    /** Counts how often a route of this node is woken. */
    AtomicInteger countRings() {
        AtomicInteger rings = new AtomicInteger();
        bell.add(new Taker(TaskTestSupport.ACCOUNT, null, rings::incrementAndGet));
        return rings;
    }
}

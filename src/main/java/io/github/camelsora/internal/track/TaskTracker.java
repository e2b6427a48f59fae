package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerRetryQueue;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.LostPollDetector;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.recovery.ImportedTasks;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows tasks to their end: polls what the ledger holds as running, writes the first end that is seen into the ledger,
 * and hands the result to those who wait. Waiting holds no thread: polls are entries of the {@link TimerQueue}, calls run on
 * the HTTP pool, waiters go on on the route pool.
 */
public final class TaskTracker {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTracker.class);

    /** How long until a ledger that was away is told again. */
    public static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final LedgerWriter writer;
    private final TimerQueue timers;
    private final RetryingExecutor http;
    private final Executor routes;
    private final DeliveryNotifier notifier;
    private final WaitTimeouts waits;
    private final PollScheduler polls;
    private final LostPollDetector lostPolls;
    private final RateLimitedClient queries;
    private final TrackedTasks tasks = new TrackedTasks();
    private final Refusals refusals;
    private final LedgerRetryQueue retries;
    private final ClaimReleases releases;
    private final ShutdownHandler shutdown;
    private final CompletionHandler completions;
    private final LateAddress lateAddress;
    private final StatusQueries statusQueries;
    private final ImportedTasks imports;
    private final TaskIdentity identity;

    /**
     * Creates a tracker that follows nothing yet.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param timers what waits
     * @param http where calls run
     * @param routes where waiters go on
     * @param notifier what rings when nobody here waits for a task that has ended
     * @param listener who watches
     * @param rateLimiters the paces of the accounts
     */
    public TaskTracker(
            TaskLedger ledger,
            NodeLease lease,
            TimerQueue timers,
            Executor http,
            Executor routes,
            DeliveryNotifier notifier,
            TaskListener listener,
            RateLimiters rateLimiters) {
        this.ledger = ledger;
        this.lease = lease;
        this.writer = new LedgerWriter(ledger, lease.node());
        this.timers = timers;
        this.http = new RetryingExecutor(ledger::now, timers, http);
        this.routes = routes;
        this.notifier = notifier;
        this.waits = new WaitTimeouts(ledger, timers, this.http);
        this.refusals = new Refusals(tasks);
        this.retries = new LedgerRetryQueue(this.http);
        this.releases = new ClaimReleases(tasks, writer, retries, notifier);
        this.shutdown = new ShutdownHandler(tasks, ledger.isDurable());
        this.queries = new RateLimitedClient(rateLimiters);
        WebhookReliability.ByAccount reliabilities = new WebhookReliability.ByAccount();
        this.identity = new TaskIdentity(ledger, tasks::everyAccount);
        this.completions = new CompletionHandler(
                ledger, lease, writer, tasks, releases, notifier, reliabilities, listener, identity);
        this.lateAddress = new LateAddress(ledger, queries, completions);
        this.statusQueries = new StatusQueries(ledger, queries, identity, completions);
        this.imports = new ImportedTasks(ledger, this);
        this.polls = new PollScheduler(ledger, timers, queries, this, reliabilities);
        this.lostPolls = new LostPollDetector(tasks, polls, queries);
    }

    /** Plans the questions again that got lost on their way. */
    public void planLostPolls() {
        lostPolls.rescheduleLost(ledger.now());
    }

    /** How many tasks are in memory here; for tests of what is forgotten. */
    public int trackedTasks() {
        return tasks.count();
    }

    /**
     * Asks the service, each question in its turn.
     *
     * @return who asks
     */
    public RateLimitedClient queries() {
        return queries;
    }

    /**
     * Asks for tasks on behalf of routes.
     *
     * @return who asks
     */
    public StatusQueries questions() {
        return statusQueries;
    }

    public TaskIdentity identity() {
        return identity;
    }

    public ImportedTasks imports() {
        return imports;
    }

    public LedgerRetryQueue retries() {
        return retries;
    }

    public LedgerWriter steps() {
        return writer;
    }

    /**
     * Claims a task for one exchange, before it is submitted or while it is in flight.
     *
     * @param key the task; its record may come later
     * @param service whom to ask for it
     * @return the claim, which the exchange ends when it is done
     */
    public TaskClaim claim(TaskKey key, ServiceProfile service) {
        return tasks.with(key, service, task -> {
            if (task.claims++ == 0) {
                task.epoch = lease.epoch();
            }
            return new TaskClaim(this, task);
        });
    }

    /**
     * Follows a record that stands in the ledger: polls it while it runs, hands its result over when it has ended. One that has
     * ended for lack of an address is asked for first.
     */
    public void adopt(TaskRecord standing, ServiceProfile service) {
        // As it is now: it may have ended and been forgotten here since it was read.
        TaskRecord newest = newest(standing);
        if (newest.isResultMissing()) {
            lateAddress.askInTurn(newest, service, () -> adoptAsked(newest, service));
        } else {
            adoptAsIs(newest, service);
        }
    }

    private TaskRecord newest(TaskRecord standing) {
        return ledger.find(standing.account(), standing.key()).orElse(standing);
    }

    private void adoptAsked(TaskRecord asked, ServiceProfile service) {
        try {
            adoptAsIs(newest(asked), service);
        } catch (RuntimeException e) {
            failed(TaskKey.of(asked), SubmitExceptions.ledgerAway(TaskKey.of(asked), asked, e));
        }
    }

    private void adoptAsIs(TaskRecord newest, ServiceProfile service) {
        Instant now = ledger.now();
        TaskRecord followed = newest.state() == TaskState.SET_ASIDE
                ? writer.apply(
                                TaskKey.of(newest),
                                new TaskEvent.TaskResumed(service.timeouts().trackUntil(now)))
                        .required()
                : newest;
        List<Runnable> told = tasks.with(TaskKey.of(followed), service, task -> {
            boolean isWanted = task.waits().stream().anyMatch(wait -> wait.goal == Goal.ENDED);
            TaskRecord record = isWanted
                    ? writer.apply(task.key, new TaskEvent.WaiterRegistered())
                            .standing()
                            .orElse(followed)
                    : followed;
            if (record.result() != null) {
                // It may have ended between its take-over by this node and now; then it is ours to give away.
                releases.releaseUnclaimed(task).ifPresent(notifier::notifySubscribers);
                return tell(completions.settle(task, record), task.result);
            }
            // Ended since it was read, its result has been told; polled again it would never be forgotten here.
            if (task.isPolled || task.result != null) {
                return List.of();
            }
            task.follow(record);
            polls.schedule(task, now);
            List<WaitHandle> accepted = task.removeWaits(wait -> wait.goal == Goal.ACCEPTED);
            waits.limitAll(task);
            return tell(accepted, task.lastSeen());
        });
        told.forEach(Runnable::run);
        shutdown.parkIfBegun(TaskKey.of(followed));
    }

    /** Follows a record that this node owns. Nobody else will, so a ledger that is away is asked again. */
    public void adoptOwn(TaskRecord own, ServiceProfile service) {
        try {
            adopt(own, service);
        } catch (RuntimeException e) {
            LOG.warn("Task {} (key {}) cannot be followed yet, will be tried again", own.taskId(), own.key(), e);
            adoptLater(own, service);
        }
    }

    /**
     * The same, of a record that this node has just written. It is not read again, which counts when a dead node has left a
     * hundred thousand: if it has ended in between, its first poll finds that out.
     */
    public void adoptWritten(TaskRecord own, ServiceProfile service) {
        try {
            adoptAsIs(own, service);
        } catch (RuntimeException e) {
            LOG.warn("Task {} (key {}) cannot be followed yet, will be tried again", own.taskId(), own.key(), e);
            adoptLater(own, service);
        }
    }

    public void adoptLater(TaskRecord own, ServiceProfile service) {
        http.executeAfter(LEDGER_PAUSE, () -> adoptOwn(own, service));
    }

    private static List<Runnable> tell(List<WaitHandle> waits, VideoTask task) {
        return waits.stream().<Runnable>map(wait -> () -> wait.complete(task)).toList();
    }

    /** The service has accepted a submit: those who wait for that go on, the others begin to count. */
    public void accepted(TaskRecord record, VideoTask answer, ServiceProfile service) {
        VideoTask accepted = LateAddress.asRunning(answer);
        seen(accepted);
        TaskEntry followed = tasks.with(TaskKey.of(record), service, task -> {
            // Found twice at once, it may have ended already.
            if (task.result == null) {
                task.follow(record);
                polls.scheduleFirst(task);
                waits.limitAll(task);
            }
            return task;
        });
        if (accepted.status().isTerminal()) {
            // Before anybody is told: whoever takes the result must find it in the ledger.
            end(followed, accepted, CompletionSource.STATUS_CALL);
        }
        List<WaitHandle> reached;
        synchronized (followed) {
            reached = followed.removeWaits(wait -> wait.goal == Goal.ACCEPTED);
        }
        reached.forEach(wait -> wait.complete(accepted));
        shutdown.parkIfBegun(TaskKey.of(record));
    }

    /** Tells whether waits end at once, because the routes stop or are suspended. */
    public boolean isParked() {
        return shutdown.hasBegun();
    }

    /** Tells whether the routes stop for good, so that tasks are not followed any more. */
    public boolean isStopped() {
        return shutdown.isStopped();
    }

    /** A submit has come to nothing, or to nothing that is known: all who wait for its task learn why. */
    public void failed(TaskKey key, SoraException reason) {
        refusals.failed(key, reason);
    }

    /** Ends all waits for a task; the caller fails them. */
    public List<WaitHandle> removeWaits(TaskKey key) {
        return refusals.removeWaits(key);
    }

    /**
     * Forgets what this node holds of a key whose record an operator has had forgotten or retried, perhaps on another node: the
     * waits end, and what exchanges still hold must not reach the task that comes after.
     */
    public void dropForgotten(TaskKey key) {
        TaskRecord known = remembered(key).orElse(null);
        if (known == null) {
            return;
        }
        Optional<TaskRecord> standing = ledger.find(key.account(), key.key());
        boolean isAnother = standing.isEmpty() || !Objects.equals(standing.get().wireKey(), known.wireKey());
        if (isAnother && ledger.isForgotten(known)) {
            refusals.forgotten(key, () -> true, WaitExceptions.forgotten(known));
        }
    }

    /** A submit is about to be sent: from here on this JVM knows that its key may be paid for. */
    public void sending(TaskRecord intent) {
        remember(intent);
    }

    /** The intent of a submit was withdrawn: nothing was paid under its key. */
    public void withdrawn(TaskKey key) {
        tasks.find(key).ifPresent(task -> task.record = null);
    }

    private void remember(TaskRecord record) {
        tasks.find(TaskKey.of(record)).ifPresent(task -> task.record = record);
    }

    /**
     * The record of a key that is followed here, as it was last known.
     *
     * @param key who pays, and the key
     * @return the record; empty when none is followed, or nothing was paid under the key
     */
    public Optional<TaskRecord> remembered(TaskKey key) {
        return tasks.find(key).map(task -> task.record);
    }

    /** An operator frees a key: who waits for its task learns that. False when somebody else was faster in the ledger. */
    public boolean forgotten(TaskKey key, BooleanSupplier free, SoraException reason) {
        return refusals.forgotten(key, free, reason);
    }

    /** The record of a task was removed behind our back. */
    public void gone(TaskEntry task) {
        refusals.gone(task);
    }

    /** An operator lets a task go on that was set aside. */
    public void release(TaskKey key, Instant trackUntil) {
        notifier.notifySubscribers(
                writer.apply(key, new TaskEvent.TaskResumed(trackUntil)).required());
    }

    /** Tells whether a wait still lasts. */
    public boolean isWaiting(TaskClaim claim, WaitHandle wait) {
        synchronized (claim.task) {
            return claim.task.waits().contains(wait) && !wait.isOver();
        }
    }

    /** Tells whether anybody here waits for a task. */
    public boolean isAwaited(TaskKey key) {
        return tasks.isAwaited(key);
    }

    /** Takes a task of the ledger as the service describes it to a route that asked. The first end that is seen counts. */
    public VideoTask signal(TaskRecord record, VideoTask seen) {
        return completions.signal(record, seen);
    }

    /**
     * The service has told by itself how a task has ended. That is in the ledger when this returns.
     *
     * @throws RuntimeException if the ledger could not be told
     */
    public void pushed(TaskRecord record, VideoTask ended) {
        completions.take(record, ended.namedBy(record), CompletionSource.WEBHOOK);
    }

    /** A submit whose answer was lost is found to be a task. Empty when it is no longer lost, or another one by now. */
    public Optional<TaskRecord> recover(TaskRecord lost, String taskId, Instant trackUntil) {
        if (lost.state() == TaskState.SET_ASIDE) {
            writer.apply(TaskKey.of(lost), new TaskEvent.TaskResumed(trackUntil))
                    .required();
        }
        return writer.apply(TaskKey.of(lost), new TaskEvent.FoundByKey(lost.wireKey(), taskId, trackUntil))
                .standing()
                .filter(record -> record.state() == TaskState.RUNNING && taskId.equals(record.taskId()));
    }

    /** The result of a task was delivered under another key. */
    public void deliveredBefore(TaskRecord found, VideoTask result) {
        TaskKey key = TaskKey.of(found);
        if (!isHeld(key)) {
            writer.apply(key, new TaskEvent.TaskCompleted(found.taskId(), result, TaskEvent.ClaimHere.NONE))
                    .required();
            writer.apply(key, new TaskEvent.Delivered(found.taskId(), false));
        }
    }

    /** Tells whether an exchange of this node holds a task. */
    public boolean isHeld(TaskKey key) {
        return tasks.find(key).filter(TaskTracker::isClaimed).isPresent();
    }

    private static boolean isClaimed(TaskEntry task) {
        synchronized (task) {
            return task.claims > 0;
        }
    }

    public boolean isOwn(TaskRecord record) {
        return lease.node().equals(record.owner());
    }

    /** The end of a task that is followed here was seen. False when it is no longer followed here, and nothing was written. */
    public boolean end(TaskEntry task, VideoTask seen, CompletionSource signal) {
        return completions.end(task, seen, signal);
    }

    /** Tells whoever watches how a task stands. */
    public void seen(VideoTask seen) {
        completions.seen(seen);
    }

    /** Has a task that is followed here asked for at once. */
    void askNow(TaskKey key) {
        TaskEntry task = tasks.find(key).orElse(null);
        if (task != null) {
            synchronized (task) {
                polls.schedule(task, ledger.now());
            }
        }
    }

    /** The accounts of which tasks are in memory here. */
    public Set<String> followedAccounts() {
        return tasks.accounts();
    }

    /** Another node has seen the end of a task of ours, and has written it. How it came to know is not in the ledger. */
    public void endedElsewhere(TaskRecord ended) {
        TaskEntry task = tasks.find(TaskKey.of(ended)).orElse(null);
        if (task != null && isToEnd(task)) {
            LOG.info("Task {} (key {}) ended, as another node has seen", ended.taskId(), ended.key());
            adopt(ended, task.service);
        }
    }

    private static boolean isToEnd(TaskEntry task) {
        synchronized (task) {
            return task.result == null && (task.isPolled || !task.waits().isEmpty());
        }
    }

    /**
     * Ends all waits at once, because the routes stop: what waits now learns that its task goes on without it. Waits that
     * begin later end the same way. Only those whose request is on its way go on until its answer has come: it brings the
     * id, without which nobody could ask for what was paid.
     *
     * @param isSending tells which those are
     */
    public void park(Predicate<TaskKey> isSending) {
        shutdown.stop(isSending);
    }

    /**
     * The same, because the routes are suspended: tasks are followed on, and waits last again after {@link #resume}.
     *
     * @param isSending tells which requests are on their way
     */
    public void suspend(Predicate<TaskKey> isSending) {
        shutdown.suspend(isSending);
    }

    /** The routes are resumed. */
    public void resume() {
        shutdown.resume();
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TaskEntry task, WaitHandle wait) {
        shutdown.park(task, wait);
    }

    public WaitHandle await(TaskClaim claim, Goal goal, Duration timeout, TaskWaiter waiter) {
        TaskEntry task = claim.task;
        WaitHandle wait = new WaitHandle(goal, timeout, waiter, routes);
        claim.waitsBy(wait);
        VideoTask reached;
        synchronized (task) {
            reached = isFinal(task.result) ? task.result : null;
            if (reached == null && goal == Goal.ACCEPTED && task.taskId != null) {
                reached = task.lastSeen();
            }
            // A submit that has passed the gate before the routes stopped waits for its answer.
            if (reached == null && (!shutdown.hasBegun() || task.taskId == null)) {
                task.addWait(wait);
                if (task.taskId != null) {
                    waits.limit(task, wait);
                }
                return wait;
            }
        }
        if (reached != null) {
            wait.complete(reached);
        } else {
            shutdown.parkLate(task, wait);
        }
        return wait;
    }

    /** One that lacks an address is not: the service is asked for it on behalf of each exchange that begins to wait. */
    private static boolean isFinal(VideoTask result) {
        return result != null && !TaskReader.isWithoutResult(result);
    }

    /** A lost submit is looked for: who waits for it and has no deadline yet waits so long for it to be found. */
    public void limitSearch(TaskKey key, Duration recovery, SoraException reason) {
        TaskEntry task = tasks.find(key).orElse(null);
        if (task != null) {
            waits.limitSearch(task, recovery, reason);
        }
    }

    /** A route has taken what stands in a record. */
    public void taken(TaskClaim claim, TaskRecord record) {
        synchronized (claim.task) {
            claim.task.record = record;
            claim.task.taskId = record.taskId();
            claim.took(record);
        }
    }

    /** An exchange lets go of a task. True when no other exchange here holds it. */
    boolean release(TaskEntry task, TaskEvent end) {
        return releases.release(task, end);
    }

    /** Has an action run after a time, on a thread that may wait for the ledger. */
    TimerQueue.Timer later(Duration time, Runnable action) {
        return http.executeAfter(time, action);
    }

    /** Tells whether a task is in memory here, or the ledger has yet to be told of it. */
    public boolean isLookedAfter(TaskKey key) {
        return tasks.find(key).isPresent() || releases.isUnwritten(key);
    }

    public void setAside(TaskEntry task) {
        List<WaitHandle> ended = List.of();
        synchronized (task) {
            if (task.isRetired) {
                return;
            }
            Optional<TaskRecord> record =
                    writer.apply(task.key, new TaskEvent.TrackingTimedOut()).standing();
            task.endPolling();
            if (record.isPresent() && record.get().result() != null) {
                ended = completions.settle(task, record.get());
            }
            tasks.retireWhenDone(task);
        }
        ended.forEach(wait -> wait.complete(task.result));
        if (task.result == null) {
            LOG.warn(
                    "Task {} (key {}) did not end within trackingTimeout and is set aside. It was paid for: ask for it with "
                            + "sora:status, or follow it again with sora:await.",
                    task.taskId,
                    task.key.key());
            WaitTimeouts.failAll(task, wait -> WaitExceptions.timedOut(task, wait.timeout));
        }
    }

    /**
     * The lease had run out. What others have taken over is theirs; the rest is followed on.
     *
     * @param inBetween what must be done in time, however many tasks there are
     */
    public void letGoOfLost(Runnable inBetween) {
        for (TaskEntry task : tasks.all()) {
            inBetween.run();
            boolean isLost;
            synchronized (task) {
                boolean isOpen = !task.isRetired && task.result == null;
                boolean isOurs = isOpen
                        && writer.apply(task.key, new TaskEvent.OwnershipConfirmed())
                                .isChanged();
                if (isOurs) {
                    task.epoch = lease.epoch();
                }
                // Without an id its submit or its search is under way, and what that brings shows whose it is.
                isLost = isOpen && !isOurs && task.taskId != null;
                if (isLost) {
                    task.endPolling();
                    tasks.retireWhenDone(task);
                }
            }
            if (isLost) {
                LOG.warn("Task {} (key {}) was taken over by another node", task.taskId, task.key.key());
                WaitTimeouts.failAll(task, wait -> WaitExceptions.takenOver(task));
            }
        }
    }
}

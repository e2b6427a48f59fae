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
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.LostPollDetector;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.poll.schedule.WebhookReliabilities;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows tasks to their end: polls what the ledger holds as running, writes the first end that is seen into the ledger,
 * and hands the verdict to those who wait. Waiting holds no thread: polls are entries of the {@link TimerQueue}, calls run on
 * the HTTP pool, waiters go on on the route pool.
 */
public final class TaskTracker {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTracker.class);

    /** How long until a ledger that was away is told again. */
    public static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final LedgerWriter steps;
    private final TimerQueue ticker;
    private final RetryingExecutor http;
    private final Executor routes;
    private final DeliveryNotifier bell;
    private final WaitTimeouts waits;
    private final PollScheduler poller;
    private final LostPollDetector lostPolls;
    private final RateLimitedClient queries;
    private final TrackedTasks tasks = new TrackedTasks();
    private final Refusals refusals;
    private final ClaimReleases lettingGo;
    private final ShutdownHandler parking;
    private final CompletionHandler endings;
    private final LateAddress lateAddress;
    private final StatusQueries questions;
    private final ImportedTasks imports;
    private final TaskIdentity identity;

    /**
     * Creates a tracker that follows nothing yet.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param ticker what waits
     * @param http where calls run
     * @param routes where waiters go on
     * @param bell what rings when nobody here waits for a task that has ended
     * @param listener who watches
     * @param paces the paces of the accounts
     */
    public TaskTracker(
            TaskLedger ledger,
            NodeLease lease,
            TimerQueue ticker,
            Executor http,
            Executor routes,
            DeliveryNotifier bell,
            TaskListener listener,
            RateLimiters paces) {
        this.ledger = ledger;
        this.lease = lease;
        this.steps = new LedgerWriter(ledger, lease.node());
        this.ticker = ticker;
        this.http = new RetryingExecutor(ledger, ticker, http);
        this.routes = routes;
        this.bell = bell;
        this.waits = new WaitTimeouts(ledger, ticker, this.http);
        this.refusals = new Refusals(tasks, steps);
        this.lettingGo = new ClaimReleases(ledger, tasks, steps, this.http, bell);
        this.parking = new ShutdownHandler(tasks, ledger.isDurable());
        this.queries = new RateLimitedClient(paces);
        WebhookReliabilities trusts = new WebhookReliabilities();
        this.identity = new TaskIdentity(ledger, tasks::everyAccount);
        this.endings = new CompletionHandler(ledger, lease, steps, tasks, lettingGo, bell, trusts, listener, identity);
        this.lateAddress = new LateAddress(ledger, queries, endings);
        this.questions = new StatusQueries(ledger, queries, identity, endings);
        this.imports = new ImportedTasks(ledger, this);
        this.poller = new PollScheduler(ledger, ticker, queries, this, trusts);
        this.lostPolls = new LostPollDetector(tasks, poller, queries);
    }

    /** Plans the questions again that got lost on their way. */
    public void planLostPolls() {
        lostPolls.planAgain(ledger.now());
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
        return questions;
    }

    public TaskIdentity identity() {
        return identity;
    }

    public ImportedTasks imports() {
        return imports;
    }

    public LedgerWriter steps() {
        return steps;
    }

    /**
     * Claims a task for one exchange, before it is submitted or while it is in flight.
     *
     * @param ref the task; its record may come later
     * @param service whom to ask for it
     * @return the claim, which the exchange ends when it is done
     */
    public TaskClaim claim(TaskKey ref, ServiceProfile service) {
        return tasks.with(ref, service, task -> {
            if (task.claims++ == 0) {
                task.term = lease.term();
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
                ? steps.resume(TaskKey.of(newest), service.limits().trackUntil(now))
                : newest;
        List<Runnable> told = tasks.with(TaskKey.of(followed), service, task -> {
            boolean isWanted = task.waits().stream().anyMatch(wait -> wait.goal == Goal.ENDED);
            TaskRecord record = isWanted ? steps.claim(task.ref).orElse(followed) : followed;
            if (record.verdict() != null) {
                // It may have ended between its take-over by this node and now; then it is ours to give away.
                lettingGo.giveAway(steps, task).ifPresent(bell::ring);
                return tell(endings.settle(task, record), task.verdict);
            }
            // Ended since it was read, its verdict has been told; polled again it would never be forgotten here.
            if (task.isPolled || task.verdict != null) {
                return List.of();
            }
            task.follow(record);
            poller.plan(task, now);
            List<WaitHandle> accepted = task.takeWaits(wait -> wait.goal == Goal.ACCEPTED);
            waits.limitAll(task);
            return tell(accepted, task.lastSeen());
        });
        told.forEach(Runnable::run);
        parking.parkIfBegun(TaskKey.of(followed));
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
        return waits.stream().<Runnable>map(wait -> () -> wait.reach(task)).toList();
    }

    /** The service has accepted a submit: those who wait for that go on, the others begin to count. */
    public void accepted(TaskRecord record, VideoTask answer, ServiceProfile service) {
        VideoTask accepted = LateAddress.asRunning(answer);
        seen(accepted);
        TaskEntry followed = tasks.with(TaskKey.of(record), service, task -> {
            // Found twice at once, it may have ended already.
            if (task.verdict == null) {
                task.follow(record);
                poller.planFirst(task);
                waits.limitAll(task);
            }
            return task;
        });
        if (accepted.status().isTerminal()) {
            // Before anybody is told: whoever takes the verdict must find it in the ledger.
            end(followed, accepted, CompletionSource.QUESTION);
        }
        List<WaitHandle> reached;
        synchronized (followed) {
            reached = followed.takeWaits(wait -> wait.goal == Goal.ACCEPTED);
        }
        reached.forEach(wait -> wait.reach(accepted));
        parking.parkIfBegun(TaskKey.of(record));
    }

    /** Tells whether waits end at once, because the routes stop or are suspended. */
    public boolean isParked() {
        return parking.hasBegun();
    }

    /** Tells whether the routes stop for good, so that tasks are not followed any more. */
    public boolean isStopped() {
        return parking.isStopped();
    }

    /** A submit has come to nothing, or to nothing that is known: all who wait for its task learn why. */
    public void failed(TaskKey ref, SoraException reason) {
        refusals.failed(ref, reason);
    }

    /** The same; something is done when it is settled who is told, and nobody is told yet. */
    public void failed(TaskKey ref, SoraException reason, Runnable beforeTold) {
        refusals.failed(ref, reason, beforeTold);
    }

    /** A submit was refused or never sent: who waited for it learns why. What is done before hears whether that is written. */
    public void rejected(TaskRecord intent, SoraException reason, Consumer<Boolean> beforeTold) {
        refusals.rejected(intent, reason, beforeTold);
    }

    /**
     * Forgets what this node holds of a key whose record an operator has had forgotten or retried, perhaps on another node: the
     * waits end, and what exchanges still hold must not reach the task that comes after.
     */
    public void dropForgotten(TaskKey ref) {
        TaskRecord known = remembered(ref).orElse(null);
        if (known == null) {
            return;
        }
        Optional<TaskRecord> standing = ledger.find(ref.account(), ref.key());
        boolean isAnother = standing.isEmpty() || !Objects.equals(standing.get().wireKey(), known.wireKey());
        if (isAnother && ledger.isForgotten(known)) {
            refusals.forgotten(ref, () -> true, WaitExceptions.forgotten(known));
        }
    }

    /** A submit is about to be sent: from here on this JVM knows that its key may be paid for. */
    public void sending(TaskRecord intent) {
        remember(intent);
    }

    /** A submit was not sent, and waits for another turn: a crash must not leave an intent that looks as if it had been. */
    public void takeBack(TaskRecord intent) {
        steps.reject(intent);
        tasks.find(TaskKey.of(intent)).ifPresent(task -> task.record = null);
    }

    private void remember(TaskRecord record) {
        tasks.find(TaskKey.of(record)).ifPresent(task -> task.record = record);
    }

    /**
     * The record of a key that is followed here, as it was last known.
     *
     * @param ref who pays, and the key
     * @return the record; empty when none is followed, or nothing was paid under the key
     */
    public Optional<TaskRecord> remembered(TaskKey ref) {
        return tasks.find(ref).map(task -> task.record);
    }

    /** An operator frees a key: who waits for its task learns that. False when somebody else was faster in the ledger. */
    public boolean forgotten(TaskKey ref, BooleanSupplier free, SoraException reason) {
        return refusals.forgotten(ref, free, reason);
    }

    /** The record of a task was removed behind our back. */
    public void gone(TaskEntry task) {
        refusals.gone(task);
    }

    /** An operator lets a task go on that was set aside. */
    public void release(TaskKey ref, Instant trackUntil) {
        bell.ring(steps.resume(ref, trackUntil));
    }

    /** Tells whether a wait still lasts. */
    public boolean isWaiting(TaskClaim claim, WaitHandle wait) {
        synchronized (claim.task) {
            return claim.task.waits().contains(wait) && !wait.isOver();
        }
    }

    /** Tells whether anybody here waits for a task. */
    public boolean isAwaited(TaskKey ref) {
        return tasks.isAwaited(ref);
    }

    /** Takes a task of the ledger as the service describes it to a route that asked. The first end that is seen counts. */
    public VideoTask signal(TaskRecord record, VideoTask seen) {
        return endings.signal(record, seen);
    }

    /**
     * The service has told by itself how a task has ended. That is in the ledger when this returns.
     *
     * @throws RuntimeException if the ledger could not be told
     */
    public void pushed(TaskRecord record, VideoTask ended) {
        endings.take(record, ended.namedBy(record), CompletionSource.PUSH);
    }

    /** A submit whose answer was lost is found to be a task. Empty when it is no longer lost, or another one by now. */
    public Optional<TaskRecord> recover(TaskRecord lost, String taskId, Instant trackUntil) {
        if (lost.state() == TaskState.SET_ASIDE) {
            steps.resume(TaskKey.of(lost), trackUntil);
        }
        return steps.recover(lost, taskId, trackUntil)
                .filter(record -> record.state() == TaskState.RUNNING && taskId.equals(record.taskId()));
    }

    /** The result of a task was delivered under another key. */
    public void deliveredBefore(TaskRecord found, VideoTask result) {
        TaskKey ref = TaskKey.of(found);
        if (!isHeld(ref)) {
            steps.end(ref, found.taskId(), result);
            steps.deliver(ref, found.taskId(), false);
        }
    }

    /** Tells whether an exchange of this node holds a task. */
    public boolean isHeld(TaskKey ref) {
        return tasks.find(ref).filter(TaskTracker::isClaimed).isPresent();
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
        return endings.end(task, seen, signal);
    }

    /** Tells whoever watches how a task stands. */
    public void seen(VideoTask seen) {
        endings.seen(seen);
    }

    /** Has a task that is followed here asked for at once. */
    void askNow(TaskKey ref) {
        TaskEntry task = tasks.find(ref).orElse(null);
        if (task != null) {
            synchronized (task) {
                poller.plan(task, ledger.now());
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
            return task.verdict == null && (task.isPolled || !task.waits().isEmpty());
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
        parking.stop(isSending);
    }

    /**
     * The same, because the routes are suspended: tasks are followed on, and waits last again after {@link #resume}.
     *
     * @param isSending tells which requests are on their way
     */
    public void suspend(Predicate<TaskKey> isSending) {
        parking.suspend(isSending);
    }

    /** The routes are resumed. */
    public void resume() {
        parking.resume();
    }

    /** Ends one wait because its route stops; the task is followed on. */
    void park(TaskEntry task, WaitHandle wait) {
        parking.park(task, wait);
    }

    public WaitHandle await(TaskClaim claim, Goal goal, Duration timeout, TaskWaiter waiter) {
        TaskEntry task = claim.task;
        WaitHandle wait = new WaitHandle(goal, timeout, waiter, routes);
        claim.waitsBy(wait);
        VideoTask reached;
        synchronized (task) {
            reached = isFinal(task.verdict) ? task.verdict : null;
            if (reached == null && goal == Goal.ACCEPTED && task.taskId != null) {
                reached = task.lastSeen();
            }
            // A submit that has passed the gate before the routes stopped waits for its answer.
            if (reached == null && (!parking.hasBegun() || task.taskId == null)) {
                task.addWait(wait);
                if (task.taskId != null) {
                    waits.limit(task, wait);
                }
                return wait;
            }
        }
        if (reached != null) {
            wait.reach(reached);
        } else {
            parking.parkLate(task, wait);
        }
        return wait;
    }

    /** One that lacks an address is not: the service is asked for it on behalf of each exchange that begins to wait. */
    private static boolean isFinal(VideoTask verdict) {
        return verdict != null && !TaskReader.isWithoutResult(verdict);
    }

    /** A lost submit is looked for: who waits for it and has no deadline yet waits so long for it to be found. */
    public void limitSearch(TaskKey ref, Duration recovery, SoraException reason) {
        TaskEntry task = tasks.find(ref).orElse(null);
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

    /** Nobody here has taken what there is to deliver, if there is any yet: what is polled on is given away at its end. */
    Optional<TaskRecord> giveBack(LedgerWriter by, TaskEntry task) {
        return lettingGo.giveBack(by, task);
    }

    /** An exchange lets go of a task. True when no other exchange here holds it. */
    boolean release(TaskEntry task, ClaimEnd end) {
        return lettingGo.release(task, end);
    }

    /** Has an action run after a time, on a thread that may wait for the ledger. */
    TimerQueue.Due later(Duration time, Runnable action) {
        return http.executeAfter(time, action);
    }

    /** Tells whether a task is in memory here, or the ledger has yet to be told of it. */
    public boolean isLookedAfter(TaskKey ref) {
        return tasks.find(ref).isPresent() || lettingGo.isUntold(ref);
    }

    public void setAside(TaskEntry task) {
        List<WaitHandle> ended = List.of();
        synchronized (task) {
            if (task.isRetired) {
                return;
            }
            Optional<TaskRecord> record = steps.setAside(task.ref);
            task.endPolling();
            if (record.isPresent() && record.get().verdict() != null) {
                ended = endings.settle(task, record.get());
            }
            tasks.retireWhenDone(task);
        }
        ended.forEach(wait -> wait.reach(task.verdict));
        if (task.verdict == null) {
            LOG.warn(
                    "Task {} (key {}) did not end within trackingTimeout and is set aside. It was paid for: ask for it with "
                            + "sora:status, or follow it again with sora:await.",
                    task.taskId,
                    task.ref.key());
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
                boolean isOpen = !task.isRetired && task.verdict == null;
                boolean isOurs = isOpen && steps.confirm(task.ref);
                if (isOurs) {
                    task.term = lease.term();
                }
                // Without an id its submit or its search is under way, and what that brings shows whose it is.
                isLost = isOpen && !isOurs && task.taskId != null;
                if (isLost) {
                    task.endPolling();
                    tasks.retireWhenDone(task);
                }
            }
            if (isLost) {
                LOG.warn("Task {} (key {}) was taken over by another node", task.taskId, task.ref.key());
                WaitTimeouts.failAll(task, wait -> WaitExceptions.takenOver(task));
            }
        }
    }
}

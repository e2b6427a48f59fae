package io.github.camelsora.internal.recovery;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.ImportedTasks;
import io.github.camelsora.internal.track.RoutePhase;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.WaitFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for submits whose answer was lost, by the key that they carried. A task that is found continues as if the answer had
 * come. If it is not found within recoveryTimeout, the waiters fail, and the search goes on at longer intervals.
 */
public final class LostSubmitRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LostSubmitRecovery.class);

    // After recoveryTimeout hardly any exchange waits for the outcome.
    private static final Duration LATER_PAUSE = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final LedgerWriter writer;
    private final RateLimitedClient queries;
    private final TaskRegistry registry;
    private final WaitFailures failures;
    private final RoutePhase phase;
    private final PollScheduler polls;
    private final ImportedTasks imports;
    private final TimerQueue timers;
    private final LedgerRetries retries;
    private final TaskIdentity identity;
    private final ConcurrentMap<TaskKey, Search> searches = new ConcurrentHashMap<>();

    public LostSubmitRecovery(
            TaskLedger ledger,
            NodeLease lease,
            LedgerWriter writer,
            TimerQueue timers,
            LedgerRetries retries,
            RateLimitedClient queries,
            TaskRegistry registry,
            WaitFailures failures,
            RoutePhase phase,
            PollScheduler polls,
            TaskIdentity identity,
            ImportedTasks imports) {
        this.ledger = ledger;
        this.lease = lease;
        this.writer = writer;
        this.timers = timers;
        this.retries = retries;
        this.queries = queries;
        this.registry = registry;
        this.failures = failures;
        this.phase = phase;
        this.polls = polls;
        this.identity = identity;
        this.imports = imports;
    }

    /**
     * The record of a key whose submit is searched for here, as it was last known.
     *
     * @return the record; empty when there is no search
     */
    public Optional<TaskRecord> remembered(TaskKey key) {
        return Optional.ofNullable(searches.get(key)).map(Search::unknown);
    }

    /** Tells whether a submit is searched for here. */
    public boolean isSearching(TaskKey key) {
        return searches.containsKey(key);
    }

    /** The answer to a submit was lost just now: the service may take a moment to know of it. */
    public void lost(TaskRecord intent, ServiceProfile service, String reason, Exception cause) {
        SubmissionUnknownException failure = SubmitExceptions.unknown(intent, service.sendKey(), reason, cause);
        LOG.warn("{}", failure.getMessage());
        search(intent, service, failure, false);
    }

    /** Searches for an earlier submit, from now on; a search that has begun goes on for one more waiter. */
    public void search(TaskRecord lost, ServiceProfile service, String reason) {
        search(lost, service, SubmitExceptions.unknown(lost, service.sendKey(), reason, null), true);
    }

    private void search(
            TaskRecord lost, ServiceProfile service, SubmissionUnknownException failure, boolean isEarlier) {
        Instant now = ledger.now();
        TaskKey key = TaskKey.of(lost);
        // The search for another submit of the key, which an operator has had forgotten, ends at its next look-up.
        Search search = searches.compute(
                key,
                (k, standing) ->
                        standing != null && standing.isFor(lost) ? standing : new Search(lost, service, failure, now));
        writeUnknownOrRetry(search);
        failures.failConflicting(lost);
        // In this order: after a stop in between the waits have failed, too.
        boolean isStopped = phase.isStopped();
        if (phase.isSuspendedOrStopped()) {
            failures.fail(key, failure);
        }
        if (isStopped) {
            return;
        }
        search.awaitedUntil = now.plus(service.timeouts().recovery());
        if (service.sendKey()) {
            registry.limitSearch(key, service.timeouts().recovery(), failure);
            schedule(search, isEarlier ? Duration.ZERO : search.pause());
        } else {
            // There is no key to look it up by. It is only set aside in the end.
            failures.fail(key, failure);
            schedule(search, Duration.between(now, search.giveUpAt));
        }
    }

    private void writeUnknownOrRetry(Search search) {
        String key = search.key.key();
        try {
            writeUnknown(search);
        } catch (RuntimeException e) {
            // The search must not fail because of this. The intent that stands says as much: the outcome is unknown.
            LOG.error(
                    "The answer to key {} was lost, and the ledger could not record that; retrying in {} s",
                    key,
                    LedgerRetries.PAUSE.toSeconds(),
                    e);
            retries.retry("that the answer to key " + key + " was lost", () -> writeUnknown(search));
        }
    }

    private void writeUnknown(Search search) {
        if (!search.isUnwritten) {
            return;
        }
        Optional<TaskRecord> standing = writer.apply(
                        search.key, new TaskEvent.AnswerLost(search.lost.wireKey(), search.giveUpAt))
                .standing();
        // Without a record there is nothing to write, and the next look-up ends the search.
        search.isUnwritten = false;
        standing.map(record -> record.due().trackUntil()).ifPresent(until -> search.giveUpAt = until);
    }

    private void schedule(Search search, Duration pause) {
        search.nextLookUp.cancel();
        search.nextLookUp = timers.schedule(ledger.now().plus(pause), () -> acquirePermit(search));
    }

    private void acquirePermit(Search search) {
        queries.queryLimiter(search.service)
                .acquire(QueryLane.LOOK_UPS, ledger.now().toEpochMilli(), () -> lookUp(search));
    }

    private void lookUp(Search search) {
        try (TaskScope scope = TaskScope.of(search.lost)) {
            lookUpNow(search);
        }
    }

    private void lookUpNow(Search search) {
        try {
            writeUnknown(search);
            TaskKey key = search.key;
            Optional<TaskRecord> record = ledger.find(key.account(), key.key());
            if (record.isPresent() && isToBeFound(search, record.get())) {
                query(search, record.get());
            } else {
                end(search, record);
            }
        } catch (RuntimeException | Error e) {
            Retry.untilDone(() -> schedule(search, Search.LONGEST_PAUSE));
            LOG.warn(
                    "The look-up of the lost submit of key {} failed; retrying in {} s",
                    search.key.key(),
                    Search.LONGEST_PAUSE.toSeconds(),
                    e);
        }
    }

    /** Still lost, and this node has to search for it: it owns the record, or an exchange here waits. */
    private boolean isToBeFound(Search search, TaskRecord record) {
        return record.state() == TaskState.UNKNOWN
                && search.isFor(record)
                && (isOwn(record) || registry.isAwaited(search.key));
    }

    private boolean isOwn(TaskRecord record) {
        return lease.node().equals(record.owner());
    }

    private void end(Search search, Optional<TaskRecord> record) {
        searches.remove(search.key, search);
        boolean isFoundElsewhere = record.isPresent() && record.get().taskId() != null;
        if (isFoundElsewhere && (isOwn(record.get()) || registry.isAwaited(search.key))) {
            polls.follow(record.get(), search.service);
        }
    }

    private void query(Search search, TaskRecord lost) {
        QueryAnswer answer =
                search.service.sendKey() ? queries.query("sora look-up", lost, search.service, lost.wireKey()) : null;
        if (answer instanceof QueryAnswer.Found found
                && isFoundFor(lost, found.task())
                && isGiven(search, found.task())) {
            searches.remove(search.key, search);
            return;
        }
        if (answer instanceof QueryAnswer.RetryLater later && later.isRedirect()) {
            redirected(search, later.failure());
        }
        continueOrGiveUp(search, lost);
    }

    /** Each look-up is redirected until baseUrl is corrected, so the waiters fail now. The search goes on, slowly. */
    private void redirected(Search search, SoraException answer) {
        search.awaitedUntil = ledger.now();
        failures.fail(search.key, SubmitExceptions.redirected(search.failure, answer));
    }

    private boolean isFoundFor(TaskRecord lost, VideoTask task) {
        Optional<String> mismatch = identity.mismatchOfFound(lost, task);
        mismatch.ifPresent(reason -> LOG.warn(
                "The look-up of the lost submit of key {} was answered with task {}, which is not accepted as its task: {}",
                lost.key(),
                task.id(),
                reason));
        return mismatch.isEmpty();
    }

    /** False when it is the task of another key, so that the submit stays lost. */
    private boolean isGiven(Search search, VideoTask task) {
        Instant trackUntil = search.service.timeouts().trackUntil(ledger.now());
        Optional<TaskRecord> given;
        try {
            given = imports.giveTask(search.lost, task.id(), trackUntil);
        } catch (TaskTakenException e) {
            LOG.warn(
                    "The look-up of the lost submit of key {} has found task {}, which it is not given: {}. The search goes on",
                    search.key.key(),
                    task.id(),
                    e.getMessage());
            return false;
        }
        given.ifPresentOrElse(record -> found(record, task, search.service), () -> warnOfForgotten(search.key, task));
        return true;
    }

    private void found(TaskRecord record, VideoTask task, ServiceProfile service) {
        LOG.info("Found the lost submit of key {}: it is task {}", record.key(), task.id());
        imports.merge(record);
        polls.followAccepted(record, task.namedBy(record), service);
    }

    /** An operator has forgotten the key meanwhile, so it may be that of another submit. */
    private static void warnOfForgotten(TaskKey key, VideoTask task) {
        LOG.warn(
                "Task {} was found under key {}, but the key was forgotten meanwhile. The task was paid for: wait for it with"
                        + " sora:await",
                task.id(),
                key.key());
    }

    private void continueOrGiveUp(Search search, TaskRecord lost) {
        Instant now = ledger.now();
        if (!now.isBefore(search.giveUpAt)) {
            giveUp(search, lost);
            return;
        }
        search.lookUps++;
        schedule(search, now.isBefore(search.awaitedUntil) ? search.pause() : LATER_PAUSE);
    }

    private void giveUp(Search search, TaskRecord lost) {
        if (!writer.applyTo(lost, new TaskEvent.TrackingTimedOut()).isChanged()) {
            // A webhook, say, has found the submit since its record was read. The next look-up reads that.
            schedule(search, Duration.ZERO);
            return;
        }
        searches.remove(search.key, search);
        LOG.warn(
                "{} The search has ended after trackingTimeout; the record is set aside.", search.failure.getMessage());
    }
}

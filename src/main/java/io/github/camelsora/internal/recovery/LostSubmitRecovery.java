package io.github.camelsora.internal.recovery;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for submits whose answer was lost, by the key that they travelled under. What is found goes on as if the answer had
 * come; what is not found within recoveryTimeout is told to those who wait, and looked for on.
 */
public final class LostSubmitRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LostSubmitRecovery.class);

    // Half a second of the default two minutes, then doubling.
    private static final int FIRST_PAUSES_IN_A_WAIT = 240;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    // After the wait is over only somebody else can be waiting for the outcome.
    private static final Duration LATER_PAUSE = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TaskTracker tracker;
    private final TimerQueue timers;
    private final TaskIdentity identity;
    private final ConcurrentMap<TaskKey, Search> searches = new ConcurrentHashMap<>();

    /**
     * Creates a recovery that looks for nothing yet.
     *
     * @param ledger the book of what may have cost money
     * @param lease this node's lease in it
     * @param tracker who follows what is found
     * @param timers what waits between two looks
     */
    public LostSubmitRecovery(TaskLedger ledger, NodeLease lease, TaskTracker tracker, TimerQueue timers) {
        this.ledger = ledger;
        this.lease = lease;
        this.tracker = tracker;
        this.timers = timers;
        this.identity = tracker.identity();
    }

    /** One lost submit. It is looked for often while somebody waits for it, and until giveUpAt. */
    private static final class Search {
        final TaskKey key;
        final TaskRecord lost;
        final ServiceProfile service;
        final SubmissionUnknownException failure;
        volatile Instant giveUpAt;
        /** True while the ledger does not know yet that the submit is lost. */
        volatile boolean isUnwritten = true;

        volatile Instant awaitedUntil;
        volatile TimerQueue.Timer nextLook = TimerQueue.NONE;
        volatile Duration pause;

        Search(TaskRecord lost, ServiceProfile service, SubmissionUnknownException failure, Instant now) {
            this.key = TaskKey.of(lost);
            this.lost = lost;
            this.service = service;
            this.failure = failure;
            this.giveUpAt = service.timeouts().trackUntil(now);
            this.pause = service.timeouts().recovery().dividedBy(FIRST_PAUSES_IN_A_WAIT);
        }

        boolean isFor(TaskRecord record) {
            return Objects.equals(lost.wireKey(), record.wireKey());
        }

        TaskRecord unknown() {
            return lost.withState(TaskState.UNKNOWN).trackedUntil(giveUpAt);
        }
    }

    /**
     * The record of a key whose submit is looked for here, as it was last known.
     *
     * @param key who pays, and the key
     * @return the record; empty when it is not looked for
     */
    public Optional<TaskRecord> remembered(TaskKey key) {
        return Optional.ofNullable(searches.get(key)).map(Search::unknown);
    }

    /** Tells whether a submit is looked for here. */
    public boolean isSearching(TaskKey key) {
        return searches.containsKey(key);
    }

    /** The answer to a submit of this moment was lost: the service may need a moment to know of it. */
    public void lost(TaskRecord intent, ServiceProfile service, String reason, Exception cause) {
        SubmissionUnknownException failure = SubmitExceptions.unknown(intent, service.sendKey(), reason, cause);
        LOG.warn("{}", failure.getMessage());
        search(intent, service, failure, false);
    }

    /** Looks for an earlier submit at once; when it is looked for already, on behalf of one more who waits. */
    public void search(TaskRecord lost, ServiceProfile service, String reason) {
        search(lost, service, SubmitExceptions.unknown(lost, service.sendKey(), reason, null), true);
    }

    private void search(TaskRecord lost, ServiceProfile service, SubmissionUnknownException failure, boolean isOld) {
        Instant now = ledger.now();
        TaskKey key = TaskKey.of(lost);
        // A search for an earlier submit of the key, which an operator has had forgotten, finds out by itself and ends.
        Search search = searches.compute(
                key,
                (r, standing) ->
                        standing != null && standing.isFor(lost) ? standing : new Search(lost, service, failure, now));
        try {
            markUnknown(search);
        } catch (RuntimeException e) {
            // Who waits must be told in any case. The intent that stands says as much: the outcome is not known.
            LOG.error("The answer to key {} was lost, and the ledger could not be told", key.key(), e);
        }
        if (tracker.isParked()) {
            tracker.failed(key, failure);
        }
        if (tracker.isStopped()) {
            return;
        }
        search.awaitedUntil = now.plus(service.timeouts().recovery());
        if (service.sendKey()) {
            tracker.limitSearch(key, service.timeouts().recovery(), failure);
            next(search, isOld ? Duration.ZERO : search.pause);
        } else {
            // There is nothing to ask for. It is only not forgotten.
            tracker.failed(key, failure);
            next(search, Duration.between(now, search.giveUpAt));
        }
    }

    private void markUnknown(Search search) {
        TaskRecord lost = tracker.steps()
                .apply(search.key, new TaskEvent.AnswerLost(search.lost.wireKey(), search.giveUpAt))
                .required();
        search.isUnwritten = false;
        if (lost.due().trackUntil() != null) {
            search.giveUpAt = lost.due().trackUntil();
        }
    }

    private void next(Search search, Duration pause) {
        search.nextLook.cancel();
        search.nextLook = timers.schedule(ledger.now().plus(pause), () -> inTurn(search));
    }

    private void inTurn(Search search) {
        tracker.queries()
                .queryLimiter(search.service)
                .acquire(QueryLane.LOOK_UPS, ledger.now().toEpochMilli(), () -> look(search));
    }

    private void look(Search search) {
        try {
            if (search.isUnwritten) {
                markUnknown(search);
            }
            TaskKey key = search.key;
            Optional<TaskRecord> record = ledger.find(key.account(), key.key());
            if (record.isPresent() && isToBeFound(search, record.get())) {
                ask(search, record.get());
            } else {
                end(search, record);
            }
        } catch (RuntimeException | Error e) {
            Retry.untilDone(() -> next(search, LONGEST_PAUSE));
            LOG.warn("The lost submit of key {} could not be looked for, will be tried again", search.key.key(), e);
        }
    }

    /** Lost still, and not looked for by another node alone. */
    private boolean isToBeFound(Search search, TaskRecord record) {
        return record.state() == TaskState.UNKNOWN
                && search.isFor(record)
                && (isOurs(record) || tracker.isAwaited(TaskKey.of(record)));
    }

    private boolean isOurs(TaskRecord record) {
        return lease.node().equals(record.owner());
    }

    private void end(Search search, Optional<TaskRecord> record) {
        searches.remove(search.key, search);
        boolean isFoundElsewhere = record.isPresent() && record.get().taskId() != null;
        if (isFoundElsewhere && (isOurs(record.get()) || tracker.isAwaited(search.key))) {
            tracker.adopt(record.get(), search.service);
        }
    }

    private void ask(Search search, TaskRecord lost) {
        QueryAnswer answer = search.service.sendKey() ? tracker.queries().query(search.service, lost.wireKey()) : null;
        if (answer instanceof QueryAnswer.Found found && isOurs(found.task(), lost)) {
            found(search, found.task());
            searches.remove(search.key, search);
            return;
        }
        if (answer instanceof QueryAnswer.RetryLater busy && busy.isRedirect()) {
            redirected(search, busy.failure());
        }
        lookAgain(search);
    }

    /** Each look-up is redirected until baseUrl is corrected, so the waiting exchanges fail now. The search goes on, slowly. */
    private void redirected(Search search, SoraException answer) {
        search.awaitedUntil = ledger.now();
        tracker.failed(search.key, SubmitExceptions.redirected(search.failure, answer));
    }

    private boolean isOurs(VideoTask task, TaskRecord lost) {
        Optional<String> doubt = identity.mismatchOfFound(lost, task);
        doubt.ifPresent(reason -> LOG.warn(
                "The look-up of the lost submit of key {} was answered with task {}, which is not adopted: {}",
                lost.key(),
                task.id(),
                reason));
        return doubt.isEmpty();
    }

    /** A lost submit was found, unless an operator has forgotten it since: then its key may be that of another submit. */
    private void found(Search search, VideoTask task) {
        TaskKey key = search.key;
        LOG.info("Found the lost submit of key {}: it is task {}", key.key(), task.id());
        tracker.recover(search.lost, task.id(), search.service.timeouts().trackUntil(ledger.now()))
                .ifPresentOrElse(
                        record -> follow(record, task, search.service),
                        () -> LOG.warn(
                                "Task {} was found under key {}, which is no longer looked for: wait for it with"
                                        + " sora:await",
                                task.id(),
                                key.key()));
    }

    private void follow(TaskRecord found, VideoTask task, ServiceProfile service) {
        tracker.imports().merge(found);
        tracker.accepted(found, task.namedBy(found), service);
    }

    private void lookAgain(Search search) {
        Instant now = ledger.now();
        if (!now.isBefore(search.giveUpAt)) {
            tracker.steps().apply(search.key, new TaskEvent.TrackingTimedOut());
            searches.remove(search.key, search);
            LOG.warn("{} It is no longer looked for and is set aside.", search.failure.getMessage());
            return;
        }
        boolean isAwaited = now.isBefore(search.awaitedUntil);
        Duration pause = isAwaited ? search.pause : LATER_PAUSE;
        Duration doubled = search.pause.multipliedBy(2);
        search.pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        next(search, pause);
    }
}

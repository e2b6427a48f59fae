package io.github.camelsora.task;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.toapis.QueryAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for submits whose answer was lost, by the key that they travelled under. What is found goes on as if the answer had
 * come; what is not found within recoveryTimeout is told to those who wait, and looked for on.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    // Half a second of the default two minutes, then doubling.
    private static final int FIRST_PAUSES_IN_A_WAIT = 240;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    // After the wait is over only somebody else can be waiting for the outcome.
    private static final Duration LATER_PAUSE = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final Ticker ticker;
    private final Executor http;
    private final BiConsumer<Submission, VideoTask> onFound;
    private final ConcurrentMap<TaskRef, Search> searches = new ConcurrentHashMap<>();

    Recovery(
            TaskLedger ledger,
            TaskTracker tracker,
            Ticker ticker,
            Executor http,
            BiConsumer<Submission, VideoTask> onFound) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.ticker = ticker;
        this.http = http;
        this.onFound = onFound;
    }

    /** One lost submit. It is looked for often while somebody waits for it, and until giveUpAt. */
    private static final class Search {
        final Submission submission;
        final SubmissionUnknownException failure;
        final Instant giveUpAt;
        volatile Instant awaitedUntil;
        volatile Ticker.Due nextLook = Ticker.NOTHING;
        volatile Duration pause;

        Search(Submission submission, SubmissionUnknownException failure, Instant giveUpAt) {
            this.submission = submission;
            this.failure = failure;
            this.giveUpAt = giveUpAt;
            this.pause = submission.limits().recovery().dividedBy(FIRST_PAUSES_IN_A_WAIT);
        }
    }

    /** Looks for a submit; when it is looked for already, on behalf of one more who waits. */
    void lookFor(Submission submission, SubmissionUnknownException failure) {
        TaskRef ref = submission.ref();
        if (!submission.sendKey() || tracker.isParked()) {
            tracker.failed(ref, failure);
            return;
        }
        Instant now = ledger.now();
        Instant giveUpAt = now.plus(submission.limits().tracking());
        Search search = searches.computeIfAbsent(ref, r -> new Search(submission, failure, giveUpAt));
        search.awaitedUntil = now.plus(submission.limits().recovery());
        tracker.limitSearch(ref, submission.limits().recovery(), failure);
        // At once for somebody who comes later; for a fresh loss the service may need a moment.
        next(search, search.submission == submission ? search.pause : Duration.ZERO);
    }

    private void next(Search search, Duration pause) {
        search.nextLook.cancel();
        search.nextLook = ticker.at(ledger.now().plus(pause), () -> inTurn(search));
    }

    private void inTurn(Search search) {
        try {
            http.execute(() -> look(search));
        } catch (RejectedExecutionException e) {
            // A pool that somebody has bounded is full for the moment.
            next(search, LONGEST_PAUSE);
        }
    }

    private void look(Search search) {
        TaskRef ref = search.submission.ref();
        try {
            look(search, ref);
        } catch (RuntimeException | Error e) {
            LOG.warn("The lost submit of key {} could not be looked for, will be tried again", ref.key(), e);
            next(search, LONGEST_PAUSE);
        }
    }

    private void look(Search search, TaskRef ref) {
        Optional<TaskRecord> record = ledger.find(ref.account(), ref.key());
        if (record.isEmpty() || record.get().state() != TaskState.UNKNOWN) {
            searches.remove(ref, search);
            return;
        }
        QueryAnswer answer = search.submission.client().query(ref.key());
        if (answer instanceof QueryAnswer.Found found && isOurs(found.task(), ref)) {
            LOG.info(
                    "Found the lost submit of key {}: it is task {}",
                    ref.key(),
                    found.task().id());
            onFound.accept(search.submission, found.task().withKey(ref.key()));
            searches.remove(ref, search);
        } else {
            lookAgain(search);
        }
    }

    /**
     * An answer that names another key is somebody else's task. So is one whose id is the key: then the service has taken the
     * key for an id, as when a route uses the id of the source as its key.
     */
    private static boolean isOurs(VideoTask task, TaskRef ref) {
        return !ref.key().equals(task.id()) && (task.key() == null || task.key().equals(ref.key()));
    }

    private void lookAgain(Search search) {
        Instant now = ledger.now();
        if (now.isAfter(search.giveUpAt)) {
            tracker.steps().setAside(search.submission.ref());
            searches.remove(search.submission.ref(), search);
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

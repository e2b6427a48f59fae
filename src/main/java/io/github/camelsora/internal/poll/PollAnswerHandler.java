package io.github.camelsora.internal.poll;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.ImportedTasks;
import io.github.camelsora.internal.track.TaskEntry;
import io.github.camelsora.internal.track.TaskIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the answer to a poll leads to. Only a completion that the service reports ends a task: all other answers
 * (errors, an unknown status, a 404) say nothing about what was paid for, so the task is polled again.
 */
public final class PollAnswerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollAnswerHandler.class);

    /** How long the service may deny a task because of replica lag. */
    private static final Duration MISSING_GRACE = Duration.ofSeconds(15);

    private static final Duration MISSING_INTERVAL = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final PollTimes times;
    private final TaskIdentity identity;
    private final ImportedTasks imports;
    private final CompletionHandler completions;
    private final Meters meters;
    private final PollRejectionLog rejections;

    public PollAnswerHandler(
            InstantSource clock,
            PollTimes times,
            TaskIdentity identity,
            ImportedTasks imports,
            CompletionHandler completions,
            Meters meters) {
        this.clock = clock;
        this.times = times;
        this.identity = identity;
        this.imports = imports;
        this.completions = completions;
        this.meters = meters;
        this.rejections = new PollRejectionLog(clock);
    }

    /**
     * Handles an answer.
     *
     * @param onFound called with the record of a lost submit that the answer has identified
     * @return when to poll again; empty when the task has ended
     */
    Optional<Instant> handle(PollState poll, QueryAnswer answer, Consumer<TaskRecord> onFound) {
        meters.polled(poll.task().key().account(), answer);
        if (answer instanceof QueryAnswer.Found found) {
            rejections.answered(poll.task());
            return found(poll, found.task(), onFound);
        }
        if (answer instanceof QueryAnswer.NotFound missing) {
            rejections.answered(poll.task());
            return Optional.of(denied(poll, missing.failure()));
        }
        logFailure(poll.task(), answer);
        return Optional.of(
                times.afterFailure(poll, answer instanceof QueryAnswer.RetryLater busy ? busy.retryAfter() : null));
    }

    private Optional<Instant> found(PollState poll, VideoTask answer, Consumer<TaskRecord> onFound) {
        TaskRecord record = poll.task().record();
        // The usual answer, with the same id and wire key, costs no query to the ledger.
        if (!answer.id().equals(poll.task().taskId()) || !Objects.equals(answer.wireKey(), record.wireKey())) {
            Optional<String> mismatch =
                    identity.mismatch(record, poll.task().service().sendKey(), answer);
            if (mismatch.isPresent()) {
                TaskIdentity.warnOfMismatch(record, answer, mismatch.get());
                return Optional.of(times.afterFailure(poll, null));
            }
            if (record.wireKey() == null && answer.wireKey() != null) {
                imports.identify(record, answer, poll.task().service()).ifPresent(onFound);
            }
        }
        return accepted(poll, answer.namedBy(poll.task().record()));
    }

    private Optional<Instant> accepted(PollState poll, VideoTask answer) {
        boolean isLate = TaskReader.isWithoutAddress(answer) && !poll.isAddressOverdue(clock.instant());
        VideoTask seen = isLate ? TaskReader.asRunning(answer) : TaskReader.resultMissing(answer);
        completions.notifyListener(seen, poll::polled);
        if (seen.status().isTerminal()) {
            completions.completed(poll.task(), seen, CompletionSource.POLL);
            return Optional.empty();
        }
        LOG.debug("Task {} is {} at {} %", seen.id(), seen.status(), seen.progress());
        poll.answered(seen);
        return Optional.of(isLate ? times.within(poll, LateAddress.INTERVAL) : times.afterRunning(poll));
    }

    private Instant denied(PollState poll, SoraException answer) {
        Instant now = clock.instant();
        if (now.isBefore(poll.missing(now).plus(MISSING_GRACE))) {
            return times.within(poll, MISSING_INTERVAL);
        }
        completions.denied(poll.task(), answer);
        return times.afterFailure(poll, null);
    }

    private void logFailure(TaskEntry task, QueryAnswer answer) {
        if (answer instanceof QueryAnswer.RetryLater busy && !busy.isRedirect()) {
            LOG.debug(
                    "Poll of task {} failed: {}",
                    task.taskId(),
                    answer.failure().getMessage());
        } else {
            // Lasts until baseUrl, or the account's key, is corrected; all else passes.
            rejections.rejected(task, answer);
        }
    }
}

package io.github.camelsora.internal.poll;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.poll.learned.ExpectedEnds;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.TaskIdentity;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries tasks on behalf of routes. An answer that is about another task is ignored, and the query repeated. */
public final class StatusQueries {
    private static final Logger LOG = LoggerFactory.getLogger(StatusQueries.class);
    private static final int MOST_TRIES = 3;

    private final TaskLedger ledger;
    private final RateLimitedClient queries;
    private final TaskIdentity identity;
    private final CompletionHandler completions;
    private final ExpectedEnds expectedEnds;

    public StatusQueries(
            TaskLedger ledger,
            RateLimitedClient queries,
            TaskIdentity identity,
            CompletionHandler completions,
            ExpectedEnds expectedEnds) {
        this.ledger = ledger;
        this.queries = queries;
        this.identity = identity;
        this.completions = completions;
        this.expectedEnds = expectedEnds;
    }

    /**
     * The answer to a query.
     *
     * @param task the task, under the names that the ledger has for it
     * @param expectedAt when it is expected to end; null for a task that has ended, and when that is not known
     */
    public record SeenTask(VideoTask task, Instant expectedAt) {}

    /**
     * Queries a task. If it has ended, and stands in the ledger, the ledger has its result when this returns.
     *
     * @param service the service to query
     * @param taskId the service's id
     * @return the task, and when it is expected to end
     * @throws SoraException if there is no answer, or none about this task
     */
    public SeenTask query(ServiceProfile service, String taskId) {
        Optional<TaskRecord> record = find(service, taskId);
        try (TaskScope scope = scope(record, taskId)) {
            VideoTask seen = query(service, taskId, record);
            return record.map(known -> statusSeen(known, seen))
                    .orElseGet(() -> new SeenTask(LateAddress.asShown(seen, ledger.now()), null));
        }
    }

    private SeenTask statusSeen(TaskRecord record, VideoTask seen) {
        VideoTask shown = completions.statusSeen(record, seen);
        return new SeenTask(
                shown, expectedEnds.of(shown, () -> PolledTask.of(record)).orElse(null));
    }

    /**
     * Queries a task, and writes nothing.
     *
     * @param service the service to query
     * @param taskId the service's id
     * @return the task as the service describes it
     * @throws SoraException if there is no answer, or none about this task
     */
    public VideoTask look(ServiceProfile service, String taskId) {
        Optional<TaskRecord> record = find(service, taskId);
        try (TaskScope scope = scope(record, taskId)) {
            return query(service, taskId, record);
        }
    }

    private static TaskScope scope(Optional<TaskRecord> record, String taskId) {
        return record.map(TaskScope::of).orElseGet(() -> TaskScope.of(null, taskId, null));
    }

    private Optional<TaskRecord> find(ServiceProfile service, String taskId) {
        try {
            return ledger.findByTaskId(service.account(), taskId);
        } catch (RuntimeException e) {
            // The route gets its answer all the same. A completion is seen again by the next poll.
            LOG.warn(
                    "Task {} could not be read from the ledger; the status call is answered without its record",
                    taskId,
                    e);
            return Optional.empty();
        }
    }

    private VideoTask query(ServiceProfile service, String taskId, Optional<TaskRecord> record) {
        if (record.filter(service::mustBeQueriedElsewhere).isPresent()) {
            throw WaitExceptions.elsewhere(record.get(), service);
        }
        String reason = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            QueryAnswer answer = queries.query(service, taskId);
            if (answer instanceof QueryAnswer.NotFound
                    && record.filter(service::isAtOtherService).isPresent()) {
                throw WaitExceptions.elsewhere(record.get(), service);
            }
            if (!(answer instanceof QueryAnswer.Found found)) {
                throw answer.failure();
            }
            Optional<String> mismatch =
                    record.flatMap(known -> identity.mismatch(known, service.sendKey(), found.task()));
            if (mismatch.isEmpty()) {
                return found.task();
            }
            reason = mismatch.get();
            TaskIdentity.warnOfMismatch(record.get(), found.task(), reason);
        }
        throw new ServiceUnavailableException(
                "The service answers the query for task " + taskId + " with another task: " + reason
                        + ". This says nothing about the task, which may run on.",
                About.accepted(record.map(TaskRecord::key).orElse(null), taskId),
                null);
    }
}

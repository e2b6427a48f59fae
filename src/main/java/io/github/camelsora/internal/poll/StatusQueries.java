package io.github.camelsora.internal.poll;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.LateAddress;
import io.github.camelsora.internal.track.TaskIdentity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a task on behalf of a route. An answer that is about another task is not believed: it is asked for again. */
public final class StatusQueries {
    private static final Logger LOG = LoggerFactory.getLogger(StatusQueries.class);
    private static final int MOST_TRIES = 3;

    private final TaskLedger ledger;
    private final RateLimitedClient queries;
    private final TaskIdentity identity;
    private final CompletionHandler completions;

    public StatusQueries(
            TaskLedger ledger, RateLimitedClient queries, TaskIdentity identity, CompletionHandler completions) {
        this.ledger = ledger;
        this.queries = queries;
        this.identity = identity;
        this.completions = completions;
    }

    /**
     * Asks for a task. If it has ended, and the ledger knows it, its end is in the ledger when this returns.
     *
     * @param service whom to ask
     * @param taskId the service's id
     * @return the task, under the names that the ledger has for it
     * @throws SoraException if there is no answer, or none about this task
     */
    public VideoTask ask(ServiceProfile service, String taskId) {
        Optional<TaskRecord> record = find(service, taskId);
        VideoTask seen = ask(service, taskId, record);
        return record.map(known -> completions.signal(known, seen))
                .orElseGet(() -> LateAddress.asShown(seen, ledger.now()));
    }

    /**
     * Asks for a task, and writes nothing.
     *
     * @param service whom to ask
     * @param taskId the service's id
     * @return the task as the service describes it
     * @throws SoraException if there is no answer, or none about this task
     */
    public VideoTask look(ServiceProfile service, String taskId) {
        return ask(service, taskId, find(service, taskId));
    }

    private Optional<TaskRecord> find(ServiceProfile service, String taskId) {
        try {
            return ledger.findByTaskId(service.account(), taskId);
        } catch (RuntimeException e) {
            // The route gets its answer all the same. The end is seen again by the next poll.
            LOG.warn("Task {} could not be looked up in the ledger", taskId, e);
            return Optional.empty();
        }
    }

    private VideoTask ask(ServiceProfile service, String taskId, Optional<TaskRecord> record) {
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
            Optional<String> doubt = record.flatMap(known -> identity.mismatch(known, service.sendKey(), found.task()));
            if (doubt.isEmpty()) {
                return found.task();
            }
            reason = doubt.get();
            CompletionHandler.warnOfAnother(record.get(), found.task(), reason);
        }
        throw new ServiceUnavailableException(
                "The service answers the question for task " + taskId + " with another task: " + reason
                        + ". This says nothing about the task, which may run on.",
                About.accepted(record.map(TaskRecord::key).orElse(null), taskId),
                null);
    }
}

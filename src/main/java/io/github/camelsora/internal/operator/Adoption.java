package io.github.camelsora.internal.operator;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.track.ImportedTasks;
import io.github.camelsora.internal.track.TaskIdentity;
import java.util.Optional;

/** Gives a lost submit the task that an operator has found, if nothing says that it is the task of another. */
public final class Adoption {
    private final TaskLedger ledger;
    private final StatusQueries queries;
    private final TaskIdentity identity;
    private final ImportedTasks imports;
    private final PollScheduler polls;

    public Adoption(
            TaskLedger ledger,
            StatusQueries queries,
            TaskIdentity identity,
            ImportedTasks imports,
            PollScheduler polls) {
        this.ledger = ledger;
        this.queries = queries;
        this.identity = identity;
        this.imports = imports;
        this.polls = polls;
    }

    void adopt(TaskRecord lost, String taskId, ServiceProfile service, LedgerWriter by) {
        ActionRules.check(LedgerAction.adopt, lost);
        if (!BaseUrl.isId(taskId)) {
            throw refused(lost, "name the id of the task, as the vendor's console shows it", null);
        }
        VideoTask task = query(lost, taskId, service);
        Optional<String> mismatch =
                identity.mismatchOfFound(lost, task).or(() -> mismatchOfHolder(lost, taskId, task.id()));
        if (mismatch.isPresent()) {
            throw refused(lost, "task " + taskId + " is not its task: " + mismatch.get(), null);
        }
        TaskRecord adopted = giveTask(lost, taskId, service, by)
                .orElseThrow(() -> refused(lost, "it was found or changed meanwhile; look at it again", null));
        imports.merge(adopted);
        polls.followAccepted(adopted, task.namedBy(adopted), service);
    }

    /** Asked before anything is written; the ledger asks again. */
    private Optional<String> mismatchOfHolder(TaskRecord lost, String taskId, String otherForm) {
        return ledger.findByTaskId(lost.account(), taskId)
                .or(() -> ledger.findByTaskId(lost.account(), otherForm))
                .filter(holder -> holder.request() != null)
                .map(holder -> "task " + holder.taskId() + " is that of key " + holder.key());
    }

    private Optional<TaskRecord> giveTask(TaskRecord lost, String taskId, ServiceProfile service, LedgerWriter by) {
        try {
            return imports.giveTask(lost, taskId, service.timeouts().trackUntil(ledger.now()), by);
        } catch (TaskTakenException e) {
            throw new IllegalArgumentException(
                    "Key " + lost.key() + " was given no task: " + e.getMessage()
                            + ", which was given it meanwhile. It is UNKNOWN, and is searched for",
                    e);
        }
    }

    private VideoTask query(TaskRecord lost, String taskId, ServiceProfile service) {
        try {
            return queries.look(service, taskId);
        } catch (TaskNotFoundException e) {
            throw refused(lost, "the service does not know task " + taskId, e);
        } catch (SoraException e) {
            throw refused(lost, "whether task " + taskId + " is its task could not be queried; try again later", e);
        }
    }

    private static IllegalArgumentException refused(TaskRecord record, String reason, Exception cause) {
        return new IllegalArgumentException(
                "Key " + record.key() + " was given no task: " + reason + ". Nothing was changed", cause);
    }
}

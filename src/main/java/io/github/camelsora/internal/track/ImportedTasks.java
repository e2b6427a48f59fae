package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskTakenException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of tasks that {@code sora:await} has put into the ledger by their ids. Such a task may be one of our own submits whose
 * answer was lost: when that submit is found, by a search, a webhook or a poll, the two records are merged.
 */
public final class ImportedTasks {
    private static final Logger LOG = LoggerFactory.getLogger(ImportedTasks.class);
    private static final String OPERATION = "await";
    private static final String KEY_PREFIX = "task:";

    private final TaskLedger ledger;
    private final LedgerWriter writer;
    private final String node;
    private final TaskRegistry registry;
    private final WaitFailures failures;
    private final AdoptionRevocation adoptions;

    /**
     * Creates it.
     *
     * @param node the name of this node in the ledger
     */
    public ImportedTasks(
            TaskLedger ledger,
            LedgerWriter writer,
            String node,
            TaskRegistry registry,
            WaitFailures failures,
            AdoptionRevocation adoptions) {
        this.ledger = ledger;
        this.writer = writer;
        this.node = node;
        this.registry = registry;
        this.failures = failures;
        this.adoptions = adoptions;
    }

    /**
     * A record with a key made of the id: two that await one task at once find one record.
     *
     * @param number 0; more when records of users stand under the keys of the numbers before
     */
    public static TaskRecord newRecord(
            String taskId, int number, ServiceProfile service, TaskLabels label, String node, Instant now) {
        return new TaskRecord(
                service.account(),
                key(taskId, number),
                null,
                service.baseUrl(),
                OPERATION,
                null,
                TaskState.RUNNING,
                taskId,
                null,
                node,
                new Times(now, now, null, null, null),
                new Due(service.timeouts().trackUntil(now), null),
                0,
                label.tag(),
                label.headers(),
                label.origin(),
                TaskPrice.UNKNOWN,
                0);
    }

    private static String key(String taskId, int number) {
        return KEY_PREFIX + taskId + (number == 0 ? "" : "#" + number);
    }

    private Optional<TaskRecord> find(String account, String taskId) {
        for (int number = 0; ; number++) {
            Optional<TaskRecord> standing = ledger.find(account, key(taskId, number));
            if (standing.isEmpty() || isImported(standing.get())) {
                return standing;
            }
        }
    }

    public static boolean isImported(TaskRecord record) {
        return record.request() == null && record.operation().equals(OPERATION);
    }

    /**
     * A poll of an imported task was answered with the wire key of one of our own submits: if that one is lost, it is found. If it
     * is known by another form of the id, its result is delivered under its own key, and under the import only to an exchange
     * that claims it.
     *
     * @return the record of our own submit which is to be followed from now on, because it was lost or set aside; empty when
     *     there is none
     */
    public Optional<TaskRecord> identify(TaskRecord imported, VideoTask answer, ServiceProfile service) {
        TaskRecord own =
                ledger.findByWireKey(imported.account(), answer.wireKey()).orElse(null);
        if (own == null) {
            return Optional.empty();
        }
        Instant trackUntil = service.timeouts().trackUntil(ledger.now());
        if (own.taskId() != null) {
            // Before the import is closed: after a crash in between, nothing else would resume it.
            Optional<TaskRecord> resumed = resumeIfSetAside(own, trackUntil);
            if (answer.status().isTerminal() && !TaskReader.isWithoutAddress(answer)) {
                recordAsDelivered(imported, answer);
            }
            return resumed;
        }
        Optional<TaskRecord> recovered = recover(own, imported.taskId(), trackUntil);
        recovered.ifPresent(found -> LOG.info(
                "Found the lost submit of key {}: it is task {}, which is awaited by its id",
                found.key(),
                found.taskId()));
        return recovered;
    }

    /** Its result is delivered under its own key, which nothing does unless it is followed again. */
    private Optional<TaskRecord> resumeIfSetAside(TaskRecord own, Instant trackUntil) {
        if (own.state() != TaskState.SET_ASIDE || own.result() != null) {
            return Optional.empty();
        }
        LOG.info(
                "Task {} (key {}), which was set aside, is awaited by another form of its id and is followed again",
                own.taskId(),
                own.key());
        return writer.apply(TaskKey.of(own), new TaskEvent.TaskResumed(trackUntil))
                .standing();
    }

    /**
     * A lost submit is found to be a task. An import of the same task that no exchange claims is removed, so that the task is not
     * delivered twice; what was delivered under the import counts for both.
     *
     * @return the record, which runs; empty when the submit is no longer lost, or is another task by now, or when another key was
     *     given the task
     */
    public Optional<TaskRecord> recover(TaskRecord lost, String taskId, Instant trackUntil) {
        Optional<TaskRecord> recovered;
        try {
            recovered = giveToNewest(lost, taskId, trackUntil);
        } catch (TaskTakenException e) {
            LOG.warn(
                    "The lost submit of key {} was found to be task {}, which it is not given: {}. It stays lost",
                    lost.key(),
                    taskId,
                    e.getMessage());
            return Optional.empty();
        }
        recovered.ifPresent(this::merge);
        return recovered;
    }

    /** Also when the submit is set aside, or its loss is reported, at the same time: nothing may name its task again. */
    private Optional<TaskRecord> giveToNewest(TaskRecord lost, String taskId, Instant trackUntil) {
        return giveTask(lost, taskId, trackUntil)
                .or(() -> stillLost(lost).flatMap(newest -> giveToNewest(newest, taskId, trackUntil)));
    }

    /** The newest record of a lost submit, if it has changed and is still lost. */
    private Optional<TaskRecord> stillLost(TaskRecord lost) {
        return ledger.find(lost.account(), lost.key())
                .filter(newest -> newest.version() != lost.version() && newest.taskId() == null)
                .filter(newest -> newest.state() == TaskState.UNKNOWN || newest.state() == TaskState.SET_ASIDE)
                .filter(newest -> Objects.equals(newest.wireKey(), lost.wireKey()));
    }

    /**
     * Gives a lost submit the task that the service says it is. An import of the task is left to {@link #merge}.
     *
     * @return the record, which runs; empty when the submit is no longer lost, or is another task by now
     * @throws TaskTakenException if the task is that of another key; the submit stays lost
     */
    public Optional<TaskRecord> giveTask(TaskRecord lost, String taskId, Instant trackUntil) {
        try {
            return giveTask(lost, taskId, trackUntil, writer);
        } catch (TaskTakenException e) {
            if (adoptions.revoke(TaskKey.of(lost), taskId, true)) {
                return giveTask(lost, taskId, trackUntil, writer);
            }
            throw e;
        }
    }

    /**
     * The same by command of an operator, which takes the task from no other key.
     *
     * @param by writes the record
     */
    public Optional<TaskRecord> giveTask(TaskRecord lost, String taskId, Instant trackUntil, LedgerWriter by) {
        TaskKey key = TaskKey.of(lost);
        if (lost.state() == TaskState.SET_ASIDE) {
            // As it was read: if it was found and set aside again meanwhile, it stays so.
            by.applyTo(lost, new TaskEvent.TaskResumed(trackUntil));
        }
        return by.apply(key, new TaskEvent.LostSubmitFound(lost.wireKey(), taskId, trackUntil))
                .standing()
                .filter(record -> record.state() == TaskState.RUNNING && taskId.equals(record.taskId()));
    }

    /** Merges an import of the task of a submit that was lost into its record, as {@link #recover} does. */
    public void merge(TaskRecord found) {
        TaskRecord imported = find(found.account(), found.taskId()).orElse(null);
        if (imported == null || registry.isClaimed(TaskKey.of(imported))) {
            return;
        }
        if (imported.state() == TaskState.DELIVERED) {
            recordAsDelivered(found, TaskJson.read(imported.result()));
        } else if (imported.owner() == null || node.equals(imported.owner())) {
            failures.removeAndFailWaits(
                    TaskKey.of(imported),
                    () -> writer.applyTo(imported, new TaskEvent.ImportMerged()).isChanged(),
                    WaitExceptions.merged(imported, found));
        }
    }

    /** Closes a record whose result was delivered under another key, unless an exchange of this node claims it. */
    private void recordAsDelivered(TaskRecord found, VideoTask result) {
        TaskKey key = TaskKey.of(found);
        if (!registry.isClaimed(key)) {
            writer.apply(key, new TaskEvent.TaskCompleted(found.taskId(), result, TaskEvent.ClaimHere.NONE))
                    .required();
            writer.apply(key, new TaskEvent.Delivered(found.taskId(), false));
        }
    }
}

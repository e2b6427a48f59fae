package io.github.camelsora.internal.recovery;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of tasks that {@code sora:await} has put into the ledger by their ids. Such a task may turn out to be one of our
 * own whose answer was lost: then the two records are merged.
 */
public final class ImportedTasks {
    private static final Logger LOG = LoggerFactory.getLogger(ImportedTasks.class);
    private static final String OPERATION = "await";
    private static final String KEY_PREFIX = "task:";

    private final TaskLedger ledger;
    private final TaskTracker tracker;

    public ImportedTasks(TaskLedger ledger, TaskTracker tracker) {
        this.ledger = ledger;
        this.tracker = tracker;
    }

    /**
     * A record with a key made of the id: two that await one task at once find one record.
     *
     * @param number 0; more when records of users stand under the keys of the numbers before
     */
    static TaskRecord newRecord(
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
     * that holds it.
     */
    public void identify(TaskRecord imported, VideoTask answer, ServiceProfile service) {
        TaskRecord own =
                ledger.findByWireKey(imported.account(), answer.wireKey()).orElse(null);
        if (own == null) {
            return;
        }
        if (own.taskId() != null) {
            if (answer.status().isTerminal() && !TaskReader.isWithoutAddress(answer)) {
                tracker.deliveredBefore(imported, answer);
            }
            return;
        }
        tracker.recover(own, imported.taskId(), service.timeouts().trackUntil(ledger.now()))
                .ifPresent(found -> {
                    LOG.info(
                            "Found the lost submit of key {}: it is task {}, which is awaited by its id",
                            found.key(),
                            found.taskId());
                    merge(found);
                    tracker.adoptOwn(found, service);
                });
    }

    /**
     * A lost submit was found. A record of the same task that no exchange holds is removed, so that the task is not delivered
     * twice; what was delivered under it counts for both.
     */
    public void merge(TaskRecord found) {
        TaskRecord imported = find(found.account(), found.taskId()).orElse(null);
        if (imported == null || tracker.isHeld(TaskKey.of(imported))) {
            return;
        }
        if (imported.state() == TaskState.DELIVERED) {
            tracker.deliveredBefore(found, TaskJson.read(imported.result()));
        } else if (imported.owner() == null || tracker.isOwn(imported)) {
            tracker.forgotten(
                    TaskKey.of(imported),
                    () -> tracker.steps()
                            .applyTo(imported, new TaskEvent.ImportMerged())
                            .isChanged(),
                    WaitExceptions.merged(imported, found));
        }
    }
}

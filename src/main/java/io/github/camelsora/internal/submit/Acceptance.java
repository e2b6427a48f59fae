package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down the id of what was paid for, however long the ledger is away: nobody else knows it. */
final class Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private final TaskLedger ledger;
    private final TaskTracker tracker;
    private final RetryingExecutor http;

    Acceptance(TaskLedger ledger, TaskTracker tracker, RetryingExecutor http) {
        this.ledger = ledger;
        this.tracker = tracker;
        this.http = http;
    }

    /** The service has accepted a submit. */
    void take(SubmitCommand command, TaskRecord intent, VideoTask task) {
        TaskKey key = command.key();
        try {
            LOG.info("Submitted {} as task {} (key {})", command.operation(), task.id(), key.key());
            write(command, intent, task);
        } catch (RuntimeException | Error e) {
            // First, since nothing else knows the id.
            writeLater(command, intent, task);
            SoraException failure = SubmitExceptions.unwritten(key, task.id(), e);
            tracker.failed(key, failure);
            LOG.error("{}", failure.getMessage(), e);
        }
    }

    private void write(SubmitCommand command, TaskRecord intent, VideoTask task) {
        ServiceProfile service = command.service();
        Instant trackUntil = service.timeouts().trackUntil(ledger.now());
        TaskRecord record = tracker.steps()
                .apply(TaskKey.of(intent), new TaskEvent.SubmitAccepted(intent.wireKey(), task.id(), trackUntil))
                .required();
        if (!task.id().equals(record.taskId())) {
            throw new IllegalStateException("Its record is that of task " + record.taskId());
        }
        tracker.accepted(record, task.namedBy(record), service);
    }

    /** The ledger was away when the id came. */
    private void writeLater(SubmitCommand command, TaskRecord intent, VideoTask task) {
        TaskKey key = command.key();
        Runnable write = () -> {
            try {
                if (isItsRecord(intent, task.id())) {
                    write(command, intent, task);
                    LOG.info("Task {} (key {}) is in the ledger now", task.id(), key.key());
                } else {
                    LOG.error(
                            "Task {} was paid for under key {}, which is no longer its key: wait for it with sora:await",
                            task.id(),
                            key.key());
                }
            } catch (RuntimeException e) {
                LOG.warn("Task {} (key {}) is still not in the ledger", task.id(), key.key(), e);
                writeLater(command, intent, task);
            }
        };
        http.executeAfter(TaskTracker.LEDGER_PAUSE, write);
    }

    /** Also when it is written already: the ledger may have done it and not said so. */
    private boolean isItsRecord(TaskRecord intent, String taskId) {
        return ledger.find(intent.account(), intent.key())
                .filter(record -> Objects.equals(intent.wireKey(), record.wireKey()))
                .filter(record -> record.state() == TaskState.INTENT
                        || record.state() == TaskState.UNKNOWN
                        || taskId.equals(record.taskId()))
                .isPresent();
    }
}

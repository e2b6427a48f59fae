package io.github.camelsora.internal.cluster;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.DeliveryNotifier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, every hour, of tasks that wait for a delivery while no route of this node receives them. */
final class UndeliveredTaskWarning {
    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredTaskWarning.class);

    /** Long enough for a route of another JVM to receive the task. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int LIMIT = 100;

    private final TaskLedger ledger;
    private final DeliveryNotifier notifier;
    private final Map<String, Instant> nextWarnings = new HashMap<>();

    UndeliveredTaskWarning(TaskLedger ledger, DeliveryNotifier notifier) {
        this.ledger = ledger;
        this.notifier = notifier;
    }

    void warn(ServiceProfile service) {
        Instant now = ledger.now();
        if (now.isBefore(nextWarnings.getOrDefault(service.account(), Instant.MIN))) {
            return;
        }
        List<TaskRecord> undelivered = ledger.findDue(service.account(), null, LIMIT).stream()
                .filter(record -> record.due().nextDelivery().isBefore(now.minus(GRACE)))
                .filter(record -> !notifier.hasSubscriber(record))
                .toList();
        if (!undelivered.isEmpty()) {
            nextWarnings.put(service.account(), now.plus(INTERVAL));
            TaskRecord first = undelivered.get(0);
            LOG.warn(
                    "{} tasks of account '{}' wait for a delivery, and no route of this node receives them: add"
                            + " from(\"sora:tasks\"). The first is {} (key {}, tag {}), due since {}; the service keeps"
                            + " a video for 24 hours",
                    undelivered.size() < LIMIT ? undelivered.size() : LIMIT + " or more",
                    service.account(),
                    first.taskId(),
                    first.key(),
                    first.tag(),
                    first.due().nextDelivery());
        }
    }
}

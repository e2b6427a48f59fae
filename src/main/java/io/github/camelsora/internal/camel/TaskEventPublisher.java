package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraTaskEvent;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.TaskEventInfo;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.ChangeObserver;
import io.github.camelsora.internal.time.GuardedCall;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;

/** Notifies the user's listener and Camel's event notifiers of changes of tasks. */
final class TaskEventPublisher implements ChangeObserver {
    private final CamelContext context;
    private final Object source;
    private final TaskListener listener;

    TaskEventPublisher(CamelContext context, Object source, TaskListener listener) {
        this.context = context;
        this.source = source;
        this.listener = listener;
    }

    @Override
    public void changed(HistoryEntry entry, Change change) {
        TaskRecord record = change.standing().orElse(change.before());
        TaskEventInfo info = new TaskEventInfo(
                entry, record.taskId(), record.operation(), record.tag(), record.origin(), record.price());
        GuardedCall.run("The task listener, for key " + entry.key() + ",", () -> listener.event(info));
        SoraTaskEvent event = new SoraTaskEvent(source, info);
        for (EventNotifier notifier : context.getManagementStrategy().getEventNotifiers()) {
            GuardedCall.run("An event notifier, for key " + entry.key() + ",", () -> notify(notifier, event));
        }
    }

    private static void notify(EventNotifier notifier, SoraTaskEvent event) {
        try {
            if (!notifier.isDisabled() && notifier.isEnabled(event)) {
                notifier.notify(event);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

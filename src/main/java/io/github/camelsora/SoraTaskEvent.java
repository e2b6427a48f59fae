package io.github.camelsora;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.TaskEventInfo;
import java.util.EventObject;
import org.apache.camel.spi.CamelEvent;

/**
 * Reaches Camel's event notifiers when the state of a task has changed, or an operator has acted on it. It is sent by the JVM that
 * has written the change, right after it; a notifier must not block.
 */
public final class SoraTaskEvent extends EventObject implements CamelEvent {
    private static final long serialVersionUID = 1L;

    private final transient TaskEventInfo info;
    private long timestamp;

    /**
     * Creates the event.
     *
     * @param component the component that sends it
     * @param info what has happened
     */
    public SoraTaskEvent(Object component, TaskEventInfo info) {
        super(component);
        this.info = info;
        this.timestamp = info.change().at().toEpochMilli();
    }

    /**
     * What has happened.
     *
     * @return the change, and the task that it is about
     */
    public TaskEventInfo getInfo() {
        return info;
    }

    @Override
    public Type getType() {
        return Type.Custom;
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public String toString() {
        HistoryEntry change = info.change();
        return "Task of key " + change.key() + ": " + change.event() + ", from " + change.from() + " to " + change.to();
    }
}

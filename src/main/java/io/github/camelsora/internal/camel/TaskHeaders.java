package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.StatusQueries.SeenTask;
import java.util.List;
import org.apache.camel.Message;

/** The headers that describe a task. */
public final class TaskHeaders {
    private static final List<String> ALL = List.of(
            SoraConstants.TASK_ID,
            SoraConstants.TASK_KEY,
            SoraConstants.WIRE_KEY,
            SoraConstants.STATUS,
            SoraConstants.PROGRESS,
            SoraConstants.EXPECTED_AT,
            SoraConstants.VIDEO_URL,
            SoraConstants.EXPIRES_AT,
            SoraConstants.ERROR_CODE,
            SoraConstants.ERROR_MESSAGE,
            SoraConstants.SOURCE_ID,
            SoraConstants.ESTIMATED_CREDITS,
            SoraConstants.CHARGED_CREDITS);

    private TaskHeaders() {}

    /**
     * Writes all headers; those without a value are removed, so that nothing of an earlier task remains. Only the correlation id
     * stays: it belongs to the process that the message is part of, not to one task.
     */
    public static void write(Message message, VideoTask task) {
        write(message, new SeenTask(task, null));
    }

    /** The same, with the time at which a running task is expected to end. */
    static void write(Message message, SeenTask seen) {
        VideoTask task = seen.task();
        set(message, SoraConstants.TASK_ID, task.id());
        set(message, SoraConstants.TASK_KEY, task.key());
        set(message, SoraConstants.WIRE_KEY, task.wireKey());
        set(message, SoraConstants.STATUS, task.status().name());
        set(message, SoraConstants.PROGRESS, task.progress());
        set(message, SoraConstants.EXPECTED_AT, seen.expectedAt());
        set(message, SoraConstants.VIDEO_URL, task.videoUrl());
        set(message, SoraConstants.EXPIRES_AT, task.expiresAt());
        set(message, SoraConstants.ERROR_CODE, task.errorCode());
        set(message, SoraConstants.ERROR_MESSAGE, task.errorMessage());
        set(message, SoraConstants.SOURCE_ID, task.sourceId());
        set(message, SoraConstants.ESTIMATED_CREDITS, task.estimatedCredits());
        set(message, SoraConstants.CHARGED_CREDITS, task.chargedCredits());
        if (task.correlationId() != null) {
            message.setHeader(SoraConstants.CORRELATION_ID, task.correlationId());
        }
    }

    /** Writes what an exception knows of its task, for error handlers; nothing of an earlier task remains. */
    static void write(Message message, SoraException failure) {
        if (failure.getTask() != null) {
            write(message, failure.getTask());
        } else if (failure.getTaskId() != null || failure.getTaskKey() != null) {
            removeAll(message);
            set(message, SoraConstants.TASK_ID, failure.getTaskId());
            set(message, SoraConstants.TASK_KEY, failure.getTaskKey());
        }
    }

    /** Removes all headers, before an operation on another task. */
    static void removeAll(Message message) {
        ALL.forEach(message::removeHeader);
    }

    private static void set(Message message, String name, Object value) {
        if (value == null) {
            message.removeHeader(name);
        } else {
            message.setHeader(name, value);
        }
    }
}

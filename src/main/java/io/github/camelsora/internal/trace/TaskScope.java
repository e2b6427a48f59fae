package io.github.camelsora.internal.trace;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import java.util.Objects;
import org.slf4j.MDC;

/**
 * The task that this thread works on, in the MDC for its log lines. Pools are shared and callers have an MDC of their own, so
 * closing the scope restores the three names as they were, and no other name is touched. Work goes on when the MDC fails.
 */
public final class TaskScope implements AutoCloseable {
    public static final String KEY = "sora.key";
    public static final String TASK_ID = "sora.taskId";
    public static final String CORRELATION_ID = "sora.correlationId";

    private static final Names NONE = new Names(null, null, null);

    private final Names before;

    private record Names(String key, String taskId, String correlationId) {
        static Names current() {
            return new Names(MDC.get(KEY), MDC.get(TASK_ID), MDC.get(CORRELATION_ID));
        }

        /** An inner scope of the same task may know less of it. */
        Names within(Names outer) {
            boolean isSameTask = key == null ? Objects.equals(taskId, outer.taskId) : key.equals(outer.key);
            return isSameTask
                    ? new Names(
                            outer.key,
                            taskId == null ? outer.taskId : taskId,
                            correlationId == null ? outer.correlationId : correlationId)
                    : this;
        }

        void set() {
            set(KEY, key);
            set(TASK_ID, taskId);
            set(CORRELATION_ID, correlationId);
        }

        private static void set(String name, String value) {
            if (value == null) {
                MDC.remove(name);
            } else {
                MDC.put(name, value);
            }
        }
    }

    private TaskScope(Names names) {
        Names outer = NONE;
        try {
            outer = Names.current();
            names.within(outer).set();
        } catch (Throwable e) {
            // An adapter of the user's logging, or memory is out: log lines lack the names.
        }
        before = outer;
    }

    /** The task of a record. */
    public static TaskScope of(TaskRecord record) {
        return of(record.key(), record);
    }

    /**
     * The task of a key.
     *
     * @param record its record; null while it has none
     */
    public static TaskScope of(String key, TaskRecord record) {
        return record == null
                ? of(key, null, null)
                : of(key, record.taskId(), record.origin().correlationId());
    }

    /** A task as the service has described it. */
    public static TaskScope of(VideoTask task) {
        return of(task.key(), task.id(), task.correlationId());
    }

    /** A task by its names; null for one that is not known. */
    public static TaskScope of(String key, String taskId, String correlationId) {
        return new TaskScope(new Names(key, taskId, correlationId));
    }

    /** An action that runs later, on another thread, in the scope of this one. */
    public static Runnable inherited(Runnable action) {
        Names names = currentOrNone();
        return () -> {
            try (TaskScope scope = new TaskScope(names)) {
                action.run();
            }
        };
    }

    /** What an action records may be the id of a task that was paid for, so it runs also without names. */
    private static Names currentOrNone() {
        try {
            return Names.current();
        } catch (Throwable e) {
            // As above.
            return NONE;
        }
    }

    @Override
    public void close() {
        try {
            before.set();
        } catch (Throwable e) {
            // As above.
        }
    }
}

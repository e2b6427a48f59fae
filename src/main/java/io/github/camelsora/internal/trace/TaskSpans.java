package io.github.camelsora.internal.trace;

import io.github.camelsora.api.TaskRecord;
import java.util.function.Supplier;

/** The spans of calls to the service, in the traces of their tasks. What goes wrong with a span does not affect the call. */
public interface TaskSpans {
    /** No call is traced. */
    TaskSpans NONE = new TaskSpans() {
        @Override
        public <T> T trace(String name, TaskRecord record, Supplier<T> call) {
            return call.get();
        }
    };

    /**
     * Makes a call, in a span of its own if its task belongs to a trace.
     *
     * @param name what the call does, say {@code sora poll}
     * @param record the task
     * @param call the call
     * @return the result of the call
     */
    <T> T trace(String name, TaskRecord record, Supplier<T> call);
}

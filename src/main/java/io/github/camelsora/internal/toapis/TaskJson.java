package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.VideoTask;

/**
 * A task as JSON text: the form that the ledger keeps a result in, and that a {@link VideoTask} body converts to. Its fields
 * are those of {@link VideoTask#toMap}.
 */
public final class TaskJson {
    private TaskJson() {}

    /**
     * The task as JSON text.
     *
     * @param task the task
     * @return an object
     */
    public static String write(VideoTask task) {
        return Json.write(task.toMap());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param json the text
     * @return the task
     * @throws IllegalArgumentException if it is not the JSON of a task
     */
    public static VideoTask read(String json) {
        return Json.readMap(json)
                .map(VideoTask::fromMap)
                .orElseThrow(() -> new IllegalArgumentException("This is not the JSON of a task"));
    }
}

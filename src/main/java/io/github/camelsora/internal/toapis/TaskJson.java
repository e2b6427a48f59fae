package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.VideoTask;

/**
 * A task as JSON text: the form in which the ledger stores a result, and to which a {@link VideoTask} body converts. Its fields
 * are those of {@link VideoTask#toMap}.
 */
public final class TaskJson {
    private TaskJson() {}

    /**
     * Writes a task as JSON.
     *
     * @param task the task
     * @return the text of a JSON object
     */
    public static String write(VideoTask task) {
        return Json.write(task.toMap());
    }

    /**
     * Reads the form that {@link #write} writes.
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

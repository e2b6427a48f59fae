package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.VideoTask;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of a task in the ledger, without texts in which the service may have quoted the prompt. */
public final class StoredResult {
    private static final String NOT_STORED = "(not stored, because it may quote the prompt)";

    private StoredResult() {}

    /**
     * A task without its message on a failure and without the texts of its raw answer, ids excepted: services quote prompts in
     * fields of any name.
     *
     * @param task the task
     * @return a copy
     */
    public static VideoTask withoutPrompt(VideoTask task) {
        Map<String, Object> stored = task.toMap();
        stored.computeIfPresent("errorMessage", (name, message) -> NOT_STORED);
        stored.put("raw", withoutTexts(task.raw()));
        return VideoTask.fromMap(stored);
    }

    private static Map<String, Object> withoutTexts(Map<String, Object> raw) {
        Map<String, Object> kept = new LinkedHashMap<>(raw);
        kept.entrySet().removeIf(field -> !isKept(field.getKey(), field.getValue()));
        return kept;
    }

    private static boolean isKept(String name, Object value) {
        boolean isId = name.equals("id") || name.endsWith("_id");
        return value instanceof Number || value instanceof Boolean || isId && value instanceof String;
    }
}

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
        return new VideoTask(
                task.id(),
                task.key(),
                task.wireKey(),
                task.status(),
                task.progress(),
                task.model(),
                task.createdAt(),
                task.completedAt(),
                task.expiresAt(),
                task.videoUrl(),
                task.videos(),
                task.errorCode(),
                task.errorMessage() == null ? null : NOT_STORED,
                withoutTexts(task.raw()),
                task.sourceId(),
                task.correlationId(),
                task.estimatedCredits(),
                task.chargedCredits());
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

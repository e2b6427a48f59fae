package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.TaskStatus;
import java.util.Locale;

/** Maps the service's words for a task's status, documented or observed, in any case. */
final class StatusWord {
    private StatusWord() {}

    /** A missing word occurs right after acceptance, so it means queued; an unknown word means still running. */
    static TaskStatus read(String word) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "", "queued", "submitted", "pending", "not_start" -> TaskStatus.QUEUED;
            case "in_progress", "processing", "running" -> TaskStatus.IN_PROGRESS;
            case "completed", "complete", "succeeded", "succeed", "success", "done", "finished" -> TaskStatus.COMPLETED;
            case "failed",
                    "failure",
                    "error",
                    "rejected",
                    "timeout",
                    "timed_out",
                    "aborted",
                    "blocked",
                    "cancelled",
                    "canceled" -> TaskStatus.FAILED;
            case "expired" -> TaskStatus.EXPIRED;
            default -> TaskStatus.UNKNOWN;
        };
    }
}

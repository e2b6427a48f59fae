package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads a task from any envelope that occurs: {@code generation.task}, {@code video}, and the older {@code
 * {"code": 200, "data": [{…}]}}. Fields that are not in the contract are kept in {@link VideoTask#raw()}.
 */
public final class TaskReader {
    /** How long the service keeps a video, by its documentation; used when an answer does not say. */
    public static final Duration RESULT_LIFE = Duration.ofHours(24);

    /** Our error code for a task that is reported as completed without the address of a video. */
    static final String NO_RESULT = "result_missing";

    private static final int LONGEST_ID = 400;

    private TaskReader() {}

    /**
     * Reads a task as the service describes it. A completed task may have no address yet (see {@link #isWithoutAddress}).
     *
     * @param answer an answer's JSON object
     * @param base the service that answered; relative addresses are resolved against it
     * @return the task; empty when it has no id, or one that no ledger can store
     */
    public static Optional<VideoTask> read(JsonNode answer, BaseUrl base) {
        JsonNode task = unwrap(answer);
        String id = Fields.firstText(task, "id", "task_id");
        return id == null || !isStorable(id) ? Optional.empty() : Optional.of(read(id, task, answer, base));
    }

    /** Whether a ledger can store an id unchanged: it cannot with NUL, half of a character, or more than the column's length. */
    private static boolean isStorable(String id) {
        return id.length() <= LONGEST_ID
                && id.indexOf(0) < 0
                && id.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /**
     * Tells whether a task has completed without the address of a video. The address may come with a later answer.
     *
     * @param task a task
     * @return true if so
     */
    public static boolean isWithoutAddress(VideoTask task) {
        return task.status() == TaskStatus.COMPLETED && task.videoUrl() == null;
    }

    /**
     * Turns a task that has completed without an address into a failed one, for when no address is awaited any longer.
     *
     * @param task a task
     * @return the failed task with the error code {@code result_missing}; any other task as it is
     */
    public static VideoTask resultMissing(VideoTask task) {
        if (!isWithoutAddress(task)) {
            return task;
        }
        return withoutVideo(
                task,
                TaskStatus.FAILED,
                task.completedAt(),
                task.expiresAt(),
                NO_RESULT,
                "the service reports it as completed, but gives no address of a video");
    }

    /**
     * What a task counts as while its address may be late: one that has completed without one is still running.
     *
     * @param task a task
     * @return the running task; any other task as it is
     */
    public static VideoTask asRunning(VideoTask task) {
        return isWithoutAddress(task) ? withoutVideo(task, TaskStatus.IN_PROGRESS, null, null, null, null) : task;
    }

    private static VideoTask withoutVideo(
            VideoTask task,
            TaskStatus status,
            Instant completedAt,
            Instant expiresAt,
            String errorCode,
            String errorMessage) {
        return new VideoTask(
                task.id(),
                task.key(),
                task.wireKey(),
                status,
                task.progress(),
                task.model(),
                task.createdAt(),
                completedAt,
                expiresAt,
                null,
                List.of(),
                errorCode,
                errorMessage,
                task.raw(),
                task.sourceId(),
                task.correlationId(),
                task.estimatedCredits(),
                task.chargedCredits());
    }

    /**
     * Tells whether a task counts as failed only because it completed without an address of a video.
     *
     * @param task a task, say the result in the ledger
     * @return true if {@link #resultMissing} made it
     */
    public static boolean isWithoutResult(VideoTask task) {
        return task.status() == TaskStatus.FAILED && NO_RESULT.equals(task.errorCode());
    }

    private static JsonNode unwrap(JsonNode answer) {
        if (Fields.firstText(answer, "id", "task_id") != null) {
            return answer;
        }
        JsonNode data = answer.path("data");
        return data.isArray() && data.size() > 0 ? data.get(0) : data;
    }

    private static VideoTask read(String id, JsonNode task, JsonNode answer, BaseUrl base) {
        String wireKey = Fields.firstText(task, SubmitRequest.KEY_FIELD);
        TaskStatus status = StatusWord.read(Fields.firstText(task, "status"));
        List<Video> videos =
                status.isTerminal() ? VideoFinder.find(task, answer, status == TaskStatus.COMPLETED, base) : List.of();
        ApiError error = ApiError.ofTask(task, answer);
        return new VideoTask(
                id,
                WireKey.userKey(wireKey),
                wireKey,
                status,
                Fields.percent(task.path("progress")),
                Fields.firstText(task, "model"),
                Fields.firstInstant(task, "created_at", "submitted_at"),
                Fields.firstInstant(task, "completed_at", "finished_at"),
                Fields.firstInstant(task, "expires_at"),
                videos.isEmpty() ? null : videos.get(0).url(),
                videos,
                status.isFailure() ? error.code() : null,
                status.isFailure() ? error.message() : null,
                Json.toMap(answer),
                null,
                null,
                null,
                ChargedCredits.read(task, answer));
    }
}

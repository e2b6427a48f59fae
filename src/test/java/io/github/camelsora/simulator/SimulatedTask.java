package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * What the simulator knows of a task at one moment.
 *
 * @param id the task's id
 * @param call which kind of submit made it; {@link Call#OTHER} for one that a test put there
 * @param account the name of the account that paid for it
 * @param apiKey the key under which it was submitted
 * @param sourceId the id of the video that it remixes; null for a generation
 * @param clientBusinessId the caller's own id for it, also while look-up is off; null if it came without
 * @param request the body of its submit
 * @param state in which state it is
 * @param progress 0 to 100
 * @param acceptedAt when it was accepted
 * @param endedAt when it ended; null while it runs
 * @param expiresAt until when its URLs live; null unless it is completed
 * @param errorCode why it failed, in one word; null unless it did
 * @param errorMessage why it failed; null unless it did
 * @param videoUrls where its videos are; empty unless it is completed
 */
public record SimulatedTask(
        String id,
        Call call,
        String account,
        String apiKey,
        String sourceId,
        String clientBusinessId,
        JsonNode request,
        TaskState state,
        int progress,
        Instant acceptedAt,
        Instant endedAt,
        Instant expiresAt,
        String errorCode,
        String errorMessage,
        List<String> videoUrls) {

    static SimulatedTask of(Task task, Instant now, String fileBaseUrl) {
        Task.Order order = task.order();
        Task.Result end = task.result(now);
        boolean completed = end != null && !end.isFailure();
        return new SimulatedTask(
                task.id(),
                order.call(),
                order.account(),
                order.apiKey(),
                order.sourceId(),
                task.businessId(),
                order.request().deepCopy(),
                task.state(now),
                task.progress(now),
                order.acceptedAt(),
                end == null ? null : end.at(),
                task.urlsExpireAt(now),
                end == null ? null : end.errorCode(),
                end == null ? null : end.errorMessage(),
                completed ? FileHost.urls(fileBaseUrl, task) : List.of());
    }
}

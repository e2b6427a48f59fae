package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot of a task.
 *
 * @param id the task's id
 * @param call the kind of submit that created it; {@link Call#OTHER} if a test created it
 * @param account the name of the account that paid for it
 * @param apiKey the key under which it was submitted
 * @param sourceId the id of the video that it remixes; null for a generation
 * @param clientBusinessId the {@code client_business_id} of its submit, also while look-up is off; null for none
 * @param request the body of its submit
 * @param charged the credits that it cost
 * @param state its state
 * @param progress 0 to 100
 * @param acceptedAt when it was accepted
 * @param endedAt when it ended; null while it runs
 * @param expiresAt when its URLs expire; null unless it is completed
 * @param errorCode the error code; null unless it failed
 * @param errorMessage the error message; null unless it failed
 * @param videoUrls the URLs of its videos; empty unless it is completed
 */
public record SimulatedTask(
        String id,
        Call call,
        String account,
        String apiKey,
        String sourceId,
        String clientBusinessId,
        JsonNode request,
        long charged,
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
                order.price(),
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

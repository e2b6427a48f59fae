package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A task of the service. Its state follows from the clock, unless a test has ended it. */
final class Task {

    /** How long result URLs are valid. */
    static final Duration URL_LIFE = Duration.ofHours(24);

    /** How a task ended, and when. */
    record Result(Instant at, String errorCode, String errorMessage) {
        boolean isFailure() {
            return errorCode != null;
        }
    }

    /** What is fixed when a task is accepted. */
    record Order(
            String id,
            Call call,
            String account,
            String apiKey,
            String sourceId,
            JsonNode request,
            Instant acceptedAt,
            long price) {

        /** A task that was not submitted to this simulator. */
        static Order elsewhere(String id, String account, String apiKey, Instant now) {
            JsonNode request =
                    Json.object().put("model", SubmitRules.DEFAULT_MODEL).put("prompt", "A street in the rain");
            return new Order(id, Call.OTHER, account, apiKey, null, request, now, 0);
        }

        String text(String field, String otherwise) {
            JsonNode value = request.path(field);
            return value.isTextual() ? value.textValue() : otherwise;
        }
    }

    private final Order order;
    private final Duration duration;
    private final boolean fails;
    private final String signature = UUID.randomUUID().toString().replace("-", "");
    private Result result;
    private Instant urlsExpireAt;
    private int hiddenQueries;
    private String word;
    private JsonNode answer;

    Task(Order order, Duration duration, boolean fails, int hiddenQueries) {
        this.order = order;
        this.duration = Objects.requireNonNull(duration, "duration");
        this.fails = fails;
        this.hiddenQueries = hiddenQueries;
    }

    Order order() {
        return order;
    }

    String id() {
        return order.id();
    }

    String model() {
        return order.text("model", SubmitRules.DEFAULT_MODEL);
    }

    /** The {@code client_business_id}, or null. */
    String businessId() {
        return order.text("client_business_id", null);
    }

    /** The URL for its event, or null for the configured receiver. */
    String callbackUrl() {
        return order.text("callback_url", null);
    }

    String signature() {
        return signature;
    }

    boolean isPrivate() {
        return order.request().path("metadata").path("private").asBoolean();
    }

    int videos() {
        return order.request().path("metadata").path("n").asInt(1);
    }

    Instant due() {
        return order.acceptedAt().plus(duration);
    }

    /** The result, or null while it runs. Once returned, a result never changes, even if the clock is reset. */
    synchronized Result result(Instant now) {
        if (result == null && !now.isBefore(due())) {
            result = fails
                    ? new Result(due(), "generation_failed", "Generation failed: Content violates the content policy")
                    : new Result(due(), null, null);
        }
        return result;
    }

    /** Ends this task now, unless it has ended already. */
    synchronized void end(Instant now, String errorCode, String errorMessage) {
        if (result(now) == null) {
            result = new Result(now, errorCode, errorMessage);
        }
    }

    synchronized TaskState state(Instant now) {
        Result end = result(now);
        if (end != null) {
            return end.isFailure() ? TaskState.FAILED : TaskState.COMPLETED;
        }
        return progress(now) < 10 ? TaskState.QUEUED : TaskState.IN_PROGRESS;
    }

    /** 0 to 99 while it runs, 100 when completed, 0 when failed, as the service reports it. */
    synchronized int progress(Instant now) {
        Result end = result(now);
        if (end != null) {
            return end.isFailure() ? 0 : 100;
        }
        long age = Duration.between(order.acceptedAt(), now).toMillis();
        return (int) Math.max(0, Math.min(99, 100.0 * age / duration.toMillis()));
    }

    synchronized void expire(Instant now) {
        end(now, null, null);
        urlsExpireAt = now;
    }

    /** When its URLs expire; null while it runs and when it has failed. */
    synchronized Instant urlsExpireAt(Instant now) {
        Result end = result(now);
        if (end == null || end.isFailure()) {
            return null;
        }
        Instant natural = end.at().plus(URL_LIFE);
        return urlsExpireAt != null && urlsExpireAt.isBefore(natural) ? urlsExpireAt : natural;
    }

    boolean isExpired(Instant now) {
        Instant expiresAt = urlsExpireAt(now);
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Counts a status query; returns false while replicas lag and the task is not found. */
    synchronized boolean countQuery() {
        if (hiddenQueries > 0) {
            hiddenQueries--;
            return false;
        }
        return true;
    }

    /** The status word that a test has set, or null. */
    synchronized String word() {
        return word;
    }

    synchronized void word(String word) {
        this.word = word;
    }

    /** The status answer that a test has set, or null. */
    synchronized JsonNode answer() {
        return answer;
    }

    synchronized void answer(JsonNode answer) {
        this.answer = answer;
    }
}

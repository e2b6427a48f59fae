package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A task as the service has it. What state it is in follows from the time, unless somebody ended it. */
final class Task {

    /** Result URLs live as long. */
    static final Duration URL_LIFE = Duration.ofHours(24);

    /** How a task ended, and when. */
    record Result(Instant at, String errorCode, String errorMessage) {
        boolean isFailure() {
            return errorCode != null;
        }
    }

    /** What is known of a task when it is accepted. */
    record Order(
            String id,
            Call call,
            String account,
            String apiKey,
            String sourceId,
            JsonNode request,
            Instant acceptedAt) {

        /** A task that no submit of the caller's made. */
        static Order elsewhere(String id, String account, String apiKey, Instant now) {
            JsonNode request =
                    Json.object().put("model", SubmitRules.DEFAULT_MODEL).put("prompt", "A street in the rain");
            return new Order(id, Call.OTHER, account, apiKey, null, request, now);
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

    Task(Order order, Duration duration, boolean doomed, int unseenLooks) {
        this.order = order;
        this.duration = Objects.requireNonNull(duration, "duration");
        this.fails = doomed;
        this.hiddenQueries = unseenLooks;
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

    /** The caller's own id, or null. */
    String businessId() {
        return order.text("client_business_id", null);
    }

    /** Where its event goes, or null for where events usually go. */
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

    /** How it ended, or null while it runs. An ending that has been told is kept, whatever becomes of the clock. */
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

    /** 0 to 99 while it runs, 100 when completed, 0 when failed, as the service has it. */
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

    /** Until when its URLs live; null while it runs and when it has failed. */
    synchronized Instant urlsExpireAt(Instant now) {
        Result end = result(now);
        if (end == null || end.isFailure()) {
            return null;
        }
        Instant natural = end.at().plus(URL_LIFE);
        return urlsExpireAt != null && urlsExpireAt.isBefore(natural) ? urlsExpireAt : natural;
    }

    boolean isExpired(Instant now) {
        Instant dead = urlsExpireAt(now);
        return dead != null && !now.isBefore(dead);
    }

    /** One look of somebody who asks for it; false while the replica that was asked has not heard of it. */
    synchronized boolean countQuery() {
        if (hiddenQueries > 0) {
            hiddenQueries--;
            return false;
        }
        return true;
    }

    /** The status word to show instead of its own, or null. */
    synchronized String word() {
        return word;
    }

    synchronized void word(String word) {
        this.word = word;
    }

    /** The status answer to give instead of its own, or null. */
    synchronized JsonNode answer() {
        return answer;
    }

    synchronized void answer(JsonNode answer) {
        this.answer = answer;
    }
}

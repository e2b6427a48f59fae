package io.github.camelsora.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a submit would do: the body that a submit endpoint produces with {@code dryRun=true}. Nothing was written, and nothing
 * that is paid was sent. A value that is not known is null. Other submits may change what it says at any time.
 *
 * @param operation what would be submitted, say {@code remix}
 * @param request the request by the wire's names, with the id of the video that it changes
 * @param key the key that it would be paid under; null when each submit gets a new one
 * @param effect what the key leads to
 * @param taskId the task that the key has already
 * @param price what the video costs by the configured prices, in credits
 * @param limits what is left of each limit of spending
 * @param refusal why a submit would be refused now, or would wait for an operator to resume the account; null when neither
 */
public record SubmitPlan(
        String operation,
        Map<String, Object> request,
        String key,
        Effect effect,
        String taskId,
        BigDecimal price,
        List<LimitLeft> limits,
        String refusal)
        implements JsonBody {

    /** What a submit under a key leads to. */
    public enum Effect {
        /** The request is sent and paid for, unless it is refused. */
        SEND,
        /** Another submit of the same request is in flight; this one waits for its outcome. */
        JOIN,
        /** The request was paid for before; this submit waits for its task, or gets its result. */
        FOLLOW,
        /** The request was sent before and its answer was lost; this submit waits while it is searched for. */
        RECOVER,
        /** The key was used for another request; the submit fails with a {@link KeyConflictException}. */
        CONFLICT
    }

    /**
     * What is left of one limit of spending.
     *
     * @param limit the limit as it is written, say {@code 2000/1d}
     * @param tenant whose limit it is; null for that of the account
     * @param held the credits that are spent or held in the window
     * @param left the credits that are left
     */
    public record LimitLeft(String limit, String tenant, BigDecimal held, BigDecimal left) {
        /**
         * Removes trailing zeros of amounts.
         *
         * @param limit the limit as it is written
         * @param tenant whose limit it is; null for that of the account
         * @param held the credits that are spent or held in the window
         * @param left the credits that are left
         */
        public LimitLeft {
            held = Credits.plain(held);
            left = Credits.plain(left);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("limit", limit);
            map.put("tenant", tenant);
            map.put("held", held);
            map.put("left", left);
            return map;
        }
    }

    /**
     * Copies the request and the limits, so that the plan cannot change afterwards, and removes trailing zeros of the price.
     *
     * @param operation what would be submitted, say {@code remix}
     * @param request the request by the wire's names
     * @param key the key that it would be paid under
     * @param effect what the key leads to
     * @param taskId the task that the key has already
     * @param price what the video costs
     * @param limits what is left of each limit of spending
     * @param refusal why a submit would be refused now, or would wait for an operator; null when neither
     */
    public SubmitPlan {
        request = Copies.of(request);
        price = Credits.plain(price);
        limits = List.copyOf(limits);
    }

    /**
     * The plan of a submit that would be refused.
     *
     * @param reason why
     * @return a copy
     */
    public SubmitPlan refusedBy(String reason) {
        return new SubmitPlan(operation, request, key, effect, taskId, price, limits, reason);
    }

    /**
     * The plan as plain values, which is also its JSON form.
     *
     * @return its components in order, null values included
     */
    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("operation", operation);
        map.put("request", request);
        map.put("key", key);
        map.put("effect", effect.name());
        map.put("taskId", taskId);
        map.put("price", price);
        map.put("limits", limits.stream().map(LimitLeft::toMap).toList());
        map.put("refusal", refusal);
        return map;
    }
}

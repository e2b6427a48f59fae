package io.github.camelsora.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits the submits and the queries of each account, if limits are configured. Thread-safe. */
final class Limits {

    private final Settings settings;
    private final Map<Counted, Limiter> limiters = new HashMap<>();

    /** The calls that one limiter counts. A changed allowance starts a new count. */
    private record Counted(String account, Category category, Allowance allowance) {}

    private enum Category {
        SUBMIT("async_submit"),
        QUERY("async_query");

        private final String word;

        Category(String word) {
            this.word = word;
        }

        static Category of(Call call) {
            return switch (call) {
                case SUBMIT_REMIX, SUBMIT_EXTEND, SUBMIT_GENERATION -> SUBMIT;
                case STATUS -> QUERY;
                default -> null;
            };
        }
    }

    /**
     * The decision about a call.
     *
     * @param headers to be added to its answer
     */
    record Decision(boolean isAllowed, Map<String, String> headers) {
        private static final Decision UNLIMITED = new Decision(true, Map.of());
    }

    Limits(Settings settings) {
        this.settings = settings;
    }

    Decision count(Call call, Account account, Instant now) {
        Category category = Category.of(call);
        Allowance allowance = category == Category.SUBMIT ? settings.submitAllowance : settings.queryAllowance;
        if (category == null || allowance == null) {
            return Decision.UNLIMITED;
        }
        Limiter limiter;
        synchronized (this) {
            limiter = limiters.computeIfAbsent(
                    new Counted(account.name(), category, allowance), counted -> new Limiter(allowance, now));
        }
        Limiter.Result result = limiter.count(now);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Integer.toString(allowance.burst()));
        headers.put("X-RateLimit-Remaining", Integer.toString(result.remaining()));
        headers.put("X-RateLimit-Reset", Long.toString(RetryAfter.wholeSeconds(result.reset())));
        headers.put("X-RateLimit-Category", category.word);
        if (!result.isAllowed()) {
            headers.putAll(settings.retryAfter.header(now, result.nextIn()));
        }
        return new Decision(result.isAllowed(), headers);
    }

    synchronized void reset() {
        limiters.clear();
    }
}

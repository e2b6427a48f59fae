package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.api.RateGroup;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;

/**
 * How much an account may send: by its group at the vendor, or by rates of its own.
 *
 * @param group the group at the vendor
 * @param submitsPerSecond in place of that of the group; null for none
 * @param submitBurst in place of that of the group; null for none
 * @param queriesPerSecond in place of that of the group; null for none
 * @param queryBurst in place of that of the group; null for none
 */
public record RateSettings(
        RateGroup group, Double submitsPerSecond, Long submitBurst, Double queriesPerSecond, Long queryBurst) {
    private static final int SECONDS_OF_A_BURST = 10;

    public RateSettings {
        OptionRules.hasValue("rateGroup", group);
        checkRate("submitsPerSecond", submitsPerSecond);
        checkBurst("submitBurst", submitBurst);
        checkRate("queriesPerSecond", queriesPerSecond);
        checkBurst("queryBurst", queryBurst);
    }

    private static void checkRate(String option, Double perSecond) {
        // The other way round, so that NaN is rejected.
        if (perSecond != null && !(perSecond > 0)) {
            throw new IllegalArgumentException(option + " must be more than 0, not " + perSecond);
        }
    }

    private static void checkBurst(String option, Long burst) {
        if (burst != null) {
            OptionRules.atLeast(option, 1, burst);
        }
    }

    public RateLimits limits() {
        RateLimits ofGroup = RateLimits.of(group);
        return new RateLimits(
                limit(ofGroup.submits(), submitsPerSecond, submitBurst),
                limit(ofGroup.queries(), queriesPerSecond, queryBurst));
    }

    private static RateLimit limit(RateLimit ofGroup, Double perSecond, Long burst) {
        if (perSecond == null) {
            return burst == null ? ofGroup : new RateLimit(ofGroup.perSecond(), burst);
        }
        return new RateLimit(perSecond, burst == null ? Math.max(1, (long) (perSecond * SECONDS_OF_A_BURST)) : burst);
    }
}

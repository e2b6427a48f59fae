package io.github.camelsora.internal.runtime.settings;

import java.time.Duration;

/** Rules that hold for several options. Each message names the option, its value and what is allowed. */
final class OptionRules {
    /** Longer times end at dates that a database, or a count of nanoseconds, does not hold. */
    static final Duration HUNDRED_YEARS = Duration.ofDays(36_500);

    private OptionRules() {}

    /** Rejects a time that is 0 or negative. */
    static void longerThanZero(String option, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException(option + " must be longer than 0 ms, not " + time.toMillis() + " ms");
        }
    }

    /** Rejects a time that is negative. */
    static void notNegative(String option, Duration time, String meaningOfZero) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    option + " must not be negative, as " + time.toMillis() + " ms is; 0 " + meaningOfZero);
        }
    }

    /** Rejects a time whose end no date can hold. */
    static void endsSomeDay(String option, Duration time) {
        if (time.compareTo(HUNDRED_YEARS) > 0) {
            throw new IllegalArgumentException(option + " must be at most a hundred years (" + HUNDRED_YEARS.toDays()
                    + "d), not " + time.toMillis() + " ms");
        }
    }

    /** Rejects a number that is too small. */
    static void atLeast(String option, long least, long number) {
        if (number < least) {
            throw new IllegalArgumentException(option + " must be at least " + least + ", not " + number);
        }
    }

    /** Rejects an option without a value. */
    static void hasValue(String option, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " must have a value, not null");
        }
    }
}

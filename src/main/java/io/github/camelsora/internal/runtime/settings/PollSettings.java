package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.api.PollScheduleKind;
import java.time.Duration;

/**
 * When a task is polled.
 *
 * @param schedule by what it is decided
 * @param initialDelay from the acceptance to the first poll of the fixed schedule
 * @param interval from one poll of the fixed schedule to the next
 * @param trackingTimeout how long in all, from the acceptance
 */
public record PollSettings(
        PollScheduleKind schedule, Duration initialDelay, Duration interval, Duration trackingTimeout) {

    public PollSettings {
        OptionRules.hasValue("pollSchedule", schedule);
        OptionRules.notNegative("pollInitialDelay", initialDelay, "polls at once");
        OptionRules.endsSomeDay("pollInitialDelay", initialDelay);
        OptionRules.longerThanZero("pollInterval", interval);
        OptionRules.endsSomeDay("pollInterval", interval);
        OptionRules.longerThanZero("trackingTimeout", trackingTimeout);
        OptionRules.endsSomeDay("trackingTimeout", trackingTimeout);
    }
}

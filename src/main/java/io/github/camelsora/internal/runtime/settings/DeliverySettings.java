package io.github.camelsora.internal.runtime.settings;

import java.time.Duration;

/**
 * How tasks are handed to routes.
 *
 * @param maxMessagesPerPoll how many one poll delivers; 0 or less for no limit
 * @param concurrentConsumers how many a route has at the same time
 * @param throwOnFailed whether one without a video is an exception
 * @param maximumRedeliveries how often one is delivered again
 * @param redeliveryDelay the time until the first redelivery
 * @param claimTimeout how long an exchange may take to complete; zero for no limit
 */
public record DeliverySettings(
        int maxMessagesPerPoll,
        int concurrentConsumers,
        boolean throwOnFailed,
        int maximumRedeliveries,
        Duration redeliveryDelay,
        Duration claimTimeout) {

    public DeliverySettings {
        OptionRules.atLeast("concurrentConsumers", 1, concurrentConsumers);
        OptionRules.atLeast("maximumRedeliveries", 0, maximumRedeliveries);
        OptionRules.notNegative("redeliveryDelay", redeliveryDelay, "delivers again at once");
        OptionRules.endsSomeDay("redeliveryDelay", redeliveryDelay);
        OptionRules.notNegative("claimTimeout", claimTimeout, "is no limit");
    }
}

package io.github.camelsora.simulator;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the simulator was asked and what it charged, all at one moment. Rates are the most calls within any one second
 * of the simulator's clock, so a clock that stands still has all calls in the same second.
 *
 * @param submitsReceived submits that arrived whole, whatever became of them
 * @param submitsAccepted submits that became tasks
 * @param charged credits taken for them
 * @param acceptedByBusinessId how many submits were accepted under each {@code client_business_id}, also while look-up
 *     is off
 * @param statusCalls looks at tasks
 * @param pollsById looks at each task by its id, and by each id that was asked for; see {@link #polls}
 * @param balanceCalls looks at the money
 * @param fileCalls requests that reached the file host
 * @param otherCalls requests to paths or with methods that the API does not have
 * @param callsLimited calls that were answered with 429 because the account had sent too many; those of a fault do not
 *     count
 * @param peakRate most calls of the API in one second
 * @param peakSubmitRate most submits in one second
 * @param peakStatusRate most looks at tasks in one second
 * @param keysLeakedToFileHost requests to the file host with an {@code Authorization} header, or with an API key
 *     anywhere in them
 * @param connectionsOpened connections that clients opened, to the API and to the file host
 * @param webhooksSent webhook events of which at least one try was made; one that is doubled counts twice
 * @param webhookTries tries to deliver them, those included that were lost on their way
 * @param webhooksAccepted those that were answered with 2xx
 */
public record Books(
        long submitsReceived,
        long submitsAccepted,
        long charged,
        Map<String, Integer> acceptedByBusinessId,
        long statusCalls,
        Map<String, Integer> pollsById,
        long balanceCalls,
        long fileCalls,
        long otherCalls,
        long callsLimited,
        int peakRate,
        int peakSubmitRate,
        int peakStatusRate,
        long keysLeakedToFileHost,
        long connectionsOpened,
        long webhooksSent,
        long webhookTries,
        long webhooksAccepted) {

    /**
     * Tells how many submits were accepted under each key of camel-sora, which adds a tilde and ten characters to the key
     * for each submit.
     *
     * @return {@link #acceptedByBusinessId} without what was added, the numbers of one key added up
     */
    public Map<String, Integer> acceptedByKey() {
        return acceptedByBusinessId.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().replaceFirst("~[0-9a-z]{10}$", ""), Map.Entry::getValue, Integer::sum));
    }

    /**
     * Tells how often a task was looked at.
     *
     * @param id a task id, which counts looks by {@code client_business_id} too, or the id that was asked for, which
     *     counts just those looks
     * @return how many looks there were
     */
    public int polls(String id) {
        return pollsById.getOrDefault(id, 0);
    }
}

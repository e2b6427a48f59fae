package io.github.camelsora.simulator;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A consistent snapshot of what the simulator received and charged. A peak rate is the maximum of calls within any one
 * second of the simulator's clock; while that clock stands still all calls are in the same second.
 *
 * @param submitsReceived submits that arrived completely, accepted or not
 * @param submitsAccepted submits that created a task
 * @param charged credits charged for them
 * @param acceptedByBusinessId the number of accepted submits with each {@code client_business_id}, also while look-up
 *     is off
 * @param statusCalls status queries
 * @param pollsById status queries of each task by its id, and of each id that was queried; see {@link #polls}
 * @param balanceCalls balance queries
 * @param modelCalls queries of the models
 * @param fileCalls requests that reached the file host
 * @param otherCalls requests to the API with an unknown path or method
 * @param callsLimited calls that were answered with 429 by the limits of an account; a 429 of a fault does not count
 * @param peakRate maximum of calls of the API in one second
 * @param peakSubmitRate maximum of submits in one second
 * @param peakStatusRate maximum of status queries in one second
 * @param keysLeakedToFileHost requests to the file host with an {@code Authorization} header, or with an API key
 *     anywhere in them
 * @param connectionsOpened connections that clients opened, to the API and to the file host
 * @param webhooksSent webhook events with at least one try; a duplicated event counts twice
 * @param webhookTries tries to deliver them, lost ones included
 * @param webhooksAccepted tries that were answered with 2xx
 */
public record Books(
        long submitsReceived,
        long submitsAccepted,
        long charged,
        Map<String, Integer> acceptedByBusinessId,
        long statusCalls,
        Map<String, Integer> pollsById,
        long balanceCalls,
        long modelCalls,
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
     * Returns the number of accepted submits for each key of camel-sora. The component adds a tilde and ten characters to
     * the key of each submit; this method removes them.
     *
     * @return the sum of {@link #acceptedByBusinessId} for each key
     */
    public Map<String, Integer> acceptedByKey() {
        return acceptedByBusinessId.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().replaceFirst("~[0-9a-z]{10}$", ""), Map.Entry::getValue, Integer::sum));
    }

    /**
     * Returns the number of status queries of a task.
     *
     * @param id a task id, which includes queries by {@code client_business_id}; or a {@code client_business_id}, which
     *     counts only the queries by it
     * @return the number of queries
     */
    public int polls(String id) {
        return pollsById.getOrDefault(id, 0);
    }
}

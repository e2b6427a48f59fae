package io.github.camelsora.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records received requests and counts them for {@link Books}. One lock makes each snapshot consistent. */
final class RequestLog {

    private final int requestsKept;
    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> acceptedByBusinessId = new HashMap<>();
    private final Map<String, Integer> pollsById = new HashMap<>();
    private PeakRate all;
    private PeakRate submits;
    private PeakRate queries;
    private long received;
    private long submitsReceived;
    private long submitsAccepted;
    private long charged;
    private long statusCalls;
    private long balanceCalls;
    private long modelCalls;
    private long fileCalls;
    private long otherCalls;
    private long limited;
    private long keysLeaked;
    private long connectionsOpened;
    private long webhooksSent;
    private long webhookTries;
    private long webhooksAccepted;

    RequestLog(int requestsKept) {
        this.requestsKept = requestsKept;
        clear();
    }

    synchronized ReceivedRequest received(WireRequest incoming, Call call, Instant now) {
        ReceivedRequest request = new ReceivedRequest(
                ++received,
                now,
                call,
                incoming.method(),
                incoming.target(),
                incoming.path(),
                incoming.headers(),
                incoming.text());
        requests.addLast(request);
        if (requests.size() > requestsKept) {
            requests.removeFirst();
        }
        count(call, now);
        return request;
    }

    private void count(Call call, Instant now) {
        switch (call) {
            case SUBMIT_REMIX, SUBMIT_EXTEND, SUBMIT_GENERATION -> {
                submitsReceived++;
                submits.count(now);
            }
            case STATUS -> {
                statusCalls++;
                queries.count(now);
            }
            case BALANCE -> balanceCalls++;
            case MODELS -> modelCalls++;
            case FILE -> fileCalls++;
            default -> otherCalls++;
        }
        if (call != Call.FILE) {
            all.count(now);
        }
    }

    synchronized void queried(String id) {
        pollsById.merge(id, 1, Integer::sum);
    }

    synchronized void accepted(String businessId, long price) {
        submitsAccepted++;
        charged += price;
        if (businessId != null) {
            acceptedByBusinessId.merge(businessId, 1, Integer::sum);
        }
    }

    /** Counts a call that was answered with 429 by the limits. */
    synchronized void limited() {
        limited++;
    }

    synchronized void keyLeaked() {
        keysLeaked++;
    }

    synchronized void connectionOpened() {
        connectionsOpened++;
    }

    /** Counts a try to deliver an event. */
    synchronized void webhookTried(boolean first) {
        webhooksSent += first ? 1 : 0;
        webhookTries++;
    }

    synchronized void webhookAccepted() {
        webhooksAccepted++;
    }

    synchronized Books books() {
        return new Books(
                submitsReceived,
                submitsAccepted,
                charged,
                Map.copyOf(acceptedByBusinessId),
                statusCalls,
                Map.copyOf(pollsById),
                balanceCalls,
                modelCalls,
                fileCalls,
                otherCalls,
                limited,
                all.peak(),
                submits.peak(),
                queries.peak(),
                keysLeaked,
                connectionsOpened,
                webhooksSent,
                webhookTries,
                webhooksAccepted);
    }

    synchronized List<ReceivedRequest> requests() {
        return new ArrayList<>(requests);
    }

    synchronized void clear() {
        requests.clear();
        acceptedByBusinessId.clear();
        pollsById.clear();
        all = new PeakRate();
        submits = new PeakRate();
        queries = new PeakRate();
        received = 0;
        submitsReceived = 0;
        submitsAccepted = 0;
        charged = 0;
        statusCalls = 0;
        balanceCalls = 0;
        modelCalls = 0;
        fileCalls = 0;
        otherCalls = 0;
        limited = 0;
        keysLeaked = 0;
        connectionsOpened = 0;
        webhooksSent = 0;
        webhookTries = 0;
        webhooksAccepted = 0;
    }
}

package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.ToApisSimulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the service does wrong. The first submit of an order meets the same fault with each rival, and so does the second. Queries of tasks fail by chance, as often. Thread-safe.
 */
final class FaultPlan {

    /** What becomes of a call. */
    enum Fault {
        /** It is answered. */
        NONE,
        /** The submit is accepted, and the connection is cut before the answer. */
        LOST,
        /** It is answered with 503 and the vendor's code for what was not accepted. */
        UNAVAILABLE,
        /** It is answered with 503 by a gateway, and not accepted, although the answer does not say so. */
        GATEWAY,
        /** It is answered with 429 and {@code Retry-After}, and not accepted. */
        LIMITED
    }

    // The word by which the service says that nothing was accepted.
    private static final String UNAVAILABLE =
            "{\"error\": {\"code\": \"rate_limit_unavailable\", \"message\": \"Rate limit service is unavailable\"}}";
    private static final String LIMITED =
            "{\"error\": {\"code\": \"rate_limit_exceeded\", \"message\": \"Async task request rate exceeded\"}}";

    private final Scenario scenario;
    private final Random queries;
    private final Map<String, Integer> submits = new HashMap<>();
    private final Map<Integer, Map<String, Fault>> byAttempt = new HashMap<>();
    // By the number of the request.
    private final Map<Long, Fault> submitFaults = new ConcurrentHashMap<>();
    private final Map<Long, Fault> queryFaults = new ConcurrentHashMap<>();

    FaultPlan(Scenario scenario) {
        this.scenario = scenario;
        queries = new Random(scenario.seed());
    }

    void applyTo(ToApisSimulator simulator) {
        for (Call call : List.of(Call.SUBMIT, Call.STATUS)) {
            simulator
                    .on(call)
                    .when(request -> faultOf(request) == Fault.UNAVAILABLE)
                    .answer(503, UNAVAILABLE);
            simulator
                    .on(call)
                    .when(request -> faultOf(request) == Fault.GATEWAY)
                    .answer(503, "<h1>Service Unavailable</h1>", "Content-Type: text/html");
            simulator
                    .on(call)
                    .when(request -> faultOf(request) == Fault.LIMITED)
                    .answer(429, LIMITED, "Retry-After: 1");
        }
        simulator
                .on(Call.SUBMIT)
                .when(request -> faultOf(request) == Fault.LOST)
                .afterProcessing()
                .cut();
    }

    /** How many submits have had a fault. */
    long submitsWith(Fault fault) {
        return submitFaults.values().stream().filter(fault::equals).count();
    }

    private Fault faultOf(ReceivedRequest request) {
        // More than one rule asks.
        return request.call() == Call.STATUS
                ? queryFaults.computeIfAbsent(request.number(), number -> ofQuery())
                : submitFaults.computeIfAbsent(request.number(), number -> ofSubmit(request));
    }

    private synchronized Fault ofSubmit(ReceivedRequest request) {
        String order = Order.nameIn(request.json().path("prompt").asText());
        int attempt = submits.merge(order, 1, Integer::sum);
        return byAttempt.computeIfAbsent(attempt, this::plan).getOrDefault(order, Fault.NONE);
    }

    private Map<String, Fault> plan(int attempt) {
        List<Order> orders = new ArrayList<>(Order.all(scenario.orders()));
        Collections.shuffle(orders, new Random(scenario.seed() + attempt));
        Map<String, Fault> faults = new HashMap<>();
        int next = 0;
        next = add(faults, orders, next, scenario.lostAnswers(), Fault.LOST);
        int byGateway = scenario.unavailable() / 2;
        next = add(faults, orders, next, byGateway, Fault.GATEWAY);
        next = add(faults, orders, next, scenario.unavailable() - byGateway, Fault.UNAVAILABLE);
        add(faults, orders, next, scenario.limited(), Fault.LIMITED);
        return faults;
    }

    private static int add(Map<String, Fault> faults, List<Order> orders, int from, int count, Fault fault) {
        orders.subList(from, from + count).forEach(order -> faults.put(order.name(), fault));
        return from + count;
    }

    private synchronized Fault ofQuery() {
        int dice = queries.nextInt(scenario.orders());
        if (dice < scenario.unavailable()) {
            return Fault.UNAVAILABLE;
        }
        return dice < scenario.unavailable() + scenario.limited() ? Fault.LIMITED : Fault.NONE;
    }
}

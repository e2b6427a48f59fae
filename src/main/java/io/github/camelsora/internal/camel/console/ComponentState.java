package io.github.camelsora.internal.camel.console;

import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.ComponentContext;
import io.github.camelsora.internal.camel.health.KnownProblems;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.metrics.LedgerFigures;
import io.github.camelsora.internal.poll.learned.DurationHistory.Learned;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.time.OutageLog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** What a started component does, and what is wrong with it, as JSON. */
final class ComponentState {
    private final ComponentContext component;
    private final SoraRuntime runtime;
    private final Collection<ServiceConnection> connections;

    private ComponentState(ComponentContext component) {
        this.component = component;
        this.runtime = component.runtime();
        this.connections = component.connections();
    }

    static JsonObject of(ComponentContext component) {
        return new ComponentState(component).read();
    }

    private JsonObject read() {
        JsonArray problems = new JsonArray();
        problems.addAll(new KnownProblems(runtime, () -> connections).all());
        JsonObject state = new JsonObject();
        state.put("name", component.name());
        state.put("problems", problems);
        state.put("node", runtime.lease().node());
        state.put("lease", lease(runtime.lease()));
        state.put("ledger", ledger());
        openTasks().ifPresent(counts -> state.put("openTasks", counts));
        state.put("tasksInMemory", tasksInMemory());
        state.put("accounts", accounts());
        state.put("learned", learned());
        state.put("lastErrors", lastErrors());
        return state;
    }

    private static JsonObject lease(NodeLease lease) {
        JsonObject state = new JsonObject();
        state.put("lasts", lease.isLasting());
        state.put("seconds", lease.duration().toSeconds());
        state.put("secondsSinceRenewal", lease.timeSinceRenewal().toSeconds());
        return state;
    }

    private JsonObject ledger() {
        JsonObject state = new JsonObject();
        state.put("class", component.ledger().getClass().getName());
        state.put("durable", runtime.ledger().isDurable());
        return state;
    }

    /** Of all JVMs that share the ledger. */
    private Optional<JsonArray> openTasks() {
        return LedgerReads.read(runtime, ledger -> ledger.search()
                        .map(search -> search.count(
                                TaskFilter.ALL.withStates(LedgerFigures.COUNTED.toArray(TaskState[]::new)))))
                .map(counts -> {
                    JsonArray states = new JsonArray();
                    counts.stream().map(TaskCount::toMap).map(JsonObject::new).forEach(states::add);
                    return states;
                });
    }

    private JsonObject tasksInMemory() {
        JsonObject counts = new JsonObject();
        runtime.engine().entries.countByState().forEach((state, count) -> counts.put(state.name(), count));
        return counts;
    }

    private JsonArray accounts() {
        JsonArray accounts = new JsonArray();
        connections.stream()
                .filter(connection -> connection.profile() != null)
                // The endpoints of an account at a service have the same limits, pauses and rate limiter.
                .collect(Collectors.toMap(
                        connection -> connection.profile().account() + " "
                                + connection.profile().baseUrl(),
                        connection -> connection,
                        (first, other) -> first,
                        LinkedHashMap::new))
                .values()
                .stream()
                .map(connection -> AccountState.of(runtime, connection))
                .forEach(accounts::add);
        return accounts;
    }

    private JsonArray learned() {
        JsonArray profiles = new JsonArray();
        component.learned().stream().map(ComponentState::learned).forEach(profiles::add);
        return profiles;
    }

    private static JsonObject learned(Learned learned) {
        JsonObject state = new JsonObject();
        state.put("operation", learned.profile().operation());
        state.put("model", learned.profile().model());
        state.put("duration", learned.profile().length());
        state.put("ends", learned.ends());
        state.put(
                "medianSeconds",
                learned.median().map(median -> median.toSeconds()).orElse(null));
        return state;
    }

    private JsonArray lastErrors() {
        Map<String, OutageLog> calls = new LinkedHashMap<>();
        calls.put("ledger", runtime.ledgerOutage());
        connections.stream()
                .filter(connection -> connection.clients() != null)
                .forEach(connection -> calls.put(
                        connection.settings().connection().baseUrl().value(),
                        connection.clients().outage().log()));
        JsonArray errors = new JsonArray();
        calls.entrySet().stream()
                .flatMap(call -> call.getValue().lastFailures().stream().map(failures -> {
                    JsonObject error = new JsonObject();
                    error.put("calls", call.getKey());
                    error.put("at", failures.at().toString());
                    error.put("inARow", failures.count());
                    error.put("reason", failures.reason());
                    return error;
                }))
                .forEach(errors::add);
        return errors;
    }
}

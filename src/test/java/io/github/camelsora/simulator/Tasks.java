package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tasks in order of acceptance, with look-up by task id and by {@code client_business_id}. */
final class Tasks {

    private record BusinessId(String account, String id) {}

    private final Map<String, Task> byId = new LinkedHashMap<>();
    private final Map<BusinessId, Task> byBusinessId = new HashMap<>();

    synchronized void add(Task task) {
        if (byId.putIfAbsent(task.id(), task) != null) {
            throw new IllegalStateException("There is a task %s already".formatted(task.id()));
        }
        if (task.businessId() != null) {
            byBusinessId.put(new BusinessId(task.order().account(), task.businessId()), task);
        }
    }

    synchronized Optional<Task> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<Task> find(String account, String id) {
        return find(id).filter(task -> task.order().account().equals(account));
    }

    /** The last accepted task with that {@code client_business_id}. */
    synchronized Optional<Task> findByBusinessId(String account, String businessId) {
        return Optional.ofNullable(byBusinessId.get(new BusinessId(account, businessId)));
    }

    Task require(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("The simulator has no task " + id));
    }

    synchronized List<Task> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized void clear() {
        byId.clear();
        byBusinessId.clear();
    }
}

package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/** Tasks that a test creates or ends directly, not through the API. */
final class ManualTasks {

    private final SimulatorClock clock;
    private final Settings settings;
    private final Tasks tasks;
    private final WebhookSender webhooks;
    private final String account;
    private final String apiKey;

    ManualTasks(
            SimulatorClock clock, Settings settings, Tasks tasks, WebhookSender post, String account, String apiKey) {
        this.clock = clock;
        this.settings = settings;
        this.tasks = tasks;
        this.webhooks = post;
        this.account = account;
        this.apiKey = apiKey;
    }

    static String newId() {
        return "video_" + UUID.randomUUID();
    }

    void addSource(String id) {
        // A source is only there to be remixed, so it causes no event.
        webhooks.markEventCreated(add(id, request -> Duration.ZERO));
    }

    void addTask(String id) {
        webhooks.scheduleEvent(add(id, settings.taskDuration));
    }

    private Task add(String id, Function<JsonNode, Duration> duration) {
        Task.Order order = Task.Order.elsewhere(id, account, apiKey, clock.instant());
        Task task = new Task(order, duration.apply(order.request()), false, settings.replicaLag);
        tasks.add(task);
        return task;
    }

    /** Ends a task now, with its event, unless it has ended already. */
    Task end(String id, String errorCode, String errorMessage) {
        Task task = tasks.require(id);
        task.end(clock.instant(), errorCode, errorMessage);
        webhooks.sendEventOf(task);
        return task;
    }
}

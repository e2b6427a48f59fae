package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A simulator of the ToAPIs service. It listens on two ports of the loopback address, one for the API and one for the files
 * that result URLs point to. It follows the contract of the service unless it is configured otherwise.
 *
 * <pre>{@code
 * try (ToApisSimulator simulator = ToApisSimulator.start()) {
 *     String source = simulator.addSource();
 *     simulator.on(Call.SUBMIT).times(1).afterProcessing().cut();
 *     // … POST a remix of that source to simulator.baseUrl() with simulator.apiKey() …
 *     assertThat(simulator.books().submitsAccepted()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Thread-safe. Everything is in memory, and lost when it is closed.
 */
public final class ToApisSimulator extends SimulatorBehaviour<ToApisSimulator> implements AutoCloseable {

    /** The number of credits that means: no limit. */
    public static final long UNLIMITED = -1;

    private final Settings initialSettings = new Settings();
    private final SimulatorClock clock;
    private final Accounts accounts;
    private final RequestLog log;
    private final Tasks tasks = new Tasks();
    private final Faults faults = new Faults();
    private final Limits limits = new Limits(settings);
    private final String apiKey;
    private final SimulatorServers servers;
    private final WebhookSender webhookSender;
    private final ManualTasks manualTasks;
    private final Webhooks webhooks;

    ToApisSimulator(ToApisSimulatorBuilder builder) {
        initialSettings.copyFrom(builder.settings);
        settings.copyFrom(initialSettings);
        clock = builder.clock;
        accounts = new Accounts(builder.initialAccounts());
        apiKey = accounts.keys().get(0);
        log = new RequestLog(builder.requestsKept);
        servers = SimulatorServers.bind(builder);
        RequestHandler handler = new RequestHandler(clock, settings, log, faults, builder.onAnswer);
        webhookSender = new WebhookSender(clock, settings, log, servers.fileUrl(), builder.onWebhook);
        manualTasks = new ManualTasks(clock, settings, tasks, webhookSender, accounts.defaultName(), apiKey);
        webhooks = new Webhooks(clock, settings, tasks, webhookSender);
        SubmitCall submit = new SubmitCall(clock, settings, tasks, log, builder.ids, webhookSender);
        servers.serve(
                log,
                new ApiHost(clock, settings, accounts, tasks, log, handler, submit, limits, servers.fileUrl()),
                new FileHost(clock, settings, accounts, tasks, log, handler));
    }

    /** {@return a running simulator with the defaults, on free ports} */
    public static ToApisSimulator start() {
        return builder().start();
    }

    /** {@return a builder, which configures and starts a simulator} */
    public static ToApisSimulatorBuilder builder() {
        return new ToApisSimulatorBuilder();
    }

    @Override
    ToApisSimulator self() {
        return this;
    }

    /** {@return the base URL of the API, such as {@code http://127.0.0.1:40123}} */
    public String baseUrl() {
        return servers.apiUrl();
    }

    /** {@return the base URL of the file host, to which result URLs point} */
    public String fileBaseUrl() {
        return servers.fileUrl();
    }

    /** {@return the first key of the default account; {@code sk-simulator} unless the builder was given one} */
    public String apiKey() {
        return apiKey;
    }

    /**
     * Returns the properties that make an application use this simulator, on any runtime of Camel. They set the base URL and the
     * API key, allow downloads from this machine, and shorten the pauses between polls.
     *
     * @return properties {@code camel.component.sora.*}, for {@code Main.setOverrideProperties}, for Spring Boot's
     *     {@code DynamicPropertyRegistry}, or for a {@code QuarkusTestResourceLifecycleManager}
     */
    public Map<String, String> camelProperties() {
        return Map.of(
                "camel.component.sora.base-url", baseUrl(),
                "camel.component.sora.api-key", apiKey,
                "camel.component.sora.allow-private-hosts", "true",
                "camel.component.sora.poll-initial-delay", "200",
                "camel.component.sora.poll-interval", "200");
    }

    /** {@return the clock of this simulator} */
    public SimulatorClock clock() {
        return clock;
    }

    /**
     * Adds a key to the default account.
     *
     * @param key valid from now on
     * @return this
     * @throws IllegalArgumentException if it belongs to another account
     */
    public ToApisSimulator addApiKey(String key) {
        accounts.add(accounts.defaultName(), key);
        return this;
    }

    /**
     * Makes a key invalid: from now on calls with it are answered with 401. Tasks that were submitted with it belong to the
     * account, and continue.
     *
     * @param key any key; an unknown one is ignored
     * @return this
     */
    public ToApisSimulator revokeApiKey(String key) {
        accounts.revoke(key);
        return this;
    }

    /**
     * Sets the remaining credits of the default account.
     *
     * @param remaining credits, not negative, or {@link #UNLIMITED}
     * @return this
     * @throws IllegalArgumentException if it is less than {@link #UNLIMITED}
     */
    public ToApisSimulator credits(long remaining) {
        accounts.named(accounts.defaultName()).refill(ToApisSimulatorBuilder.checkCredits(remaining));
        return this;
    }

    /**
     * Adds a completed video of the default account, as a source for remixes. It costs nothing and is not counted.
     *
     * @return its id
     */
    public String addSource() {
        return addSource(ManualTasks.newId());
    }

    /**
     * Adds a completed video of the default account with a given id, as a source for remixes.
     *
     * @param id any text that is not empty
     * @return that id
     * @throws IllegalStateException if there is a task with this id
     */
    public String addSource(String id) {
        manualTasks.addSource(id);
        return id;
    }

    /**
     * Adds a running task of the default account, as if another client had submitted it. It costs nothing and is not
     * counted.
     *
     * @return its id
     */
    public String addTask() {
        return addTask(ManualTasks.newId());
    }

    /**
     * Adds a running task of the default account with a given id.
     *
     * @param id any text that is not empty
     * @return that id
     * @throws IllegalStateException if there is a task with this id
     */
    public String addTask(String id) {
        manualTasks.addTask(id);
        return id;
    }

    /**
     * Completes a task now. A task that has ended does not change.
     *
     * @param taskId its id
     * @throws IllegalArgumentException if there is no such task
     */
    public void complete(String taskId) {
        manualTasks.end(taskId, null, null);
    }

    /**
     * Fails a task now. A task that has ended does not change.
     *
     * @param taskId its id
     * @param code the error code, such as {@code generation_failed}
     * @param message the error message
     * @throws IllegalArgumentException if there is no such task
     */
    public void fail(String taskId, String code, String message) {
        manualTasks.end(taskId, code, message);
    }

    /**
     * Expires the result URLs of a task now. A running task completes first.
     *
     * @param taskId its id
     * @throws IllegalArgumentException if there is no such task
     */
    public void expire(String taskId) {
        manualTasks.end(taskId, null, null).expire(clock.instant());
    }

    /**
     * Sets the status word of a task. The rest of its status still follows from its real state.
     *
     * @param taskId its id
     * @param word such as {@code Succeeded} or {@code not_start}; null for the real word
     * @throws IllegalArgumentException if there is no such task
     */
    public void statusWord(String taskId, String word) {
        tasks.require(taskId).word(word);
    }

    /**
     * Sets the answer to each status query of a task.
     *
     * @param taskId its id
     * @param json the body of the answer; null for the real status
     * @throws IllegalArgumentException if there is no such task, or the body is not JSON
     */
    public void answerStatus(String taskId, String json) {
        JsonNode answer = json == null ? null : Json.read(json);
        tasks.require(taskId).answer(answer);
    }

    /**
     * Returns a snapshot of a task.
     *
     * @param taskId its id
     * @return the task as it is now
     * @throws IllegalArgumentException if there is no such task
     */
    public SimulatedTask task(String taskId) {
        return SimulatedTask.of(tasks.require(taskId), clock.instant(), fileBaseUrl());
    }

    /** {@return all tasks as they are now, in order of acceptance, sources included} */
    public List<SimulatedTask> tasks() {
        return tasks.all().stream()
                .map(task -> SimulatedTask.of(task, clock.instant(), fileBaseUrl()))
                .toList();
    }

    /**
     * Begins a rule that makes calls fail. It applies once its effect is chosen, as in
     * {@code simulator.on(Call.STATUS).times(3).cut()}.
     *
     * @param call the kind or group of calls to which it applies
     * @return the rule, to be completed
     */
    public FaultRule on(Call call) {
        return new FaultRule(faults, settings, call);
    }

    /** Removes all rules and releases the calls that they hold. */
    public void clearFaults() {
        faults.rules().clear();
    }

    /** {@return the webhook events of this simulator, which {@link #webhook} turns on} */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** {@return a consistent snapshot of the calls and charges so far} */
    public Books books() {
        return log.books();
    }

    /** {@return the requests received so far in order of arrival; at most the last {@code requestsKept} of the builder} */
    public List<ReceivedRequest> requests() {
        return log.requests();
    }

    /**
     * Returns the received requests of one kind.
     *
     * @param call a kind or a group of kinds
     * @return those of {@link #requests()} that are of this kind
     */
    public List<ReceivedRequest> requests(Call call) {
        return requests().stream()
                .filter(request -> call.covers(request.call()))
                .toList();
    }

    /**
     * Restores the state after the start: no tasks, empty books, no faults; settings, keys and credits as configured in the
     * builder; moves of the clock undone. Held calls are cut. Ports and open connections stay.
     */
    public void reset() {
        faults.rules().clearAndCut();
        webhookSender.reset();
        settings.copyFrom(initialSettings);
        accounts.reset();
        limits.reset();
        tasks.clear();
        clock.reset();
        log.clear();
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        faults.rules().clearAndCut();
        webhookSender.close();
        servers.close();
    }
}

package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A ToAPIs to run against. It listens on two ports of the loopback address, one for the API and one for the files that
 * results point to, and behaves by the service's contract until it is told not to.
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
 * <p>Thread-safe. Everything is in memory and gone when it is closed.
 */
public final class ToApisSimulator extends SimulatorBehaviour<ToApisSimulator> implements AutoCloseable {

    /** As a number of credits: no limit. */
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

    /** {@return a running simulator with all defaults, on ports that were free} */
    public static ToApisSimulator start() {
        return builder().start();
    }

    /** {@return where to choose what the simulator shall be} */
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

    /** {@return the first key of the default account, {@code sk-simulator} unless another was given} */
    public String apiKey() {
        return apiKey;
    }

    /** {@return the clock by which this simulator lives} */
    public SimulatorClock clock() {
        return clock;
    }

    /**
     * Gives the default account one more key.
     *
     * @param key valid from now on
     * @return this
     */
    public ToApisSimulator addApiKey(String key) {
        accounts.add(accounts.defaultName(), key);
        return this;
    }

    /**
     * Makes a key invalid: from now on calls with it are answered with 401. The tasks submitted under it belong to its
     * account, and go on.
     *
     * @param key whichever
     * @return this
     */
    public ToApisSimulator revokeApiKey(String key) {
        accounts.revoke(key);
        return this;
    }

    /**
     * Sets what remains on the default account.
     *
     * @param remaining credits, or {@link #UNLIMITED}
     * @return this
     */
    public ToApisSimulator credits(long remaining) {
        accounts.named(accounts.defaultName()).refill(ToApisSimulatorBuilder.checkCredits(remaining));
        return this;
    }

    /**
     * Puts a finished video of the default account there, to be remixed. It costs nothing and is in no books.
     *
     * @return its id
     */
    public String addSource() {
        return addSource(ManualTasks.newId());
    }

    /**
     * Puts a finished video of the default account there under a given id, to be remixed.
     *
     * @param id any text that is not empty
     * @return that id
     */
    public String addSource(String id) {
        manualTasks.addSource(id);
        return id;
    }

    /**
     * Puts a running task of the default account there, as if it had been submitted elsewhere. It costs nothing and is
     * in no books.
     *
     * @return its id
     */
    public String addTask() {
        return addTask(ManualTasks.newId());
    }

    /**
     * Puts a running task of the default account there under a given id.
     *
     * @param id any text that is not empty
     * @return that id
     */
    public String addTask(String id) {
        manualTasks.addTask(id);
        return id;
    }

    /**
     * Completes a task now; one that has ended stays as it is.
     *
     * @param taskId its id
     */
    public void complete(String taskId) {
        manualTasks.end(taskId, null, null);
    }

    /**
     * Fails a task now; one that has ended stays as it is.
     *
     * @param taskId its id
     * @param code the error's word, such as {@code generation_failed}
     * @param message the error's message
     */
    public void fail(String taskId, String code, String message) {
        manualTasks.end(taskId, code, message);
    }

    /**
     * Lets the result URLs of a task die now, 24 hours early; a running task completes first.
     *
     * @param taskId its id
     */
    public void expire(String taskId) {
        manualTasks.end(taskId, null, null).expire(clock.instant());
    }

    /**
     * Lets a task be told by a word of the test's choice. The rest of its status follows from the state that it is
     * really in.
     *
     * @param taskId its id
     * @param word such as {@code Succeeded} or {@code not_start}; null for its own word again
     */
    public void statusWord(String taskId, String word) {
        tasks.require(taskId).word(word);
    }

    /**
     * Lets every look at a task find this.
     *
     * @param taskId its id
     * @param json the body of the answer; null for its own status again
     */
    public void answerStatus(String taskId, String json) {
        JsonNode answer = json == null ? null : Json.read(json);
        tasks.require(taskId).answer(answer);
    }

    /**
     * Tells what the simulator knows of a task.
     *
     * @param taskId its id
     * @return the task as it is now
     * @throws IllegalArgumentException if there is none
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
     * Begins a rule by which the simulator misbehaves. It has no effect until it is told which, as in
     * {@code simulator.on(Call.STATUS).times(3).cut()}.
     *
     * @param call which calls it is for
     * @return the rule, to be completed
     */
    public FaultRule on(Call call) {
        return new FaultRule(faults, settings, call);
    }

    /** Forgets all rules and lets go what is held by them. */
    public void clearFaults() {
        faults.rules().clear();
    }

    /** {@return the events that this simulator sends, once {@link #webhook} has said where to} */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** {@return what was asked and charged so far, all at one moment} */
    public Books books() {
        return log.books();
    }

    /** {@return the requests received so far, in order of arrival; of many the last, as the builder was told} */
    public List<ReceivedRequest> requests() {
        return log.requests();
    }

    /**
     * Tells which requests of one kind were received.
     *
     * @param call a kind or a group of kinds
     * @return those of {@link #requests()} that it covers
     */
    public List<ReceivedRequest> requests(Call call) {
        return requests().stream()
                .filter(request -> call.covers(request.call()))
                .toList();
    }

    /**
     * Makes everything as it was at the start: no tasks, empty books, no faults, the first settings, keys and credits,
     * the clock where it would be had nobody moved it. What is held is cut. Ports and open connections stay.
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

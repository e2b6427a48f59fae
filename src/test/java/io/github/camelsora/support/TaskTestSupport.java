package io.github.camelsora.support;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.cluster.WorkQueue;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.RestoringLedger;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.runtime.TaskEngine;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.IntentLog;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.CallObserver;
import io.github.camelsora.internal.toapis.PlainClient;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.ToApisClient;
import io.github.camelsora.internal.trace.TaskSpans;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An engine that uses a simulator over real HTTP. Their executors are queues that the test runs, and they
 * share one clock with the simulator, which only the test moves: nothing depends on the speed of the machine.
 */
public abstract class TaskTestSupport {
    public static final Duration SOON = Duration.ofSeconds(20);
    public static final Duration SUBMIT_TIMEOUT = Duration.ofMinutes(15);
    public static final Duration COMPLETION_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(2);
    public static final Duration TRACKING_TIMEOUT = Duration.ofHours(24);
    public static final TaskTimeouts LIMITS =
            new TaskTimeouts(SUBMIT_TIMEOUT, COMPLETION_TIMEOUT, RECOVERY_TIMEOUT, TRACKING_TIMEOUT);
    public static final PollSchedule SCHEDULE =
            new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), () -> 0);
    public static final String ACCOUNT = "default";
    public static final String NODE = "node-1";

    /** Longer than any test advances the clock, except the tests of leases. */
    public static final Duration LEASE = Duration.ofDays(300);

    /** For clients whose outages are not logged. */
    public static final CallObserver SILENT = new CallObserver() {
        @Override
        public void answered() {}

        @Override
        public void unanswered(String reason) {}
    };

    private static final SimulatorClock CLOCK = SimulatorClock.stopped();
    private static final Duration UNTIL_A_TEST_ENDS_IT = Duration.ofDays(30);

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS =
            ToApisSimulatorExtension.of(ToApisSimulator.builder().clock(CLOCK).taskDuration(UNTIL_A_TEST_ENDS_IT));

    public final WorkQueue http = new WorkQueue();
    public final WorkQueue routes = new WorkQueue();
    public final List<VideoTask> heard = new ArrayList<>();
    /** The changes that the observer was notified of. */
    public final List<HistoryEntry> changes = new ArrayList<>();

    public TaskListener listener = heard::add;
    public Meters meters = Meters.NONE;
    public final DurationHistory history = new DurationHistory();
    /** Why a task that is paid for now could not be followed. */
    public Supplier<Optional<String>> problem = Optional::empty;

    public FaultyLedger ledger;
    public TimerQueue timers;
    public NodeLease lease;
    public DeliveryNotifier notifier;
    public TaskEngine engine;
    public LostSubmitRecovery recovery;
    public SubmitService submits;
    public RateLimiters rateLimiters;
    public ToApisSimulator toApis;
    public ToApisClient client;
    private CloseableHttpClient submitClient;
    private CloseableHttpClient queries;
    private String source;

    @BeforeEach
    void assemble(ToApisSimulator simulator) {
        toApis = simulator;
        source = simulator.addSource();
        submitClient = plainClient();
        queries = plainClient();
        client = clientOf(simulator.baseUrl());
        ledger = new FaultyLedger(new MemoryTaskLedger(CLOCK, 100_000));
        timers = new TimerQueue(CLOCK);
        lease = new NodeLease(ledger, NODE, LEASE);
        lease.renew();
        notifier = new DeliveryNotifier();
        RestoringLedger restoring = new RestoringLedger(ledger);
        wire(restoring, http, routes);
        restoring.restoreFrom(engine.registry::remembered);
        restoring.restoreFrom(recovery::remembered);
    }

    /** Wires an engine that works on a ledger, as a component does. */
    public void wire(TaskLedger whose, Executor pool, Executor routePool) {
        engine = new TaskEngine(
                whose,
                lease,
                timers,
                pool,
                routePool,
                notifier,
                seen -> listener.seen(seen),
                true,
                (entry, change) -> changes.add(entry),
                meters,
                history,
                pacesOf(pool),
                () -> problem.get(),
                TaskSpans.NONE);
        recovery = engine.recovery;
        submits = engine.submits;
        // As a component does at its start.
        engine.pauses.refresh(List.of());
    }

    /** Rate limiters without limits, unless a test sets some. */
    public RateLimiters pacesOf(Executor pool) {
        rateLimiters = new RateLimiters(CLOCK, timers, pool, size -> {}, null);
        return rateLimiters;
    }

    @AfterEach
    void closeClients() throws IOException {
        submitClient.close();
        queries.close();
    }

    private static CloseableHttpClient plainClient() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        PlainClient.configure(builder);
        PlainClient.neverReuseConnections(builder);
        return builder.build();
    }

    public ToApisClient clientOf(String baseUrl) {
        return clientOf(baseUrl, ApiKey.fixed(toApis.apiKey()));
    }

    public ToApisClient clientOf(String baseUrl, ApiKey apiKey) {
        return new ToApisClient(BaseUrl.parse(baseUrl), apiKey, SILENT, submitClient, queries);
    }

    /** The clock that all of them share. */
    public static InstantSource clock() {
        return CLOCK;
    }

    /** The service profile of a client, with the schedule and limits of these tests. */
    public static ServiceProfile serviceOf(ToApisClient whom) {
        return new ServiceProfile(ACCOUNT, whom, true, null, SCHEDULE, LIMITS);
    }

    public ServiceProfile service() {
        return serviceOf(client);
    }

    /** A completed task, as the service reports it. */
    public static VideoTask completed(String taskId, String key) {
        return VideoTasks.completed(taskId, key, "https://files.toapis.com/x.mp4", null);
    }

    public static TaskKey ref(String key) {
        return new TaskKey(ACCOUNT, key);
    }

    public SubmitCommand submission(String key, String prompt) {
        return submission(key, prompt, client);
    }

    public SubmitCommand submission(String key, String prompt, ToApisClient whom) {
        RemixRequest request = RemixRequest.of(source, prompt).withModel("sora-2");
        return new SubmitCommand(
                ref(key),
                SubmitRequest.of(SubmitOperation.REMIX, request),
                serviceOf(whom),
                TaskLabels.NONE,
                Spending.NONE,
                true);
    }

    /** Registers a submit, which {@link #work} sends. */
    public TestWaiter submit(String key, Goal goal) {
        TestWaiter waiting = new TestWaiter();
        submits.submit(submission(key, "Add a puppy"), goal, waiting::with);
        return waiting;
    }

    public TestWaiter submit(String key) {
        return submit(key, Goal.ENDED);
    }

    /** Submits a remix, and sends it. */
    public TestWaiter remix(String key) {
        TestWaiter waiting = submit(key);
        work();
        return waiting;
    }

    /** Registers a waiter for a task that was submitted elsewhere; {@link #work} polls it. */
    public TestWaiter await(String taskId) {
        TestWaiter waiting = new TestWaiter();
        engine.importer.await(taskId, service(), TaskLabels.NONE, waiting::with);
        return waiting;
    }

    /** Signals what a route's own query has found. */
    public VideoTask signal(VideoTask seen) {
        return signal(engine, seen);
    }

    public VideoTask signal(TaskEngine whose, VideoTask seen) {
        return ledger.findByTaskId(ACCOUNT, seen.id())
                .map(record -> whose.completions.statusSeen(record, seen))
                .orElse(seen);
    }

    /** Begins the shutdown of the routes. */
    public void stop() {
        engine.phase.stop();
        engine.endWaits();
        routes.runAll();
    }

    /** Suspends the routes. */
    public void suspend() {
        engine.phase.suspend();
        engine.endWaits();
        routes.runAll();
    }

    /** Resumes the routes. */
    public void resume() {
        engine.phase.resume();
    }

    /** Runs all due timers and queued actions. */
    public void work() {
        do {
            timers.runDue();
        } while (http.runAll() + routes.runAll() > 0);
    }

    /** Runs {@link #work} on another thread, for tests that hold a call. */
    public CompletableFuture<Void> workElsewhere() {
        return CompletableFuture.runAsync(this::work);
    }

    /** Advances the clock, and runs what is then due. */
    public void pass(Duration time) {
        CLOCK.advance(time);
        work();
    }

    public void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** Advances the clock in steps, and runs what is due after each. */
    public void passInSteps(Duration time, Duration step) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
            pass(step);
        }
    }

    /** Advances the clock, and runs nothing. */
    public void leaveUndone(Duration time) {
        CLOCK.advance(time);
    }

    /** Writes the intent of a submit of another node, which sends nothing. */
    public void writeIntentOf(String node, String key) {
        new IntentLog(ledger, new LedgerWriter(ledger, node, true, (entry, change) -> {}), node, null)
                .write(submission(key, "Add a puppy"));
    }

    /** Adds the running record of an earlier JVM, which this engine does not poll. */
    public void addRunning(String key, String taskId) {
        TaskRecord intent = LedgerRecords.intentAt(
                toApis.baseUrl(),
                ACCOUNT,
                key,
                submission(key, "Add a puppy").request().toJson());
        ledger.add(intent.accepted(taskId, ledger.now(), LIMITS.trackUntil(ledger.now())));
    }

    public TaskRecord record(String key) {
        return ledger.find(ACCOUNT, key).orElseThrow(() -> new AssertionError("No record has key " + key));
    }

    public TaskState state(String key) {
        return record(key).state();
    }

    public String taskId(String key) {
        return record(key).taskId();
    }

    public long posts() {
        return toApis.books().submitsReceived();
    }

    /** Completes a task at the service, and polls it. */
    public void completeAndPoll(String key) {
        toApis.complete(taskId(key));
        passSeconds(15);
    }
}

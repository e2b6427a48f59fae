package io.github.camelsora.task;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import io.github.camelsora.pace.RateLimiters;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.BaseUrl;
import io.github.camelsora.toapis.PlainClient;
import io.github.camelsora.toapis.SubmitRequest;
import io.github.camelsora.toapis.ToApisClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A submitter and a tracker that speak to a simulator over real HTTP. Their pools are queues that the test works off, and
 * one clock that only the test moves tells the time to them and to the simulator: nothing hangs on the machine's speed.
 */
abstract class TaskTestSupport {
    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration SUBMIT_TIMEOUT = Duration.ofMinutes(15);
    static final Duration COMPLETION_TIMEOUT = Duration.ofMinutes(10);
    static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(2);
    static final Duration TRACKING_TIMEOUT = Duration.ofHours(24);
    static final TaskTimeouts LIMITS =
            new TaskTimeouts(SUBMIT_TIMEOUT, COMPLETION_TIMEOUT, RECOVERY_TIMEOUT, TRACKING_TIMEOUT);
    static final PollSchedule SCHEDULE = new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), () -> 0);
    static final String ACCOUNT = "default";
    static final String NODE = "node-1";

    /** Longer than any test lets pass, unless it is about leases. */
    static final Duration LEASE = Duration.ofDays(300);

    private static final SimulatorClock CLOCK = SimulatorClock.stopped();
    private static final Duration UNTIL_A_TEST_ENDS_IT = Duration.ofDays(30);

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS =
            ToApisSimulatorExtension.of(ToApisSimulator.builder().clock(CLOCK).taskDuration(UNTIL_A_TEST_ENDS_IT));

    final WorkQueue http = new WorkQueue();
    final WorkQueue routes = new WorkQueue();
    final List<VideoTask> heard = new ArrayList<>();
    TaskListener listener = heard::add;

    TroubledLedger ledger;
    TimerQueue ticker;
    NodeLease lease;
    DeliveryNotifier bell;
    TaskTracker tracker;
    LostSubmitRecovery recovery;
    SubmitService submitter;
    RateLimiters paces;
    ToApisSimulator toApis;
    ToApisClient client;
    private CloseableHttpClient submits;
    private CloseableHttpClient queries;
    private String source;

    @BeforeEach
    void assemble(ToApisSimulator simulator) {
        toApis = simulator;
        source = simulator.addSource();
        submits = plainClient();
        queries = plainClient();
        client = clientOf(simulator.baseUrl());
        ledger = new TroubledLedger(new MemoryTaskLedger(CLOCK, 100_000));
        ticker = new TimerQueue(CLOCK);
        lease = new NodeLease(ledger, NODE, LEASE);
        lease.renew();
        bell = new DeliveryNotifier();
        RestoringLedger restoring = new RestoringLedger(ledger);
        tracker = new TaskTracker(
                restoring, lease, ticker, http, routes, bell, seen -> listener.seen(seen), pacesOf(http));
        recovery = new LostSubmitRecovery(restoring, lease, tracker, ticker);
        restoring.restoreFrom(tracker::remembered);
        restoring.restoreFrom(recovery::remembered);
        submitter = new SubmitService(restoring, lease, tracker, recovery, ticker, http, Optional::empty);
    }

    /** Paces that limit nothing unless a test says so. */
    RateLimiters pacesOf(Executor pool) {
        paces = new RateLimiters(CLOCK, (when, action) -> ticker.at(when, action)::cancel, pool, size -> {}, null);
        return paces;
    }

    @AfterEach
    void closeClients() throws IOException {
        submits.close();
        queries.close();
    }

    private static CloseableHttpClient plainClient() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        PlainClient.configure(builder);
        PlainClient.neverReuseConnections(builder);
        return builder.build();
    }

    ToApisClient clientOf(String baseUrl) {
        return new ToApisClient(BaseUrl.parse(baseUrl), toApis.apiKey(), submits, queries);
    }

    /** What tells the time to all of them. */
    static InstantSource clock() {
        return CLOCK;
    }

    /** The service, asked by a client at the pace of these tests. */
    static ServiceProfile serviceOf(ToApisClient whom) {
        return new ServiceProfile(ACCOUNT, whom, true, null, SCHEDULE, LIMITS);
    }

    ServiceProfile service() {
        return serviceOf(client);
    }

    /** A task as the service tells of it when it has completed. */
    static VideoTask completed(String taskId, String key) {
        Video video = new Video("https://files.toapis.com/x.mp4", "mp4", null);
        return new VideoTask(
                taskId,
                key,
                null,
                TaskStatus.COMPLETED,
                100,
                null,
                null,
                null,
                null,
                video.url(),
                List.of(video),
                null,
                null,
                null);
    }

    static TaskKey ref(String key) {
        return new TaskKey(ACCOUNT, key);
    }

    SubmitCommand submission(String key, String prompt) {
        return submission(key, prompt, client);
    }

    SubmitCommand submission(String key, String prompt, ToApisClient whom) {
        RemixRequest request = RemixRequest.of(source, prompt).withModel("sora-2");
        return new SubmitCommand(
                ref(key), "remix", SubmitRequest.of(request), serviceOf(whom), TaskLabels.NONE, "", true);
    }

    /** Submits, and does not send yet. */
    Waiting submit(String key, Goal goal) {
        Waiting waiting = new Waiting();
        submitter.submit(submission(key, "Add a puppy"), goal, waiting::with);
        return waiting;
    }

    Waiting submit(String key) {
        return submit(key, Goal.ENDED);
    }

    /** Submits a remix, and sends it. */
    Waiting remix(String key) {
        Waiting waiting = submit(key);
        work();
        return waiting;
    }

    /** Waits for a task that somebody submitted elsewhere, without asking yet. */
    Waiting await(String taskId) {
        Waiting waiting = new Waiting();
        new TaskImporter(ledger, tracker, NODE).await(taskId, service(), TaskLabels.NONE, waiting::with);
        return waiting;
    }

    /** A route has asked for a task, and the service has answered. */
    VideoTask signal(VideoTask seen) {
        return signal(tracker, seen);
    }

    VideoTask signal(TaskTracker whose, VideoTask seen) {
        return ledger.findByTaskId(ACCOUNT, seen.id())
                .map(record -> whose.signal(record, seen))
                .orElse(seen);
    }

    /** The routes begin to stop. */
    void park() {
        submitter.park();
        tracker.park(submitter::isSending);
        routes.runAll();
    }

    /** The routes are suspended. */
    void suspend() {
        submitter.park();
        tracker.suspend(submitter::isSending);
        routes.runAll();
    }

    /** The routes are resumed. */
    void resume() {
        tracker.resume();
        submitter.resume();
    }

    /** Does all there is to do at this moment. */
    void work() {
        do {
            ticker.runDue();
        } while (http.runAll() + routes.runAll() > 0);
    }

    /** The same on another thread, for as long as the test holds a call. */
    CompletableFuture<Void> workElsewhere() {
        return CompletableFuture.runAsync(this::work);
    }

    /** Moves the time, and does what has become due. */
    void pass(Duration time) {
        CLOCK.advance(time);
        work();
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** Lets the time pass in steps, for what shows only on the way. */
    void passInSteps(Duration time, Duration step) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
            pass(step);
        }
    }

    /** Moves the time, and does nothing. */
    void leaveUndone(Duration time) {
        CLOCK.advance(time);
    }

    /** A record as an earlier life of this ledger has left it: running, and followed by nobody here. */
    void addRunning(String key, String taskId) {
        TaskRecord intent = LedgerRecords.intentAt(
                toApis.baseUrl(),
                ACCOUNT,
                key,
                submission(key, "Add a puppy").request().toJson());
        ledger.add(intent.accepted(taskId, ledger.now(), LIMITS.trackUntil(ledger.now())));
    }

    TaskRecord record(String key) {
        return ledger.find(ACCOUNT, key).orElseThrow(() -> new AssertionError("No record has key " + key));
    }

    TaskState state(String key) {
        return record(key).state();
    }

    String taskId(String key) {
        return record(key).taskId();
    }

    long posts() {
        return toApis.books().submitsReceived();
    }

    /** Completes a task at the service, and polls it. */
    void completeAndPoll(String key) {
        toApis.complete(taskId(key));
        passSeconds(15);
    }
}

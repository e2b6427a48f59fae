package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.learned.ExpectedEnds;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.ToApisClient;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.VideoTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The classes of this package over a ledger in memory, without a service: tests say what polls and webhooks have seen. */
abstract class TrackTestSupport {
    static final String ACCOUNT = "default";
    static final String NODE = "node-1";
    static final String VIDEO = "https://files.toapis.com/x.mp4";
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration WAIT = Duration.ofMinutes(1);
    static final Duration RECOVERY = Duration.ofMinutes(2);
    static final TaskTimeouts TIMEOUTS = new TaskTimeouts(Duration.ofMinutes(15), WAIT, RECOVERY, Duration.ofHours(24));

    final ManualTime time = new ManualTime();
    final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(time, 1_000));
    final LedgerWriter writer = new LedgerWriter(ledger, NODE, true, (entry, change) -> {});
    final LedgerWriter otherNode = new LedgerWriter(ledger, "node-2", true, (entry, change) -> {});
    final NodeLease lease = new NodeLease(ledger, NODE, LEASE);
    final DeliveryNotifier notifier = new DeliveryNotifier();
    final List<VideoTask> shown = new ArrayList<>();
    final WebhookReliability.ByAccount reliability = new WebhookReliability.ByAccount();
    final TaskEntries entries = new TaskEntries();
    final RoutePhase phase = new RoutePhase();
    final RetryingExecutor executor = new RetryingExecutor(time::instant, time.timers(), time);
    final ShutdownHandler shutdown = new ShutdownHandler(entries, phase, false);
    final WaitTimeouts timeouts = new WaitTimeouts(time, time.timers(), executor);
    final ClaimReleases releases = new ClaimReleases(entries, writer, new LedgerRetries(executor), notifier);
    final TaskRegistry registry = new TaskRegistry(entries, lease, releases, timeouts, shutdown, phase, Runnable::run);
    final WaitFailures failures = new WaitFailures(entries, ledger);
    final TaskIdentity identity = new TaskIdentity(ledger, entries);
    final ImportedTasks imports = new ImportedTasks(
            ledger, writer, NODE, registry, failures, new AdoptionRevocation(ledger, writer, failures));
    final ExpectedEnds expectedEnds = new ExpectedEnds(new DurationHistory(), time);
    final CompletionHandler completions =
            new CompletionHandler(entries, writer, lease, notifier, shown::add, expectedEnds, reliability);
    final AcceptanceHandler acceptances = new AcceptanceHandler(entries, writer, completions, timeouts, shutdown);
    final WebhookCompletionReceiver webhooks =
            new WebhookCompletionReceiver(ledger, entries, completions, identity, imports);
    final LeaseLossHandler leaseLoss = new LeaseLossHandler(entries, writer, lease);
    final ServiceProfile service = new ServiceProfile(
            ACCOUNT,
            new ToApisClient(BaseUrl.parse(LedgerRecords.SERVICE), ApiKey.fixed("test-key"), null, null, null),
            true,
            null,
            null,
            TIMEOUTS);

    TrackTestSupport() {
        lease.renew();
    }

    /** The polls of a task, which only a test brings about. */
    static final class RecordedPolls implements Polling {
        int pollsNow;
        int stops;
        Instant endedAt;
        VideoTask result;

        @Override
        public void pollNow() {
            pollsNow++;
        }

        @Override
        public void stop() {
            stops++;
        }

        @Override
        public void onCompleted(Instant when, VideoTask completed) {
            endedAt = when;
            result = completed;
        }
    }

    static TaskKey ref(String key) {
        return new TaskKey(ACCOUNT, key);
    }

    static VideoTask completed(String taskId) {
        return VideoTasks.completed(taskId, null, VIDEO, null);
    }

    /** A completed task with one video that carries a key of ours. */
    static VideoTask completed(String taskId, String wireKey) {
        VideoTask completed = completed(taskId);
        return new VideoTask(
                taskId,
                null,
                wireKey,
                TaskStatus.COMPLETED,
                100,
                null,
                null,
                null,
                null,
                VIDEO,
                completed.videos(),
                null,
                null,
                null);
    }

    static VideoTask seen(String taskId, TaskStatus status) {
        return carrying(taskId, null, status);
    }

    static VideoTask carrying(String taskId, String wireKey, TaskStatus status) {
        return new VideoTask(taskId, null, wireKey, status, 40, null, null, null, null, null, null, null, null, null);
    }

    TaskRecord record(String key) {
        return ledger.find(ACCOUNT, key).orElseThrow(() -> new AssertionError("No record has key " + key));
    }

    /** Adds a record as it is, and returns it as it stands. */
    TaskRecord add(TaskRecord record) {
        ledger.add(record);
        return record(record.key());
    }

    /** Adds the record of a lost submit of this node. */
    TaskRecord addLost(String key) {
        TaskRecord intent = add(LedgerRecords.intent(ACCOUNT, key));
        return writer.apply(ref(key), new TaskEvent.AnswerLost(intent.wireKey(), LedgerRecords.TRACK_UNTIL))
                .required();
    }

    /** Adds a running record of this node, whose key is {@code key} and whose task is {@code video_<key>}. */
    TaskRecord addRunning(String key) {
        return add(LedgerRecords.running(ACCOUNT, key, "video_" + key));
    }

    /** Adds the record of a task that was awaited by its id. */
    TaskRecord addImport(String taskId) {
        return add(ImportedTasks.newRecord(taskId, 0, service, TaskLabels.NONE, NODE, time.instant()));
    }

    /** Makes this node follow a record. */
    RecordedPolls follow(TaskRecord record) {
        RecordedPolls polls = new RecordedPolls();
        entries.with(TaskKey.of(record), service, task -> {
            task.follow(record, polls);
            return task;
        });
        return polls;
    }

    TaskEntry entry(String key) {
        return entries.find(ref(key)).orElseThrow(() -> new AssertionError("Key " + key + " is not in memory"));
    }

    /** Claims a task, and waits for its end. */
    TestWaiter await(String key) {
        return await(key, TaskWaiter.Goal.ENDED);
    }

    TestWaiter await(String key, TaskWaiter.Goal goal) {
        TestWaiter waiter = new TestWaiter();
        waiter.with(registry.claim(ref(key), service));
        registry.await(waiter.claim(), goal, WAIT, TestWaiter.REQUEST, waiter);
        return waiter;
    }

    /** Counts how often consumers of the account are notified. */
    AtomicInteger countNotifications() {
        AtomicInteger notifications = new AtomicInteger();
        notifier.subscribe(new Subscription(ACCOUNT, null, notifications::incrementAndGet));
        return notifications;
    }

    /** Another node takes the record of a key over. */
    void takeOver(String key) {
        ledger.replace(record(key).ownedBy("node-2"));
    }
}

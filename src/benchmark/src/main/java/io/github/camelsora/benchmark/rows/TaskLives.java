package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.WireSamples;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskEvent.ClaimHere;
import io.github.camelsora.internal.ledger.TaskEvent.Delivered;
import io.github.camelsora.internal.ledger.TaskEvent.SubmitAccepted;
import io.github.camelsora.internal.ledger.TaskEvent.SubmitStarted;
import io.github.camelsora.internal.ledger.TaskEvent.TaskCompleted;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Lives of tasks in a ledger, each with four writes and three looks: intent, acceptance, end and delivery. Each write has its line
 * of the history.
 */
final class TaskLives {
    static final String ACCOUNT = "default";
    static final String NODE = "benchmark";
    /** What makes a key one that travels. */
    static final String WIRE_KEY_END = "~0123456789";

    static final String SERVICE = "https://toapis.com";
    static final String REQUEST =
            "{\"video_id\": \"video_01K8SGYNNNVBQTXNR4MM964S7K\", \"model\": \"sora-2\", \"prompt\": \"Add a puppy\"}";
    private static final VideoTask ENDED = WireSamples.completedTask();
    static final String RESULT = TaskJson.write(ENDED);

    private TaskLives() {}

    /** How many there are in a second, by so many threads, each of which begins the next when one is over. */
    static double perSecond(TaskLedger ledger, int threads, Duration time) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            LedgerWriter writer = writer(ledger);
            Callable<Integer> work = () -> {
                int count = 0;
                for (; System.nanoTime() - begin < time.toNanos(); count++) {
                    live(writer, ledger.now(), UUID.randomUUID().toString());
                }
                return count;
            };
            int count = 0;
            for (Future<Integer> one :
                    pool.invokeAll(Stream.generate(() -> work).limit(threads).toList())) {
                count += one.get();
            }
            return count / ((System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdown();
        }
    }

    /** So many, one after the other. */
    static void live(TaskLedger ledger, int count) {
        LedgerWriter writer = writer(ledger);
        for (int i = 0; i < count; i++) {
            live(writer, ledger.now(), UUID.randomUUID().toString());
        }
    }

    /** With a history, which is the default. */
    private static LedgerWriter writer(TaskLedger ledger) {
        return new LedgerWriter(ledger, NODE, true, (entry, change) -> {});
    }

    private static void live(LedgerWriter writer, Instant now, String key) {
        Times times = new Times(now, null, null, null, null);
        TaskRecord intent = new TaskRecord(
                ACCOUNT,
                key,
                key + WIRE_KEY_END,
                SERVICE,
                "remix",
                REQUEST,
                TaskState.INTENT,
                null,
                null,
                NODE,
                times,
                Due.NOTHING,
                0,
                null,
                Map.of(),
                null,
                null,
                0);
        String taskId = "video_" + key;
        apply(writer, intent, new SubmitStarted(intent, null));
        apply(writer, intent, new SubmitAccepted(intent.wireKey(), taskId, now.plusSeconds(86_400), null));
        apply(writer, intent, new TaskCompleted(taskId, ENDED, ClaimHere.CERTAIN));
        apply(writer, intent, new Delivered(taskId, false));
    }

    private static void apply(LedgerWriter writer, TaskRecord intent, TaskEvent event) {
        if (!writer.apply(TaskKey.of(intent), event).isChanged()) {
            throw new IllegalStateException("The ledger has not changed by " + event);
        }
    }
}

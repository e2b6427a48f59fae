package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.benchmark.WireSamples;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lives of tasks in a ledger, each with four writes and three looks: intent, acceptance, end and delivery. */
final class TaskLives {
    static final String ACCOUNT = "default";
    static final String NODE = "benchmark";
    /** What makes a key one that travels. */
    static final String WIRE_KEY_END = "~0123456789";

    static final String SERVICE = "https://toapis.com";
    static final String REQUEST =
            "{\"video_id\": \"video_01K8SGYNNNVBQTXNR4MM964S7K\", \"model\": \"sora-2\", \"prompt\": \"Add a puppy\"}";
    static final String RESULT = TaskJson.write(WireSamples.completedTask());

    private TaskLives() {}

    /** How many there are in a second, by so many threads, each of which begins the next when one is over. */
    static double perSecond(TaskLedger ledger, int threads, Duration time) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            Callable<Integer> work = () -> {
                int count = 0;
                for (; System.nanoTime() - begin < time.toNanos(); count++) {
                    live(ledger, UUID.randomUUID().toString());
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
        for (int i = 0; i < count; i++) {
            live(ledger, UUID.randomUUID().toString());
        }
    }

    private static void live(TaskLedger ledger, String key) {
        Instant now = ledger.now();
        Times times = new Times(now, null, null, null, null);
        ledger.add(new TaskRecord(
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
                0));
        step(ledger, key, record -> record.accepted("video_" + key, ledger.now(), now.plusSeconds(86_400)));
        step(ledger, key, record -> record.ended(RESULT, ledger.now()));
        step(ledger, key, record -> record.delivered(ledger.now()));
    }

    private static void step(TaskLedger ledger, String key, UnaryOperator<TaskRecord> step) {
        ledger.find(ACCOUNT, key).map(step).flatMap(ledger::replace).orElseThrow();
    }
}

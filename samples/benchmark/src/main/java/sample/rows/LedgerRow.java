package sample.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.toapis.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import sample.Effort;
import sample.Figure;
import sample.Row;
import sample.WireSamples;

/** How many lives of a task a ledger keeps book of in a second, each with four writes and three looks. */
public final class LedgerRow implements Row {
    private static final String ACCOUNT = "default";
    private static final String NODE = "benchmark";
    private static final String REQUEST =
            "{\"video_id\": \"video_01K8SGYNNNVBQTXNR4MM964S7K\", \"model\": \"sora-2\", \"prompt\": \"Add a puppy\"}";
    private static final String VERDICT = TaskJson.write(WireSamples.completedTask());

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Ledgers ledgers = new Ledgers()) {
            for (int threads : new int[] {1, 8}) {
                Numbers memory = new Numbers();
                Numbers file = new Numbers();
                Numbers postgres = new Numbers();
                Duration time = effort.of(Duration.ofSeconds(2), Duration.ofMillis(300));
                for (int round = -1; round < effort.of(3, 1); round++) {
                    double inMemory = perSecond(ledgers.memory(), threads, time);
                    double inFile = perSecond(ledgers.file(), threads, time);
                    double inPostgres = perSecond(ledgers.postgres(), threads, time);
                    // The first round is for warming up.
                    if (round >= 0) {
                        memory.add(inMemory);
                        file.add(inFile);
                        postgres.add(inPostgres);
                    }
                }
                figures.add(Figure.shown(
                        Figure.text("ledger, tasks a second from intent to delivery, threads: %d", threads),
                        Figure.text(
                                "memory %,.0f, H2 file %,.0f, PostgreSQL %,.0f",
                                memory.median(), file.median(), postgres.median())));
            }
        }
        return figures;
    }

    private static double perSecond(TaskLedger ledger, int threads, Duration time) throws Exception {
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

    private static void live(TaskLedger ledger, String key) {
        Instant now = ledger.now();
        Times times = new Times(now, null, null, null, null);
        ledger.add(new TaskRecord(
                ACCOUNT,
                key, null,
                "https://toapis.com",
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
                0));
        step(ledger, key, record -> record.accepted("video_" + key, ledger.now(), now.plusSeconds(86_400)));
        step(ledger, key, record -> record.ended(VERDICT, ledger.now()));
        step(ledger, key, record -> record.delivered(ledger.now()));
    }

    private static void step(TaskLedger ledger, String key, UnaryOperator<TaskRecord> step) {
        ledger.find(ACCOUNT, key).map(step).flatMap(ledger::replace).orElseThrow();
    }
}

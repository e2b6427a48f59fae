package io.github.camelsora.benchmark.rows;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many lives of a task a ledger keeps book of in a second. Each round has a fresh ledger, so that none fills the heap. */
public final class LedgerRow implements Row {
    // The lock of the ledger in memory may cost a factor of two among threads, and not more.
    private static final double LEAST_TIMES = 0.5;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        try (Ledgers ledgers = new Ledgers()) {
            return measure(ledgers, effort);
        }
    }

    private static List<Figure> measure(Ledgers ledgers, Effort effort) throws Exception {
        Duration time = effort.of(Duration.ofSeconds(2), Duration.ofMillis(300));
        List<Figure> figures = new ArrayList<>();
        List<Double> inMemory = new ArrayList<>();
        for (int threads : new int[] {1, 8}) {
            Numbers memory = new Numbers();
            Numbers file = new Numbers();
            Numbers postgres = new Numbers();
            for (int round = -1; round < effort.of(3, 1); round++) {
                double byMemory = TaskLives.perSecond(Ledgers.inMemory(), threads, time);
                double byFile = TaskLives.perSecond(ledgers.inFreshFile(), threads, time);
                double byPostgres = TaskLives.perSecond(ledgers.inFreshPostgres(), threads, time);
                ledgers.closeAll();
                // The first round is for warming up.
                if (round >= 0) {
                    memory.add(byMemory);
                    file.add(byFile);
                    postgres.add(byPostgres);
                }
            }
            inMemory.add(memory.median());
            figures.add(Figure.shown(
                    Figure.text("ledger, tasks a second from intent to delivery, threads: %d", threads),
                    Figure.text(
                            "memory %,.0f, H2 file %,.0f, PostgreSQL %,.0f",
                            memory.median(), file.median(), postgres.median())));
        }
        figures.add(Figure.atLeast(
                "ledger in memory, tasks a second with 8 threads against 1",
                LEAST_TIMES,
                inMemory.get(1) / inMemory.get(0),
                "%.2f times"));
        return figures;
    }
}

package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * What the records cost that are kept for their keys: lives of tasks in a ledger that is full of them and in an empty one, in
 * turns. And what the periodic queries cost: what is due, abandoned, ended elsewhere, or kept long enough.
 */
public final class KeptRow implements Row {
    private static final double LEAST_TIMES = 0.8;
    private static final int THREADS = 8;
    private static final Duration KEPT = Duration.ofDays(30);

    /** Where a ledger is, and how records are put there. */
    private interface Place {
        TaskLedger ledgerWith(int kept) throws Exception;
    }

    private final String name;
    private final int kept;
    private final int keptInAQuickRun;
    private final boolean hasMemory;

    private KeptRow(String name, int kept, int keptInAQuickRun, boolean hasMemory) {
        this.name = name;
        this.kept = kept;
        this.keptInAQuickRun = keptInAQuickRun;
        this.hasMemory = hasMemory;
    }

    /**
     * A million records, and as many as a ledger in memory keeps.
     *
     * @return the row
     */
    public static KeptRow million() {
        return new KeptRow("kept", 1_000_000, 2_000, true);
    }

    /**
     * Ten million records, which take a while to be written.
     *
     * @return the row
     */
    public static KeptRow tenMillion() {
        return new KeptRow("kept10", 10_000_000, 20_000, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        if (hasMemory) {
            figures.add(inMemory(effort));
        }
        int records = effort.of(kept, keptInAQuickRun);
        try (Ledgers ledgers = new Ledgers()) {
            figures.addAll(compare("H2 file", number -> inFile(ledgers, number), records, effort));
            ledgers.closeAll();
            figures.addAll(compare("PostgreSQL", number -> inPostgres(ledgers, number), records, effort));
        }
        return figures;
    }

    private static List<Figure> compare(String name, Place place, int kept, Effort effort) throws Exception {
        TaskLedger empty = place.ledgerWith(0);
        TaskLedger full = place.ledgerWith(kept);
        Duration time = effort.of(Duration.ofSeconds(3), Duration.ofMillis(200));
        Numbers byEmpty = new Numbers();
        Numbers byFull = new Numbers();
        Numbers ratios = new Numbers();
        Numbers looksAtEmpty = new Numbers();
        Numbers looksAtFull = new Numbers();
        // The first round is for warming up.
        for (int round = -1; round < effort.of(7, 1); round++) {
            double inEmpty = TaskLives.perSecond(empty, THREADS, time);
            double inFull = TaskLives.perSecond(full, THREADS, time);
            double lookAtEmpty = millisOfALook(empty);
            double lookAtFull = millisOfALook(full);
            if (round >= 0) {
                byEmpty.add(inEmpty);
                byFull.add(inFull);
                ratios.add(inFull / inEmpty);
                looksAtEmpty.add(lookAtEmpty);
                looksAtFull.add(lookAtFull);
            }
        }
        String what = Figure.text("ledger with %,d kept records against an empty one, %s: ", kept, name);
        return List.of(
                Figure.atLeast(what + "tasks a second", LEAST_TIMES, ratios.median(), "%.2f times")
                        .with(Figure.text("%,.0f against %,.0f", byFull.median(), byEmpty.median())),
                Figure.shown(
                        what + "the periodic queries",
                        Figure.text("%.1f ms against %.1f ms", looksAtFull.median(), looksAtEmpty.median())));
    }

    /** What a node queries periodically: what is due, abandoned, its own, ended elsewhere, and kept long enough. */
    private static double millisOfALook(TaskLedger ledger) {
        long begin = System.nanoTime();
        Instant now = ledger.now();
        ledger.findDue(TaskLives.ACCOUNT, null, 100);
        ledger.findAbandoned(TaskLives.ACCOUNT, TaskLives.SERVICE, 200);
        ledger.findOwned(TaskLives.ACCOUNT, TaskLives.NODE);
        ledger.findEnded(TaskLives.ACCOUNT, TaskLives.NODE, now);
        ledger.removeClosed(now.minus(KEPT), 200);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** As many as it keeps by default: more would only make it forget others. */
    private static Figure inMemory(Effort effort) {
        int count = effort.of(50_000, 500);
        Numbers ratios = new Numbers();
        for (int round = -3; round < effort.of(7, 1); round++) {
            double empty = secondsOf(Ledgers.inMemory(), count);
            double full = secondsOf(inMemoryWith(effort.of(Ledgers.IN_MEMORY, 1_000)), count);
            if (round >= 0) {
                ratios.add(empty / full);
            }
        }
        // Nothing to reach: it forgets one record for each new one, which an empty one need not.
        return Figure.shown(
                Figure.text(
                        "ledger with %,d kept records against an empty one, memory: tasks a second",
                        effort.of(Ledgers.IN_MEMORY, 1_000)),
                Figure.text("%.2f times", ratios.median()));
    }

    private static double secondsOf(TaskLedger ledger, int count) {
        System.gc();
        long begin = System.nanoTime();
        TaskLives.live(ledger, count);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static TaskLedger inMemoryWith(int kept) {
        TaskLedger ledger = Ledgers.inMemory();
        TaskLives.live(ledger, kept);
        return ledger;
    }

    private static TaskLedger inFile(Ledgers ledgers, int kept) throws Exception {
        Path file = ledgers.freshFile();
        // Makes the tables.
        JdbcTaskLedger.inFile(file, true).close();
        if (kept > 0) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:" + file + ";MAX_LENGTH_INPLACE_LOB=1000000;CACHE_SIZE=131072");
            database.setUser("sa");
            new KeptRecords(database).writeDelivered(kept);
        }
        return ledgers.inFile(file);
    }

    private static TaskLedger inPostgres(Ledgers ledgers, int kept) throws Exception {
        DataSource database = ledgers.freshPostgres();
        TaskLedger ledger = JdbcTaskLedger.on(database, true);
        if (kept > 0) {
            new KeptRecords(database).writeDelivered(kept);
        }
        return ledger;
    }
}

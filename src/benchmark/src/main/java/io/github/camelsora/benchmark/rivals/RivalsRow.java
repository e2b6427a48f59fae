package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.PostgresServer;
import io.github.camelsora.benchmark.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What people would use instead, in the same scenario. A measurement also writes its table into the results of the benchmark and into the
 * page of the documentation.
 */
public final class RivalsRow implements Row {
    private static final String OURS = "camel-sora";
    private static final int RUNS = 3;
    // They wait most of the time.
    private static final int AT_ONCE = 5;
    private static final Path FOLDER = Path.of("target", "rivals");
    private static final Path RESULTS = Path.of("RESULTS.md");
    private static final Path PAGE = Path.of("..", "main", "docs", "sora-why-not.adoc");

    @Override
    public String name() {
        return "rivals";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<RivalRuns> all = new ArrayList<>();
        ExecutorService atOnce = Executors.newFixedThreadPool(AT_ONCE);
        try (PostgresServer postgres = PostgresServer.start()) {
            List<List<Future<RivalBooks>>> running = new ArrayList<>();
            for (Rival rival : rivals(effort)) {
                running.add(IntStream.range(0, effort.of(RUNS, 1))
                        .mapToObj(run -> atOnce.submit(() -> run(rival, effort, effort.seed() + run, postgres)))
                        .toList());
            }
            for (List<Future<RivalBooks>> ofRival : running) {
                List<RivalBooks> runs = new ArrayList<>();
                for (Future<RivalBooks> run : ofRival) {
                    runs.add(run.get());
                }
                all.add(new RivalRuns(runs));
            }
        } finally {
            atOnce.shutdownNow();
        }
        if (!effort.isQuick()) {
            RivalsTable table = new RivalsTable(all);
            table.writeMarkdown(RESULTS);
            table.writeAsciiDoc(PAGE);
        }
        return all.stream().map(RivalsRow::figure).toList();
    }

    private static RivalBooks run(Rival rival, Effort effort, long seed, PostgresServer postgres) throws Exception {
        Scenario scenario = Scenario.of(new Effort(effort.isQuick(), seed));
        RivalBooks books = RivalRun.run(rival, scenario, postgres, FOLDER.resolve("seed-" + seed));
        if (books.hasEnded()) {
            throw new IllegalStateException(rival + " has ended by itself, see " + FOLDER);
        }
        return books;
    }

    /** A quick run has only ours; {@code RivalsTest} runs all. */
    private static List<Rival> rivals(Effort effort) {
        return effort.isQuick() ? List.of(Rivals.named(OURS).orElseThrow()) : Rivals.ALL;
    }

    private static Figure figure(RivalRuns runs) {
        String what = Figure.text(
                "%d orders, some of which come again, with faults and a kill, by %s",
                runs.runs().get(0).orders(), runs.rival());
        if (!runs.rival().name().equals(OURS)) {
            return Figure.shown(what, runs.toString());
        }
        boolean isMet = runs.runs().stream()
                .allMatch(books -> books.paidTooMuch() == 0
                        && books.paidNotDelivered().isEmpty()
                        && books.deliveredTwice() == books.repeatedOverKill().size());
        return Figure.of(
                what,
                "none paid twice, none paid and lost, none delivered twice but for the kill",
                runs.toString(),
                isMet);
    }
}

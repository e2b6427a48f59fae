package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.PostgresServer;
import io.github.camelsora.benchmark.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What people would use instead, in the same scenario. A measurement also writes its table into the results of the benchmark and into the
 * page of the documentation.
 */
public final class RivalsRow implements Row {
    private static final String OURS = "camel-sora";
    private static final Path FOLDER = Path.of("target", "rivals");
    private static final Path RESULTS = Path.of("RESULTS.md");
    private static final Path PAGE = Path.of("..", "main", "docs", "sora-why-not.adoc");

    @Override
    public String name() {
        return "rivals";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        Scenario scenario = Scenario.of(effort);
        List<RivalBooks> all = new ArrayList<>();
        try (PostgresServer postgres = PostgresServer.start()) {
            for (Rival rival : rivals(effort)) {
                all.add(RivalRun.run(rival, scenario, postgres, FOLDER));
            }
        }
        if (!effort.isQuick()) {
            RivalsTable table = new RivalsTable(all);
            table.writeMarkdown(RESULTS);
            table.writeAsciiDoc(PAGE);
        }
        return all.stream().map(books -> figure(scenario, books)).toList();
    }

    /** A test runs all of them at their small size. */
    private static List<Rival> rivals(Effort effort) {
        return effort.isQuick() ? List.of(Rivals.named(OURS).orElseThrow()) : Rivals.ALL;
    }

    private static Figure figure(Scenario scenario, RivalBooks books) {
        String what = Figure.text(
                "%d orders, some of which come again, with faults and a kill, by %s", scenario.orders(), books.rival());
        if (!books.rival().name().equals(OURS)) {
            return Figure.shown(what, books.toString());
        }
        boolean isMet = books.paidTooMuch() == 0
                && books.paidNotDelivered().isEmpty()
                && books.deliveredTwice() == books.repeatedOverKill().size();
        return Figure.of(
                what,
                "none paid twice, none paid and lost, none delivered twice but for the kill",
                books.toString(),
                isMet);
    }
}

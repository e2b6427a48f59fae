package io.github.camelsora.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures what the design of camel-sora promises, and prints one table. Each row runs in a fresh JVM, so that none pays for
 * another's heap and none profits from code that another has warmed up; the service that it speaks to is the simulator in a
 * third one.
 */
public final class Benchmark {
    private static final String HELP = """
            Arguments: [--quick] [--seed N] [row ...]

              --quick    a few seconds for each row, to see that it runs: no measurement
              --seed N   the seed of all random numbers (1)

            Rows, all of them when none is named: %s
            """;

    private static final int ROW_HEAP_MEGABYTES = 512;
    private static final List<String> ROW_JVM =
            List.of("-Xms" + ROW_HEAP_MEGABYTES + "m", "-Xmx" + ROW_HEAP_MEGABYTES + "m");

    private final Effort effort;
    private final List<Row> rows;
    private final Table table;
    private int failures;

    private Benchmark(Effort effort, List<Row> rows) {
        this.effort = effort;
        this.rows = rows;
        this.table = new Table(effort.isQuick());
    }

    /**
     * Measures.
     *
     * @param arguments see the text above
     * @throws Exception if the arguments are wrong or a row has failed
     */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = false;
        long seed = 1;
        List<Row> rows = new ArrayList<>();
        List<String> rest = new ArrayList<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            switch (argument) {
                case "--quick" -> isQuick = true;
                case "--seed" -> seed = Long.parseLong(rest.isEmpty() ? "" : rest.remove(0));
                default -> rows.add(Rows.named(argument).orElseThrow(() -> new IllegalArgumentException(help())));
            }
        }
        new Benchmark(new Effort(isQuick, seed), rows.isEmpty() ? Rows.ALL : rows).run();
    }

    private static String help() {
        return HELP.formatted(Rows.ALL.stream().map(Row::name).collect(Collectors.joining(", ")));
    }

    private void run() throws Exception {
        say(machine());
        for (Row row : rows) {
            measure(row);
        }
        say(effort.isQuick() ? "It runs. These numbers are of a quick run, which measures nothing." : "");
        say(table.toString());
        if (failures > 0) {
            throw new IllegalStateException(failures + " rows have failed; their errors are above");
        }
    }

    private void measure(Row row) throws Exception {
        say("Measuring: " + row.name());
        Path result = Files.createTempFile("benchmark-", ".txt");
        try {
            Process jvm = Jvm.of(
                            RowRun.class,
                            ROW_JVM,
                            row.name(),
                            String.valueOf(effort.isQuick()),
                            String.valueOf(effort.seed()),
                            result.toString())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (jvm.waitFor() == 0) {
                RowRun.read(result).forEach(this::show);
            } else {
                failures++;
                table.addFailure(row.name());
            }
        } finally {
            Files.delete(result);
        }
    }

    private void show(Figure figure) {
        say("  " + figure.what() + ": " + figure.measured());
        table.add(figure);
    }

    private String machine() {
        return Figure.text(
                "%s: %d cores, %s %s, JDK %s, heap of each row %d MB, load %.1f, seed %d",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                ROW_HEAP_MEGABYTES,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                effort.seed());
    }

    private static void say(String text) {
        System.out.println(text);
    }
}

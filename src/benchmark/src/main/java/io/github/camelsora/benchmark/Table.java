package io.github.camelsora.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures as a table that can be read on a terminal and pasted into a page of Markdown. */
final class Table {
    private static final List<String> HEAD = List.of("what", "to reach", "measured", "");

    private final List<List<String>> lines = new ArrayList<>();
    private final boolean isQuick;

    /**
     * An empty table.
     *
     * @param isQuick whether it is of a quick run, which meets and misses nothing
     */
    Table(boolean isQuick) {
        this.isQuick = isQuick;
        lines.add(HEAD);
    }

    void add(Figure figure) {
        lines.add(List.of(figure.what(), figure.toReach(), figure.measured(), result(figure)));
    }

    /** A row that has nothing to show. */
    void addFailure(String row) {
        lines.add(List.of(row, "", "failed, see above and target/benchmark.log", "failed"));
    }

    private String result(Figure figure) {
        boolean isShown = isQuick || figure.result() == Figure.Result.SHOWN;
        return isShown ? "" : figure.result().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> printed = lines.stream()
                .map(line -> IntStream.range(0, HEAD.size())
                        .mapToObj(column -> padded(line.get(column), widths[column]))
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.toCollection(ArrayList::new));
        printed.add(
                1,
                IntStream.of(widths)
                        .mapToObj(width -> "-".repeat(width + 2))
                        .collect(Collectors.joining("|", "|", "|")));
        return String.join(System.lineSeparator(), printed);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}

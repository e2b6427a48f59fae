package io.github.camelsora.internal.camel.outcome;

import io.github.camelsora.api.SubmitOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of the component page that says which operation ends with which exception, and what that says about money. */
final class OutcomeTable {
    private static final Path PAGE = Path.of("src/main/docs/sora-component.adoc");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    private final List<List<List<String>>> rows;

    private OutcomeTable(List<List<List<String>>> rows) {
        this.rows = rows;
    }

    /** One way of an operation to end. */
    record Entry(String operation, String exception, SubmitOutcome outcome) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return operation + ": " + exception + " " + outcome;
        }
    }

    static OutcomeTable read() {
        try {
            String page = Files.readString(PAGE);
            String table = page.substring(page.indexOf("// outcomes: START"), page.indexOf("// outcomes: END"));
            return new OutcomeTable(table.lines()
                    .filter(line -> line.startsWith("| "))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                            .map(OutcomeTable::words)
                            .toList())
                    .toList());
        } catch (IOException e) {
            throw new IllegalStateException("The component page cannot be read", e);
        }
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(word -> word.substring(1, word.length() - 1))
                .toList();
    }

    /** The exceptions that have a row. */
    Set<String> exceptions() {
        return rows.stream().skip(1).map(row -> row.get(0).get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that it says, a line for each operation, exception and outcome. */
    Set<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (List<List<String>> row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.size(); column++) {
                for (String operation : rows.get(0).get(column)) {
                    for (String outcome : row.get(column)) {
                        entries.add(new Entry(operation, row.get(0).get(0), SubmitOutcome.valueOf(outcome)));
                    }
                }
            }
        }
        return new TreeSet<>(entries);
    }
}

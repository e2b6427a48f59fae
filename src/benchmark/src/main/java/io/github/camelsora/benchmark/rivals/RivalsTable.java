package io.github.camelsora.benchmark.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has come of all rivals, as a table between two comments of a page, in Markdown or AsciiDoc. */
final class RivalsTable {
    private static final String NAME = "rivals";
    private static final List<String> HEAD = List.of(
            "",
            "paid too much",
            "paid, not delivered",
            "never paid",
            "delivered twice",
            "GETs",
            "threads",
            "until the last was through",
            "lines");

    private final List<RivalRuns> all;

    RivalsTable(List<RivalRuns> all) {
        this.all = all;
    }

    void writeMarkdown(Path page) throws IOException {
        Stream<List<String>> lines = Stream.concat(
                Stream.of(HEAD, Collections.nCopies(HEAD.size(), "---")),
                all.stream().map(RivalRuns::cells));
        String table =
                lines.map(cells -> "| " + String.join(" | ", cells) + " |").collect(Collectors.joining("\n"));
        write(page, "<!-- %s -->", "Measured on " + LocalDate.now(ZoneOffset.UTC) + ".\n\n" + table);
    }

    void writeAsciiDoc(Path page) throws IOException {
        Stream<List<String>> lines = Stream.concat(Stream.of(HEAD), all.stream().map(RivalRuns::cells));
        String table = lines.map(cells -> "| " + String.join(" | ", cells))
                .collect(Collectors.joining(
                        "\n", "[width=\"100%\",cols=\"3,2,2,2,2,2,2,2,2\",options=\"header\"]\n|===\n", "\n|==="));
        write(page, "// %s", table);
    }

    private static void write(Path page, String comment, String table) throws IOException {
        String text = Files.readString(page);
        int begin = end(text, comment.formatted(NAME + ": START"));
        int end = text.indexOf(comment.formatted(NAME + ": END"), begin);
        if (end < 0) {
            throw new IllegalStateException(page + " has no end of the table " + NAME);
        }
        Files.writeString(page, text.substring(0, begin) + "\n\n" + table + "\n\n" + text.substring(end));
    }

    private static int end(String text, String comment) {
        int at = text.indexOf(comment);
        if (at < 0) {
            throw new IllegalStateException("A page has no '" + comment + "'");
        }
        return at + comment.length();
    }
}

package io.github.camelsora.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The main class of the JVM that measures one row. */
final class RowRun {
    private RowRun() {}

    /**
     * Measures a row and writes its figures into a file.
     *
     * @param arguments the name of the row, whether it is quick, the seed, the file
     */
    public static void main(String[] arguments) {
        Jvm.endWithParent();
        Row row = Rows.named(arguments[0]).orElseThrow();
        Effort effort = new Effort(Boolean.parseBoolean(arguments[1]), Long.parseLong(arguments[2]));
        try {
            List<String> lines =
                    row.measure(effort).stream().map(Figure::toLine).toList();
            Files.write(Path.of(arguments[3]), lines);
            System.exit(0);
        } catch (Exception | Error e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** The figures that a run has written. */
    static List<Figure> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Figure::ofLine).toList();
    }
}

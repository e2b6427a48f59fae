package io.github.camelsora.benchmark.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What has happened when in a run, for those who want to know why a rival has come to its figures. Thread-safe. */
final class Timeline {
    private final List<String> lines = new ArrayList<>();

    synchronized void add(String what) {
        lines.add(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }

    synchronized void write(Path file) throws IOException {
        Files.write(file, lines);
    }
}

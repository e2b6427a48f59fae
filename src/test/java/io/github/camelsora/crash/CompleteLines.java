package io.github.camelsora.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The lines of a file to which a JVM writes that may be killed. */
final class CompleteLines {
    private CompleteLines() {}

    /** Reads the lines written so far, none if there is no file. An incomplete last line is ignored. */
    static Stream<String> of(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

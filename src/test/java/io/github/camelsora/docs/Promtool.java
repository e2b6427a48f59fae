package io.github.camelsora.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs promtool of Prometheus. A test that needs it is skipped where it is missing. */
final class Promtool {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Promtool() {}

    /**
     * Runs it until it ends well.
     *
     * @param folder where its output is kept
     * @return its output
     */
    static String run(Path folder, String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(program().toString()), Stream.of(arguments))
                .toList();
        return Programs.run(new ProcessBuilder(command), folder, LIMIT);
    }

    /** Skips a test that would need it at its end. */
    static void require() {
        program();
    }

    private static Path program() {
        Optional<Path> program = Programs.find("promtool")
                .or(() -> Optional.of(Path.of("/usr/bin/promtool")).filter(Files::isExecutable));
        assumeTrue(program.isPresent(), "promtool is not installed; it is in Debian's package prometheus");
        return program.orElseThrow();
    }
}

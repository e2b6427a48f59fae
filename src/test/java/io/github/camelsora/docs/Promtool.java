package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs promtool of Prometheus. A test that needs it is skipped where it is missing. */
final class Promtool {
    private Promtool() {}

    /**
     * Runs it until it ends well.
     *
     * @param folder where its output is kept
     * @return its output
     */
    static String run(Path folder, String... arguments) throws Exception {
        Path output = folder.resolve("promtool.txt");
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program().toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(hasEnded).as("promtool ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** Skips a test that would need it at its end. */
    static void require() {
        program();
    }

    private static Path program() {
        Optional<Path> program = Stream.of((System.getenv().getOrDefault("PATH", "") + ":/usr/bin").split(":"))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "promtool is not installed; it is in Debian's package prometheus");
        return program.orElseThrow();
    }
}

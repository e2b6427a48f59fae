package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of this machine that a user of the documentation runs. */
final class Programs {
    private Programs() {}

    /** Finds a program in the folders of PATH. */
    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program, which must end with 0.
     *
     * @param folder where its output is kept
     * @param limit within what time it must end
     * @return what it has printed
     */
    static String run(ProcessBuilder program, Path folder, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = program.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        boolean hasEnded = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(output);
        assertThat(hasEnded).as(program.command() + " ends: " + printed).isTrue();
        assertThat(process.exitValue()).as(program.command() + ": " + printed).isZero();
        return printed;
    }
}

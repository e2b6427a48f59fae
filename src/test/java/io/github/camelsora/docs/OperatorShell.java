package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The shell of an operator, in which the script {@code sora} is found. */
record OperatorShell(Path folder, Map<String, String> environment) {
    private static final Path SAMPLE = Path.of("samples/operator").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    static boolean hasProgram(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /** Runs commands, which must end with 0, and returns what they have printed. A test whose commands need curl is skipped without it. */
    String run(String commands) throws IOException, InterruptedException {
        assumeTrue(!commands.contains("curl ") || hasProgram("curl"), "curl is not installed");
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().putAll(environment);
        shell.environment()
                .put("PATH", SAMPLE + File.pathSeparator + JAVA + File.pathSeparator + System.getenv("PATH"));
        Process process = shell.start();

        boolean hasEnded = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(output);
        assertThat(hasEnded).as(commands + " ends: " + printed).isTrue();
        assertThat(process.exitValue()).as(commands + ": " + printed).isZero();
        return printed;
    }
}

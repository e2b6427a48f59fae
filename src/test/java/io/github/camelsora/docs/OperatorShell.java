package io.github.camelsora.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The shell of an operator, in which the script {@code sora} is found. */
record OperatorShell(Path folder, Map<String, String> environment) {
    private static final Path SAMPLE = Path.of("samples/operator").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    /** Runs commands, which must end with 0, and returns what they have printed. A test whose commands need curl is skipped without it. */
    String run(String commands) throws IOException, InterruptedException {
        assumeTrue(!commands.contains("curl ") || Programs.find("curl").isPresent(), "curl is not installed");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands).directory(folder.toFile());
        shell.environment().putAll(environment);
        shell.environment()
                .put("PATH", SAMPLE + File.pathSeparator + JAVA + File.pathSeparator + System.getenv("PATH"));
        return Programs.run(shell, folder, LIMIT);
    }
}

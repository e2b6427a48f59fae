package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.h2.tools.Shell;

/** Runs the commands with the jar of H2 that the documentation shows, in a folder that stands for that of an application. */
final class H2Commands {
    private H2Commands() {}

    /** Runs a command to its end, and returns what it has printed. */
    static String run(Path folder, String command, int exitCode) throws Exception {
        Process process = start(folder, command);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
        return printed;
    }

    static Process start(Path folder, String command) throws IOException {
        assertThat(command).contains(" h2.jar ");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String runnable = command.replaceFirst("^java ", "exec " + java + " ").replace(" h2.jar ", " " + jar() + " ");
        return new ProcessBuilder("sh", "-c", runnable)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static Path jar() {
        try {
            return Path.of(Shell.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

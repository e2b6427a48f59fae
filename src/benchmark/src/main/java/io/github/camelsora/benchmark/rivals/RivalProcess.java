package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program of a rival in a JVM of its own, which can be killed and started again, and the server that it may need. */
final class RivalProcess implements AutoCloseable {
    private static final List<String> HEAP = List.of("-Xmx512m");
    private static final String LOGGING = "-Dlog4j2.configurationFile=classpath:rivals/log4j2.properties";

    /** Camel would log the API key, which is a system property here. */
    private static final String NO_PROPERTIES = "-Dcamel.main.auto-configuration-log-summary=false";

    private final Rival rival;
    private final Path folder;
    private final List<String> options = new ArrayList<>(HEAP);
    private Process server;
    private Process program;
    private int starts;

    RivalProcess(Rival rival, Scenario scenario, Path folder, Map<String, String> settings) throws IOException {
        this.rival = rival;
        this.folder = folder;
        options.addAll(List.of(LOGGING, NO_PROPERTIES));
        options.addAll(rival.optionsOf(scenario));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        if (rival.server().isPresent()) {
            options.add("-Drival.server=" + startServer(rival.server().get()));
        }
    }

    private String startServer(Class<?> mainClass) throws IOException {
        server = Jvm.of(mainClass, options)
                .directory(folder.toFile())
                .redirectError(log("server.log"))
                .start();
        String address =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (address == null) {
            throw new IllegalStateException(
                    "The server of " + rival + " has ended, see " + folder.resolve("server.log"));
        }
        return address;
    }

    /** Starts it, or starts it again. */
    void start() throws IOException {
        starts++;
        program = Jvm.of(WatchedProgram.class, options, threadsOf(starts).toString(), rival.program())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log("program.log"))
                .start();
    }

    private Path threadsOf(int start) {
        return folder.resolve("threads-" + start + ".txt");
    }

    private ProcessBuilder.Redirect log(String name) {
        return ProcessBuilder.Redirect.appendTo(folder.resolve(name).toFile());
    }

    /** Kills it, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        program.destroyForcibly().waitFor();
    }

    boolean isRunning() {
        return program.isAlive();
    }

    /** The most threads that it had, in any of its starts. */
    int mostThreads() throws IOException {
        int most = 0;
        for (int start = 1; start <= starts; start++) {
            Path file = threadsOf(start);
            if (Files.exists(file)) {
                most = Math.max(most, Integer.parseInt(Files.readString(file)));
            }
        }
        return most;
    }

    @Override
    public void close() throws InterruptedException {
        if (program != null) {
            kill();
        }
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }
}

package io.github.camelsora.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child JVM that runs {@link NodeMain}, as the test that started it sees it. */
final class Node implements AutoCloseable {
    /** The exit code of a process that was ended by SIGKILL. */
    static final int KILLED = 137;

    /** The system property with the submits a second that all nodes on one ledger may send together. */
    static final String RATE = "node.rate";

    /** The system property with the submits that they may send at once; 1 without it. */
    static final String BURST = "node.burst";

    /** The system property with the limit of spending of the account, where each submit costs one credit. */
    static final String SPEND_LIMIT = "node.spendLimit";

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final NodeOptions options;
    private final Process process;
    private final PrintStream input;
    private final Map<String, CompletableFuture<String>> events = new ConcurrentHashMap<>();
    private final long startedAt = System.currentTimeMillis();

    /** Called when a node has confirmed a message, or has failed on it. */
    interface Listener {
        void onDone(Node node, String key);

        void onFailed(Node node, String key, String exception, String message);
    }

    private Node(NodeOptions options, Process process) {
        this.options = options;
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Node start(NodeOptions options, List<String> jvmOptions, Listener listener) {
        try {
            Files.createDirectories(options.folder());
            Process process = new ProcessBuilder(command(options, jvmOptions))
                    .redirectError(options.log().toFile())
                    .start();
            Node node = new Node(options, process);
            Thread reader = new Thread(() -> node.listen(listener), "node-" + options.name());
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(NodeOptions options, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(jvmOptions);
        // A node lives for seconds, so only its start has to be fast.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx256m"));
        String hosts = System.getProperty("jdk.net.hosts.file");
        if (hosts != null) {
            command.add("-Djdk.net.hosts.file=" + hosts);
        }
        command.add("-Dlog4j2.configurationFile=io/github/camelsora/crash/log4j2-node.properties");
        command.addAll(options.toArguments());
        command.addAll(List.of("-cp", ClassDataSharing.classPath(), NodeMain.class.getName()));
        return command;
    }

    private void listen(Listener listener) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                handle(line.split(" ", 4), listener);
            }
        } catch (IOException e) {
            // The node was killed.
        }
    }

    private void handle(String[] words, Listener listener) {
        switch (words[0]) {
            case "done" -> listener.onDone(this, words[1]);
            case "failed" -> listener.onFailed(this, words[1], words[2], words[3]);
            case "starting", "ready" -> event(words[0]).complete(words[1]);
            case "reached", "queued" -> event(words[0]).complete("");
            default -> throw new IllegalStateException(this + " printed an unknown line: " + String.join(" ", words));
        }
    }

    private CompletableFuture<String> event(String name) {
        return events.computeIfAbsent(name, n -> new CompletableFuture<>());
    }

    NodeOptions options() {
        return options;
    }

    /** When its process was started, in milliseconds of the machine's clock. */
    long startedAt() {
        return startedAt;
    }

    /** Waits until its routes run. Returns when its component was started, in milliseconds of the machine's clock. */
    long awaitReady() {
        await("ready");
        return Long.parseLong(await("starting"));
    }

    boolean isReady() {
        return event("ready").isDone();
    }

    /** Halts the thread that takes the record of a key to a point in the ledger. */
    void haltAt(KillPoint point, String key) {
        input.println("halt " + point + " " + key);
    }

    /** Waits until a thread has halted at that point. */
    void awaitHalted() {
        await("reached");
    }

    /** Waits until so many of its submits are queued. To be called once. */
    void awaitQueued(int count) {
        input.println("queued " + count);
        await("queued");
    }

    private String await(String event) {
        try {
            return event(event).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String state = process.isAlive() ? "runs" : "has ended with " + process.exitValue();
            throw new AssertionError(
                    this + " " + state + " and has not reported \"" + event + "\", see " + options.log(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends it a message. A node that has ended ignores it. */
    void send(RemixMessage message) {
        input.println(message.kind() + " " + message.key());
    }

    /** Ends the pauses of its account, as an operator does. */
    void resumeAccount() {
        input.println("resume");
    }

    /** Kills it, and returns its exit code. */
    int kill() {
        process.destroyForcibly();
        return awaitEnd();
    }

    /** Stops its Camel context, and returns its exit code. */
    int stop() {
        input.println("stop");
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(this + " does not end, see " + options.log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Freezes it: none of its threads runs until {@link #resume}. */
    void freeze() {
        signal("STOP");
    }

    /** Resumes it after a freeze. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + name + " " + process.pid() + " ended with " + code);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "Node " + options.name();
    }
}

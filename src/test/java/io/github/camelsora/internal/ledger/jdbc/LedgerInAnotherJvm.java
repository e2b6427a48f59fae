package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that opens the ledger in a file, writes, and dies without closing it. */
public final class LedgerInAnotherJvm {
    private static final long LIMIT_SECONDS = 60;

    private LedgerInAnotherJvm() {}

    /**
     * What the other JVM does.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) {
        try {
            JdbcTaskLedger ledger = JdbcTaskLedger.inFile(Path.of(arguments[0]), true);
            ledger.renewLease("node-1", Duration.ofHours(1));
            for (int i = 0; i < 100; i++) {
                ledger.add(LedgerRecords.running("default", "key-" + i, "video_" + i));
            }
            System.out.println("written");
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Runs it, and answers what it has said. */
    static String run(Path file) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                // It lives for a moment, so only its start has to be fast.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerInAnotherJvm.class.getName(),
                file.toString());
        Path output = file.resolveSibling("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The other JVM did not end");
            }
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}

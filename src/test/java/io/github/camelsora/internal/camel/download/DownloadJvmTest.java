package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.download.LargeFileHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads in JVMs of their own: with little memory, killed in the middle, and without room on the disk. */
@Timeout(120)
class DownloadJvmTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MEBI = 1024 * 1024;

    // It lives for seconds, so what counts is how fast it starts.
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aGibibyteNeedsNoMoreMemoryThanASmallVideo() throws Exception {
        try (LargeFileHost host = new LargeFileHost(1024 * MEBI)) {
            Process jvm = start(List.of("-Xmx64m"), "sora:download?directory=" + folder, "-", host.url());

            assertThat(said(jvm)).startsWith("stored " + 1024 * MEBI + " ");
        }
        assertThat(folder.resolve("video_large.mp4")).hasSize(1024 * MEBI);
    }

    @Test
    void aStreamThatIsHandedOnIsNotInMemoryEither() throws Exception {
        try (LargeFileHost host = new LargeFileHost(96 * MEBI)) {
            Process jvm = start(
                    List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder),
                    "sora:download",
                    "file:" + folder,
                    host.url());

            assertThat(said(jvm)).startsWith("stored " + 96 * MEBI + " ");
        }
        assertThat(folder.resolve("video_large.mp4")).hasSize(96 * MEBI);
        assertThat(names()).containsExactly("video_large.mp4");
    }

    @Test
    void afterAKillOnlyTheRestIsFetched() throws Exception {
        long length = 48 * MEBI;
        try (LargeFileHost host = new LargeFileHost(length, 32 * MEBI)) {
            Process killed = start(SHORT_LIVED, "sora:download?directory=" + folder, "-", host.url());
            Awaitility.await().atMost(LIMIT).until(() -> partSize() == 32 * MEBI);
            killed.destroyForcibly().waitFor();

            Process next = start(SHORT_LIVED, "sora:download?directory=" + folder, "-", host.url());

            assertThat(said(next)).isEqualTo("stored " + length + " " + wholeSha256(length));
            assertThat(host.begins()).containsExactly(0L, 32 * MEBI);
            assertThat(host.sent()).containsExactly(32 * MEBI, length - 32 * MEBI);
        }
        assertThat(names()).containsExactly("video_large.mp4");
    }

    @Test
    void aFullDiskIsReportedAndLeavesNoHalfFile() throws Exception {
        try (LargeFileHost host = new LargeFileHost(48 * MEBI)) {
            // No file may become longer, which is how a disk without room fails, too.
            Process jvm = startBy(
                    List.of("/bin/sh", "-c", "ulimit -f 16384; exec \"$@\"", "sh"),
                    SHORT_LIVED,
                    "sora:download?directory=" + folder,
                    "-",
                    host.url());

            assertThat(said(jvm)).startsWith("failed DownloadFailedException ").contains("cannot be written");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static String wholeSha256(long length) throws Exception {
        try (LargeFileHost host = new LargeFileHost(length)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = URI.create(host.url()).toURL().openStream()) {
                byte[] buffer = new byte[1 << 16];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private long partSize() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Process start(List<String> jvmOptions, String... arguments) throws IOException {
        return startBy(List.of(), jvmOptions, arguments);
    }

    private Process startBy(List<String> shell, List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dlog4j2.configurationFile=io/github/camelsora/crash/log4j2-node.properties"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DownloadMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private static String said(Process jvm) throws Exception {
        // A time limit does not interrupt a read from a pipe.
        String line = CompletableFuture.supplyAsync(
                        () -> jvm.inputReader().lines().findFirst().orElse("nothing"))
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(jvm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return line;
    }
}

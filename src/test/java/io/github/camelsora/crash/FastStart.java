package io.github.camelsora.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How child JVMs start in half the time: the classes of their libraries lie ready in an archive (class data sharing), as a
 * first JVM has loaded them. A JVM ignores an archive that does not fit its class path.
 */
final class FastStart {
    // One for each JVM of the tests, as surefire numbers them.
    private static final Path FOLDER = Path.of("target", "crash-start" + System.getProperty("surefire.forkNumber", ""))
            .toAbsolutePath();
    private static final Path CLASSES = FOLDER.resolve("classes.txt");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    private static final long LIMIT_SECONDS = 60;
    private static final int MESSAGES = 8;

    private FastStart() {}

    /** The options of a child JVM; the first who asks has the archive made. */
    static synchronized List<String> options() throws IOException, InterruptedException {
        if (!Files.exists(ARCHIVE)) {
            Files.createDirectories(FOLDER);
            listClasses();
            archiveClasses();
        }
        return List.of("-Xlog:disable", "-Xshare:auto", "-XX:SharedArchiveFile=" + ARCHIVE);
    }

    private static void listClasses() {
        try (Stage stage = Stage.withFile("fast-start", key -> Duration.ZERO)) {
            Node node = stage.start(List.of("-XX:DumpLoadedClassList=" + CLASSES));
            IntStream.range(0, MESSAGES)
                    .mapToObj(number -> Message.of("key-" + number, number))
                    .forEach(message -> stage.broker().send(message, node));
            stage.awaitAllTaken();
            node.stop();
        }
    }

    private static void archiveClasses() throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(
                        Node.JAVA,
                        "-Xshare:dump",
                        "-Xlog:disable",
                        "-XX:SharedClassListFile=" + CLASSES,
                        "-XX:SharedArchiveFile=" + ARCHIVE,
                        "-cp",
                        entries(FastStart::isJar))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("dump.log").toFile())
                .start();
        if (!dump.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            dump.destroyForcibly();
        }
    }

    /** The class path of this JVM, jars first: it has to begin with that of the archive, which knows no folders. */
    static String classPath() {
        return entries(FastStart::isJar) + File.pathSeparator + entries(entry -> !isJar(entry));
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
    }

    private static String entries(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }
}

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
 * An archive of the classes that a node loads (class data sharing), which halves the start of a child JVM. A first node
 * runs to list the classes. A JVM ignores an archive that does not fit its class path.
 */
final class ClassDataSharing {
    private static final Path FOLDER = JvmFolder.resolve("class-archive");
    private static final Path CLASSES = FOLDER.resolve("classes.txt");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    private static final long LIMIT_SECONDS = 60;
    private static final int MESSAGES = 8;

    private ClassDataSharing() {}

    /** The JVM options that use the archive. The first call makes it. */
    static synchronized List<String> options() throws IOException, InterruptedException {
        if (!Files.exists(ARCHIVE)) {
            Files.createDirectories(FOLDER);
            listClasses();
            archiveClasses();
        }
        return List.of("-Xlog:disable", "-Xshare:auto", "-XX:SharedArchiveFile=" + ARCHIVE);
    }

    private static void listClasses() {
        try (Scenario scenario = Scenario.withFile("class-list", key -> Duration.ZERO)) {
            Node node = scenario.start(List.of("-XX:DumpLoadedClassList=" + CLASSES));
            IntStream.range(0, MESSAGES)
                    .mapToObj(number -> RemixMessage.of("key-" + number, number))
                    .forEach(message -> scenario.broker().send(message, node));
            scenario.awaitAllDelivered();
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
                        entries(ClassDataSharing::isJar))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("dump.log").toFile())
                .start();
        if (!dump.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            dump.destroyForcibly();
        }
    }

    /** The class path of this JVM, jars first: it must begin with the class path of the archive, which has no folders. */
    static String classPath() {
        return entries(ClassDataSharing::isJar) + File.pathSeparator + entries(entry -> !isJar(entry));
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

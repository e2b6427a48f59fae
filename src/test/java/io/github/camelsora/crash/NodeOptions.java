package io.github.camelsora.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a child JVM is told when it starts, as system properties of its command line.
 *
 * @param name what it is called in files and messages
 * @param folder where its files go
 * @param ledger the file of its ledger, or the JDBC URL of a PostgreSQL
 * @param baseUrl the service
 * @param source the video to remix
 * @param leaseDuration how long it may be silent
 * @param pollInterval from one question for a task to the next
 * @param canHalt whether one of its threads can be told to stop at a point in the ledger
 */
record NodeOptions(
        String name,
        Path folder,
        String ledger,
        String baseUrl,
        String source,
        Duration leaseDuration,
        Duration pollInterval,
        boolean canHalt) {
    private static final String PREFIX = "node.";

    /** The same node under a name. */
    NodeOptions named(String newName) {
        return new NodeOptions(newName, folder, ledger, baseUrl, source, leaseDuration, pollInterval, canHalt);
    }

    List<String> toArguments() {
        return Stream.of(
                        argument("name", name),
                        argument("folder", folder),
                        argument("ledger", ledger),
                        argument("baseUrl", baseUrl),
                        argument("source", source),
                        argument("leaseDuration", leaseDuration),
                        argument("pollInterval", pollInterval),
                        argument("canHalt", canHalt))
                .toList();
    }

    private static String argument(String name, Object value) {
        return "-D" + PREFIX + name + "=" + value;
    }

    static NodeOptions ofThisJvm() {
        return new NodeOptions(
                option("name"),
                Path.of(option("folder")),
                option("ledger"),
                option("baseUrl"),
                option("source"),
                Duration.parse(option("leaseDuration")),
                Duration.parse(option("pollInterval")),
                Boolean.parseBoolean(option("canHalt")));
    }

    private static String option(String name) {
        return System.getProperty(PREFIX + name);
    }

    boolean isShared() {
        return ledger.startsWith("jdbc:");
    }

    Path journal() {
        return folder.resolve(name + ".journal");
    }

    Path log() {
        return folder.resolve(name + ".log");
    }
}

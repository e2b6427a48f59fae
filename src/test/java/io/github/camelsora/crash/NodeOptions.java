package io.github.camelsora.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of a node, passed as system properties on its command line.
 *
 * @param name its name in files and messages
 * @param folder the folder for its files
 * @param ledger the file of its ledger, or the JDBC URL of a PostgreSQL database
 * @param baseUrl the base URL of the simulator
 * @param source the video to remix
 * @param leaseDuration how long its lease lasts without a renewal
 * @param pollInterval the time between two polls of a task
 * @param canHalt whether its threads can be halted at a point in the ledger
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

    /** The same options for a node of this name. */
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

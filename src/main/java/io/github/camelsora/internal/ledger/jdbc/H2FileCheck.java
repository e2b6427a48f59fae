package io.github.camelsora.internal.ledger.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rejects a file that cannot be the ledger that it was. H2 would create a new database in place of an empty file or a broken
 * link; then no key would be known, and each would be paid again.
 */
final class H2FileCheck {
    private static final String WHAT_TO_DO =
            " Nothing was sent and nothing was paid. Restore the file from a backup, or, to"
                    + " start with an empty ledger, delete it: then no key is known, and a key that was paid for is paid again.";

    private H2FileCheck() {}

    /**
     * Checks a file before H2 opens it.
     *
     * @param file the file, with its suffix
     * @throws IllegalStateException if there is something under this name that holds no ledger
     */
    static void requireLedger(Path file) {
        if (Files.isDirectory(file)) {
            throw damaged(file, "is a directory", null);
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw damaged(file, "is a link to a file that is not there (is its disk mounted?)", null);
        }
        if (Files.exists(file) && sizeOf(file) == 0) {
            throw damaged(file, "is empty: what it held is lost, say by a full disk or a copy that failed", null);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The size of the ledger's file cannot be read: " + file, e);
        }
    }

    /** H2 could not open the file as a database. */
    static IllegalStateException unreadable(Path file, Exception cause) {
        if (isAccessDenied(file, cause)) {
            return new IllegalStateException(
                    "The ledger's file " + file
                            + " may not be read by the user of this JVM. Nothing was sent and nothing was"
                            + " paid. Let that user read and write the file, and keep it: what it holds was paid for.",
                    cause);
        }
        return damaged(file, "cannot be opened: it is damaged, or is no database of H2", cause);
    }

    private static boolean isAccessDenied(Path file, Throwable cause) {
        return Files.exists(file) && !Files.isReadable(file)
                || Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                        .anyMatch(AccessDeniedException.class::isInstance);
    }

    /** The file can be read but not written, so no submit could be recorded before it is sent. */
    static IllegalStateException readOnly(Path file) {
        return new IllegalStateException(
                "The ledger's file " + file + " cannot be written, so no submit can be recorded"
                        + " before it is sent. Nothing was sent and nothing was paid. Let the user of this JVM write the file.");
    }

    private static IllegalStateException damaged(Path file, String what, Exception cause) {
        return new IllegalStateException("The ledger's file " + file + " " + what + "." + WHAT_TO_DO, cause);
    }
}

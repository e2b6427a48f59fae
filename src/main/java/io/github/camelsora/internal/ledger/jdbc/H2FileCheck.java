package io.github.camelsora.internal.ledger.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Refuses a file that cannot be the ledger it was. H2 creates a new database where it finds an empty file or a link to
 * nothing; then no key would be known, and each would be paid again.
 */
final class H2FileCheck {
    private static final String WHAT_TO_DO =
            " Nothing was sent and nothing was paid. Restore the file from a backup, or, to"
                    + " start with an empty ledger, delete it: then no key is known, and a key that was paid for is paid again.";

    private H2FileCheck() {}

    /**
     * Looks at the file before H2 does.
     *
     * @param file the file as it is called on disk
     * @throws IllegalStateException if something is there that holds no ledger
     */
    static void refuseWhatIsNoLedger(Path file) {
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

    /** H2 could not make a database of it. */
    static IllegalStateException unreadable(Path file, Exception cause) {
        if (mayNotBeRead(file, cause)) {
            return new IllegalStateException(
                    "The ledger's file " + file
                            + " may not be read by the user of this JVM. Nothing was sent and nothing was"
                            + " paid. Let that user read and write the file, and keep it: what it holds was paid for.",
                    cause);
        }
        return damaged(file, "cannot be opened: it is damaged, or is no database of H2", cause);
    }

    private static boolean mayNotBeRead(Path file, Throwable cause) {
        return Files.exists(file) && !Files.isReadable(file)
                || Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                        .anyMatch(AccessDeniedException.class::isInstance);
    }

    /** It can be read and not written, so no submit could be recorded before it is sent. */
    static IllegalStateException readOnly(Path file) {
        return new IllegalStateException(
                "The ledger's file " + file + " cannot be written, so no submit can be recorded"
                        + " before it is sent. Nothing was sent and nothing was paid. Let the user of this JVM write the file.");
    }

    private static IllegalStateException damaged(Path file, String what, Exception cause) {
        return new IllegalStateException("The ledger's file " + file + " " + what + "." + WHAT_TO_DO, cause);
    }
}

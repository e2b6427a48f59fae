package io.github.camelsora.internal.ledger.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the ledger's file is still the one that H2 has open. After the file was deleted or replaced, this JVM would
 * commit to a file that no longer has a name; the next JVM would know no key and pay again.
 */
public final class H2FileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(H2FileWatch.class);

    /** The watch of a ledger without a file. */
    public static final H2FileWatch NONE = new H2FileWatch(null, null, () -> 0);

    /** H2 shortens the file itself, and updates its own size a moment later. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int READINGS = 3;

    /** After so many checks in a row that find the file too short, it counts as damaged for good. */
    private static final int CHECKS = 3;

    private final Path file;
    private final FileHeader header;
    private final LongSupplier sizeByH2;
    private final Identity opened;
    private volatile String problem;
    /** Whether the file has lost bytes, which do not come back. */
    private boolean isDamaged;

    private int shortChecks;
    /** The size by H2 when the file was first found to be shorter; the largest number while it is not. */
    private long lengthWhenShort = Long.MAX_VALUE;

    H2FileWatch(Path file, FileHeader header, LongSupplier sizeByH2) {
        this.file = file;
        this.header = header;
        this.sizeByH2 = sizeByH2;
        this.opened = file == null ? null : openedIdentity(file);
    }

    /**
     * The real path of the file, without links.
     *
     * @return the path; null where there is no file to watch
     */
    public Path file() {
        return file;
    }

    /** What identifies a file; the key is null where the file system has none. */
    private record Identity(Object key, Object createdAt) {
        static Identity of(BasicFileAttributes attributes) {
            // A key suffices, and some file systems make up a time of creation.
            return attributes.fileKey() != null
                    ? new Identity(attributes.fileKey(), null)
                    : new Identity(null, attributes.creationTime());
        }
    }

    private static Identity openedIdentity(Path file) {
        try {
            return Identity.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException e) {
            LOG.warn(
                    "The ledger's file {} cannot be watched, because its attributes cannot be read. If it is deleted or replaced while this JVM"
                            + " runs, that goes unnoticed",
                    file,
                    e);
            return null;
        }
    }

    /**
     * What the last check found.
     *
     * @return the problem, a sentence without its full stop; empty for none
     */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Checks the file. May block for a second. */
    public void check() {
        if (opened == null || isDamaged) {
            return;
        }
        String found;
        try {
            found = find();
        } catch (IOException | RuntimeException e) {
            // A file that cannot be read for the moment need not be damaged.
            LOG.debug("The ledger's file {} could not be checked", file, e);
            return;
        }
        if (found != null && problem == null) {
            LOG.error(
                    "{}. Records that were written since the last check may be in no file. Nothing new is paid: new requests are"
                            + " rejected, and running tasks are polled from memory. Put the file back, or stop this JVM, find out"
                            + " what happened to the file, and start again",
                    found);
        } else if (found == null && problem != null) {
            LOG.info("The ledger's file {} is back", file);
        }
        problem = found;
    }

    private String find() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return "The ledger's file " + file + " was deleted or renamed under the running JVM";
        }
        if (!Objects.equals(opened, Identity.of(now))) {
            return "The ledger's file " + file + " was replaced by another one under the running JVM";
        }
        boolean isOverwritten = !header.isOfH2();
        if (isOverwritten || isShorterThanH2Knows()) {
            isDamaged = isOverwritten || shortChecks >= CHECKS;
            return "The ledger's file " + file + " was shortened or written over under the running JVM";
        }
        return null;
    }

    private boolean isShorterThanH2Knows() throws IOException {
        long known = 0;
        for (int reading = 1; reading <= READINGS; reading++) {
            // The size is read before and after, since H2 may shorten or extend the file in between.
            long before = Files.size(file);
            known = sizeByH2.getAsLong();
            boolean isLongEnough = Math.max(before, Files.size(file)) >= known;
            // If H2 has shortened the file, its size by H2 is smaller by now. A file that was cut grows by writes only.
            if (isLongEnough && known < lengthWhenShort) {
                shortChecks = 0;
                lengthWhenShort = Long.MAX_VALUE;
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        shortChecks++;
        lengthWhenShort = Math.min(lengthWhenShort, known);
        return true;
    }
}

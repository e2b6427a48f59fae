package io.github.camelsora.internal.ledger.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the file of the ledger is still the one that is open. One that was deleted or replaced takes commits to where
 * nobody finds them: this JVM would go on, and the next one would know no key and pay again.
 */
public final class H2FileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(H2FileWatch.class);

    /** Where there is no file to watch. */
    public static final H2FileWatch NONE = new H2FileWatch(null, () -> 0);

    /** How H2 begins a file. */
    private static final byte[] BEGINNING = "H:2,".getBytes(StandardCharsets.US_ASCII);

    /** H2 shortens the file itself, and knows that a moment later. */
    private static final long A_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int LOOKS = 3;

    /** In how many checks in a row the file must be too short before that is taken to last. */
    private static final int CHECKS = 3;

    private final Path file;
    private final LongSupplier sizeByH2;
    private final Identity opened;
    private volatile String problem;
    /** Whether the file has lost bytes, which do not come back. */
    private boolean isDamaged;

    private int shortChecks;
    /** How long H2 took the file to be when it was first found to be shorter; nothing exceeds it while it is not. */
    private long lengthWhenShort = Long.MAX_VALUE;

    H2FileWatch(Path file, LongSupplier sizeByH2) {
        this.file = file;
        this.sizeByH2 = sizeByH2;
        this.opened = file == null ? null : openedIdentity(file);
    }

    /**
     * The file by the one path that it has here, by whatever links it was reached.
     *
     * @return the path; null where there is no file to watch
     */
    public Path file() {
        return file;
    }

    /** Which file it is; the key is null where the file system has none. */
    private record Identity(Object key, Object createdAt) {
        static Identity of(BasicFileAttributes attributes) {
            // Where there is a key it says all: some file systems make up a time of creation.
            return attributes.fileKey() != null
                    ? new Identity(attributes.fileKey(), null)
                    : new Identity(null, attributes.creationTime());
        }
    }

    private static Identity openedIdentity(Path file) {
        try {
            return Identity.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException e) {
            LOG.warn("The ledger's file {} cannot be watched, because it cannot be looked at", file, e);
            return null;
        }
    }

    /**
     * Tells what is wrong, as it was found last.
     *
     * @return a sentence without its end; empty when all is well
     */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Looks at the file. It may block for a moment. */
    public void check() {
        if (opened == null || isDamaged) {
            return;
        }
        String found;
        try {
            found = find();
        } catch (IOException | RuntimeException e) {
            // That the file cannot be looked at says nothing about what is in it.
            LOG.debug("The ledger's file {} could not be looked at", file, e);
            return;
        }
        if (found != null && problem == null) {
            LOG.error(
                    "{}. What was written since the last look is in no file. Nothing new is paid; what runs is followed on in"
                            + " memory. Put the file back, or stop this JVM, find out what became of the file, and start again",
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
        boolean isOverwritten = !beginsLikeALedger();
        if (isOverwritten || isShorterThanH2Knows()) {
            isDamaged = isOverwritten || shortChecks >= CHECKS;
            return "The ledger's file " + file + " was shortened or written over under the running JVM";
        }
        return null;
    }

    private boolean beginsLikeALedger() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(BEGINNING, in.readNBytes(BEGINNING.length));
        }
    }

    private boolean isShorterThanH2Knows() throws IOException {
        long known = 0;
        for (int look = 1; look <= LOOKS; look++) {
            // Looked at before and after, since H2 may shorten or extend it in between.
            long before = Files.size(file);
            known = sizeByH2.getAsLong();
            boolean isLongEnough = Math.max(before, Files.size(file)) >= known;
            // Where H2 has shortened it, H2 knows a smaller size by now. One that was cut becomes longer by writes
            // only.
            if (isLongEnough && known < lengthWhenShort) {
                shortChecks = 0;
                lengthWhenShort = Long.MAX_VALUE;
                return false;
            }
            LockSupport.parkNanos(A_MOMENT_NANOS);
        }
        shortChecks++;
        lengthWhenShort = Math.min(lengthWhenShort, known);
        return true;
    }
}

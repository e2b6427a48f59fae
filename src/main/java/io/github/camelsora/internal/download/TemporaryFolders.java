package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Temporary folders, all in one base folder that only this user can read. The base holds a locked file; the lock ends with the
 * JVM, so that a later JVM can find and delete the base folders of crashed ones. Thread-safe.
 */
public final class TemporaryFolders implements AutoCloseable {
    private static final String BEGIN = "camel-sora-";
    private static final String LOCK = "lock";
    /** A base folder without a lock is young for a moment; only an old one is abandoned. */
    private static final Duration MOMENT = Duration.ofHours(1);

    // Closing any channel to a file releases all locks of the JVM on it, so lock files of this JVM are never opened
    // again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path parent;
    private Path base;
    private FileChannel lock;

    /** Folders in {@code java.io.tmpdir}. Nothing is created yet. */
    public TemporaryFolders() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TemporaryFolders(Path parent) {
        this.parent = parent.toAbsolutePath();
    }

    /**
     * Creates a folder.
     *
     * @return a new, empty folder
     * @throws IOException if it cannot be created
     */
    public synchronized Path newFolder() throws IOException {
        // Some systems delete old temporary files.
        if (base == null || !Files.exists(base.resolve(LOCK))) {
            close();
            open();
        }
        return Files.createTempDirectory(base, "");
    }

    private void open() throws IOException {
        base = Files.createTempDirectory(parent, BEGIN);
        HELD.add(base);
        lock = FileChannel.open(base.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.tryLock();
        deleteAbandoned();
    }

    private void deleteAbandoned() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, BEGIN + "*")) {
            for (Path folder : folders) {
                if (!HELD.contains(folder) && isOurs(folder) && isAbandoned(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private boolean isOurs(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(base));
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return isOld(folder);
        }
    }

    private static boolean isOld(Path folder) {
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            return !Files.exists(folder.resolve(LOCK))
                    && changed.isBefore(Instant.now().minus(MOMENT));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Deletes a folder and all in it; links are deleted, not followed. What cannot be deleted stays for a later JVM.
     *
     * @param folder the folder
     */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException failure) throws IOException {
                    Files.deleteIfExists(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Another JVM deletes it too, or it is in use.
        }
    }

    /** Deletes the base folder unless a folder in it is in use; then it stays locked as long as this JVM lives. */
    @Override
    public synchronized void close() throws IOException {
        if (base == null) {
            return;
        }
        Path left = base;
        base = null;
        if (!isInUse(left)) {
            lock.close();
            delete(left);
            HELD.remove(left);
        }
    }

    private static boolean isInUse(Path folder) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, path -> Files.isDirectory(path))) {
            return folders.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}

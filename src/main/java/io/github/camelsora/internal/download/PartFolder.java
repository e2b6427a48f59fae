package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds an unfinished part of a file in a folder, or creates one. A part is written under a file lock, which ends with its JVM.
 * Each part has a unique name, and a download acquires a part by locking and then renaming it: if another download has
 * published the part in between, the rename fails.
 */
final class PartFolder {
    /** The service keeps a video for 24 hours, so an older part cannot be resumed. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private static final String BEGIN = ".sora-";
    private static final String END = ".part";
    private static final String STATE_END = ".state";
    private static final int NAME_DIGITS = 16;

    // Closing any channel to a file releases all locks of the JVM on it, so parts in use here are never opened again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private PartFolder() {}

    /**
     * Opens an unfinished part of a content, or creates one.
     *
     * @param folder the folder, without symbolic links
     * @param contentName names the content
     */
    static PartFile open(Path folder, String contentName) throws IOException {
        String begin = BEGIN + nameOf(contentName) + "-";
        deleteExpired(folder);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, begin + "*" + END)) {
            for (Path left : parts) {
                Optional<PartFile> part = acquire(left, nameIn(folder, begin)).filter(PartFile::resume);
                if (part.isPresent()) {
                    return part.get();
                }
            }
        }
        Path path = nameIn(folder, begin);
        HELD.add(path);
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(channel);
            return new PartFile(path, channel);
        } catch (IOException e) {
            HELD.remove(path);
            throw e;
        }
    }

    /** The part of the file name that identifies the content. */
    static String nameOf(String contentName) {
        byte[] digest = Sha256.digest().digest(contentName.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_DIGITS / 2);
    }

    private static Path nameIn(Path folder, String begin) {
        // Without the target's name, which may have the longest length already.
        return folder.resolve(
                begin + UUID.randomUUID().toString().replace("-", "").substring(0, NAME_DIGITS) + END);
    }

    private static Optional<PartFile> acquire(Path left, Path mine) throws IOException {
        if (!HELD.add(left)) {
            return Optional.empty();
        }
        HELD.add(mine);
        FileChannel channel = null;
        boolean isAcquired = false;
        try {
            channel = FileChannel.open(
                    left, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!lock(channel)) {
                return Optional.empty();
            }
            Files.move(left, mine, StandardCopyOption.ATOMIC_MOVE);
            isAcquired = true;
            moveIfPresent(stateOf(left), stateOf(mine));
            return Optional.of(new PartFile(mine, channel));
        } catch (IOException e) {
            // Published or acquired by another download meanwhile, or not readable: create a new part.
            return Optional.empty();
        } finally {
            HELD.remove(left);
            if (!isAcquired) {
                HELD.remove(mine);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** False when another JVM holds the lock, or the file system has no locks; then no other can acquire it either. */
    private static boolean lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static void moveIfPresent(Path from, Path to) throws IOException {
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The file that holds the {@link PartState} of a part. */
    static Path stateOf(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - END.length()) + STATE_END);
    }

    /** Deletes parts that crashed JVMs have left and that are too old to resume. */
    private static void deleteExpired(Path folder) {
        Instant oldest = Instant.now().minus(LONGEST_LIFE);
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(folder, BEGIN + "*{" + END + "," + STATE_END + "}")) {
            for (Path part : parts) {
                boolean isOld = Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(oldest);
                if (isOld && !HELD.contains(part)) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Another JVM deletes it too, or it is not ours. The next download tries again.
        }
    }

    /** Releases a part for other downloads of this JVM. */
    static void release(Path part) {
        HELD.remove(part);
    }
}

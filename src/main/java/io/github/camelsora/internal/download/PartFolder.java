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
 * Finds the parts of a file in a folder, or begins one. Whoever writes a part holds a lock on it, which ends with its JVM; a
 * name is used once, so that whoever can rename what it has locked owns it: what another has published meanwhile is no longer
 * there under that name.
 */
final class PartFolder {
    /** A video is at the service for 24 hours, so nobody goes on with what is older. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private static final String BEGIN = ".sora-";
    private static final String END = ".part";
    private static final String STATE_END = ".state";
    private static final int NAME_DIGITS = 16;

    // A JVM loses its locks on a file when it closes any channel to it, so what this one holds is not even opened.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private PartFolder() {}

    /**
     * Opens what there is of a file, or begins it.
     *
     * @param folder where, without symbolic links
     * @param what names the content
     */
    static PartFile open(Path folder, String what) throws IOException {
        String begin = BEGIN + nameOf(what) + "-";
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

    /** What the parts of a content have in their names, so that they are found again. */
    static String nameOf(String what) {
        byte[] digest = Sha256.digest().digest(what.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_DIGITS / 2);
    }

    private static Path nameIn(Path folder, String begin) {
        // Without the file's own name, which may be as long as names can be.
        return folder.resolve(
                begin + UUID.randomUUID().toString().replace("-", "").substring(0, NAME_DIGITS) + END);
    }

    private static Optional<PartFile> acquire(Path left, Path mine) throws IOException {
        if (!HELD.add(left)) {
            return Optional.empty();
        }
        HELD.add(mine);
        FileChannel channel = null;
        boolean isClaimed = false;
        try {
            channel = FileChannel.open(
                    left, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!lock(channel)) {
                return Optional.empty();
            }
            Files.move(left, mine, StandardCopyOption.ATOMIC_MOVE);
            isClaimed = true;
            moveIfPresent(stateOf(left), stateOf(mine));
            return Optional.of(new PartFile(mine, channel));
        } catch (IOException e) {
            // Published or taken by another at this very moment, or not ours to read: begin anew.
            return Optional.empty();
        } finally {
            HELD.remove(left);
            if (!isClaimed) {
                HELD.remove(mine);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** False when another holds it, or the file system knows no locks: then nobody else can claim it either. */
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

    /** Where it is noted what the host has said of a part. */
    static Path stateOf(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - END.length()) + STATE_END);
    }

    /** Removes what the dead have left and nobody can go on with. */
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
            // Another was faster, or it is not ours. The next download looks again.
        }
    }

    /** Lets go of a part, for others of this JVM. */
    static void release(Path part) {
        HELD.remove(part);
    }
}

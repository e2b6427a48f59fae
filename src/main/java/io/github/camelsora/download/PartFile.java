package io.github.camelsora.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bytes of a file that have come so far, in a hidden file of the target's directory. Whoever writes it holds a lock on
 * it, which ends with its JVM; a name is used once, so that whoever can rename what it has locked owns it: what another has
 * published meanwhile is no longer there under that name.
 */
final class PartFile implements AutoCloseable {
    /** A video is at the service for 24 hours, so nobody goes on with what is older. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private static final String BEGIN = ".sora-";
    private static final String END = ".part";
    private static final String STATE_END = ".state";
    private static final int NAME_DIGITS = 16;

    // A JVM loses its locks on a file when it closes any channel to it, so what this one holds is not even opened.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private PartState state;
    private long size;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.digest = sha256Digest();
        this.state = PartState.UNKNOWN;
    }

    /**
     * Opens what there is of a file, or begins it.
     *
     * @param folder where, without symbolic links
     * @param what names the content
     */
    static PartFile open(Path folder, String what) throws IOException {
        String begin = BEGIN + nameOf(what) + "-";
        cleanUp(folder);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, begin + "*" + END)) {
            for (Path left : parts) {
                Optional<PartFile> part = claim(left, nameIn(folder, begin)).filter(PartFile::isReadOn);
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
        byte[] digest = sha256Digest().digest(what.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_DIGITS / 2);
    }

    private static Path nameIn(Path folder, String begin) {
        // Without the file's own name, which may be as long as names can be.
        return folder.resolve(
                begin + UUID.randomUUID().toString().replace("-", "").substring(0, NAME_DIGITS) + END);
    }

    private static Optional<PartFile> claim(Path left, Path mine) throws IOException {
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
            moveIfThere(stateOf(left), stateOf(mine));
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

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path stateOf(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - END.length()) + STATE_END);
    }

    /** Takes what is there into account. False when one cannot go on from it. */
    private boolean isReadOn() {
        try {
            Optional<PartState> kept = PartState.read(stateOf(path));
            if (kept.isPresent()) {
                state = kept.get();
                ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
                while (channel.read(buffer, size) > 0) {
                    size += buffer.position();
                    digest.update(buffer.flip());
                    buffer.clear();
                }
                return true;
            }
            // Not emptied: it may have been published a moment before its JVM died, and be somebody's video.
            discard();
        } catch (IOException e) {
            closeQuietly();
        }
        return false;
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // Its lock ends with this JVM.
        }
    }

    /** Removes what the dead have left and nobody can go on with. */
    private static void cleanUp(Path folder) {
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

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    PartState state() {
        return state;
    }

    long size() {
        return size;
    }

    /** Forgets what has come: another file begins. */
    void begin(PartState newState) throws IOException {
        try {
            clear();
            newState.write(stateOf(path));
            state = newState;
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /** Notes how long the whole file is. */
    void total(long total) {
        state = state.withTotal(total);
    }

    /** Nobody can go on from here. */
    void forgetState() throws IOException {
        Files.deleteIfExists(stateOf(path));
    }

    private void clear() throws IOException {
        channel.truncate(0);
        forgetState();
        size = 0;
        digest.reset();
        state = PartState.UNKNOWN;
    }

    /** Forgets what has come: nobody can go on from it. */
    void startOver() throws IOException {
        clear();
    }

    void append(byte[] bytes, int length) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                size += channel.write(buffer, size);
            }
            digest.update(bytes, 0, length);
        } catch (ClosedChannelException e) {
            // Interrupted, because the component stops. What has come is of use to the next download.
            throw e;
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private RefusedException notStored(IOException cause) {
        return new RefusedException("it cannot be written: " + cause.getMessage(), cause);
    }

    /** Has all bytes on the disk, not only on their way there. */
    void sync() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Removes it. */
    void discard() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(stateOf(path));
        close();
    }

    /** Lets go of it; what somebody can go on with stays. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            boolean isOfUse = size > 0 && state.validator() != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (!isOfUse) {
                Files.deleteIfExists(path);
                Files.deleteIfExists(stateOf(path));
            }
            channel.close();
        }
        HELD.remove(path);
    }
}

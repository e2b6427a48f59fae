package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of a file that have come so far, and what the host has said of them, in two hidden files of the target's directory.
 * Whoever has one holds a lock on it; how that is come by is a matter of {@link PartFolder}.
 */
final class PartFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private PartState state;
    private long size;

    /** A file that was just opened and locked, which counts as empty until {@link #resume}. */
    PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.digest = Sha256.digest();
        this.state = PartState.UNKNOWN;
    }

    /** Takes what is there into account. False when one cannot go on from it. */
    boolean resume() {
        try {
            Optional<PartState> kept = PartState.read(PartFolder.stateOf(path));
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
    void restart(PartState newState) throws IOException {
        try {
            clear();
            newState.write(PartFolder.stateOf(path));
            state = newState;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    /** Notes how long the whole file is. */
    void setTotal(long total) {
        state = state.withTotal(total);
    }

    /** Nobody can go on from here. */
    void deleteState() throws IOException {
        Files.deleteIfExists(PartFolder.stateOf(path));
    }

    private void clear() throws IOException {
        channel.truncate(0);
        deleteState();
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
            throw writeFailed(e);
        }
    }

    private DownloadRejectedException writeFailed(IOException cause) {
        return new DownloadRejectedException("it cannot be written: " + cause.getMessage(), cause);
    }

    /** Has all bytes on the disk, not only on their way there. */
    void sync() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Removes it. */
    void discard() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(PartFolder.stateOf(path));
        close();
    }

    /** Lets go of it; what somebody can go on with stays. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            boolean isOfUse = size > 0 && state.validator() != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (!isOfUse) {
                Files.deleteIfExists(path);
                Files.deleteIfExists(PartFolder.stateOf(path));
            }
            channel.close();
        }
        PartFolder.release(path);
    }
}

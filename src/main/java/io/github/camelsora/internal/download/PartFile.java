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
 * The bytes of a file that were received so far, and their {@link PartState}, in two hidden files of the target's directory. An
 * open part file is locked; {@link PartFolder} acquires the lock.
 */
final class PartFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private PartState state;
    private long size;

    /** Wraps a file that was opened and locked; it counts as empty until {@link #resume}. */
    PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.digest = Sha256.digest();
        this.state = PartState.UNKNOWN;
    }

    /** Continues from the bytes that the file has. False when they cannot be resumed; the file is then removed or closed. */
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
            // Not truncated: its JVM may have died just after it linked the part to the published name.
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
            // The lock ends with this JVM.
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

    /** Discards the received bytes and starts with another state of the file. */
    void restart(PartState newState) throws IOException {
        try {
            clear();
            newState.write(PartFolder.stateOf(path));
            state = newState;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    /** Records the length of the whole file. */
    void setTotal(long total) {
        state = state.withTotal(total);
    }

    /** Makes sure that no download resumes from this part. */
    void deleteState() throws IOException {
        Files.deleteIfExists(PartFolder.stateOf(path));
    }

    /** Discards the received bytes. */
    void clear() throws IOException {
        channel.truncate(0);
        deleteState();
        size = 0;
        digest.reset();
        state = PartState.UNKNOWN;
    }

    void append(byte[] bytes, int length) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                size += channel.write(buffer, size);
            }
            digest.update(bytes, 0, length);
        } catch (ClosedChannelException e) {
            // Interrupted because the component stops. The next download can resume the received bytes.
            throw e;
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    private DownloadRejectedException writeFailed(IOException cause) {
        return new DownloadRejectedException("it cannot be written: " + cause.getMessage(), cause);
    }

    /** Forces all bytes to the disk. */
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

    /** Deletes the part and its state. */
    void discard() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(PartFolder.stateOf(path));
        close();
    }

    /** Releases the lock; deletes the part unless a later download can resume it. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            boolean isResumable =
                    size > 0 && state.validator() != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (!isResumable) {
                Files.deleteIfExists(path);
                Files.deleteIfExists(PartFolder.stateOf(path));
            }
            channel.close();
        }
        PartFolder.release(path);
    }
}

package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bytes a part file keeps for a later download, and which it deletes. */
class PartFileTest {
    private static final PartState RESUMABLE = new PartState("\"v1\"", 6, "video/mp4");

    /** Of "abc" and "abcdef", by sha256sum. */
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String SHA256_OF_ABCDEF = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";

    @TempDir
    Path folder;

    private Path path;
    private Path state;

    @BeforeEach
    void name() {
        path = folder.resolve(".sora-video-1.part");
        state = folder.resolve(".sora-video-1.state");
    }

    @Test
    void aPartThatIsClosedCanBeResumed() throws IOException {
        try (PartFile part = newPart()) {
            part.restart(RESUMABLE);
            append(part, "abc");
        }

        try (PartFile part = leftPart()) {
            assertThat(part.resume()).isTrue();
            append(part, "def");

            assertThat(part.state()).isEqualTo(RESUMABLE);
            assertThat(part.size()).isEqualTo(6);
            assertThat(part.sha256()).isEqualTo(SHA256_OF_ABCDEF);
        }
        assertThat(path).hasContent("abcdef");
    }

    @Test
    void aPartWithoutStateIsDeletedInsteadOfResumed() throws IOException {
        Files.writeString(path, "abc");
        PartFile part = leftPart();

        boolean isResumed = part.resume();

        assertThat(isResumed).isFalse();
        assertThat(part.channel().isOpen()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPartThatCannotBeReadIsClosedAndNotResumed() throws IOException {
        // A folder can be opened, but not read.
        Files.createDirectory(path);
        RESUMABLE.write(state);
        PartFile part = new PartFile(path, FileChannel.open(path, StandardOpenOption.READ));

        boolean isResumed = part.resume();

        assertThat(isResumed).isFalse();
        assertThat(part.channel().isOpen()).isFalse();
    }

    @Test
    void aPartWithoutBytesIsDeletedWhenItIsClosed() throws IOException {
        PartFile part = newPart();
        part.restart(RESUMABLE);

        part.close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPartThatTheHostDoesNotMarkIsDeletedWhenItIsClosed() throws IOException {
        PartFile part = newPart();
        part.restart(new PartState(null, 6, "video/mp4"));
        append(part, "abc");

        part.close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aClearedPartBeginsAgainWithoutStateAndWithANewChecksum() throws IOException {
        try (PartFile part = newPart()) {
            part.restart(RESUMABLE);
            append(part, "xyz");

            part.clear();

            assertThat(state).doesNotExist();
            assertThat(path).isEmptyFile();
            assertThat(part.size()).isZero();
            assertThat(part.state()).isEqualTo(PartState.UNKNOWN);
            append(part, "abc");
            assertThat(part.sha256()).isEqualTo(SHA256_OF_ABC);
        }
    }

    @Test
    void aDiscardedPartIsClosedAndDeletedWithItsState() throws IOException {
        PartFile part = newPart();
        part.restart(RESUMABLE);
        append(part, "abc");

        part.discard();

        assertThat(part.channel().isOpen()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLengthThatBecomesKnownLaterIsKept() throws IOException {
        try (PartFile part = newPart()) {
            part.restart(new PartState("\"v1\"", -1, "video/mp4"));

            part.setTotal(6);

            assertThat(part.state()).isEqualTo(RESUMABLE);
        }
    }

    @Test
    void aPartThatCannotBeForcedToTheDiskIsRejected() throws IOException {
        PartFile part = newPart();
        part.channel().close();

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(part::sync)
                .withMessageStartingWith("it cannot be written: ")
                .withCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPartWhoseStateCannotBeStoredIsRejected() throws IOException {
        try (PartFile part = newPart()) {
            Path obstacle = Files.createFile(Files.createDirectory(state).resolve("obstacle"));

            assertThatExceptionOfType(DownloadRejectedException.class)
                    .isThrownBy(() -> part.restart(RESUMABLE))
                    .withMessageStartingWith("it cannot be written: ");

            Files.delete(obstacle);
        }
    }

    @Test
    void anInterruptedWriteIsNoFaultOfTheDisk() throws IOException {
        PartFile part = newPart();
        part.channel().close();

        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> append(part, "abc"));
    }

    private PartFile newPart() throws IOException {
        return new PartFile(
                path,
                FileChannel.open(
                        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private PartFile leftPart() throws IOException {
        return new PartFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private static void append(PartFile part, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        part.append(bytes, bytes.length);
    }
}

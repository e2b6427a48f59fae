package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which part of a folder a download continues. */
class PartFolderTest {
    private static final PartState RESUMABLE = new PartState("\"v1\"", 6, "video/mp4");

    @TempDir
    Path folder;

    @Test
    void aContentHasANameOfItsOwn() {
        String name = PartFolder.nameOf("video_1/0");

        assertThat(name).matches("[0-9a-f]{16}");
        assertThat(PartFolder.nameOf("video_1/0")).isEqualTo(name);
        assertThat(PartFolder.nameOf("video_1/1")).isNotEqualTo(name);
    }

    @Test
    void aPartThatIsLeftIsContinuedUnderAnotherName() throws IOException {
        Path left = leave("video_1/0");

        try (PartFile part = PartFolder.open(folder, "video_1/0")) {
            assertThat(part.size()).isEqualTo(3);
            assertThat(part.state()).isEqualTo(RESUMABLE);
            assertThat(part.path()).exists().isNotEqualTo(left);
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void aPartOfAnotherContentIsLeftAlone() throws IOException {
        Path left = leave("video_1/1");

        try (PartFile part = PartFolder.open(folder, "video_1/0")) {
            assertThat(part.size()).isZero();
        }
        assertThat(left).hasContent("abc");
    }

    @Test
    void aPartThatIsLockedIsLeftAlone() throws IOException {
        Path left = leave("video_1/0");

        try (FileChannel other = FileChannel.open(left, StandardOpenOption.WRITE)) {
            other.lock();

            try (PartFile part = PartFolder.open(folder, "video_1/0")) {
                assertThat(part.size()).isZero();
            }
        }
        assertThat(left).hasContent("abc");
    }

    @Test
    void aPartThatIsALinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path precious = Files.writeString(elsewhere.resolve("precious"), "mine");
        Path link = Files.createSymbolicLink(partOf("video_1/0"), precious);
        RESUMABLE.write(PartFolder.stateOf(link));

        try (PartFile part = PartFolder.open(folder, "video_1/0")) {
            assertThat(part.size()).isZero();
            assertThat(part.path()).isRegularFile();
        }
        assertThat(link).isSymbolicLink();
        assertThat(precious).hasContent("mine");
    }

    private Path leave(String contentName) throws IOException {
        Path left = Files.writeString(partOf(contentName), "abc");
        RESUMABLE.write(PartFolder.stateOf(left));
        return left;
    }

    private Path partOf(String contentName) {
        return folder.resolve(".sora-" + PartFolder.nameOf(contentName) + "-0123456789abcdef.part");
    }
}

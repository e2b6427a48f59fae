package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.api.FileExist;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a whole file gets its name, with links and on file systems that have none. */
class PublicationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aPublishedFileLeavesNoPartBehind(FileExist fileExist) throws IOException {
        Path file = folder.resolve("video.mp4");

        try (PartFile part = wholePart(folder)) {
            assertThat(Publication.publish(part, file, fileExist)).contains(file);

            assertThat(part.path()).doesNotExist();
        }
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.{part,state}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Override")
    void noDownloadResumesAPartThatIsAboutToBePublished(FileExist fileExist) throws IOException {
        try (PartFile part = wholePart(folder)) {
            Publication.publish(part, folder.resolve("video.mp4"), fileExist);

            assertThat(PartFolder.stateOf(part.path())).doesNotExist();
        }
    }

    @Test
    void aFileThatExistsIsKeptWithIgnore() throws IOException {
        Path file = Files.writeString(folder.resolve("video.mp4"), "old");

        try (PartFile part = wholePart(folder)) {
            assertThat(Publication.publish(part, file, FileExist.Ignore)).isEmpty();
        }
        assertThat(file).hasContent("old");
    }

    @Test
    void aFileThatExistsIsAFailureWithFail() throws IOException {
        Path file = Files.writeString(folder.resolve("video.mp4"), "old");

        try (PartFile part = wholePart(folder)) {
            assertThatExceptionOfType(DownloadRejectedException.class)
                    .isThrownBy(() -> Publication.publish(part, file, FileExist.Fail))
                    .withMessage("the file video.mp4 exists already, and fileExist is Fail");
        }
        assertThat(file).hasContent("old");
    }

    @Test
    void theFirstFreeNumberIsAddedWithRename() throws IOException {
        Path file = Files.writeString(folder.resolve("video.mp4"), "old");
        Path first = Files.writeString(folder.resolve("video-1.mp4"), "older");
        Path second = folder.resolve("video-2.mp4");

        try (PartFile part = wholePart(folder)) {
            assertThat(Publication.publish(part, file, FileExist.Rename)).contains(second);
        }
        assertThat(file).hasContent("old");
        assertThat(first).hasContent("older");
        assertThat(second).hasContent("new");
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatCannotBeForcedToTheDiskIsNotPublished(FileExist fileExist) throws IOException {
        Path file = folder.resolve("video.mp4");
        PartFile part = wholePart(folder);
        part.channel().close();

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> Publication.publish(part, file, fileExist))
                .withMessageStartingWith("it cannot be written");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Override")
    void aFileIsPublishedAlsoWhereThereAreNoLinks(FileExist fileExist) throws IOException {
        try (FileSystem noLinks = noLinks()) {
            Path file = noLinks.getPath("/video.mp4");

            try (PartFile part = wholePart(noLinks.getPath("/"))) {
                assertThat(Publication.publish(part, file, fileExist)).contains(file);

                assertThat(part.path()).doesNotExist();
            }
            assertThat(Files.readString(file)).isEqualTo("new");
        }
    }

    @Test
    void aFileThatExistsIsKeptAlsoWhereThereAreNoLinks() throws IOException {
        try (FileSystem noLinks = noLinks()) {
            Path file = Files.writeString(noLinks.getPath("/video.mp4"), "old");

            try (PartFile part = wholePart(noLinks.getPath("/"))) {
                assertThat(Publication.publish(part, file, FileExist.Ignore)).isEmpty();
            }
            assertThat(Files.readString(file)).isEqualTo("old");
        }
    }

    @Test
    void aBrokenFileIsKeptUnderANameOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("video.mp4"), "old");

        try (PartFile part = wholePart(folder)) {
            Publication.keepBroken(part, file);
        }

        assertThat(file).hasContent("old");
        assertThat(folder.resolve("video.mp4.broken")).hasContent("new");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aNameNeedsRoomForTheEndOfABrokenFileOnlyIfItIsKept() {
        Path file = folder.resolve("x".repeat(249));

        assertThatCode(() -> Publication.checkName(file, rules(false))).doesNotThrowAnyException();
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> Publication.checkName(file, rules(true)))
                .withMessageContaining(".broken in this directory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theReasonWhyANameIsRejectedDoesNotRepeatTheWholePath() {
        Path file = folder.resolve("x".repeat(256));

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> Publication.checkName(file, rules(false)))
                .withMessageMatching("no file can have the name x{256} in this directory: [^/]+");
    }

    private static DownloadRules rules(boolean keepBroken) {
        return new DownloadRules(true, List.of(), 1L << 31, 0, Duration.ofMinutes(1), FileExist.Override, keepBroken);
    }

    /** A ZIP file as a file system, which knows no links. */
    private FileSystem noLinks() throws IOException {
        return FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"));
    }

    private static PartFile wholePart(Path parent) throws IOException {
        Path path = Files.writeString(parent.resolve(".sora-video-1.part"), "new");
        Files.writeString(parent.resolve(".sora-video-1.state"), "");
        return new PartFile(path, FileChannel.open(path, StandardOpenOption.READ));
    }
}

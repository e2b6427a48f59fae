package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is temporary goes, also when the JVM that made it has died. */
class TemporaryFoldersTest {
    @TempDir
    Path parent;

    @Test
    void abandonedFoldersAreRemoved() throws IOException {
        Path left = Files.createDirectories(parent.resolve("camel-sora-123/456"));
        Files.createFile(left.resolveSibling("lock"));
        Files.writeString(left.resolve("video.mp4"), "video");

        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            TemporaryFolders.delete(folders.newFolder());
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void foldersInUseStay() throws IOException {
        try (TemporaryFolders first = new TemporaryFolders(parent);
                TemporaryFolders second = new TemporaryFolders(parent)) {
            Path used = first.newFolder();

            second.newFolder();

            assertThat(used).isDirectory();
        }
    }

    @Test
    void aFolderThatHasNoLockYetStaysForAMoment() throws IOException {
        Path young = Files.createDirectory(parent.resolve("camel-sora-1"));
        Path old = Files.createDirectory(parent.resolve("camel-sora-2"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            folders.newFolder();
        }

        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void foldersOfOtherUsersStay(@TempDir Path elsewhere) throws IOException {
        Path theirs = Files.createFile(elsewhere.resolve("lock"));
        Path link = Files.createSymbolicLink(parent.resolve("camel-sora-1"), elsewhere);
        Path file = Files.createFile(parent.resolve("camel-sora-2"));

        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            folders.newFolder();
        }

        assertThat(theirs).exists();
        assertThat(link).exists();
        assertThat(file).exists();
    }

    @Test
    void aLinkIsRemovedAndWhatItLeadsToStays(@TempDir Path elsewhere) throws IOException {
        Path theirs = Files.createFile(elsewhere.resolve("theirs"));
        Path folder = Files.createDirectory(parent.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);

        TemporaryFolders.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(theirs).exists();
    }

    @Test
    void whatWasClearedAwayIsMadeAnew() throws IOException {
        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            TemporaryFolders.delete(folders.newFolder().getParent());

            assertThat(folders.newFolder()).isEmptyDirectory();
        }
    }

    @Test
    void aFolderInUseSurvivesTheClose() throws IOException {
        Path used;
        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            used = folders.newFolder();
            Files.writeString(used.resolve("video.mp4"), "video");
        }

        try (TemporaryFolders next = new TemporaryFolders(parent)) {
            next.newFolder();
        }
        assertThat(used.resolve("video.mp4")).exists();
    }

    @Test
    void noOtherUserCanReadIt() throws IOException {
        try (TemporaryFolders folders = new TemporaryFolders(parent)) {
            assertThat(Files.getPosixFilePermissions(folders.newFolder().getParent()))
                    .extracting(Enum::name)
                    .allMatch(permission -> permission.startsWith("OWNER_"));
        }
    }
}

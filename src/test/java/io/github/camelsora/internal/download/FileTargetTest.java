package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No id and no name leads out of the directory. */
class FileTargetTest {
    private static final Path DIRECTORY = Path.of("/videos");

    @ParameterizedTest
    @CsvSource({
        "video_01K8SGYNNNVBQTXNR4MM964S7K, video_01K8SGYNNNVBQTXNR4MM964S7K.mp4",
        "video_7497f4d5-0000-4000-8000-000000000000, video_7497f4d5-0000-4000-8000-000000000000.mp4",
        "tsk_vid_1, tsk_vid_1.mp4",
    })
    void aFileIsNamedAfterItsTask(String taskId, String name) {
        assertThat(target(null, taskId).file()).isEqualTo(DIRECTORY.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../balance",
                "../../etc/passwd",
                "..",
                ".",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "..\\..\\x",
                "C:\\x",
                "%2e%2e%2fx",
                "видео 🎬",
                "a\u0000b",
                "a\r\nb",
                ".hidden",
                "-rf",
                " ",
                "a:b*c?d\"e<f>g|h",
            })
    void aHostileIdMakesAPlainFileInTheDirectory(String taskId) {
        Path file = target(null, taskId).file();

        assertThat(file.getParent()).isEqualTo(DIRECTORY);
        assertThat(file.getFileName().toString()).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "видео", "../"})
    void aLongIdMakesAFileThatTheFileSystemBears(String part) {
        Path file = target(null, part.repeat(10_000)).file();

        assertThat(file.getFileName().toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(200);
    }

    @Test
    void idsThatLookAlikeMakeDifferentFiles() {
        Set<Path> files = Stream.of(
                        "a_b", "a/b", "a\\b", "a?b", "a b", "a%b", "ab", "A_b", "x".repeat(200), "x".repeat(201))
                .map(id -> target(null, id).file())
                .collect(Collectors.toSet());

        assertThat(files).hasSize(10);
    }

    @Test
    void oneIdMakesTheSameFileEachTime() {
        assertThat(target(null, "a/b")).isEqualTo(target(null, "a/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "x.mp4, /videos/x.mp4",
        "a/b/x.mp4, /videos/a/b/x.mp4",
        "./x.mp4, /videos/x.mp4",
        "a/../x.mp4, /videos/x.mp4",
        "a b.mp4, /videos/a b.mp4",
        "видео 🎬.mp4, /videos/видео 🎬.mp4",
        "..x, /videos/..x",
        "..., /videos/...",
        "/videos/x.mp4, /videos/x.mp4",
    })
    void aNameIsUsedAsItIs(String name, Path file) {
        assertThat(target(name, "video_1").file()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "a/..",
                "../x.mp4",
                "../videos2/x.mp4",
                "../videosx",
                "a/../../x.mp4",
                "/etc/passwd",
                "/videos2/x.mp4",
                "/",
                "/videos",
            })
    void aNameCannotLeaveTheDirectory(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target(name, "video_1"))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyNameIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target(name, "video_1"))
                .withMessageContaining("name");
    }

    @Test
    void aNameThatNoFileSystemBearsIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> target("a\u0000b.mp4", "video_1"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void aDirectoryIsNeeded(String directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileTarget.of(directory, "x.mp4", "video_1"))
                .withMessageContaining("directory");
    }

    @Test
    void aDirectoryMayBeRelative() {
        FileTarget target = FileTarget.of("target/../videos", "x.mp4", "video_1");

        assertThat(target.file()).isEqualTo(Path.of("videos/x.mp4").toAbsolutePath());
    }

    @Test
    void theDirectoryMayBeTheRootOfAll() {
        FileTarget target = FileTarget.of("/", "x.mp4", "video_1");

        assertThat(target.file()).isEqualTo(Path.of("/x.mp4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.mp4", "a/b/x.mp4"})
    void aStoredFileHasANameRelativeToTheDirectory(String name) {
        FileTarget target = target(name, "video_1");

        assertThat(target.relativeName(target.file())).isEqualTo(name);
    }

    @Test
    void aStoredFileHasItsRelativeNameAlsoWhereTheDirectoryIsALink(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("real")).toRealPath();
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        FileTarget target = FileTarget.of(link.toString(), "a/x.mp4", "video_1");

        assertThat(target.relativeName(real.resolve("a/x.mp4"))).isEqualTo("a/x.mp4");
    }

    @ParameterizedTest
    @CsvSource({
        "x.mp4, x-7.mp4",
        "a/x.mp4, a/x-7.mp4",
        "x.tar.gz, x.tar-7.gz",
        "x, x-7",
        ".hidden, .hidden-7",
        "x., x-7."
    })
    void aNumberStandsBeforeTheExtension(String name, String numbered) {
        FileTarget target = target(name, "video_1").numbered(7);

        assertThat(target).isEqualTo(target(numbered, "video_1"));
    }

    @Test
    void anIdOf120CharactersIsTheWholeNameAndALongerOneIsShortened() {
        String longest = "x".repeat(120);

        assertThat(target(null, longest).file()).hasFileName(longest + ".mp4");
        assertThat(target(null, longest + "x").file().getFileName().toString())
                .matches(longest + "-[0-9a-f]{16}\\.mp4");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPathThatFitsOnlyWithoutWhatIsAddedToItIsTooLong() {
        // 4095 bytes with the slashes before and between.
        FileTarget target =
                target("folder-12/".repeat(398) + "x".repeat(4_095 - "/videos/".length() - 3_980), "video_1");

        assertThatCode(() -> target.checkLength(0)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.checkLength(1))
                .withMessageContaining("path");
    }

    private static FileTarget target(String name, String taskId) {
        return FileTarget.of(DIRECTORY.toString(), name, taskId);
    }
}

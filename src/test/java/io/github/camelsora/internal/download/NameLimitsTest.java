package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longest names and paths that are accepted, on Linux to the byte. */
@EnabledOnOs(OS.LINUX)
class NameLimitsTest {

    @ParameterizedTest
    @CsvSource({"255, 0", "249, 6"})
    void aNameMayHave255BytesWithWhatIsAddedToIt(int length, int room) {
        Path longest = Path.of("/videos", "x".repeat(length));
        Path tooLong = Path.of("/videos", "x".repeat(length + 1));

        assertThatCode(() -> NameLimits.check(longest, room)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> NameLimits.check(tooLong, room));
    }

    @Test
    void aNameIsMeasuredInBytesOfUtf8() {
        Path longest = Path.of("/videos", "é".repeat(127));
        Path tooLong = Path.of("/videos", "é".repeat(128));

        assertThatCode(() -> NameLimits.check(longest, 0)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameLimits.check(tooLong, 0))
                .withMessageEndingWith("a name may have 255 bytes (as UTF-8), and this one has 256");
    }

    @Test
    void nothingIsAddedToTheNamesOfFolders() {
        Path file = Path.of("/", "x".repeat(255), "video.mp4");

        assertThatCode(() -> NameLimits.check(file, 6)).doesNotThrowAnyException();
    }

    @Test
    void aFolderWithATooLongNameIsRejectedToo() {
        Path file = Path.of("/", "x".repeat(256), "video.mp4");

        assertThatIllegalArgumentException().isThrownBy(() -> NameLimits.check(file, 0));
    }

    @Test
    void theMessageTellsHowMuchOfTheNameIsKeptForWhatIsAdded() {
        Path file = Path.of("/videos", "x".repeat(250));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameLimits.check(file, 6))
                .withMessageEndingWith("a name may have 255 bytes (as UTF-8), of which 6 are kept for what"
                        + " fileExist=Rename, keepBroken and videoIndex=all add to it, and this one has 250");
    }

    @Test
    void theMessageShowsTheBeginOfALongName() {
        // Pairs of surrogates, of which none may be cut in half.
        Path file = Path.of("/videos", "🎬".repeat(64));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameLimits.check(file, 0))
                .withMessageStartingWith("The file name '" + "🎬".repeat(40) + "…' is too long");
    }

    @Test
    void theMessageShowsANameOfFewCharactersWhole() {
        Path file = Path.of("/videos", "🎬".repeat(40));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameLimits.check(file, 100))
                .withMessageStartingWith("The file name '" + "🎬".repeat(40) + "' is too long");
    }

    @Test
    void theFolderNeedsRoomForTheNameOfAPartFile() {
        // A slash and the 48 characters of a part file's name fit behind it, and no more.
        String folder = "/folder-12".repeat(404) + "/" + "x".repeat(4_095 - 49 - 4_040 - 1);

        assertThatCode(() -> NameLimits.check(Path.of(folder, "v"), 0)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameLimits.check(Path.of(folder + "x", "v"), 0))
                .withMessage("The path of the file is too long: it may have 4095 bytes including what is added while it"
                        + " is stored, and has 4096");
    }

    @Test
    void aPathNeedsNoFolder() {
        assertThatCode(() -> NameLimits.check(Path.of("video.mp4"), 0)).doesNotThrowAnyException();
    }
}

package io.github.camelsora.internal.download.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is, and whether it is whole, by its bytes. */
class FileFormatTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1a45dfa3 0100 0000 0000 0000, video/webm",
        "52494646 10000000 41564920 00, video/x-msvideo",
        "000001ba 44000400 0401 0000, video/mpeg",
        "47400010 0000b00d 0001 c100, video/mp2t",
        "4f676753 0002 0000 0000 0000, video/ogg",
        "464c5601 05 00000009 00000000, video/x-flv"
    })
    void otherVideosAreKnownByTheirFirstBytes(String hex, String type) throws IOException {
        assertThat(check(bytes(hex), FileKind.VIDEO)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "89504e47 0d0a1a0a 0000000d, image/png",
        "ffd8ffe0 00104a46 49460001, image/jpeg",
        "52494646 10000000 57454250, image/webp",
        "47494638 39610100 0100, image/gif",
        "0000001c 66747970 61766966 00, image/avif"
    })
    void imagesAreKnownByTheirFirstBytes(String hex, String type) throws IOException {
        assertThat(check(bytes(hex), FileKind.IMAGE)).isEqualTo(type);
        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(bytes(hex), FileKind.VIDEO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GIF",
                "<!doctype html>",
                "{\"error\": 1}",
                "x",
                "\0",
                "RIFF....WAVE",
                "RIFF",
                "PK\3\4",
                "%PDF-1.4"
            })
    void whatIsNoneOfThemIsBroken(String text) {
        byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(file, FileKind.VIDEO));
        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(file, FileKind.IMAGE));
    }

    @Test
    void anMp4IsWholeWhenItsBoxesEndWithIt() throws IOException {
        assertThat(check(VideoFiles.mp4(1_000, 1), FileKind.VIDEO)).isEqualTo("video/mp4");
        assertThat(check(VideoFiles.mp4(32, 1), FileKind.VIDEO)).isEqualTo("video/mp4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15, 16, 17, 23, 24, 25, 31, 500, 999})
    void anMp4ThatIsCutAnywhereIsBroken(int length) {
        byte[] cut = Arrays.copyOf(VideoFiles.mp4(1_000, 1), length);

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(cut, FileKind.VIDEO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "00000000",
                "0000000000000000",
                "0a",
                "0d0a",
                "0d0a2d2d2d2d2d2d5765624b6974466f726d426f756e646172792d2d0d0a",
                "ff4a554e4b4a554e4bff4a554e4b4a554e4b",
                "00000007 6a756e6b",
                "00000000 00"
            })
    void someBytesBehindTheLastBoxDoNoHarm(String hex) throws IOException {
        byte[] longer = joined(VideoFiles.mp4(1_000, 1), bytes(hex));

        assertThat(checkAnnounced(longer)).isEqualTo("video/mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0a", "00000000", "0d0a2d2d2d2d2d2d5765624b6974466f726d426f756e646172792d2d0d0a"})
    void bytesBehindTheLastBoxAreTheBeginOfMoreIfTheEndIsNotCertain(String hex) {
        byte[] longer = joined(VideoFiles.mp4(1_000, 1), bytes(hex));

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(longer, FileKind.VIDEO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000100 6d6f6f66 0102",
                "00000100 6d646174 0102",
                "00000001 6d646174 0000",
                "00000100 6d6f6f66",
                "00000100 6d6f",
                "00000100 75"
            })
    void aBoxThatIsCutIsBrokenAlsoBehindWholeOnes(String hex) {
        byte[] cut = joined(VideoFiles.mp4(1_000, 1), bytes(hex));

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> checkAnnounced(cut));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15, 16, 17, 23, 24, 25, 31, 500, 999})
    void anMp4ThatIsCutAnywhereIsBrokenAlsoIfItsHostHasNoMore(int length) {
        byte[] cut = Arrays.copyOf(VideoFiles.mp4(1_000, 1), length);

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> checkAnnounced(cut));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!doctype html><title>Link expired</title> | an HTML page",
                "  <HTML lang=en> | an HTML page",
                "<!-- sorry --><html> | an HTML page",
                "<Error><Code>ExpiredToken</Code></Error> | an XML document",
                "<?xml version='1.0'?><Error/> | an XML document",
                "{\"error\": 1} | a JSON document",
                "[] | a JSON document"
            })
    void aTextInsteadOfAVideoIsCalledByItsName(String text, String name) {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(UnexpectedPageException.class)
                .isThrownBy(() -> check(page, FileKind.VIDEO))
                .withMessage("the file host sends " + name + " instead of a video");
    }

    @ParameterizedTest
    @CsvSource({
        // The last box reaches to the end; a size of 64 bits; QuickTime without ftyp.
        "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76 00000000 6d646174 0102, video/mp4",
        "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76 00000001 6d646174 0000000000000012 0102, video/mp4",
        "00000010 66747970 71742020 00000200 00000008 6d6f6f76 00000008 6d646174, video/quicktime",
        "00000008 77696465 00000008 6d6f6f76 0000000a 6d646174 0102, video/quicktime"
    })
    void boxesOfAllSizesAreRead(String hex, String type) throws IOException {
        assertThat(check(bytes(hex), FileKind.VIDEO)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000010 66747970 69736f6d 00000200 00000007 6d6f6f76",
                "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76 00000001 6d646174 0000000000000008 0102",
                "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76 00000001 6d646174 ffffffffffffffff 0102",
                "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76 00000001 6d646174",
                "00000010 66747970 69736f6d 00000200 00000008 6d646174",
                "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76"
            })
    void boxesThatCannotBeAreBroken(String hex) {
        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> check(bytes(hex), FileKind.VIDEO));
    }

    @ParameterizedTest
    @CsvSource({
        "00000008 6d6f6f76, media (mdat)",
        "00000010 66747970 69736f6d 00000200 00000008 6d6f6f76, media (mdat)",
        "00000010 66747970 69736f6d 00000200 00000008 6d646174, index (moov)",
        "00000008 77696465, index (moov)"
    })
    void theMessageNamesTheBoxThatAnMp4Lacks(String hex, String box) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> check(bytes(hex), FileKind.VIDEO))
                .withMessage("it is an MP4 without its " + box + ", which no player can play");
    }

    @ParameterizedTest
    @CsvSource({"VIDEO, video", "IMAGE, image"})
    void theMessageShowsTheFirstBytesOfAnUnknownFile(FileKind kind, String name) {
        byte[] file = "%PDF-1.4 and more".getBytes(StandardCharsets.US_ASCII);

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> check(file, kind))
                .withMessage("it is no " + name + ": it begins with 25 50 44 46 2d 31 2e 34 20 61 6e 64");
    }

    @ParameterizedTest
    @CsvSource({"200000, true", "200001, false"})
    void anMp4OfMoreBoxesThanADayOfVideoHasIsBroken(int boxes, boolean isWhole) {
        // The boxes at the end are of no known type, so that they are not taken for the begin of a known one either.
        byte[] file = bytes("00000008 6d6f6f76 00000008 6d646174" + " 00000008 6a756e6b".repeat(boxes - 2));

        Throwable failure = catchThrowable(() -> checkAnnounced(file));

        if (isWhole) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure)
                    .isInstanceOf(BrokenFileException.class)
                    .hasMessageContaining("boxes do not end where the file does");
        }
    }

    private String check(byte[] file, FileKind kind) throws IOException {
        return check(file, kind, false);
    }

    private String checkAnnounced(byte[] file) throws IOException {
        return check(file, FileKind.VIDEO, true);
    }

    private String check(byte[] file, FileKind kind, boolean isEndCertain) throws IOException {
        Path path = Files.write(folder.resolve("file"), file);
        try (FileChannel channel = FileChannel.open(path)) {
            return FileFormat.check(channel, file.length, kind, isEndCertain);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}

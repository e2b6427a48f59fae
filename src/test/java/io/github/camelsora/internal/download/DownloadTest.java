package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.internal.download.format.BrokenFileException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos from the simulator's file host, whole or not at all. */
class DownloadTest extends FileHostTest {

    @Test
    void aVideoArrivesByteForByte() throws IOException {
        DownloadedFile file = store(url);

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void aVideoIsReturnedWithItsLengthAndType() throws IOException {
        DownloadedFile file = store(url);

        assertThat(file)
                .isEqualTo(
                        new DownloadedFile(directory.resolve("video.mp4"), VIDEO.length, "video/mp4", sha256(VIDEO)));
    }

    @Test
    void aVideoWithoutAnnouncedLengthArrivesToo() throws IOException {
        simulator.on(Call.FILE).withoutLength();

        DownloadedFile file = store(url);

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void foldersAreMadeWhereTheyAreMissing() throws IOException {
        FileTarget target = FileTarget.of(directory.resolve("a/b").toString(), "c/d.mp4", "video_1");

        store(client, url, target);

        assertThat(directory.resolve("a/b/c/d.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void theDirectoryMayBeALink(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("videos"), elsewhere);

        store(client, url, FileTarget.of(link.toString(), "video.mp4", "video_1"));

        assertThat(elsewhere.resolve("video.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void aFileThatIsThereIsReplaced() throws IOException {
        Files.writeString(directory.resolve("video.mp4"), "an older video");

        store(url);

        assertThat(directory.resolve("video.mp4")).hasBinaryContent(VIDEO);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 255})
    void aNameMayBeAsLongAsTheFileSystemBears(int length) throws IOException {
        String name = "x".repeat(length - ".mp4".length()) + ".mp4";

        store(client, url, FileTarget.of(directory.toString(), name, "video_1"));

        assertThat(directory.resolve(name)).hasBinaryContent(VIDEO);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("cut before the answer", FaultRule::cut),
                failure("cut in the middle", FaultRule::cutBody),
                failure("announced too long", rule -> rule.wrongLength(+10)),
                failure("empty", rule -> rule.answer(200, "")),
                failure("no content", rule -> rule.answer(204, "")),
                failure("a part", rule -> rule.answer(206, "part", "Content-Range: bytes 0-3/10")),
                failure("unchanged", rule -> rule.answer(304, "")),
                failure("403", rule -> rule.answer(403, "no")),
                failure("404", rule -> rule.answer(404, "no")),
                failure("410", rule -> rule.answer(410, "no")),
                failure("500", rule -> rule.answer(500, "no")),
                failure("503", rule -> rule.answer(503, "no", "Retry-After: 0")),
                failure("a redirect to nowhere", rule -> rule.answer(302, "")),
                failure("a redirect to itself", rule -> rule.answer(302, "", "Location: ?again")),
                failure("a redirect to a file", rule -> rule.answer(302, "", "Location: file:///etc/passwd")),
                failure("a redirect to ftp", rule -> rule.answer(302, "", "Location: ftp://127.0.0.1/x")),
                failure("a redirect without a host", rule -> rule.answer(302, "", "Location: http:///x")),
                failure("a redirect to garbage", rule -> rule.answer(302, "", "Location: http://[")));
    }

    private static Arguments failure(String name, Consumer<FaultRule> fault) {
        return Arguments.of(Named.of(name, fault));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatIsNotAWholeVideoIsAFailure(Consumer<FaultRule> fault) {
        fault.accept(simulator.on(Call.FILE));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store(url));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureLeavesNoHalfFile(Consumer<FaultRule> fault) throws IOException {
        fault.accept(simulator.on(Call.FILE));

        catchThrowable(() -> store(url));

        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureLeavesAnOlderFileAlone(Consumer<FaultRule> fault) throws IOException {
        Files.writeString(directory.resolve("video.mp4"), "an older video");
        fault.accept(simulator.on(Call.FILE));

        catchThrowable(() -> store(url));

        assertThat(directory.resolve("video.mp4")).hasContent("an older video");
    }

    @Test
    void aSuccessLeavesNothingBesideTheVideo() throws IOException {
        store(url);

        assertThat(directory).isDirectoryContaining("glob:**video.mp4");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 405, 409, 410, 418, 451, 498})
    void aMissingFileHasItsOwnException(int status) {
        simulator.on(Call.FILE).answer(status, "");

        assertThatExceptionOfType(FileUnavailableException.class).isThrownBy(() -> store(url));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void aFailingFileHostDoesNotMeanThatTheFileIsMissing(int status) {
        simulator.on(Call.FILE).answer(status, "");

        Throwable failure = catchThrowable(() -> store(url));

        assertThat(failure)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileUnavailableException.class)
                .hasMessageContaining(Integer.toString(status));
    }

    @Test
    void aTargetThatCannotBeWrittenIsAFailureThatLeavesNothing() throws IOException {
        Files.createDirectories(directory.resolve("video.mp4/inside"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store(url));
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void aSignedAddressIsAskedForByteForByte() {
        String signed = "/videos/a%2Fb%20c.mp4?X-Signature=%2B%3d/+a=b&&x=~'()*!";

        catchThrowable(() -> store(simulator.fileBaseUrl() + signed));

        assertThat(simulator.requests(Call.FILE)).extracting("target").isEqualTo(List.of(signed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/видео.mp4?a={b}|c", "/a b.mp4?x=[1]", "/x.mp4?a=\"b\"<c>^`\\"})
    void anAddressThatIsNotQuiteOneIsAskedForAllTheSame(String path) {
        simulator.on(Call.FILE).answer(404, "no");

        assertThatExceptionOfType(FileUnavailableException.class)
                .isThrownBy(() -> store(simulator.fileBaseUrl() + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "video.mp4",
                "/videos/x.mp4",
                "http://",
                "http:///x",
                "http://[",
                "file:///etc/passwd",
                "ftp://127.0.0.1/x",
                "mailto:a@b",
                "http://nowhere.invalid/x.mp4"
            })
    void anAddressThatLeadsNowhereIsAFailure(String address) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store(address));
    }

    @Test
    void noFailureHandsOutTheSignature() {
        simulator.on(Call.FILE).answer(500, "");

        Throwable failure = catchThrowable(() -> store(url));

        assertThat(failure).hasMessageNotContaining("?").hasMessageNotContaining("sig");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a video", "<html>", "{}", "\0\0\0\u0010ftypisom"})
    void whatIsNoVideoIsNeverPublished(String text) throws IOException {
        simulator.video(text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> store(url));
        assertThat(directory).isEmptyDirectory();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.BrokenFileException;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.RangeSupport;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has come once is not fetched again, unless it may have become another file. */
class ResumeTest extends FileHostTest {
    private static final int HALF = VIDEO.length / 2;

    @Test
    void aCutDownloadGoesOnWhereItWas() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();

        DownloadedFile file = inTwoTries();

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-");
        assertThat(second().header("If-Range")).isPresent();
    }

    @Test
    void anotherDownloadGoesOnWhereTheFirstWas() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        catchThrowable(() -> store(url));

        DownloadedFile file = store(url);

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-");
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void theChecksumOfAResumedFileIsThatOfTheWhole() throws IOException {
        DownloadedFile whole = store(url);
        simulator.on(Call.FILE).times(1).cutBody();
        catchThrowable(() -> store(url));

        assertThat(store(url).sha256()).isEqualTo(whole.sha256());
    }

    @ParameterizedTest
    @EnumSource(RangeSupport.class)
    void aFileThatHasChangedStartsOver(RangeSupport support) throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        byte[] changed = VideoFiles.mp4(VIDEO.length, 2);
        Download download = begun();
        simulator.video(changed).ranges(support);

        DownloadedFile file = download.attempt(url, null).orElseThrow();

        assertThat(file.path()).hasBinaryContent(changed);
    }

    @ParameterizedTest
    @EnumSource(RangeSupport.class)
    void aHostThatIsWrongAboutRangesStillGivesTheWholeFile(RangeSupport support) throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        simulator.ranges(support);

        assertThat(inTwoTries().path()).hasBinaryContent(VIDEO);
    }

    @Test
    void aWholeFileThatIsCalledAPartIsStored() throws IOException {
        simulator.ranges(RangeSupport.WHOLE_AS_PART);

        assertThat(store(url).path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("");
    }

    @Test
    void aWholeFileInsteadOfTheRestIsStored() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        Download download = begun();
        simulator.ranges(RangeSupport.WHOLE_AS_PART);

        assertThat(download.attempt(url, null).orElseThrow().path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-3/10", "bytes 0-31/*", "bytes 0-31/31", "bytes 1-32/33", "bytes */32", "none"})
    void aPartThatDoesNotSayThatItIsTheWholeIsNotTakenForIt(String range) {
        String whole = new String(VideoFiles.mp4(32, 1), StandardCharsets.ISO_8859_1);
        simulator.on(Call.FILE).answer(206, whole, "Content-Range: " + range);

        assertThatExceptionOfType(BrokenFileException.class).isThrownBy(() -> store(url));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatTheHostDoesNotMarkStartsOver() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        simulator.fileTags(false);

        assertThat(inTwoTries().path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "");
    }

    @Test
    void whatIsAllThereIsNotFetchedAgain() throws IOException {
        simulator.on(Call.FILE).times(1).wrongLength(+10);
        Download download = begun();
        Path state = hidden(".state");
        Files.writeString(state, Files.readString(state).replace("" + (VIDEO.length + 10), "" + VIDEO.length));
        download.close();

        assertThat(store(url).path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + VIDEO.length + "-");
    }

    @Test
    void a416IsACompleteFileOnlyIfTheLengthsAgree() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        simulator.on(Call.FILE).times(1).answer(416, "", "Content-Range: bytes */" + VIDEO.length);

        assertThat(inTwoTries().path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-", "");
    }

    @Test
    void aPartOfTheRestIsNotTheWholeRest() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        String range = "Content-Range: bytes " + HALF + "-" + (HALF + 9) + "/" + VIDEO.length;
        simulator.on(Call.FILE).times(1).answer(206, "0123456789", range);
        Download download = begun();

        assertThat(download.attempt(url, null)).isEmpty();
        download.attempt(url, null);

        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-", "bytes=" + (HALF + 10) + "-");
    }

    @Test
    void aRestOfAFileOfAnotherLengthIsNotTaken() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        Download download = begun();
        String range = "Content-Range: bytes " + HALF + "-" + (HALF + 9) + "/" + (HALF + 10);
        simulator.on(Call.FILE).times(1).answer(206, "0123456789", range);

        DownloadedFile file = download.attempt(url, null).orElseThrow();

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + HALF + "-", "");
    }

    @Test
    void twoDownloadsAtOnceEndWithOneWholeFile() throws IOException {
        simulator.on(Call.FILE).times(2).cutBody();
        Download first = begun();
        Download second = begun();

        first.attempt(url, null).orElseThrow();
        second.attempt(url, null).orElseThrow();

        assertThat(directory.resolve("video.mp4")).hasBinaryContent(VIDEO);
        assertThat(directory.toFile().list()).containsExactly("video.mp4");
    }

    @Test
    void abandonedPartsAreDeletedWhenTheyCannotBeResumed() throws IOException {
        Path old = Files.createFile(directory.resolve(".sora-0123456789abcdef-0123456789abcdef.part"));
        Path young = Files.createFile(directory.resolve(".sora-0123456789abcdef-fedcba9876543210.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        store(url);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @ParameterizedTest
    @EnumSource(FileExist.class)
    void aFileThatIsThereIsTreatedAsTheOptionSays(FileExist fileExist) throws IOException {
        byte[] older = VideoFiles.mp4(100, 3);
        Files.write(directory.resolve("video.mp4"), older);
        Download download =
                new Download(client, rules(Duration.ofMinutes(1), fileExist), FileKind.VIDEO, "video_1/0", target());

        if (fileExist == FileExist.Fail) {
            assertThatExceptionOfType(DownloadRejectedException.class).isThrownBy(() -> download.attempt(url, null));
        } else {
            String name = fileExist == FileExist.Rename ? "video-1.mp4" : "video.mp4";
            assertThat(download.attempt(url, null).orElseThrow().path()).isEqualTo(directory.resolve(name));
        }

        assertThat(directory.resolve("video.mp4")).hasBinaryContent(fileExist == FileExist.Override ? VIDEO : older);
        assertThat(simulator.books().fileCalls())
                .isEqualTo(fileExist == FileExist.Override || fileExist == FileExist.Rename ? 1 : 0);
    }

    private Download begun() throws IOException {
        Download download = new Download(client, rules(Duration.ofMinutes(1)), FileKind.VIDEO, "video_1/0", target());
        assertThat(download.attempt(url, null)).isEqualTo(Optional.empty());
        return download;
    }

    private DownloadedFile inTwoTries() throws IOException {
        return begun().attempt(url, null).orElseThrow();
    }

    private Path hidden(String end) throws IOException {
        try (var files = Files.newDirectoryStream(directory, ".sora-*" + end)) {
            return files.iterator().next();
        }
    }

    private List<String> ranges() {
        return simulator.requests(Call.FILE).stream()
                .map(request -> request.header("Range").orElse(""))
                .toList();
    }

    private ReceivedRequest second() {
        return simulator.requests(Call.FILE).get(1);
    }
}

package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task may have several videos, and each a last frame: which of them are brought, and under what names. */
class VideoSelectionTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(10_000, 1);
    private static final byte[] FRAME = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d494844520000000100000001080600000001f15c48900000000a49444154789c");

    @TempDir
    Path videos;

    private String id;

    @BeforeEach
    void startWithThreeVideos() throws Exception {
        toApis.video(VIDEO).lastFrame(FRAME);
        start();
        Exchange made =
                send("sora:generate?waitForCompletion=true", "{\"prompt\": \"A puppy\", \"metadata\": {\"n\": 3}}");
        id = made.getMessage().getBody(VideoTask.class).id();
    }

    @Test
    void withoutAWordItIsTheFirst() {
        Exchange out = download("");

        assertThat(out.getMessage().getBody(File.class)).hasName(id + ".mp4").hasBinaryContent(VIDEO);
        assertThat(asked()).containsExactly("0.mp4");
    }

    @Test
    void anotherOneHasItsNumberInItsName() {
        Exchange out = download("&videoIndex=2");

        assertThat(out.getMessage().getBody(File.class)).hasName(id + "-2.mp4").hasBinaryContent(VIDEO);
        assertThat(asked()).containsExactly("2.mp4");
    }

    @Test
    void aNameOfTheUsersStaysAsItIs() {
        assertThat(download("&videoIndex=1&fileName=mine.mp4").getMessage().getBody(File.class))
                .hasName("mine.mp4");
    }

    @Test
    void allOfThemAreAListOfFiles() {
        Exchange out = download("&videoIndex=all");

        assertThat(files(out)).extracting(File::getName).containsExactly(id + ".mp4", id + "-1.mp4", id + "-2.mp4");
        assertThat(files(out)).allSatisfy(file -> assertThat(file).hasBinaryContent(VIDEO));
        assertThat(asked()).containsExactly("0.mp4", "1.mp4", "2.mp4");
    }

    @Test
    void allOfThemShareANameOfTheUsers() {
        assertThat(files(download("&videoIndex=all&fileName=a/mine.mp4")))
                .extracting(file -> videos.relativize(file.toPath()).toString())
                .containsExactly("a/mine.mp4", "a/mine-1.mp4", "a/mine-2.mp4");
    }

    @Test
    void allOfOneIsAListToo() {
        String source = toApis.addSource();

        Exchange out = send("sora:download?videoIndex=all&taskId=" + source + "&directory=" + videos, null);

        assertThat(files(out)).hasSize(1);
    }

    @Test
    void theHeadersTellOfOneFileAndNotOfSeveral() {
        Exchange out = send(
                "sora:download?videoIndex=all&taskId=" + id + "&directory=" + videos,
                null,
                "CamelFileNameProduced",
                "stale");

        assertThat(out.getMessage().getHeaders())
                .doesNotContainKeys(
                        "CamelFileName", "CamelFileNameProduced", "CamelFileLength", "Content-Type", "CamelSoraSha256");
    }

    @Test
    void aBreakInTheMiddleGoesOnThere() {
        toApis.on(Call.FILE)
                .when(request -> request.path().endsWith("1.mp4"))
                .times(1)
                .cutBody();

        assertThat(files(download("&videoIndex=all"))).hasSize(3);
        assertThat(asked()).containsExactly("0.mp4", "1.mp4", "1.mp4", "2.mp4");
    }

    @Test
    void aFreshAddressIsThatOfTheSameVideo() {
        toApis.on(Call.FILE).times(1).answer(403, "");
        VideoTask task = send("sora:status?taskId=" + id, null).getMessage().getBody(VideoTask.class);

        Exchange out = send("sora:download?videoIndex=2&directory=" + videos, stale(task));

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(asked()).containsExactly("2.mp4", "2.mp4");
    }

    private static VideoTask stale(VideoTask task) {
        return new VideoTask(
                task.id(),
                null,
                null,
                task.status(),
                100,
                null,
                null,
                null,
                null,
                task.videoUrl(),
                task.videos().stream()
                        .map(video -> new VideoTask.Video(video.url().replace("127.0.0.1", "files.test"), "mp4", null))
                        .toList(),
                null,
                null,
                null);
    }

    @Test
    void theLastFrameIsAnImage() {
        Exchange out = download("&lastFrame=true");

        assertThat(out.getMessage().getBody(File.class)).hasName(id + ".png").hasBinaryContent(FRAME);
        assertThat(out.getMessage().getHeader("Content-Type")).isEqualTo("image/png");
    }

    @Test
    void theLastFramesOfAllAreImages() {
        assertThat(files(download("&lastFrame=true&videoIndex=all")))
                .extracting(File::getName)
                .containsExactly(id + ".png", id + "-1.png", id + "-2.png");
    }

    @Test
    void aVideoIsNoLastFrame() {
        toApis.lastFrame(VIDEO);

        assertThat(download("&lastFrame=true").getException())
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("last frame of the video of task " + id)
                .hasMessageContaining("no image");
    }

    @Test
    void aMissingVideoIsReportedWithoutAskingTheFileHost() {
        toApis.lastFrame(null);

        assertThat(download("&videoIndex=3").getException())
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("videoIndex=3")
                .hasMessageContaining("3 videos");
        assertThat(download("&lastFrame=true").getException())
                .isExactlyInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("no last frame");
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "every", "", "10000"})
    void anInvalidIndexIsRejectedAtStart(String index) {
        assertThatThrownBy(() -> camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:x").to("sora:download?directory=x&videoIndex=" + index);
                    }
                }))
                .isInstanceOfAny(FailedToCreateRouteException.class, ResolveEndpointFailedException.class)
                .hasStackTraceContaining("videoIndex must be a number from 0, or all");
    }

    @Test
    void allOfThemNeedADirectory() {
        assertThatThrownBy(() -> send("sora:download?videoIndex=all&taskId=" + id, null))
                .hasStackTraceContaining("videoIndex=all needs the option directory");
    }

    private Exchange download(String options) {
        return send("sora:download?taskId=" + id + "&directory=" + videos + options, null);
    }

    @SuppressWarnings("unchecked")
    private static List<File> files(Exchange out) {
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(List.class);
    }

    private List<String> asked() {
        return toApis.requests(Call.FILE).stream()
                .map(request -> request.path().replaceAll(".*/", ""))
                .toList();
    }
}

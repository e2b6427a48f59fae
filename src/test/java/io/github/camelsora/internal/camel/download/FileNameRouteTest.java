package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a download goes: below its directory, whatever the names are made of. */
class FileNameRouteTest extends SoraTestSupport {
    @TempDir
    Path home;

    private Path videos;

    @BeforeEach
    void startWithADirectory() throws Exception {
        videos = home.resolve("videos");
        start();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=\"../../etc/passwd\"",
                "attachment; filename=/etc/passwd",
                "inline; filename*=UTF-8''%2e%2e%2fevil.sh",
                "attachment; filename=\"evil.sh\"; filename=\"x.mp4\""
            })
    void theHostDoesNotChooseTheFileName(String disposition) throws Exception {
        String whole = new String(VideoFiles.mp4(32, 1), StandardCharsets.US_ASCII);
        toApis.on(Call.FILE).answer(200, whole, "Content-Type: video/mp4", "Content-Disposition: " + disposition);
        String id = toApis.addSource();

        Exchange out = send("sora:download?directory=" + videos + "&taskId=" + id, null);

        assertThat(out.getMessage().getBody(File.class)).hasName(id + ".mp4").hasParent(videos.toFile());
    }

    @Test
    void aFileIsNamedAfterItsTask() {
        File file = stored("sora:download?directory=" + videos, "CamelSoraTaskId", toApis.addSource("video_01K8"));

        assertThat(file).hasParent(videos.toFile());
        assertThat(file.getName()).contains("video_01K8").endsWith(".mp4");
    }

    @Test
    void directoryAndFileNameAreSimpleExpressions() {
        File file = stored(
                "sora:download?directory=" + videos + "/${header.customer}&fileName=${header.order}-cut.mp4",
                "CamelSoraTaskId",
                toApis.addSource(),
                "customer",
                "acme",
                "order",
                4711);

        assertThat(file).isEqualTo(videos.resolve("acme/4711-cut.mp4").toFile());
    }

    @Test
    void aFileNameCanUseTheTask() {
        Exchange remixed = send("sora:remix?videoId=" + toApis.addSource(), "A puppy");

        Exchange out = send(
                "sora:download?directory=" + videos + "&fileName=${body.id}.mp4",
                remixed.getMessage().getBody());

        assertThat(out.getMessage().getBody(File.class))
                .hasName(remixed.getMessage().getHeader("CamelSoraTaskId") + ".mp4");
    }

    @Test
    void aFileNameCanHaveADirectoryOfItsOwn() {
        String id = toApis.addSource();

        Exchange out = send("sora:download?directory=" + videos + "&fileName=2026/cut.mp4&taskId=" + id, null);

        assertThat(out.getMessage().getBody(File.class))
                .isEqualTo(videos.resolve("2026/cut.mp4").toFile());
        assertThat(out.getMessage().getHeader("CamelFileName")).isEqualTo("2026/cut.mp4");
    }

    @Test
    void theNameOfAnEarlierStepIsNotUsed() {
        File file = stored(
                "sora:download?directory=" + videos,
                "CamelSoraTaskId",
                toApis.addSource("video_1"),
                "CamelFileName",
                "order.json");

        assertThat(file.getName()).contains("video_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped.mp4", "a/../../escaped.mp4", "..", "/tmp/camel-sora-escaped.mp4", "", "."})
    void aFileNameThatLeavesTheDirectoryIsRejectedBeforeAnythingIsAsked(String name) throws Exception {
        Exchange out = send(
                "sora:download?directory=" + videos + "&fileName=${header.name}",
                null,
                "name",
                name,
                "CamelSoraTaskId",
                toApis.addSource());

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&fileExist=Rename", "&keepBroken=true", "&videoIndex=all"})
    void aFileNameThatIsTooLongIsRejectedBeforeAnythingIsAsked(String options) {
        // Sixty characters and more of three bytes each.
        Exchange out = send(
                "sora:download?directory=" + videos + "&fileName=${header.title}.mp4" + options,
                null,
                "title",
                "視".repeat(84),
                "CamelSoraTaskId",
                toApis.addSource());

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("a name may have 255 bytes");
        assertThat(toApis.requests()).isEmpty();
        assertThat(videos).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "255, ''",
        "249, &fileExist=Rename",
        "248, &keepBroken=true",
        "252, &videoIndex=all",
        "245, &videoIndex=all&keepBroken=true&fileExist=Rename"
    })
    void aFileNameMayBeAsLongAsLeavesRoomForWhatIsAddedToIt(int length, String options) throws Exception {
        String uri = "sora:download?directory=" + videos + "&fileName=${header.title}.mp4" + options;
        String id = toApis.addSource();

        Exchange fits = send(uri, null, "title", "x".repeat(length - 4), "CamelSoraTaskId", id);
        Exchange tooLong = send(uri, null, "title", "x".repeat(length - 3), "CamelSoraTaskId", id);

        assertThat(fits.getException()).isNull();
        assertThat(filesBelow(videos)).hasSize(1);
        assertThat(tooLong.getException()).isInstanceOf(BadRequestException.class);
    }

    @Test
    void aFolderOrAPathThatIsTooLongIsRejectedToo() {
        String deep = "folder/".repeat(600);

        for (String name : List.of("x".repeat(256) + "/cut.mp4", deep + "cut.mp4")) {
            Exchange out = send(
                    "sora:download?directory=" + videos + "&fileName=${header.name}",
                    null,
                    "name",
                    name,
                    "CamelSoraTaskId",
                    toApis.addSource());

            assertThat(out.getException())
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("is too long");
        }
        assertThat(toApis.requests()).isEmpty();
    }

    @Test
    void aNameThatCannotBeUsedKeepsItsRouteFromStarting() {
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:remix")
                        .to("sora:download?directory=" + videos + "&fileName=" + "x".repeat(256));
            }
        };

        assertThatThrownBy(() -> camel.addRoutes(route)).hasStackTraceContaining("a name may have 255 bytes");
    }

    @Test
    void aRejectedNameDoesNotMeanThatNothingWasPaid() {
        Exchange out = send(
                "sora:download?directory=" + videos + "&fileName=${header.name}",
                null,
                "name",
                "../escaped.mp4",
                "CamelSoraTaskId",
                toApis.addSource("video_1"));

        SoraException refused = out.getException(SoraException.class);
        assertThat(refused.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(refused.isSafeToResend()).isFalse();
        assertThat(refused.getTaskId()).isEqualTo("video_1");
        assertThat(refused).hasMessageContaining("was paid for").hasMessageNotContaining("nothing was paid");
    }

    @Test
    void aNameThatCannotBeEvaluatedDoesNotEither() {
        Exchange out = send(
                "sora:download?directory=" + videos + "&fileName=${header.nothing}.mp4",
                null,
                "CamelSoraTaskId",
                toApis.addSource("video_1"));

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(out.getException(SoraException.class).getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escaped",
                "/etc/escaped",
                "..\\escaped",
                "a:b*c?d|e\"f<g>",
                "line\nbreak",
                ".hidden",
                "ünï/code"
            })
    void anIdOfTheServiceCannotLeaveTheDirectory(String id) throws Exception {
        File file = stored("sora:download?directory=" + videos, "CamelSoraTaskId", toApis.addSource(id));

        assertThat(file).hasParent(videos.toFile());
        assertThat(file.getName()).matches("[\\w][\\w.-]*");
        assertThat(filesBelow(home)).containsExactly(file.toPath());
    }

    @Test
    void idsThatLookAlikeHaveFilesOfTheirOwn() throws Exception {
        stored("sora:download?directory=" + videos, "CamelSoraTaskId", toApis.addSource("a/b"));
        stored("sora:download?directory=" + videos, "CamelSoraTaskId", toApis.addSource("a:b"));

        assertThat(filesBelow(home)).hasSize(2);
    }

    @Test
    void aFileThatIsThereAlreadyIsReplaced() throws Exception {
        Files.createDirectories(videos);
        Files.writeString(videos.resolve("cut.mp4"), "an older one");
        byte[] video = VideoFiles.mp4(40, 1);
        toApis.video(video);

        File file = stored("sora:download?fileName=cut.mp4&directory=" + videos, "CamelSoraTaskId", toApis.addSource());

        assertThat(file).hasBinaryContent(video);
        assertThat(filesBelow(home)).hasSize(1);
    }

    private File stored(String uri, Object... headers) {
        Exchange out = send(uri, null, headers);
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(File.class);
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}

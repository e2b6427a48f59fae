package io.github.camelsora;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.simulator.Call;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    void theHostHasNoSayInTheName(String disposition) throws Exception {
        String whole = new String(Videos.mp4(32, 1), StandardCharsets.US_ASCII);
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
    void aFileNameThatLeavesTheDirectoryIsRefusedBeforeAnythingIsAsked(String name) throws Exception {
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
    @ValueSource(
            strings = {
                "../../escaped",
                "/etc/escaped",
                "..\\escaped",
                "a:b*c?d|e\"f<g>",
                "nul\u0000byte",
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
        byte[] video = Videos.mp4(40, 1);
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

package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import desk.Browser.Answer;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTest {
    @TempDir
    static Path folder;

    private static final byte[] FILE = new byte[5 << 20];

    @AutoClose
    private static SimulatedDesk desk;

    private static Ledger ledger;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        for (int i = 0; i < FILE.length; i++) {
            FILE[i] = (byte) (i * 31 + i / 1000);
        }
        // The boxes of an MP4: the component stores nothing else.
        ByteBuffer boxes = ByteBuffer.wrap(FILE);
        boxes.putInt(16).put("ftypisom".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        boxes.putInt(8).put("moov".getBytes(StandardCharsets.US_ASCII));
        boxes.putInt(FILE.length - 24).put("mdat".getBytes(StandardCharsets.US_ASCII));
        desk = SimulatedDesk.start(Map.of("desk.videos", folder.toString()));
        desk.toApis().video(FILE);
        ledger = new Ledger(desk);
        browser = new Browser(desk);
        ledger.ended("video");
    }

    private static Answer video(String key, String... headers) {
        return browser.get("api/video?account=default&key=" + key, headers);
    }

    @Test
    void aVideoIsDownloadedOnceHoweverManyPagesPlayIt() {
        ledger.ended("popular");
        long before = desk.toApis().books().fileCalls();

        CompletableFuture<?>[] plays = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> video("popular")))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(plays).join();

        assertThat(plays)
                .allSatisfy(play ->
                        assertThat(((Answer) play.join()).response().body()).isEqualTo(FILE));
        assertThat(desk.toApis().books().fileCalls() - before).isEqualTo(1);
        assertThat(desk.toApis().books().keysLeakedToFileHost()).isZero();
    }

    @Test
    void aRangeIsAnsweredWithAPart() {
        Answer answer = video("video", "Range", "bytes=100-199");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 100-199/" + FILE.length);
        assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(answer.response().body()).isEqualTo(Arrays.copyOfRange(FILE, 100, 200));
    }

    @Test
    void anOpenRangeIsAnsweredWithAtMostFourMebibytes() {
        Answer answer = video("video", "Range", "bytes=1000-");

        assertThat(answer.header("Content-Range")).isEqualTo("bytes 1000-" + (999 + (4 << 20)) + "/" + FILE.length);
        assertThat(answer.response().body()).hasSize(4 << 20);
    }

    @Test
    void aSuffixIsTheEnd() {
        Answer answer = video("video", "Range", "bytes=-10");

        assertThat(answer.response().body()).isEqualTo(Arrays.copyOfRange(FILE, FILE.length - 10, FILE.length));
    }

    @Test
    void aRangeBehindTheEndIsRefused() {
        Answer answer = video("video", "Range", "bytes=" + FILE.length + "-");

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + FILE.length);
    }

    @Test
    void aRangeOfAnotherFileIsAnsweredWithTheWholeOne() {
        String tag = video("video", "Range", "bytes=0-0").header("ETag");

        assertThat(video("video", "Range", "bytes=0-0", "If-Range", tag).status())
                .isEqualTo(206);
        assertThat(video("video", "Range", "bytes=0-0", "If-Range", "\"other\"").status())
                .isEqualTo(200);
        assertThat(video("video", "Range", "bytes=0-0,5-6").status()).isEqualTo(200);
        assertThat(video("video", "Range", "bytes=-").status()).isEqualTo(200);
    }

    @Test
    void aHeadHasTheLengthAndNoBody() {
        Answer answer = browser.head("api/video?account=default&key=video");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(FILE.length));
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.response().body()).isEmpty();
    }

    @Test
    void aVideoIsSavedUnderTheNameOfItsTask() {
        Answer answer = browser.get("api/video?account=default&key=video&download=true");

        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + ledger.get("video").taskId() + ".mp4\"");
    }

    @Test
    void theWholeVideoIsAStream() {
        Answer answer = video("video");

        assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(answer.response().body()).isEqualTo(FILE);
    }

    @Test
    void theVideosThatWereDownloadedToPlayAreDeletedAtTheEnd() throws Exception {
        Path cached;
        try (SimulatedDesk other = SimulatedDesk.start(Map.of())) {
            new Ledger(other).ended("played");
            assertThat(new Browser(other)
                            .get("api/video?account=default&key=played")
                            .status())
                    .isEqualTo(200);
            cached = other.camel()
                    .getRegistry()
                    .lookupByNameAndType("deskVideos", Videos.class)
                    .cache();
            assertThat(cached).isNotEmptyDirectory();
        }

        assertThat(cached).doesNotExist();
    }

    @Test
    void theLatestVideosAreKeptAndDownloadsThatRunAreLeftAlone() throws Exception {
        try (SimulatedDesk other = SimulatedDesk.start(Map.of())) {
            new Ledger(other).ended("next");
            Path cache = other.camel()
                    .getRegistry()
                    .lookupByNameAndType("deskVideos", Videos.class)
                    .cache();
            for (int i = 0; i <= 50; i++) {
                file(cache.resolve("video-" + i + ".mp4"), i);
            }
            Path running = file(cache.resolve(".sora-1-2.part"), 0);

            Answer answer = new Browser(other).get("api/video?account=default&key=next");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(cache.resolve("video-0.mp4")).doesNotExist();
            assertThat(cache.resolve("video-1.mp4")).exists();
            assertThat(running).exists();
        }
    }

    private static Path file(Path file, int second) throws IOException {
        Files.write(file, new byte[1]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1000 - second)));
    }

    @Test
    void aVideoThatIsLateIsWaitedForByLaterRequests() throws Exception {
        try (SimulatedDesk other = SimulatedDesk.start(Map.of())) {
            new Ledger(other).ended("late");
            other.camel()
                    .getRegistry()
                    .lookupByNameAndType("deskVideos", Videos.class)
                    .setPatience(Duration.ofMillis(1));
            Hold hold = other.toApis().on(Call.FILE).times(1).hold();
            Browser player = new Browser(other);

            Answer early = player.get("api/video?account=default&key=late");
            hold.release();

            assertThat(early.status()).isEqualTo(504);
            assertThat(early.error()).contains("Try again");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> player.get("api/video?account=default&key=late").status() == 200);
            assertThat(other.toApis().books().fileCalls()).isEqualTo(1);
        }
    }

    @Test
    void aStoredVideoIsPlayedWithoutTheService() throws Exception {
        TaskRecord record = ledger.ended("stored");
        Files.write(folder.resolve(record.taskId() + ".mp4"), new byte[] {1, 2, 3});
        desk.toApis().expire(record.taskId());
        long before = desk.toApis().books().fileCalls();

        assertThat(video("stored").response().body()).containsExactly(1, 2, 3);
        assertThat(desk.toApis().books().fileCalls()).isEqualTo(before);
    }

    @Test
    void aVideoThatTheServiceHasNoMoreIsNamed() {
        TaskRecord record = ledger.ended("expired");
        desk.toApis().expire(record.taskId());

        Answer answer = video("expired");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).contains("no longer exists");
        assertThat(answer.text()).doesNotContain("signature");
    }

    @Test
    void aTaskWithoutAVideoIsNamed() {
        ledger.running("runs");
        ledger.failed("failed", "no reason");

        assertThat(video("runs").status()).isEqualTo(404);
        assertThat(video("runs").error()).contains("no video yet");
        assertThat(video("failed").status()).isEqualTo(404);
        assertThat(video("nothing").status()).isEqualTo(400);
    }

    @Test
    void anIdOfATaskCannotLeaveTheFolder() throws Exception {
        Files.write(folder.getParent().resolve("secret.mp4"), new byte[] {1});
        ledger.running("climbs", "../secret");

        assertThat(video("climbs").status()).isEqualTo(404);
    }
}

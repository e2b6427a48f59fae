package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileHostTest extends SimulatorTest {

    @Test
    void aResultIsAWholeVideo() throws Exception {
        HttpResponse<byte[]> answer = download(resultUrl());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        assertThat(boxes(answer.body())).containsExactly("ftyp", "moov", "free", "mdat");
    }

    /** The names of the top-level boxes, which must cover the whole file. */
    private static List<String> boxes(byte[] mp4) {
        List<String> names = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(mp4);
        while (file.hasRemaining()) {
            int size = file.getInt(file.position());
            names.add(new String(mp4, file.position() + 4, 4, StandardCharsets.US_ASCII));
            file.position(file.position() + size);
        }
        return names;
    }

    @Test
    void theBytesOfTheVideoCanBeConfigured() throws Exception {
        simulator().video("not a video".getBytes(StandardCharsets.UTF_8));

        assertThat(download(resultUrl()).body()).asString().isEqualTo("not a video");
    }

    @Test
    void filesAreOnAnotherHostThanTheApi() {
        assertThat(resultUrl()).startsWith(simulator().fileBaseUrl());
        assertThat(simulator().fileBaseUrl()).isNotEqualTo(simulator().baseUrl());
    }

    @Test
    void aResultNeedsItsSignature() throws Exception {
        String url = resultUrl();

        assertThat(download(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);
        assertThat(download(url + "0").statusCode()).isEqualTo(403);
    }

    @Test
    void aTaskThatRunsOrFailedHasNoFile() throws Exception {
        String task = simulator().addTask("t");
        String url = simulator().fileBaseUrl() + "/videos/t/0.mp4";

        int running = download(url).statusCode();
        simulator().fail(task, "generation_failed", "No");
        int failed = download(url).statusCode();

        assertThat(running).isEqualTo(404);
        assertThat(failed).isEqualTo(404);
    }

    @Test
    void aResultExpiresAfterOneDayOfTheSimulatorsClock() throws Exception {
        String url = resultUrl();

        simulator().clock().advance(Duration.ofHours(24).minusSeconds(1));
        int before = download(url).statusCode();
        simulator().clock().advance(Duration.ofSeconds(1));
        int after = download(url).statusCode();
        simulator().expiredFileStatus(403);
        int otherwise = download(url).statusCode();

        assertThat(before).isEqualTo(200);
        assertThat(after).isEqualTo(404);
        assertThat(otherwise).isEqualTo(403);
    }

    @Test
    void aTestCanExpireAResult() throws Exception {
        String task = simulator().addSource();
        String url = simulator().task(task).videoUrls().get(0);

        simulator().expire(task);

        assertThat(download(url).statusCode()).isEqualTo(404);
    }

    @Test
    void aDownloadCanBeCutInTheMiddle() throws Exception {
        simulator().on(Call.FILE).times(1).cutBody();
        String url = resultUrl();

        assertThatThrownBy(() -> download(url)).isInstanceOf(IOException.class);
        assertThat(download(url).statusCode()).isEqualTo(200);
    }

    @Test
    void aLengthCanBeTooLongOrTooShort() throws Exception {
        simulator().on(Call.FILE).times(1).wrongLength(+10);
        simulator().on(Call.FILE).times(1).wrongLength(-10);
        String url = resultUrl();

        assertThatThrownBy(() -> download(url)).isInstanceOf(IOException.class);
        assertThat(download(url).body()).hasSize(VideoFile.bytes().length - 10);
    }

    @Test
    void aLengthCanBeMissing() throws Exception {
        simulator().on(Call.FILE).times(1).withoutLength();

        HttpResponse<byte[]> answer = download(resultUrl());

        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        assertThat(answer.body()).isEqualTo(VideoFile.bytes());
    }

    @Test
    void aHeadRequestGetsOnlyTheLength() throws Exception {
        HttpResponse<byte[]> answer = download(
                HttpRequest.newBuilder(URI.create(resultUrl())).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(VideoFile.bytes().length);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aKeyThatReachesTheFileHostIsCounted() throws Exception {
        String url = resultUrl();

        download(url);
        assertThat(simulator().books().keysLeakedToFileHost()).isZero();

        download(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer anything"));
        download(url + "&key=" + simulator().apiKey());
        download(HttpRequest.newBuilder(URI.create(url))
                .header("X-Api-Key", simulator().apiKey()));
        assertThat(simulator().books().keysLeakedToFileHost()).isEqualTo(3);
    }

    private String resultUrl() {
        return simulator().task(simulator().addSource()).videoUrls().get(0);
    }
}

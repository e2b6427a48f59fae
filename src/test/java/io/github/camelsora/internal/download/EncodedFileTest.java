package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.BrokenFileException;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FileEncoding;
import io.github.camelsora.simulator.RangeSupport;
import io.github.camelsora.support.RawServer;
import io.github.camelsora.support.VideoFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that sends files encoded without being asked to still gives the video. */
class EncodedFileTest extends FileHostTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BR")
    void anEncodedVideoIsStoredAsItWas(FileEncoding encoding) throws IOException {
        DownloadedFile plain = store(url);
        simulator.fileEncoding(encoding);

        DownloadedFile file = store(url);

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(file).isEqualTo(plain);
    }

    @Test
    void anEncodingThatIsNotKnownIsNamedAtOnce() {
        simulator.fileEncoding(FileEncoding.BR);

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> store(url))
                .withMessageContaining("Content-Encoding br");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aVideoThatIsSaidToBeEncodedAndIsNotIsStoredAsItIs() throws IOException {
        simulator
                .on(Call.FILE)
                .answer(200, "\0\0\0\u0010ftypisom0000\0\0\0\u0008moov\0\0\0\u0008mdat", "Content-Encoding: gzip");

        assertThat(store(url).length()).isEqualTo(32);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BR")
    void anEncodedAnswerThatWasCutStartsOver(FileEncoding encoding) throws IOException {
        simulator.fileEncoding(encoding).on(Call.FILE).times(1).cutBody();
        Download download = download(1L << 31);

        assertThat(download.attempt(url, null)).isEmpty();
        DownloadedFile file = download.attempt(url, null).orElseThrow();

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "");
    }

    @ParameterizedTest
    @EnumSource(RangeSupport.class)
    void plainAndEncodedBytesAreNeverMixed(RangeSupport support) throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        Download download = download(1L << 31);
        assertThat(download.attempt(url, null)).isEmpty();
        simulator.fileEncoding(FileEncoding.GZIP).ranges(support);

        DownloadedFile file = download.attempt(url, null).orElseThrow();

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void anEncodedRestIsNotPutBehindPlainBytes() throws IOException {
        simulator.on(Call.FILE).times(1).cutBody();
        Download download = download(1L << 31);
        assertThat(download.attempt(url, null)).isEmpty();
        int half = VIDEO.length / 2;
        String range = "Content-Range: bytes " + half + "-" + (half + 9) + "/" + VIDEO.length;
        simulator.on(Call.FILE).times(1).answer(206, "0123456789", range, "Content-Encoding: gzip");

        DownloadedFile file = download.attempt(url, null).orElseThrow();

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(ranges()).containsExactly("", "bytes=" + half + "-", "");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BR")
    void bytesBehindTheLastBoxDoNoHarmInAnEncodedVideoEither(FileEncoding encoding) throws IOException {
        byte[] longer = Arrays.copyOf(VIDEO, VIDEO.length + 5);
        simulator.video(longer).fileEncoding(encoding);

        assertThat(store(url).path()).hasBinaryContent(longer);
    }

    @Test
    void bytesBehindTheLastBoxDoNoHarmInAVideoThatComesInChunks() throws IOException {
        byte[] longer = Arrays.copyOf(VIDEO, VIDEO.length + 5);
        simulator.video(longer).on(Call.FILE).withoutLength();

        assertThat(store(url).path()).hasBinaryContent(longer);
    }

    @Test
    void bytesBehindTheLastBoxMayBeACutWhereOnlyTheConnectionSaysThatTheVideoEnds() throws IOException {
        String longer = new String(Arrays.copyOf(VideoFiles.mp4(32, 1), 37), StandardCharsets.US_ASCII);
        try (RawServer host = RawServer.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + longer)) {
            Throwable failure = catchThrowable(() -> store(host.address("http") + "/video.mp4"));

            assertThat(failure).isInstanceOf(BrokenFileException.class);
        }
    }

    @Test
    void severalEncodingsAreRemovedTheLastOneFirst() throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(new GZIPOutputStream(encoded))) {
            out.write(VIDEO);
        }
        ContentEncoding encoding = new ContentEncoding(List.of("deflate", "gzip"));

        byte[] decoded =
                encoding.decode(new ByteArrayInputStream(encoded.toByteArray())).readAllBytes();

        assertThat(decoded).isEqualTo(VIDEO);
    }

    @Test
    void theSizeThatIsAllowedIsThatOfTheDecodedVideo() throws IOException {
        byte[] zeros = VideoFiles.mp4(32, 1);
        byte[] bomb = Arrays.copyOf(zeros, 50_000_000);
        simulator.video(bomb).fileEncoding(FileEncoding.GZIP);

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> download(1_000_000).attempt(url, null))
                .withMessageContaining("maxFileSize");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BR")
    void aDamagedEncodingIsABrokenFile(FileEncoding encoding) {
        simulator.on(Call.FILE).answer(200, "\u001f\u008bnot gzip at all", "Content-Encoding: " + word(encoding));

        Throwable failure = catchThrowable(() -> store(url));

        assertThat(failure).isInstanceOf(BrokenFileException.class);
    }

    private static String word(FileEncoding encoding) {
        return encoding == FileEncoding.GZIP ? "gzip" : "deflate";
    }

    @ParameterizedTest
    @CsvSource({
        "identity, true, true",
        "'', true, true",
        "GZIP, false, true",
        "x-gzip, false, true",
        "'gzip, identity', false, true",
        "'deflate,gzip', false, true",
        "'gzip,gzip,gzip', false, true",
        "'gzip,gzip,gzip,gzip', false, false",
        "zstd, false, false",
        "'br, gzip', false, false"
    })
    void encodingsAreReadAsTheyAreWritten(String header, boolean isNone, boolean isKnown) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        response.setHeader("Content-Encoding", header);

        ContentEncoding encoding = ContentEncoding.of(response);

        assertThat(encoding.isNone()).isEqualTo(isNone);
        assertThat(catchThrowable(encoding::requireSupported) == null).isEqualTo(isKnown);
    }

    @Test
    void aDeflatedFileWithoutHeaderIsDecodedThoughItBeginsAlmostAsWithOne() throws IOException {
        // A stored block of four bytes whose padding looks like the method of a header, and an empty last block.
        byte[] encoded = HexFormat.of().parseHex("080400fbff" + "61626364" + "010000ffff");

        InputStream plain = new ContentEncoding(List.of("deflate")).decode(new ByteArrayInputStream(encoded));

        assertThat(plain).hasContent("abcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "deflate,gzip"})
    void whatDecodesEndsAndTheConnectionIsNotReadToItsEnd(String header) throws IOException {
        byte[] encoded = encoded(header);
        AtomicBoolean isClosed = new AtomicBoolean();
        InputStream connection = new ByteArrayInputStream(encoded) {
            @Override
            public void close() {
                isClosed.set(true);
            }
        };
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        response.setHeader("Content-Encoding", header);
        InputStream plain = ContentEncoding.of(response).decode(connection);
        assertThat(plain.read()).isEqualTo(VIDEO[0] & 0xff);

        plain.close();

        assertThat(catchThrowable(plain::read)).isInstanceOf(IOException.class);
        assertThat(isClosed).isFalse();
    }

    private static byte[] encoded(String header) throws IOException {
        byte[] bytes = VIDEO;
        for (String name : header.split(",")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream encoder =
                    name.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
                encoder.write(bytes);
            }
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private Download download(long maxFileSize) {
        DownloadRules rules =
                new DownloadRules(true, List.of(), maxFileSize, 0, Duration.ofMinutes(1), FileExist.Override, false);
        return new Download(client, rules, FileKind.VIDEO, "video_1/0", target());
    }

    private List<String> ranges() {
        return simulator.requests(Call.FILE).stream()
                .map(request -> request.header("Range").orElse(""))
                .toList();
    }
}

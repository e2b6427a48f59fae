package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as sloppy services and hosts give them are asked for as a browser would. */
class FileAddressTest extends FileHostTest {

    static Stream<Arguments> paths() {
        return Stream.of(
                Arguments.of("/my video.mp4", "/my%20video.mp4"),
                Arguments.of(
                        "/v.mp4?a=attachment; filename=my video.mp4&sig=a%2Bb",
                        "/v.mp4?a=attachment;%20filename=my%20video.mp4&sig=a%2Bb"),
                Arguments.of("/v.mp4\n", "/v.mp4"),
                Arguments.of("/v.mp4\t \r\n", "/v.mp4"),
                Arguments.of("/vi\r\ndeo\t.mp4?a\nb", "/video.mp4?ab"),
                Arguments.of("/a\\b.mp4?c\\d", "/a/b.mp4?c%5Cd"),
                Arguments.of("/v.mp4#t=1#2", "/v.mp4"),
                Arguments.of("/v.mp4?a=1#?b=2", "/v.mp4?a=1"),
                Arguments.of("/v[1].mp4?a[0]=1", "/v%5B1%5D.mp4?a[0]=1"),
                Arguments.of("/100%.mp4?p=5%&q=%2", "/100%25.mp4?p=5%25&q=%252"),
                Arguments.of("/vidéo.mp4?ü", "/vid%C3%A9o.mp4?%C3%BC"),
                Arguments.of("/vid%C3%A9o%20.mp4?x=%2B%3d", "/vid%C3%A9o%20.mp4?x=%2B%3d"),
                Arguments.of("/a\u007fb.mp4?c\u007f", "/a%7Fb.mp4?c%7F"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void anAddressIsReadAsABrowserReadsIt(String given, String asked) throws IOException {
        FileAddress address = FileAddress.of(" \n\u0000http://files.test" + given, rules(null));

        assertThat(target(address)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "https://my_bucket.storage.example/v.mp4, my_bucket.storage.example, -1",
        "https://my_bucket.storage.example:8443/v.mp4, my_bucket.storage.example, 8443",
        "http://new_api:3000/v.mp4?x, new_api, 3000",
        "HTTP://_a_:/v.mp4, _a_, -1",
        "https://bücher.example/v.mp4, bücher.example, -1",
        "https://bücher.example:81/v.mp4, bücher.example, 81",
        "https://ü/v.mp4, ü, -1",
        "https://files.test:65535/v.mp4, files.test, 65535",
        "https://[2001:db8::1]:81/v.mp4, [2001:db8::1], 81"
    })
    void aHostMayHaveAnyNameThatHostsHave(String url, String host, int port) throws IOException {
        FileAddress address = FileAddress.of(url, rules(null));

        assertThat(address.host().getHostName()).isEqualTo(host);
        assertThat(address.host().getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@my_bucket.example/v.mp4",
                "https://user:pw@files.test/v.mp4",
                "https://a_b:70000/v.mp4",
                "https://files.test:65536/v.mp4",
                "https://a_b:x/v.mp4",
                "https://a_b%2fc/v.mp4",
                "https://a_b:1:2/v.mp4",
                "https://\u0000/v.mp4",
                "https:///v.mp4",
                "my video.mp4"
            })
    void whatNamesNoHostIsRejected(String url) {
        assertThatExceptionOfType(DownloadRejectedException.class).isThrownBy(() -> FileAddress.of(url, rules(null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://user@files.test/v.mp4", "https://user:pw@files.test/v.mp4", "https://@files.test/v.mp4"
            })
    void anAddressWithCredentialsIsRejectedForThem(String url) {
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> FileAddress.of(url, rules(null)))
                .withMessage("the address of the file carries credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.test", "FILES.test", "a.cdn.test", "a.b.CDN.test"})
    void aHostIsAllowedByItsNameOrAsASubdomain(String host) throws IOException {
        FileAddress address = FileAddress.of("https://" + host + "/v.mp4", onlyTheHosts("Files.Test", "*.Cdn.test"));

        assertThat(address.host().getHostName()).isEqualToIgnoringCase(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.files.test", "xfiles.test", "cdn.test", "xcdn.test", "cdn.test.example", "example.com"})
    void aHostThatIsNotAllowedIsRejectedByName(String host) {
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(
                        () -> FileAddress.of("https://" + host + "/v.mp4", onlyTheHosts("files.test", "*.cdn.test")))
                .withMessage("the file lies on " + host + ", which is not among allowedHosts");
    }

    private static DownloadRules onlyTheHosts(String... hosts) {
        return new DownloadRules(false, List.of(hosts), 1, 0, Duration.ofMinutes(1), FileExist.Override, false);
    }

    @Test
    void aHostWithAnUnderscoreIsAsked() throws IOException {
        DownloadedFile file = store(url.replace("127.0.0.1", "my_files.test"));

        assertThat(file.path()).hasBinaryContent(VIDEO);
        assertThat(simulator.requests())
                .allSatisfy(request ->
                        assertThat(request.header("Host").orElseThrow()).startsWith("my_files.test:"));
    }

    @Test
    void aHostWithAnUnderscoreMayRedirectToAPath() throws IOException {
        simulator.on(Call.FILE).times(1).answer(302, "", "Location: " + path(url));

        store(simulator.fileBaseUrl().replace("127.0.0.1", "my_files.test") + "/moved");

        assertThat(simulator.requests())
                .allSatisfy(request ->
                        assertThat(request.header("Host").orElseThrow()).startsWith("my_files.test:"));
    }

    private static String path(String url) {
        return url.replaceFirst("^http://[^/]+", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/vidéo 1.mp4|/vid%C3%A9o%201.mp4",
                "vidéo.mp4|/a/vid%C3%A9o.mp4",
                "/vid%C3%A9o%201.mp4?sig=a%2Bb|/vid%C3%A9o%201.mp4?sig=a%2Bb",
                "?again=é|/a/b?again=%C3%A9",
                "../c.mp4#t=1|/c.mp4",
                "?a[0]=c\\d|/a/b?a[0]=c%5Cd",
                "/d.mp4?x#y|/d.mp4?x"
            })
    void aRedirectIsReadByItsBytes(String location, String asked) throws Exception {
        List<String> targets = new CopyOnWriteArrayList<>();
        try (RawServer host = RawServer.start(socket -> redirect(socket, targets, location))) {
            catchThrowable(() -> store(host.address("http") + "/a/b?c"));
        }

        assertThat(targets).startsWith("/a/b?c", asked);
    }

    private static void redirect(Socket socket, List<String> targets, String location) throws IOException {
        targets.add(RawServer.readRequest(socket).split(" ")[1]);
        RawServer.write(
                socket,
                targets.size() == 1
                        ? "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void bytesThatAreNoUtf8AreEncodedAsTheyCame() throws IOException {
        FileAddress from = FileAddress.of("http://files.test/", rules(null));

        assertThat(target(from.redirectedTo("/vid\u00e9o.mp4", rules(null)))).isEqualTo("/vid%E9o.mp4");
    }

    private static String target(FileAddress address) {
        String query = address.uri().getRawQuery();
        return address.uri().getRawPath() + (query == null ? "" : "?" + query);
    }
}

package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.simulator.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files are fetched from, how large they may be, and how slow. */
class LimitsTest extends FileHostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "64:ff9b::7f00:1",
                "2001::1",
                "100::1",
                "100.127.255.255",
                "192.0.0.255",
                "192.0.2.255",
                "192.88.99.1",
                "198.19.255.255",
                "198.51.100.255",
                "203.0.113.255",
                "1fff::1",
                "4000::1",
                "2001:1ff:ffff::1",
                "2001:db8:ffff::1",
                "3fff::1",
                "3fff:fff::1",
                "2002:a00:1::",
                "64:ff9b:1::101:101",
                "64:ff9b::1:101:101",
                "64:ff9c::101:101",
                "65:ff9b::101:101"
            })
    void addressesOfOnesOwnNetworkAreNotPublic(String address) throws IOException {
        assertThat(HostGuard.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.0",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860::8888",
                "64:ff9b::101:101",
                "1.0.0.1",
                "99.100.0.1",
                "101.100.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "168.254.0.1",
                "169.253.0.1",
                "169.255.0.1",
                "170.254.0.1",
                "171.16.0.1",
                "173.16.0.1",
                "191.168.0.1",
                "192.0.1.1",
                "192.0.3.1",
                "192.1.0.1",
                "192.1.2.1",
                "192.87.99.1",
                "192.88.0.1",
                "192.88.98.1",
                "192.88.100.1",
                "193.168.0.1",
                "193.88.99.1",
                "197.18.0.1",
                "199.19.0.1",
                "198.50.100.1",
                "198.51.99.1",
                "198.51.101.1",
                "199.51.100.1",
                "203.0.112.1",
                "203.0.114.1",
                "203.1.113.1",
                "202.0.113.1",
                "2000::1",
                "2001:200::1",
                "2001:db7::1",
                "2001:db9::1",
                "2002:101:101::",
                "2003:db8::1",
                "2003:1::1",
                "3ffe:1::1",
                "3fff:1000::1"
            })
    void addressesOfTheInternetArePublic(String address) throws IOException {
        assertThat(HostGuard.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void nothingIsSentToAnAddressOfOnesOwnNetwork() throws IOException {
        try (CloseableHttpClient guarded = client(HostGuard::configure)) {
            assertThatExceptionOfType(DownloadRejectedException.class)
                    .isThrownBy(() -> store(guarded, url, target()))
                    .withMessageContaining("allowPrivateHosts");
        }
        assertThat(simulator.books().fileCalls()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsAllowedIsFetchedThroughTheGuard() throws IOException {
        try (CloseableHttpClient guarded =
                client(builder -> HostGuard.configure(builder, InetAddress::isLoopbackAddress))) {
            DownloadedFile file = store(guarded, url, target());

            assertThat(file.path()).hasBinaryContent(VIDEO);
        }
    }

    @Test
    void aFailedConnectionRevealsNothingAboutThePrivateNetwork() throws IOException {
        try (CloseableHttpClient guarded = client(HostGuard::configure)) {
            assertThatExceptionOfType(DownloadRejectedException.class)
                    .isThrownBy(() -> store(guarded, "http://127.0.0.1:1/x.mp4", target()));
        }
    }

    @Test
    @Timeout(20)
    void aNameThatResolvesToAnotherAddressAMomentLaterIsFoundOut() throws Exception {
        // 127.0.0.1, which is what the name resolves to when it is looked at, stands for a public address here.
        InetAddress inside = InetAddress.getByName("127.0.0.2");
        try (ServerSocket server = new ServerSocket(0, 1, inside);
                CloseableHttpClient guarded = client(builder -> {
                    builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setDnsResolver(always(inside))
                            .build());
                    HostGuard.configure(builder, address -> !address.equals(inside));
                })) {
            assertThatExceptionOfType(DownloadRejectedException.class)
                    .isThrownBy(
                            () -> store(guarded, "http://files.test:" + server.getLocalPort() + "/x.mp4", target()));

            try (Socket connection = server.accept()) {
                assertThat(firstByte(connection)).isEqualTo(-1);
            }
        }
    }

    private static int firstByte(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private static DnsResolver always(InetAddress address) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return new InetAddress[] {address};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void httpIsRejectedWhereTheServiceIsSecure() {
        DownloadRules strict =
                new DownloadRules(false, List.of(), 1L << 31, 0, Duration.ofMinutes(1), FileExist.Override, false);

        refuses(strict, "not secure");
        assertThat(simulator.books().fileCalls()).isZero();
    }

    @Test
    void onlyAllowedHostsAreAsked() {
        refuses(hosts("files.toapis.com", "*.example.com"), "allowedHosts");
        assertThat(simulator.books().fileCalls()).isZero();
        assertThatCode(() -> attempt(hosts("127.0.0.1"))).doesNotThrowAnyException();
    }

    @Test
    void aRedirectIsHeldToTheAllowedHostsToo() {
        simulator.on(Call.FILE).times(1).answer(302, "", "Location: http://localhost:1/x.mp4");

        refuses(hosts("127.0.0.1"), "allowedHosts");
    }

    @Test
    void anAnnouncedFileThatIsTooLargeIsRejectedBeforeItComes() {
        // What is announced counts, and fewer bytes than that would not be too many.
        simulator.on(Call.FILE).wrongLength(+10);

        refuses(size(VIDEO.length + 5), "maxFileSize");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatTurnsOutTooLargeIsRejected() {
        simulator.on(Call.FILE).withoutLength();

        refuses(size(VIDEO.length - 1), "maxFileSize");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileAsLargeAsAllowedIsStored() {
        assertThatCode(() -> attempt(size(VIDEO.length))).doesNotThrowAnyException();
    }

    @Test
    void aNameThatTheFileSystemDoesNotTakeIsRejectedBeforeAByteIsAskedFor() {
        // As if the limits that are checked before were those of a file system that takes more.
        Path name = directory.resolve("x".repeat(300));

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> Publication.checkName(name, rules(Duration.ofMinutes(1))))
                .withMessageContaining("no file can have the name");
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> Publication.checkName(
                        directory.resolve("x".repeat(252)), rules(Duration.ofMinutes(1), FileExist.Rename)));
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> store(client, url, new FileTarget(directory, name)));
        assertThat(simulator.books().fileCalls()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aNameThatIsTooLongIsRejectedBeforeAFolderIsMade() {
        Path file = directory.resolve("new").resolve("x".repeat(300));

        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> store(client, url, new FileTarget(directory, file)))
                .withMessageContaining("a name may have 255");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOutOfTheDirectoryIsNotFollowed(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), outside);
        FileTarget target = FileTarget.of(directory.toString(), "a/b/video.mp4", "video_1");

        assertThatExceptionOfType(DownloadRejectedException.class).isThrownBy(() -> store(client, url, target));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aFileThatIsALinkIsReplacedAndNotFollowed(@TempDir Path outside) throws IOException {
        Path precious = Files.writeString(outside.resolve("precious"), "mine");
        Files.createSymbolicLink(directory.resolve("video.mp4"), precious);

        store(url);

        assertThat(precious).hasContent("mine");
        assertThat(directory.resolve("video.mp4")).isRegularFile().hasBinaryContent(VIDEO);
    }

    @Test
    void aTransferBelowTheMinimumSpeedFails() throws IOException {
        AtomicLong nanos = new AtomicLong();
        MinimumSpeed pace = new MinimumSpeed(1_024, Duration.ofSeconds(30), nanos::get);

        nanos.set(Duration.ofSeconds(30).toNanos());
        pace.received(30 * 1_024);
        nanos.set(Duration.ofSeconds(59).toNanos());
        pace.received(1);
        nanos.set(Duration.ofSeconds(60).toNanos());

        assertThatIOException().isThrownBy(() -> pace.received(1)).withMessageContaining("minimumBytesPerSecond");
    }

    private void refuses(DownloadRules rules, String why) {
        assertThatExceptionOfType(DownloadRejectedException.class)
                .isThrownBy(() -> attempt(rules))
                .withMessageContaining(why);
    }

    private void attempt(DownloadRules rules) throws IOException {
        try (Download download = new Download(client, rules, FileKind.VIDEO, "video_1/0", target())) {
            download.attempt(url, null).orElseThrow();
        }
    }

    private static DownloadRules hosts(String... hosts) {
        return new DownloadRules(true, List.of(hosts), 1L << 31, 0, Duration.ofMinutes(1), FileExist.Override, false);
    }

    private static DownloadRules size(long size) {
        return new DownloadRules(true, List.of(), size, 0, Duration.ofMinutes(1), FileExist.Override, false);
    }
}

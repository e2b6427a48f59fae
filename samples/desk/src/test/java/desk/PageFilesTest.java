package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import desk.Browser.Answer;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
    @AutoClose
    private static SimulatedDesk desk;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of());
        browser = new Browser(desk);
    }

    @Test
    void onlyThisMachineReachesTheDesk() throws Exception {
        int port = URI.create(desk.address()).getPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        assumeThat(others).isNotEmpty();

        assertThat(others).allSatisfy(address -> assertThatThrownBy(() -> new Socket(address, port).close())
                .isInstanceOf(ConnectException.class));
    }

    @Test
    void theAddressWithoutASlashLeadsToThePage() {
        Answer answer = browser.get("../desk");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("desk/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "webjars/lit-html/lit-html.js"})
    void aServerMayServeThePageBelowAPathOfItsOwn(String path) throws Exception {
        try (SimulatedDesk below = SimulatedDesk.start(Map.of("camel.server.path", "/app"))) {
            assertThat(new Browser(below).get("../app/desk/" + path).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webjars/lit-html/lit-html.js", "webjars/lit-html/directives/repeat.js"})
    void aLibraryIsServedWithoutItsVersion(String path) {
        Answer answer = browser.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void aStyleSheetIsServedAsOne() {
        assertThat(browser.get("webjars/picocss__pico/css/pico.min.css").header("Content-Type"))
                .startsWith("text/css");
    }

    @Test
    void aFileOfThePageIsServedAndNotSentAgain() {
        Answer first = browser.get("served-by-test.js");
        Answer second = browser.get("served-by-test.js", "If-None-Match", first.header("ETag"));

        assertThat(first.text()).contains("export");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.response().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webjars/lit-html/package.json",
                "webjars/lit-html/%2e%2e/%2e%2e/picocss__pico/2.1.1/css/pico.css",
                "webjars/lit-html/../../../../../application.properties",
                "webjars/other/other.js",
                "webjars/lit-html/LICENSE",
                "Guard.class",
                "application.properties",
                "%2e%2e%2fapplication.properties",
                "..%5capplication.properties",
                "missing.js"
            })
    void nothingElseIsServed(String path) {
        assertThat(browser.get(path).status()).isEqualTo(404);
    }
}

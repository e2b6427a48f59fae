package desk;

import static org.assertj.core.api.Assertions.assertThat;

import desk.Browser.Answer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTest {
    private static final String PAUSE = "{'action':'pause','account':'default','reason':'a test','actor':'mallory'}";

    private static String actorOfPause(SimulatedDesk desk) {
        return desk.component()
                .ledger()
                .history()
                .orElseThrow()
                .findActions("default", 10)
                .get(0)
                .actor();
    }

    @Test
    void aDeskThatOnlyShowsRefusesToAct() throws Exception {
        try (SimulatedDesk desk = SimulatedDesk.start(Map.of())) {
            Browser browser = new Browser(desk);

            Answer act = browser.post("api/act", PAUSE);
            Answer submit =
                    browser.post("api/submit", "{'account':'default','videoId':'v','prompt':'p','dryRun':true}");

            assertThat(act.status()).isEqualTo(403);
            assertThat(act.error()).contains("desk.writable");
            assertThat(submit.status()).isEqualTo(403);
            assertThat(browser.get("api/summary").json().path("writable").asBoolean())
                    .isFalse();
            assertThat(desk.component().ledger().history().orElseThrow().findActions(null, 10))
                    .isEmpty();
            assertThat(desk.toApis().books().submitsReceived()).isZero();
        }
    }

    @Test
    void aDeskThatOnlyShowsNeedsNoKey() throws Exception {
        try (SimulatedDesk desk = SimulatedDesk.start(Map.of("camel.component.sora.api-key", ""))) {
            Browser browser = new Browser(desk);
            new Ledger(desk).ended("order-1");

            assertThat(browser.get("api/tasks").json().path("total").asInt()).isEqualTo(1);
            assertThat(browser.get("api/summary")
                            .json()
                            .path("accounts")
                            .path(0)
                            .path("balanceError")
                            .asText())
                    .contains("no API key");
            assertThat(browser.get("api/video?account=default&key=order-1").error())
                    .contains("no API key");
        }
    }

    @Test
    void theUserOfTheProxyIsTheActor() throws Exception {
        try (SimulatedDesk desk =
                SimulatedDesk.start(Map.of("desk.writable", "true", "desk.user-header", "X-Remote-User"))) {
            Browser browser = new Browser(desk);

            assertThat(browser.post("api/act", PAUSE).status()).isEqualTo(403);
            assertThat(browser.post("api/act", PAUSE, "X-Remote-User", "anna", "x-remote-user", "mallory")
                            .status())
                    .isEqualTo(400);
            assertThat(browser.post("api/act?X-Remote-User=mallory", PAUSE).status())
                    .isEqualTo(400);
            assertThat(browser.post("api/act?q=;X-Remote-User=mallory", PAUSE).status())
                    .isEqualTo(400);
            assertThat(browser.post("api/act", PAUSE, "X-Remote-User", "anna").status())
                    .isEqualTo(200);

            assertThat(actorOfPause(desk)).isEqualTo("anna");
            assertThat(browser.get("api/summary", "X-Remote-User", "anna")
                            .json()
                            .path("actor")
                            .asText())
                    .isEqualTo("anna");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    void aNameKeepsItsLetters(String charset) throws Exception {
        try (SimulatedDesk desk = SimulatedDesk.start(Map.of("desk.user-header", "X-Remote-User"))) {
            URI address = URI.create(desk.address());
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                String request = "GET /desk/api/summary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "X-Remote-User: Jürgen\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(charset));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(answer).contains("\"actor\":\"Jürgen\"");
            }
        }
    }

    @Test
    void aProxyThatNamesNobodyHasNoUser() throws Exception {
        String submit =
                "{'account':'default','videoId':'%s','prompt':'Add a hat','dryRun':false,'requestKey':'desk-0000-nobody'}";
        try (SimulatedDesk desk =
                SimulatedDesk.start(Map.of("desk.writable", "true", "desk.user-header", "X-Remote-User"))) {
            Browser browser = new Browser(desk);
            String form = submit.formatted(desk.toApis().addSource());

            Answer answer = browser.post("api/submit", form, "X-Remote-User", " ");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(desk.toApis().books().submitsReceived()).isZero();
        }
    }

    @Test
    void theUserOfTheServersAuthenticationIsTheActor(@TempDir Path folder) throws Exception {
        Path users =
                Files.writeString(folder.resolve("users.properties"), "user.anna=secret,operator\nrole.operator=*\n");
        Map<String, String> properties = Map.of(
                "desk.writable", "true",
                "camel.server.authentication-enabled", "true",
                "camel.server.basic-properties-file", users.toString(),
                "camel.server.authentication-path", "/*");
        try (SimulatedDesk desk = SimulatedDesk.start(properties)) {
            Browser browser = new Browser(desk);
            String anna = "Basic " + Base64.getEncoder().encodeToString("anna:secret".getBytes(StandardCharsets.UTF_8));

            assertThat(browser.post("api/act", PAUSE).status()).isEqualTo(401);
            assertThat(browser.get("api/summary").status()).isEqualTo(401);
            assertThat(browser.post("api/act", PAUSE, "Authorization", anna).status())
                    .isEqualTo(200);

            assertThat(actorOfPause(desk)).isEqualTo("anna");
        }
    }

    /** As the request of a servlet. */
    public static final class SignedIn {
        public String getRemoteUser() {
            return "anna";
        }
    }

    @Test
    void theUserOfSpringBootIsTheActor() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Exchange request = new DefaultExchange(camel);
            request.getMessage().setHeader("Host", "desk.example");
            request.getMessage().setHeader("CamelHttpServletRequest", new SignedIn());
            // It sets no raw query.
            request.getMessage().setHeader(Exchange.HTTP_QUERY, "q=tag:shop%20older:1h");
            Guard guard = new Guard();
            guard.setHosts("desk.example");

            guard.read(request);

            assertThat(request.getProperty(Guard.ACTOR)).isEqualTo("anna");
            assertThat(request.getMessage().getHeader("q")).isEqualTo("tag:shop older:1h");
        }
    }
}

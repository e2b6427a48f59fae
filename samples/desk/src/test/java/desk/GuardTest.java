package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desk.Browser.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final String RELEASE = "{'action':'release','account':'default','key':'%s'}";

    @AutoClose
    private static SimulatedDesk desk;

    private static Ledger ledger;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of("desk.writable", "true"));
        ledger = new Ledger(desk);
        browser = new Browser(desk);
    }

    static Stream<String> paths() {
        Stream<String> routes = desk.camel().getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .filter(uri -> uri.startsWith("platform-http:"))
                .map(uri -> uri.replaceFirst("^platform-http:/+desk/?", "").replaceFirst("\\?.*", ""));
        return Stream.concat(routes, Stream.of("../desk", "index.html", "webjars/lit-html/lit-html.js", "api/none"));
    }

    private static Answer any(String path, String... headers) {
        boolean isPost = path.endsWith("/act") || path.endsWith("/submit");
        return isPost ? browser.post(path, "{}", headers) : browser.get(path, headers);
    }

    @Test
    void allRoutesOfTheDeskAreTested() {
        assertThat(paths()).hasSize(13).contains("", "api/tasks", "api/act", "api/submit", "api/video");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aNameThatIsNotTheDesksIsRefusedByEachRoute(String path) {
        // when: a page of attacker.example, whose name was pointed at this machine (DNS rebinding)
        Answer answer = any(path, "Host", "attacker.example:8080");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).contains("attacker.example", "desk.hosts");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void eachAnswerTellsTheBrowserWhatThePageMayDo(String path) {
        Answer answer = any(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noHeaderOfARequestIsSentBack(String path) {
        Answer answer = any(path, "Authorization", "Bearer secret", "X-Mine", "mine", "Cookie", "session=1");

        assertThat(answer.response().headers().map()).doesNotContainKeys("authorization", "x-mine", "cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks",
                "summary",
                "charts",
                "models",
                "task?account=default&key=x",
                "video?account=default&key=x"
            })
    void anotherSiteReadsNothing(String path) {
        Answer answer = browser.get("api/" + path, "Sec-Fetch-Site", "cross-site");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void aPostOfAnotherOriginIsRefused() {
        ledger.setAside("origin");

        Answer answer = browser.post("api/act", RELEASE.formatted("origin"), "Origin", "http://attacker.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(ledger.actions("origin")).isEmpty();
    }

    @Test
    void anotherPortOfThisMachineIsAnotherOrigin() {
        Answer answer = browser.post("api/act", RELEASE.formatted("origin"), "Origin", "http://127.0.0.1:1");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void anOpaqueOriginIsRefused() {
        assertThat(browser.post("api/act", "{}", "Origin", "null").status()).isEqualTo(403);
    }

    @Test
    void thePagesOwnOriginIsAccepted() {
        ledger.setAside("own-origin");

        String origin = desk.address().replace("/desk/", "");
        Answer answer = browser.post(
                "api/act", RELEASE.formatted("own-origin"), "Origin", origin, "Sec-Fetch-Site", "same-origin");

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx"
            })
    void whatAFormOfAnotherSiteCanSendIsRefused(String contentType) {
        ledger.setAside("form-" + contentType.length());

        Answer answer = browser.postAs(
                contentType, "api/act", RELEASE.formatted("form-" + contentType.length()), "X-Desk", "1");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(ledger.actions("form-" + contentType.length())).isEmpty();
    }

    @Test
    void aPostWithoutTheHeaderOfThePageIsRefused() {
        Answer answer = browser.postAs("application/json", "api/act", "{}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).contains("X-Desk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Desk=1",
                "x-desk=1&Content-Type=application/json",
                "q=;X-Desk=1;Content-Type=application/json",
                "CamelSoraAction=forget",
                "Host=localhost"
            })
    void aParameterOfTheAddressIsNoHeader(String query) {
        Answer answer = browser.postAs("text/plain", "api/act?" + query, "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("no parameter");
    }

    @Test
    void theHeadersOfAStrangerDoNotReachTheLedger() {
        ledger.setAside("headers");
        String[] strange = {
            "CamelSoraAction",
            "forget",
            "CamelSoraActor",
            "mallory",
            "CamelSoraTaskKey",
            "headers",
            "CamelSoraAccount",
            "default",
            "CamelSoraFilter",
            "state:running",
            "CamelSoraLimit",
            "1"
        };

        for (String path : List.of("api/tasks", "api/task?account=default&key=headers", "api/summary", "api/charts")) {
            assertThat(browser.get(path, strange).status()).isEqualTo(200);
        }
        Answer released = browser.post("api/act", RELEASE.formatted("headers"), strange);

        assertThat(released.status()).isEqualTo(200);
        assertThat(ledger.has("headers")).isTrue();
        assertThat(ledger.actions("headers")).singleElement().satisfies(action -> {
            assertThat(action.event()).isEqualTo("TaskResumed");
            assertThat(action.actor()).isEqualTo(System.getProperty("user.name"));
        });
        assertThat(browser.get("api/tasks?q=headers", strange)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theActorIsNotTakenFromTheRequest() {
        ledger.setAside("actor");

        browser.post(
                "api/act",
                "{'action':'release','account':'default','key':'actor','actor':'mallory','CamelSoraActor':'mallory'}");

        assertThat(ledger.actions("actor"))
                .singleElement()
                .extracting("actor")
                .isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void anUnknownParameterIsRefused() {
        assertThat(browser.get("api/tasks?limitt=3").status()).isEqualTo(400);
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        Answer answer = browser.get("api/tasks?limit=many");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("limit", "many");
        assertThat(browser.get("api/tasks?limit=-1").status()).isEqualTo(400);
        assertThat(browser.get("api/tasks?limit=99999999999").status()).isEqualTo(400);
        assertThat(browser.get("api/tasks?limit=1001").error()).contains("1000");
        assertThat(browser.get("api/tasks?offset=999999999").json().path("tasks")).isEmpty();
        assertThat(browser.get("api/charts?days=999999999").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    desk.writeable | true           | no property desk.writeable
                    desk.prompt    | hidden         | no property desk.prompt
                    desk.prompts   | hide           | takes hidden, switch or shown
                    desk.hosts     | *              | takes names without ports
                    desk.hosts     | localhost:8080 | takes names without ports
                    desk.hosts     | ' '            | takes names without ports
                    """)
    void aWrongPropertyIsNamedAtTheStart(String name, String value, String reason) {
        assertThatThrownBy(() -> SimulatedDesk.start(Map.of(name, value)).close())
                .rootCause()
                .hasMessageContaining(reason);
    }
}

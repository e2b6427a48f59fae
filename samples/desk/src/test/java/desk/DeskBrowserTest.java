package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Books;
import io.github.camelsora.simulator.Call;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.FluentProducerTemplate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** What people do at the desk, in a real browser. */
@EnabledIf(value = "desk.Chromium#isInstalled", disabledReason = "Debian's packages chromium and chromium-driver are not installed")
class DeskBrowserTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @AutoClose
    private static SimulatedDesk desk;

    @AutoClose
    private final Chromium browser = Chromium.open();

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of("desk.writable", "true"));
    }

    private static LedgerOperator ledger() {
        return desk.component().operator();
    }

    private static TaskRecord record(String key) {
        return ledger().get("default", key);
    }

    private static void submit(String key, String options, String prompt) {
        remix(key, options, prompt).request();
    }

    private static FluentProducerTemplate remix(String key, String options, String prompt) {
        return desk.camel()
                .createFluentProducerTemplate()
                .to("sora:remix?waitForCompletion=false&requestKey=" + key + "&videoId="
                        + desk.toApis().addSource() + options)
                .withBody(prompt);
    }

    /** A paid task whose answer was lost. */
    private static String loseSubmit(String key, String correlationId) {
        desk.toApis().on(Call.SUBMIT_REMIX).times(1).afterProcessing().cut();
        // It waits while the task is searched for.
        remix(key, "&correlationId=" + correlationId, "Let it rain slowly on the harbour").asyncSend();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> record(key).state() == TaskState.UNKNOWN);
        return desk.toApis().tasks().get(desk.toApis().tasks().size() - 1).id();
    }

    @Test
    void aLostSubmitIsFoundByItsCorrelationAndAdoptedByKeyboardAlone() {
        String taskId = loseSubmit("lost-by-keyboard", "order-90210");
        browser.go(desk, "");

        browser.tabTo("input[type=search]");
        browser.press("correlation:order-90210", Keys.ENTER);
        browser.see(".pager", "of 1 task");
        browser.tabTo(".tasks tbody a");
        browser.press(Keys.ENTER);
        browser.see("#detail [data-action=adopt]");
        browser.see("#detail .facts", "client_business_id");
        browser.see("#detail .facts", record("lost-by-keyboard").wireKey());
        browser.tabTo("#detail [data-action=adopt]");
        browser.press(Keys.ENTER);
        browser.see("#action input[name=taskId]");
        browser.tabTo("#action input[name=taskId]");
        browser.press(taskId, Keys.TAB, "found in the console", Keys.ENTER);
        browser.see("#action [data-test=result]", "Done: 1.");
        browser.press(Keys.ENTER);
        browser.seeNo("#action article");
        browser.see("#detail header .state", "running");
        browser.press(Keys.ESCAPE);
        browser.seeNo("#detail article");

        assertThat(record("lost-by-keyboard").taskId()).isEqualTo(taskId);
        assertThat(ledger().history("default", "lost-by-keyboard"))
                .filteredOn(line -> line.actor() != null)
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("found in the console"));
        assertThat(browser.address()).contains("order-90210");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void tasksThatWereSetAsideAreReleasedAllAtOnceAfterAPreview() {
        for (int i = 0; i < 3; i++) {
            submit("bulk-" + i, "&tag=bulk", "A slowly sinking sun, number " + i);
            ledger().setAside("default", "bulk-" + i, new Operator("anna", "the shop is closed"));
        }
        browser.go(desk, "?q=tag:bulk+state:set_aside");
        browser.see(".pager", "of 3 tasks");

        browser.click(".tasks thead input");
        browser.see(".bulk", "3 tasks selected");
        browser.click("[data-bulk=release]");
        browser.see("#action [data-test=preview]", "3 tasks");
        assertThat(ledger().count(TaskFilter.ALL.withTag("bulk").withStates(TaskState.SET_ASIDE)))
                .singleElement()
                .satisfies(count -> assertThat(count.tasks()).isEqualTo(3));
        browser.type("#action input[name=reason]", "the shop is open again", Keys.ENTER);

        browser.see("#action [data-test=result]", "Done: 3.");
        browser.click("#action footer button");
        browser.see(".pager", "No task matches");
        assertThat(ledger().count(TaskFilter.ALL.withTag("bulk").withStates(TaskState.SET_ASIDE)))
                .isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aRemixIsPricedPaidOnceAndPlayed() {
        submit("form-source", "", "A lighthouse in the fog");
        browser.go(desk, "?account=default&key=form-source");
        browser.click("[data-action=remix]");
        Books before = desk.toApis().books();

        browser.type("#action textarea", "Make the fog lift");
        browser.click("#action button[form=remix]");
        browser.see("[data-test=plan]", "credits");
        browser.see("[data-test=plan]", "Balance: 4,");
        browser.see("[data-test=plan]", "after it");
        assertThat(desk.toApis().books().submitsReceived()).as("after the dry run").isEqualTo(before.submitsReceived());
        browser.click("[data-test=pay]");
        browser.seeNo("#action article");
        browser.see("#detail video");
        browser.run("document.querySelector('#detail video').play()");

        browser.await(
                "the video does not play",
                () -> browser.run("const v = document.querySelector('#detail video'); return v.currentTime > 0 || v.ended"));
        assertThat(desk.toApis().books().submitsReceived()).isEqualTo(before.submitsReceived() + 1);
        assertThat(browser.run("return document.documentElement.outerHTML").toString())
                .doesNotContain(desk.toApis().fileBaseUrl());
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aFormThatWasEditedIsPricedAgainBeforeItPays() {
        submit("edited-source", "", "A lighthouse at noon");
        browser.go(desk, "?account=default&key=edited-source");
        browser.click("[data-action=remix]");
        browser.type("#action textarea", "Make it night");
        browser.click("#action button[form=remix]");
        browser.see("[data-test=plan]");

        browser.type("#action textarea", " and let it snow");

        browser.seeNo("[data-test=plan]");
        assertThat(browser.see("[data-test=pay]").isEnabled()).isFalse();
    }

    @Test
    void aFormThatIsEditedWhileItIsPricedIsPricedAgainBeforeItPays() {
        submit("pricing-source", "", "A lighthouse at dusk");
        browser.go(desk, "?account=default&key=pricing-source");
        browser.click("[data-action=remix]");
        browser.type("#action textarea", "Make it night");
        browser.run("const answering = window.fetch; window.fetch = async (path, options) => {"
                + " if (path === 'api/submit') { await new Promise(go => { window.goOn = go; }); }"
                + " return answering(path, options); }");
        browser.click("#action button[form=remix]");
        browser.see("#action button[form=remix][disabled]");

        browser.type("#action textarea", " and let it snow");
        browser.run("window.goOn()");
        browser.see("#action button[form=remix]:not([disabled])");

        browser.seeNo("[data-test=plan]");
        assertThat(browser.see("[data-test=pay]").isEnabled()).isFalse();
    }

    @Test
    void anActionThatHasStoppedNamesTheTasksThatItHasNotReached() {
        for (int i = 0; i < 2; i++) {
            submit("stopped-" + i, "&tag=stopped", "A slowly rising moon, number " + i);
            ledger().setAside("default", "stopped-" + i, new Operator("anna", "the shop is closed"));
        }
        browser.go(desk, "?q=tag:stopped");
        browser.click(".tasks thead input");
        browser.click("[data-bulk=release]");
        browser.see("#action [data-test=preview]", "2 tasks");
        browser.run("const answering = window.fetch; window.fetch = async (path, options) => path === 'api/act'"
                + " ? new Response(JSON.stringify({action: 'release', done: [{account: 'default', key: 'stopped-0'}], changed: [],"
                + " refused: [], notReached: [{account: 'default', key: 'stopped-1'}], problem: 'The ledger failed'}),"
                + " {headers: {'Content-Type': 'application/json'}}) : answering(path, options)");

        browser.press(Keys.ENTER);

        browser.see("#action [data-test=result]", "Done: 1.");
        browser.see("#action [role=alert]", "1 task was not reached");
        browser.click("#action [role=alert] summary");
        browser.see("#action [role=alert]", "stopped-1");
    }

    @Test
    void aDeskThatOnlyReadsOffersNoActionAndRefusesOne() throws Exception {
        try (SimulatedDesk readOnly = SimulatedDesk.start(Map.of())) {
            new MadeUpDay(readOnly).write();
            browser.go(readOnly, "?q=state:set_aside");
            browser.see(".badge", "read only");
            browser.click(".tasks tbody a");
            browser.see("#detail .facts");

            Object status = browser.run("return fetch('api/act', {method: 'POST',"
                    + " headers: {'Content-Type': 'application/json', 'X-Desk': '1'},"
                    + " body: JSON.stringify({action: 'pause', account: 'default', reason: 'x'})}).then(a => a.status)");

            assertThat(status).isEqualTo(403L);
            assertThat(browser.texts("#detail .actions button")).isEmpty();
            assertThat(browser.texts(".tasks input")).isEmpty();
            assertThat(readOnly.component().operator().accounts())
                    .noneMatch(account -> account.pauses().stream().anyMatch(pause -> pause.isByOperator()));
        }
    }

    @Test
    void aPageOfAnotherOriginNeitherActsNorReads() throws Exception {
        HttpServer evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        evil.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>Elsewhere</title><iframe name=f></iframe><form method=post></form>"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        evil.start();
        try {
            long submits = desk.toApis().books().submitsReceived();
            browser.go("http://127.0.0.1:" + evil.getAddress().getPort() + "/");

            for (String options : new String[] {
                "method: 'POST', mode: 'no-cors', headers: {'Content-Type': 'text/plain'}, body: BODY",
                "method: 'POST', headers: {'Content-Type': 'application/json', 'X-Desk': '1'}, body: BODY",
                "mode: 'cors'"
            }) {
                Object outcome = browser.run(
                        "return fetch(arguments[0], {" + options.replace("BODY", "arguments[1]") + "})"
                                + ".then(a => a.text()).catch(e => 'refused')",
                        desk.address() + "api/" + (options.contains("POST") ? "act" : "summary"),
                        "{\"action\":\"pause\",\"account\":\"default\",\"reason\":\"elsewhere\"}");
                assertThat(outcome).as(options).isIn("", "refused");
            }
            browser.run(
                    "const f = document.forms[0]; f.action = arguments[0]; f.target = 'f'; f.enctype = 'text/plain';"
                            + " f.innerHTML = '<input>'; f[0].name = arguments[1]; f.submit()",
                    desk.address() + "api/act",
                    "{\"action\":\"pause\",\"account\":\"default\",\"reason\":\"form\",\"x\":\"");
            Object framed = browser.run(
                    "return new Promise(r => { const f = document.createElement('iframe'); f.onload = () => {"
                            + " try { r(f.contentDocument ? f.contentDocument.body.innerText : 'no access') } catch (e) { r('no access') } };"
                            + " f.src = arguments[0]; document.body.append(f) })",
                    desk.address());

            assertThat(framed).isEqualTo("no access");
            assertThat(ledger().accounts())
                    .filteredOn(account -> account.account().equals("default"))
                    .allSatisfy(account -> assertThat(account.pauses()).isEmpty());
            assertThat(desk.toApis().books().submitsReceived()).isEqualTo(submits);
        } finally {
            evil.stop(0);
        }
    }

    @Test
    void theAddressKeepsTheSearchAndTheBackButtonLeadsBack() {
        browser.go(desk, "");
        browser.click("[data-state=DELIVERED]");
        browser.await("the address has no search", () -> browser.address().contains("state%3Adelivered"));
        browser.click("[data-state=RUNNING]");
        browser.await("the address has no search", () -> browser.address().contains("state%3Arunning"));

        browser.run("history.back()");

        browser.see("[data-state=DELIVERED][aria-pressed=true]");
        assertThat(browser.see("input[type=search]").getAttribute("value")).isEqualTo("state:delivered");
    }

    @Test
    void aSearchThatCannotBeReadIsAnsweredInWords() {
        browser.go(desk, "");

        browser.type("input[type=search]", "state:nonsense", Keys.ENTER);

        browser.see("search [role=alert]", "nonsense");
        browser.seeNo(".tasks");
        browser.go(browser.address());
        browser.see("search [role=alert]", "nonsense");
        browser.see("input[type=search]").clear();
        browser.type("input[type=search]", "no-such-key", Keys.ENTER);
        browser.see(".pager", "No task matches");
        browser.seeNo("[role=alert]");
    }

    @Test
    void theLiveUpdateCanBePaused() {
        browser.go(desk, "?q=live-");
        browser.see(".pager", "No task matches");
        browser.run("window.turns = 0; const later = window.setTimeout; window.setTimeout ="
                + " (turn, ...rest) => later(() => { window.turns++; turn() }, ...rest)");
        browser.click(".switches label:last-child");

        submit("live-1", "", "A slowly opening door");
        // A reading that had begun has ended then.
        browser.await("the page has no turn", () -> browser.run("return window.turns >= 1"));
        browser.run("performance.clearResourceTimings(); window.turns = 0");
        browser.await("the page has no second turn", () -> browser.run("return window.turns >= 2"));

        assertThat(browser.run("return performance.getEntriesByType('resource').length")).isEqualTo(0L);
        browser.see(".pager", "No task matches");
        browser.click(".switches label:last-child");
        browser.see(".pager", "of 1 task");
    }

    @Test
    void promptsAreHiddenUntilTheUserSwitchesThemOn() {
        submit("hidden-prompt", "", "A very secret slowly turning product");
        browser.go(desk, "?account=default&key=hidden-prompt");
        browser.see("#detail", "Hidden.");
        assertThat(browser.run("return document.documentElement.outerHTML").toString())
                .doesNotContain("secret");

        browser.click("#detail [aria-labelledby=prompt-title] button");
        browser.see("#detail blockquote", "A very secret slowly turning product");
        browser.press(Keys.ESCAPE);
        browser.seeNo("#detail article");
        browser.click(".switches label:first-child");
        browser.type("input[type=search]", "hidden-prompt", Keys.ENTER);
        browser.see(".pager", "of 1 task");
        browser.click(".tasks tbody a");

        browser.see("#detail", "Hidden.");
    }
}

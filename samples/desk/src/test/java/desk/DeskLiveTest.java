package desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.Operator;
import io.github.camelsora.simulator.Books;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** What stays as the user has it while the page reads the server every two seconds, also when the server fails. */
@EnabledIf(value = "desk.Chromium#isInstalled", disabledReason = "Debian's packages chromium and chromium-driver are not installed")
class DeskLiveTest {
    @AutoClose
    private static SimulatedDesk desk;

    private static Ledger ledger;

    @AutoClose
    private final Chromium browser = Chromium.open();

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of("desk.writable", "true"));
        ledger = new Ledger(desk);
    }

    private void waitForTwoUpdates() {
        browser.run("performance.clearResourceTimings()");
        browser.await(
                "the page does not update itself",
                () -> browser.run("return performance.getEntriesByType('resource')"
                        + ".filter(each => each.name.endsWith('api/summary')).length >= 3"));
    }

    private Object property(String css, String name) {
        return browser.run("return document.querySelector(arguments[0])[arguments[1]]", css, name);
    }

    private Object hasFocus(String css) {
        return browser.run("return document.activeElement.matches(arguments[0])", css);
    }

    @Test
    void whatIsTypedIntoTheSearchStays() {
        browser.go(desk, "");
        browser.type("input[type=search]", "order-4");

        waitForTwoUpdates();

        assertThat(property("input[type=search]", "value")).isEqualTo("order-4");
        assertThat(hasFocus("input[type=search]")).isEqualTo(true);
    }

    @Test
    void anOpenPartOfATaskStaysOpenAndKeepsTheFocus() {
        ledger.failed("stays-open", "no reason");
        browser.go(desk, "?account=default&key=stays-open");
        browser.click("#detail details summary");

        waitForTwoUpdates();

        assertThat(property("#detail details", "open")).isEqualTo(true);
        assertThat(hasFocus("#detail details summary")).isEqualTo(true);
    }

    @Test
    void aSelectionIsKeptByPagingAndByATaskThatIsOpened() {
        for (int i = 0; i < 52; i++) {
            ledger.rejected("page-" + i);
        }
        browser.go(desk, "?q=page-");
        browser.see(".pager", "1 to 50 of 52 tasks");
        browser.click(".tasks thead input");
        browser.see(".bulk", "50 tasks selected");

        browser.click(".pager button:last-child");
        browser.see(".pager", "51 to 52");
        browser.click(".tasks thead input");
        browser.see(".bulk", "52 tasks selected");
        browser.click(".tasks tbody a");
        browser.see("#detail .facts");
        browser.run("history.back()");
        browser.seeNo("#detail article");

        browser.see(".bulk", "52 tasks selected");
        browser.click("[data-state=REJECTED]");
        browser.seeNo(".bulk");
    }

    @Test
    void aServerThatFailsIsNamedAlsoOverATaskUntilItAnswersAgain() {
        ledger.rejected("failing");
        browser.go(desk, "?account=default&key=failing");
        browser.see("#detail .facts");

        browser.run("window.answering = window.fetch; window.fetch = async () => new Response("
                + "'{\"error\":\"The ledger does not answer.\"}',"
                + " {status: 502, headers: {'Content-Type': 'application/json'}})");
        browser.see("#detail [role=alert]", "The ledger does not answer.");
        browser.see("#detail .facts");
        browser.run("window.fetch = async () => { throw new TypeError('offline') }");
        browser.see("#detail [role=alert]", "Is the program still running?");
        browser.run("window.fetch = window.answering");

        browser.seeNo("[role=alert]");
        browser.see("#detail .facts");
    }

    @Test
    void aTaskThatIsForgottenWhileItIsOpenIsNamed() {
        ledger.rejected("open-forgotten");
        browser.go(desk, "?account=default&key=open-forgotten");
        browser.see("#detail .facts");

        ledger.forget("open-forgotten");

        browser.seeNo("#detail .facts");
        browser.see("#detail", "open-forgotten");
        browser.see("#detail p[aria-busy=false]", "open-forgotten");
    }

    @Test
    void theFocusFindsAPlaceWhenWhatHadItIsGone() {
        ledger.setAside("focus");
        browser.go(desk, "?q=focus");
        browser.click(".tasks tbody input");
        browser.click("[data-bulk=release]");
        browser.see("#action [data-test=preview]", "1 task");
        browser.press(Keys.ENTER);
        browser.see("#action [data-test=result]", "Done: 1.");

        browser.press(Keys.ENTER);

        browser.seeNo("#action article");
        browser.seeFocusOn("#tasks-title");
    }

    @Test
    void theFocusFindsAPlaceWhenATaskOfTheAddressIsClosed() {
        ledger.rejected("by-address");
        browser.go(desk, "?account=default&key=by-address");
        browser.see("#detail .facts");

        browser.press(Keys.ESCAPE);

        browser.seeNo("#detail article");
        browser.seeFocusOn("#tasks-title");
    }

    @Test
    void aProblemLeadsToItsTasksOnAPhone() {
        ledger.setAside("led-to");
        try (Chromium phone = Chromium.phone()) {
            phone.go(desk, "");
            phone.see("[data-kind=setAside]");

            phone.click("[data-kind=setAside] button");

            phone.await("the tasks are out of sight", () -> phone.run("const { top } = document.activeElement"
                    + ".getBoundingClientRect(); return document.activeElement.id === 'tasks-title'"
                    + " && top >= 0 && top < innerHeight"));
            phone.see(".tasks tbody", "led-to");
        }
    }

    @Test
    void aDoubleClickPaysOnceAndEscapeDoesNotHideTheOutcome() {
        ledger.ended("double");
        browser.go(desk, "?account=default&key=double");
        browser.click("#detail [data-action=remix]");
        browser.type("#action textarea", "Add a second moon");
        browser.click("#action button[form=remix]");
        browser.see("[data-test=plan]");
        Books before = desk.toApis().books();

        browser.run("const answering = window.fetch; window.fetch = async (...call) => {"
                + " if (call[0] === 'api/submit') { await new Promise(resolve => { window.goOn = resolve }) }"
                + " return answering(...call) };"
                + " const pay = document.querySelector('[data-test=pay]'); pay.click(); pay.click()");
        browser.press(Keys.ESCAPE);
        browser.see("[data-test=plan]");
        browser.run("window.goOn()");
        browser.seeNo("#action article");

        browser.see("#detail header h2", "desk-");
        assertThat(desk.toApis().books().submitsReceived()).isEqualTo(before.submitsReceived() + 1);
    }

    @Test
    void whatWasCopiedIsSaidWhereTheUserIs() {
        ledger.rejected("copied");
        browser.go(desk, "?account=default&key=copied");
        browser.click("#detail details:last-of-type summary");

        browser.click("#detail details:last-of-type button");

        browser.see("#detail [role=status]", "SQL");
    }

    @Test
    void aKeyOfHtmlIsTextAndALongOneIsNoWiderThanAPhone() {
        String key = "<img src=x onerror=document.title='taken'>\"'&" + "x".repeat(180);
        ledger.setAside(key);
        desk.component().operator().release("default", key, new Operator("<b>anna</b>", "<i>reason</i>" + "y".repeat(150)));
        try (Chromium phone = Chromium.phone()) {
            phone.go(desk, "?q=onerror");
            phone.see(".pager", "of 1 task");
            assertThat((Long) phone.run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(390L);

            phone.click(".tasks tbody a");
            phone.see("#detail .timeline", "<b>anna</b>");

            assertThat((Long) phone.run("return document.querySelector('#detail article').scrollWidth"))
                    .isLessThanOrEqualTo(390L);
            phone.click("#detail [data-action=forget]");
            phone.see("[data-test=preview]");
            assertThat((Long) phone.run("return document.querySelector('#action article').scrollWidth"))
                    .isLessThanOrEqualTo(390L);
            assertThat(phone.run("return document.querySelectorAll('#desk img, #desk i').length")).isEqualTo(0L);
            assertThat(phone.run("return document.title")).isEqualTo("Remix desk");
        }
    }

    @Test
    void aVideoThatTheServiceNoLongerHasIsExplained() {
        desk.toApis().expire(ledger.ended("expired-in-the-page").taskId());

        browser.go(desk, "?account=default&key=expired-in-the-page");

        browser.see("#detail [data-test=broken]", "no longer exists");
    }
}

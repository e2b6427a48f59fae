package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import desk.Browser.Answer;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActTest {
    private static final String USER = System.getProperty("user.name");

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

    private static Answer act(String action, String key) {
        return browser.post(
                "api/act", "{'action':'%s','account':'default','key':'%s','reason':'because'}".formatted(action, key));
    }

    private static void assertThatHistoryHas(String key, String event) {
        assertThat(ledger.actions(key)).singleElement().satisfies(action -> {
            assertThat(action.event()).isEqualTo(event);
            assertThat(action.actor()).isEqualTo(USER);
            assertThat(action.detail()).contains("because");
        });
    }

    @Test
    void aTaskThatWasSetAsideIsReleased() {
        ledger.setAside("release");

        Answer answer = act("release", "release");

        assertThat(answer.json().path("state").asText()).isEqualTo("ENDED");
        assertThatHistoryHas("release", "TaskResumed");
    }

    @Test
    void aTaskIsSetAside() {
        ledger.ended("set-aside");

        assertThat(act("setAside", "set-aside").json().path("state").asText()).isEqualTo("SET_ASIDE");
        assertThatHistoryHas("set-aside", "OperatorSetAside");
    }

    @Test
    void aFailedTaskIsRetriedAndPaidOnce() {
        ledger.failed("retry", "no reason");

        Answer answer = act("retry", "retry");

        assertThat(answer.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> desk.toApis().books().acceptedByKey().getOrDefault("retry", 0) == 1);
        assertThatHistoryHas("retry", "OperatorRetried");
    }

    @Test
    void aRetryOfManyIsPricedForThoseThatHaveFailed() {
        ledger.failed("fits-failed", "no reason");
        ledger.rejected("fits-rejected");
        ledger.ended("fits-completed");
        ledger.setAside("fits-aside");

        Answer search = browser.post("api/act", "{'action':'retry','q':'fits-'}");
        Answer chosen = browser.post(
                "api/act",
                "{'action':'retry','keys':[{'account':'default','key':'fits-failed'},{'account':'default','key':'fits-aside'}]}");
        Answer none = browser.post(
                "api/act", "{'action':'retry','keys':[{'account':'default','key':'fits-completed'}]}");

        assertThat(search.json().path("refused").findValuesAsText("key")).containsExactlyInAnyOrder("fits-completed", "fits-aside");
        assertThat(search.json().path("records").asInt()).isEqualTo(2);
        assertThat(search.json().path("credits").asInt()).isEqualTo(40);
        assertThat(chosen.json().path("refused").findValuesAsText("key")).containsExactly("fits-aside");
        assertThat(chosen.json().path("records").asInt()).isEqualTo(1);
        assertThat(none.json().path("records").asInt()).isZero();
    }

    @Test
    void aKeyIsForgotten() {
        ledger.rejected("forget");

        assertThat(act("forget", "forget").status()).isEqualTo(200);
        assertThat(ledger.has("forget")).isFalse();
        assertThatHistoryHas("forget", "Forgotten");
    }

    @Test
    void aLostSubmitAdoptsTheTaskThatWasFound() {
        String source = desk.toApis().addSource();
        desk.toApis().on(Call.SUBMIT).times(1).afterProcessing().cut();
        desk.camel()
                .createProducerTemplate()
                .asyncRequestBody(
                        "sora:remix?waitForCompletion=false&requestKey=lost&videoId=" + source, "slowly add a whale");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ledger.has("lost") && ledger.get("lost").state() == TaskState.UNKNOWN);
        String found = desk.toApis().tasks().stream()
                .filter(task -> task.clientBusinessId() != null
                        && task.clientBusinessId().startsWith("lost~"))
                .findFirst()
                .orElseThrow()
                .id();

        Answer answer = browser.post(
                "api/act",
                "{'action':'adopt','account':'default','key':'lost','taskId':'%s','reason':'because'}"
                        .formatted(found));

        assertThat(answer.json().path("state").asText()).isEqualTo("RUNNING");
        assertThat(answer.json().path("taskId").asText()).isEqualTo(found);
        assertThatHistoryHas("lost", "LostSubmitFound");
    }

    @Test
    void anAccountIsPausedItsSubmitIsCancelledAndItIsResumed() {
        Answer paused = browser.post("api/act", "{'action':'pause','account':'default','reason':'because'}");
        desk.camel()
                .createProducerTemplate()
                .asyncRequestBody(
                        "sora:remix?waitForCompletion=false&requestKey=queued&videoId="
                                + desk.toApis().addSource(),
                        "add");
        await().atMost(Duration.ofSeconds(30)).until(() -> queued() == 1);
        Answer cancelled = act("cancel", "queued");
        Answer resumed = browser.post("api/act", "{'action':'resume','account':'default','reason':'because'}");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(resumed.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> queued() == 0);
        assertThat(desk.toApis().books().acceptedByKey()).doesNotContainKey("queued");
        assertThat(desk.component().ledger().history().orElseThrow().findActions("default", 100))
                .filteredOn(action -> action.key() == null || action.key().equals("queued"))
                .extracting(HistoryEntry::actor)
                .hasSize(3)
                .containsOnly(USER);
    }

    private static int queued() {
        return browser.get("api/summary")
                .json()
                .path("accounts")
                .path(0)
                .path("queued")
                .asInt();
    }

    @Test
    void allThatMatchAreReleasedAfterAPreview() {
        ledger.setAside("bulk-1");
        ledger.setAside("bulk-2");

        JsonNode preview = browser.post("api/act", "{'action':'release','q':'state:set_aside bulk-'}")
                .json();
        JsonNode result = browser.post(
                        "api/act",
                        "{'action':'release','token':'%s','reason':'because'}"
                                .formatted(preview.path("token").asText()))
                .json();

        assertThat(preview.path("records").asInt()).isEqualTo(2);
        assertThat(preview.path("credits").asInt()).isEqualTo(40);
        assertThat(result.path("done")).hasSize(2);
        assertThat(ledger.get("bulk-1").state()).isEqualTo(TaskState.ENDED);
        assertThatHistoryHas("bulk-2", "TaskResumed");
    }

    @Test
    void aSelectionIsPreviewedAndWhatHasChangedSinceIsLeftAlone() {
        ledger.setAside("chosen-1");
        ledger.setAside("chosen-2");
        ledger.setAside("not-chosen");

        JsonNode preview = browser.post(
                        "api/act",
                        "{'action':'release','keys':[{'account':'default','key':'chosen-1'},{'account':'default','key':'chosen-2'}]}")
                .json();
        desk.component().operator().release("default", "chosen-1", new Operator("anna", null));
        String token = preview.path("token").asText();
        JsonNode result = browser.post("api/act", "{'action':'release','token':'%s'}".formatted(token))
                .json();
        Answer again = browser.post("api/act", "{'action':'release','token':'%s'}".formatted(token));

        assertThat(preview.path("records").asInt()).isEqualTo(2);
        assertThat(result.path("done").toString()).contains("chosen-2");
        assertThat(result.path("changed").toString()).contains("chosen-1");
        assertThat(ledger.get("not-chosen").state()).isEqualTo(TaskState.SET_ASIDE);
        assertThat(again.status()).isEqualTo(400);
    }

    @Test
    void wrongRequestsAreRefusedWithASentence() {
        assertThat(act("list", "x").error()).contains("no such action");
        assertThat(browser.post("api/act", "{'action':'adopt','q':''}").error()).contains("on many tasks");
        assertThat(browser.post("api/act", "{'action':'release','account':'default'}")
                        .error())
                .contains("key is missing");
        assertThat(browser.post("api/act", "{'action':'release','keys':'all'}").error())
                .contains("must be a list");
        assertThat(browser.post("api/act", "[1]").error()).contains("not an object");
        assertThat(browser.post("api/act", "").error()).contains("not an object");
        assertThat(browser.post("api/act", "{'action':'release','q':{}}").error())
                .contains("q must be a text");
        assertThat(browser.post("api/act", "{'action':'release','account':['default'],'key':'x'}")
                        .error())
                .contains("account must be a text");
        assertThat(browser.postAs("application/json; charset=none", "api/act", "{}", "X-Desk", "1")
                        .error())
                .contains("no such action");
        assertThat(act("release", "nothing").status()).isEqualTo(400);
    }

    @Test
    void anActionThatIsWrongForATaskChangesNothing() {
        ledger.running("runs");

        Answer answer = act("forget", "runs");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(ledger.has("runs")).isTrue();
    }
}

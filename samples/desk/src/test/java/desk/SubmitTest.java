package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import desk.Browser.Answer;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.simulator.Call;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitTest {
    private static final String FORM =
            "{'account':'default','sourceKey':'source','prompt':'%s','model':'sora-2','duration':%d,"
                    + "'ratio':'16:9','dryRun':%s,'requestKey':'desk-%s'}";

    @AutoClose
    private static SimulatedDesk desk;

    private static Ledger ledger;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(
                Map.of("desk.writable", "true", "desk.account.misspelt", "account=misspelt&apiKee=sk-misspelt"));
        ledger = new Ledger(desk);
        browser = new Browser(desk);
        ledger.ended("source");
    }

    private static Answer submit(String prompt, int duration, boolean isDry, String key) {
        return browser.post("api/submit", FORM.formatted(prompt, duration, isDry, key));
    }

    @Test
    void aDryRunSaysThePriceAndPaysNothing() {
        long before = desk.toApis().books().submitsReceived();

        JsonNode plan = submit("Add a hat", 10, true, "0000-dry").json();

        assertThat(plan.path("model").asText()).isEqualTo("sora-2");
        assertThat(plan.path("credits").asInt()).isEqualTo(20);
        assertThat(plan.path("left").path(0).path("left").asInt()).isPositive();
        assertThat(plan.path("problems")).isEmpty();
        assertThat(desk.toApis().books().submitsReceived()).isEqualTo(before);
        assertThat(ledger.has("desk-0000-dry")).isFalse();
        assertThat(ledger.actions("desk-0000-dry")).isEmpty();
    }

    @Test
    void withoutTheWordDryRunNothingIsPaid() {
        Answer answer = browser.post("api/submit", "{'account':'default','sourceKey':'source','prompt':'Add a hat'}");

        assertThat(answer.json().path("credits").asInt()).isEqualTo(20);
    }

    @Test
    void aLengthThatTheModelDoesNotMakeIsRefused() {
        Answer answer = submit("Add a hat", 7, true, "0000-length");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("10 s or 15 s", "nothing was paid");
    }

    @Test
    void aSubmitIsPaidAndItsVideoPlays() {
        Answer answer = submit("Add a hat", 10, false, "0000-plays");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("key").asText()).isEqualTo("desk-0000-plays");
        assertThat(answer.json().path("correlationId").asText()).isEqualTo("process-source");
        await().atMost(Duration.ofSeconds(60)).until(() -> browser.get("api/task?account=default&key=desk-0000-plays")
                .json()
                .path("hasVideo")
                .asBoolean());
        Answer video = browser.get("api/video?account=default&key=desk-0000-plays", "Range", "bytes=0-");
        assertThat(video.status()).isEqualTo(206);
        assertThat(ledger.actions("desk-0000-plays")).singleElement().satisfies(action -> {
            assertThat(action.event()).isEqualTo("SubmitRequested");
            assertThat(action.actor()).isEqualTo(System.getProperty("user.name"));
        });
        assertThat(ledger.get("desk-0000-plays").tag()).isEqualTo("social");
        assertThat(ledger.get("desk-0000-plays").origin().tenant()).isEqualTo("acme");
    }

    @Test
    void aFormThatWasRejectedAndIsSentAgainHasALineForEach() {
        desk.toApis().on(Call.SUBMIT).times(1).answer(400, "{}");

        Answer rejected = submit("Add a boat", 10, false, "0000-again");
        Answer accepted = submit("Add a boat", 10, false, "0000-again");

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(desk.toApis().books().acceptedByKey()).containsEntry("desk-0000-again", 1);
        assertThat(ledger.actions("desk-0000-again"))
                .extracting(HistoryEntry::event)
                .containsExactly("SubmitRequested", "SubmitRequested");
    }

    @Test
    void aSubmitWaitsAMinuteAtMost() {
        submit("Add a kite", 10, false, "0000-waits");

        assertThat(desk.camel().getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointUri().contains("waitForCompletion=false&")
                        || endpoint.getEndpointUri().contains("&waitForCompletion=false"))
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(((SoraEndpoint) endpoint).getConfiguration().getSubmitTimeout())
                        .isEqualTo(60_000));
    }

    @Test
    void manyClicksPayOnce() {
        CompletableFuture<?>[] clicks = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> submit("Add a scarf", 10, false, "0000-twice")))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(clicks).join();

        assertThat(clicks).allSatisfy(click -> assertThat(((Answer) click.join()).status())
                .isEqualTo(200));
        assertThat(desk.toApis().books().acceptedByKey()).containsEntry("desk-0000-twice", 1);
    }

    @Test
    void aFormThatWasChangedAfterItsSubmitIsRefused() {
        submit("Add a lamp", 10, false, "0000-changed");

        JsonNode same = submit("Add a lamp", 10, true, "0000-changed").json();
        Answer answer = submit("Add two lamps", 10, false, "0000-changed");
        JsonNode plan = submit("Add two lamps", 10, true, "0000-changed").json();

        assertThat(same.path("problems").path(0).asText()).contains("submitted before");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(plan.path("problems").path(0).asText()).contains("used for a different request");
    }

    @Test
    void aPaidSubmitNeedsTheKeyOfItsForm() {
        String form = "{'account':'default','sourceKey':'source','prompt':'Add a hat','dryRun':false%s}";

        assertThat(browser.post("api/submit", form.formatted("")).error()).contains("requestKey");
        assertThat(browser.post("api/submit", form.formatted(",'requestKey':'order-1'"))
                        .error())
                .contains("requestKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:apiKey=sk-other", "x:", "trailers:baseUrl=http://attacker.example", "x:{{desk.hosts}}"})
    void anAccountAddsNoOptions(String account) {
        Answer answer = browser.post(
                "api/submit",
                "{'account':'%s','videoId':'video_x','prompt':'Add a hat','dryRun':true}".formatted(account));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("no API key of account " + account);
    }

    @Test
    void aMisspeltOptionOfAnAccountIsNotQuoted() {
        Answer answer = browser.post(
                "api/submit", "{'account':'misspelt','videoId':'video_x','prompt':'Add a hat','dryRun':true}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error()).contains("desk.account").doesNotContain("sk-misspelt");
    }

    @Test
    void anotherAccountIsUsedWithItsOwnOptions() {
        String form = "{'account':'%s','videoId':'video_x','prompt':'Add a hat','dryRun':true}";

        assertThat(browser.post("api/submit", form.formatted("trailers"))
                        .json()
                        .path("credits")
                        .asInt())
                .isEqualTo(20);
        assertThat(browser.post("api/submit", form.formatted("nobody")).error()).contains("desk.account.nobody");
    }
}

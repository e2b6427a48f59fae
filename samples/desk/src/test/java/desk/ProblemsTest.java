package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import desk.MadeUpRecords.Order;
import io.github.camelsora.api.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @AutoClose
    private static SimulatedDesk desk;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of());
        browser = new Browser(desk);
    }

    private static Stream<JsonNode> problems(String kind) {
        JsonNode problems = browser.get("api/summary").json().path("problems");
        return StreamSupport.stream(problems.spliterator(), false)
                .filter(problem -> problem.path("kind").asText().equals(kind));
    }

    private static Optional<JsonNode> problem(String kind) {
        return problems(kind).findFirst();
    }

    private static void submit(String account, String key) {
        String uri =
                "sora:remix?waitForCompletion=false&videoId=" + desk.toApis().addSource();
        desk.camel()
                .createProducerTemplate()
                .asyncRequestBody(uri + "&account=" + account + "&apiKey=" + key, "Add a flag");
    }

    @Test
    void aRejectedKeyIsNamedOnceWithWhatEndsIt() {
        submit("shop", "sk-shop-of-last-year");

        await().atMost(Duration.ofSeconds(30)).until(() -> problem("keyRejected").isPresent());

        JsonNode rejected = problem("keyRejected").orElseThrow();
        assertThat(rejected.path("account").asText()).isEqualTo("shop");
        assertThat(rejected.path("text").asText()).contains("HTTP 401");
        assertThat(rejected.path("hint").asText()).contains("apiKey holds another key");
        assertThat(rejected.path("cure").asText()).isEqualTo("resume");
        assertThat(problem("other")).isEmpty();
    }

    @Test
    void anAccountOutOfCreditsIsNamed() {
        desk.toApis().credits(0);
        submit("default", desk.toApis().apiKey());

        await().atMost(Duration.ofSeconds(30)).until(() -> problem("noCredits").isPresent());

        assertThat(problem("noCredits").orElseThrow().path("text").asText()).contains("out of credits");
    }

    @Test
    void resultsThatAreNotDeliveredAreAProblemOfTheirAccount() {
        Ledger ledger = new Ledger(desk);
        Instant anHourAgo = ledger.now().minus(Duration.ofHours(1));
        for (String account : List.of("night shift", "trailers")) {
            Order order = new Order(account, "overdue", "video_source", "sora-2", "Add a flag", null, null, null);
            TaskRecord intent = ledger.records().intent(order, 20, anHourAgo);
            TaskRecord running = ledger.records().accepted(intent, "video_" + account.length(), anHourAgo);
            ledger.records().completed(running, ledger.now(), "https://files.example/v.mp4");
        }

        assertThat(problems("undelivered"))
                .extracting(
                        problem -> problem.path("account").asText() + ": "
                                + problem.path("text").asText(),
                        problem -> problem.path("query").asText())
                .containsExactly(
                        tuple("night shift: 1 result not delivered", "account:\"night shift\" state:ended"),
                        tuple("trailers: 1 result not delivered", "account:trailers state:ended"));
    }

    @Test
    void webhooksThatStayAwayAreNamedWhereARouteWaitsForThem() throws Exception {
        assertThat(problem("webhooks")).isEmpty();
        desk.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:webhook?webhookPath=/hooks/sora&webhookSecret=whsec-test")
                        .to("bean:deskCharts?method=of");
            }
        });
        Ledger ledger = new Ledger(desk);
        for (String key : List.of("a", "b", "c", "d", "e")) {
            assertThat(problem("webhooks")).isEmpty();
            ledger.ended(key);
        }

        assertThat(problem("webhooks").orElseThrow().path("hint").asText()).contains("test button");
    }

    @Test
    void wrongOptionsOfAnAccountHideItsBalanceOnlyAndAreNamedWithoutTheKey() throws Exception {
        try (SimulatedDesk wrong = SimulatedDesk.start(
                Map.of("desk.account.shop", "account=shop&apiKey=sk-secret&colour=blue"))) {
            wrong.camel()
                    .createProducerTemplate()
                    .asyncRequestBody(
                            "sora:remix?waitForCompletion=false&account=shop&apiKey=sk-other&videoId=video_x", "Add");
            Browser other = new Browser(wrong);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Browser.Answer summary = other.get("api/summary");
                assertThat(summary.status()).isEqualTo(200);
                assertThat(summary.text()).contains("desk.account.shop").doesNotContain("sk-secret");
            });
        }
    }
}

package desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import desk.Browser.Answer;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadTest {
    @AutoClose
    private static SimulatedDesk desk;

    private static Ledger ledger;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.start(Map.of());
        ledger = new Ledger(desk);
        browser = new Browser(desk);
        ledger.ended("ended");
        ledger.setAside("aside");
        ledger.rejected("rejected");
        ledger.failed("failed", "Cannot make: " + Ledger.PROMPT + " (see https://files.example/log?signature=secret)");
        ledger.running("running");
        TaskRecord intent = ledger.records().intent(ledger.order("lost", Ledger.PROMPT), 20, ledger.now());
        ledger.records().unknown(intent, ledger.now());
        Instant yesterday = ledger.now().minus(Duration.ofMinutes(23 * 60));
        TaskRecord old = ledger.records()
                .accepted(
                        ledger.records().intent(ledger.order("expires", Ledger.PROMPT), 20, yesterday),
                        desk.toApis().addSource(),
                        yesterday);
        ledger.records().completed(old, yesterday.plusSeconds(100), "https://files.example/v.mp4?signature=secret");
    }

    private static JsonNode task(String key, String more) {
        return browser.get("api/task?account=default&key=" + key + more).json();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void noAnswerHasASignedAddressOrAKey() {
        List<String> paths = List.of(
                "api/summary",
                "api/tasks",
                "api/tasks?q=state:ended",
                "api/charts",
                "api/models",
                "api/task?account=default&key=ended&prompts=true",
                "api/task?account=default&key=failed&prompts=true",
                "api/task?account=default&key=expires",
                "api/task?account=default&key=aside");

        for (String path : paths) {
            Answer answer = browser.get(path);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text())
                    .doesNotContain(
                            "signature",
                            "secret",
                            desk.toApis().apiKey(),
                            desk.toApis().fileBaseUrl());
        }
    }

    @Test
    void promptsAreHiddenUntilTheyAreSwitchedOn() {
        for (String path :
                List.of("api/tasks", "api/task?account=default&key=ended", "api/task?account=default&key=failed")) {
            assertThat(browser.get(path).text()).doesNotContain("sea shanty");
        }
        assertThat(task("ended", "").path("prompt").isNull()).isTrue();

        assertThat(task("ended", "&prompts=true").path("prompt").asText()).isEqualTo(Ledger.PROMPT);
        assertThat(task("ended", "&prompts=true").path("request").path("prompt").asText())
                .isEqualTo(Ledger.PROMPT);
        assertThat(task("failed", "&prompts=true").path("failure").asText()).contains(Ledger.PROMPT);
    }

    @Test
    void aPromptThatAnOperatorQuotesInAReasonIsHidden() {
        ledger.records()
                .setAside(ledger.ended("quoted"), ledger.now(), "OperatorSetAside", "Too loud: " + Ledger.PROMPT);

        JsonNode hidden = task("quoted", "").path("history");
        JsonNode shown = task("quoted", "&prompts=true").path("history");
        ledger.forget("quoted");

        assertThat(hidden.toString()).contains("Too loud: (hidden)").doesNotContain(Ledger.PROMPT);
        assertThat(shown.toString()).contains(Ledger.PROMPT);
    }

    @Test
    void aPromptWithAnAddressIsHiddenWhereTheServiceQuotesIt() {
        String prompt = "Paint it like https://gallery.example/whale does";
        TaskRecord intent = ledger.records().intent(ledger.order("addressed", prompt), 20, ledger.now());
        TaskRecord running = ledger.records().accepted(intent, desk.toApis().addSource(), ledger.now());
        ledger.records()
                .failed(running, ledger.now(), TaskStatus.FAILED, "generation_failed", "Cannot make: " + prompt);

        String answer = browser.get("api/task?account=default&key=addressed").text();
        ledger.forget("addressed");

        assertThat(answer).contains("Cannot make: (hidden)").doesNotContain("Paint it like");
    }

    @Test
    void aListHasItsTotalAndTheTasksOfOnePage() {
        Answer page = browser.get("api/tasks?sort=-created&offset=1&limit=2");
        Answer search = browser.get("api/tasks?q=state:set_aside,rejected%20older:0s");

        assertThat(page.json().path("total").asInt()).isEqualTo(7);
        assertThat(page.json().path("tasks")).hasSize(2);
        assertThat(list(search.json().path("tasks")))
                .extracting(task -> task.path("key").asText())
                .containsExactlyInAnyOrder("aside", "rejected");
    }

    @Test
    void aListCountsEachStateByTheOtherWordsOfItsSearch() {
        JsonNode all = browser.get("api/tasks").json();
        JsonNode search = browser.get("api/tasks?q=state:set_aside%20tag:social").json();

        assertThat(list(all.path("states")))
                .extracting(state -> state.path("state").asText() + state.path("tasks"))
                .containsExactly("INTENT0", "UNKNOWN1", "RUNNING1", "ENDED3", "DELIVERED0", "SET_ASIDE1", "REJECTED1");
        assertThat(search.path("total").asInt()).isEqualTo(1);
        assertThat(list(search.path("states")))
                .extracting(state -> state.path("state").asText() + state.path("tasks"))
                .containsExactly("INTENT0", "UNKNOWN0", "RUNNING1", "ENDED2", "DELIVERED0", "SET_ASIDE1", "REJECTED0");
    }

    @Test
    void aTaskHasWhatTheTableShows() {
        JsonNode task = browser.get("api/tasks?q=ended").json().path("tasks").path(0);

        assertThat(task.path("account").asText()).isEqualTo("default");
        assertThat(task.path("state").asText()).isEqualTo("ENDED");
        assertThat(task.path("correlationId").asText()).isEqualTo("process-ended");
        assertThat(task.path("price").asInt()).isEqualTo(20);
        assertThat(task.path("priceKind").asText()).isEqualTo("estimated");
        assertThat(task.path("hasVideo").asBoolean()).isTrue();
        assertThat(Instant.parse(task.path("expiresAt").asText())).isAfter(ledger.now());
        assertThat(task.path("failure").isNull()).isTrue();
        assertThat(list(task.path("actions")))
                .extracting(JsonNode::asText)
                .containsExactly("setAside", "forget");
    }

    @Test
    void aWrongSearchIsAnsweredWithASentence() {
        Answer answer = browser.get("api/tasks?q=state:lost");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("There is no state 'lost'");
    }

    @Test
    void aTaskHasItsHistoryItsLineageAndCopies() {
        JsonNode task = task("aside", "");

        assertThat(list(task.path("history")))
                .extracting(line -> line.path("event").asText())
                .containsExactly("SubmitStarted", "SubmitAccepted", "TaskCompleted", "DeliveryExhausted");
        assertThat(list(task.path("lineage")))
                .extracting(video -> video.path("generation").asInt())
                .containsExactly(-1, 0);
        assertThat(task.path("curl").asText())
                .contains(
                        "$TOAPIS_API_KEY",
                        "/v1/videos/generations/" + task.path("taskId").asText())
                .doesNotContain("POST");
        assertThat(task.path("sql").asText()).contains("account = 'default'", "task_key = 'aside'");
    }

    @Test
    void whatAKeyContainsIsNotRunWhereItIsCopiedTo() throws Exception {
        String key = "a'b\\c\u0015;DROP TABLE sora_task;\n --";
        TaskRecord record = ledger.records().intent(ledger.order(key, Ledger.PROMPT), 20, ledger.now());

        JsonNode task = task(URLEncoder.encode(key, StandardCharsets.UTF_8), "");

        assertThat(task.path("curl").asText())
                .endsWith("generations/a%27b%5Cc%15%3BDROP%20TABLE%20sora_task%3B%0A%20--~0123456789'");
        assertThat(task.path("sql").asText()).doesNotContainPattern("\\p{Cc}");
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = h2.createStatement()) {
            statement.execute("CREATE TABLE sora_task (account VARCHAR, task_key VARCHAR)");
            statement.execute("INSERT INTO sora_task VALUES ('default', 'another')");
            try (PreparedStatement insert = h2.prepareStatement("INSERT INTO sora_task VALUES ('default', ?)")) {
                insert.setString(1, key);
                insert.execute();
            }
            try (ResultSet found = statement.executeQuery(task.path("sql").asText())) {
                assertThat(found.next()).isTrue();
                assertThat(found.getString("task_key")).isEqualTo(key);
                assertThat(found.next()).isFalse();
            }
        }
        ledger.records().rejected(record, ledger.now(), "model_overloaded");
        ledger.forget(key);
    }

    @Test
    void aTaskThatIsMissingIsNamed() {
        Answer answer = browser.get("api/task?account=default&key=nothing");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("nothing");
    }

    @Test
    void theSummaryHasMoneyAndProblems() {
        await().atMost(Duration.ofSeconds(30)).until(() -> browser.get("api/summary")
                .json()
                .path("accounts")
                .path(0)
                .path("balance")
                .isNumber());
        JsonNode summary = browser.get("api/summary").json();

        JsonNode account = summary.path("accounts").path(0);
        assertThat(account.path("balance").asInt()).isEqualTo(4310);
        Instant month = Instant.parse(summary.path("now").asText())
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
        long paid = desk
                .component()
                .operator()
                .list(TaskFilter.ALL.withCreatedAfter(month), TaskPage.first(TaskPage.LARGEST))
                .stream()
                .filter(record -> record.state() != TaskState.REJECTED)
                .count();
        assertThat(account.path("spentThisMonth").asInt())
                .isEqualTo(20 * (int) paid);
        JsonNode limit = account.path("limits").path(0);
        assertThat(limit.path("credits").asInt()).isEqualTo(12_000);
        assertThat(limit.path("window").asText()).isEqualTo("24 hours");
        assertThat(list(summary.path("problems")))
                .extracting(problem -> problem.path("kind").asText() + problem.path("count"))
                .contains("unknown1", "setAside1", "expiring1", "undelivered1");
    }

    @Test
    void theQueryOfAProblemFindsItsTasks() {
        JsonNode unknown =
                list(browser.get("api/summary").json().path("problems")).get(0);

        JsonNode tasks = browser.get("api/tasks?q="
                        + URLEncoder.encode(unknown.path("query").asText(), StandardCharsets.UTF_8))
                .json()
                .path("tasks");

        assertThat(unknown.path("kind").asText()).isEqualTo("unknown");
        assertThat(list(tasks))
                .singleElement()
                .satisfies(task -> assertThat(task.path("key").asText()).isEqualTo("lost"));
    }

    @Test
    void chartsAddUpWhatWasSpentHowLongItTookAndWhyItFailed() {
        JsonNode charts = browser.get("api/charts?days=7").json();

        assertThat(list(charts.path("spend")))
                .allSatisfy(bar -> assertThat(bar.path("model").asText()).isEqualTo("sora-2"));
        assertThat(list(charts.path("spend")).stream()
                        .mapToInt(bar -> bar.path("credits").asInt())
                        .sum())
                .isEqualTo(120);
        assertThat(charts.path("durations").path(0).path("p90Seconds").asInt()).isEqualTo(100);
        assertThat(list(charts.path("failures")))
                .extracting(failure -> failure.path("reason").asText())
                .containsExactlyInAnyOrder("generation_failed", "not accepted");
    }

    @Test
    void chartsCountWholeDaysOfUtc() {
        LocalDate today = ledger.now().atZone(ZoneOffset.UTC).toLocalDate();

        JsonNode two = browser.get("api/charts?days=2").json();

        // Right after midnight, today has no task.
        assertThat(list(browser.get("api/charts?days=1").json().path("spend")))
                .allSatisfy(bar -> assertThat(bar.path("day").asText()).isEqualTo(today.toString()));
        assertThat(list(two.path("spend")))
                .isNotEmpty()
                .allSatisfy(bar -> assertThat(bar.path("day").asText())
                        .isBetween(today.minusDays(1).toString(), today.toString()));
    }

    @Test
    void modelsAreThoseOfTheCatalogue() {
        JsonNode models = browser.get("api/models").json();

        assertThat(list(models))
                .filteredOn(model -> model.path("id").asText().equals("sora-2"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.path("durations").toString()).isEqualTo("[10,15]");
                    assertThat(model.path("ratios")).hasSize(3);
                });
    }

    @Test
    void aPausedAccountIsAProblemWithItsReason() {
        desk.component().operator().pause("default", new Operator("nadia", "Budget review"));
        try {
            JsonNode summary = browser.get("api/summary").json();

            assertThat(summary.path("accounts")
                            .path(0)
                            .path("pauses")
                            .path(0)
                            .path("reason")
                            .asText())
                    .isEqualTo("Budget review");
            assertThat(list(summary.path("problems")))
                    .filteredOn(problem -> problem.path("text").asText().contains("Budget review"))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path("kind").asText()).isEqualTo("paused");
                        assertThat(problem.path("cure").asText()).isEqualTo("resume");
                    });
        } finally {
            desk.component().operator().resume("default", new Operator("nadia", null));
        }
    }
}

package io.github.camelsora.docs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitCancelledException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.SimulatedTask;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Follows the page for operators: for each section that shows commands, what the section is about goes wrong, and its commands are
 * run as they are on the page.
 */
class OperationsPageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** What has a test of its own, {@link LedgerSettingsTest}. */
    private static final Pattern COMMAND_OF_DATABASE = Pattern.compile("(?m)^(psql |java -cp h2\\.jar )");

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    @TempDir
    Path folder;

    /** What goes wrong, and what an operator sees and does. */
    private interface Scenario {
        void play(NightShift night) throws Exception;
    }

    private static final Map<String, Scenario> SCENARIOS = Map.ofEntries(
            entry("Give a command", OperationsPageTest::giveACommand),
            entry("Is it well?", OperationsPageTest::isItWell),
            entry("A submit in the state UNKNOWN", OperationsPageTest::aSubmitInTheStateUnknown),
            entry("A task that was set aside", OperationsPageTest::aTaskThatWasSetAside),
            entry("Results that no route receives", OperationsPageTest::resultsThatNoRouteReceives),
            entry("A video that was not stored", OperationsPageTest::aVideoThatWasNotStored),
            entry("A paused account", OperationsPageTest::aPausedAccount),
            entry("A spend limit is reached", OperationsPageTest::aSpendLimitIsReached),
            entry("The ledger fails", OperationsPageTest::theLedgerFails),
            entry("The service is away", OperationsPageTest::theServiceIsAway),
            entry("Webhooks stay away", OperationsPageTest::webhooksStayAway),
            entry("Submits wait in the queue", OperationsPageTest::submitsWaitInTheQueue),
            entry("The timer is stuck", OperationsPageTest::theTimerIsStuck));

    static List<String> sections() {
        return OperationsPage.commands().entrySet().stream()
                .filter(section -> section.getValue().stream()
                        .noneMatch(block -> COMMAND_OF_DATABASE.matcher(block).find()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sections")
    void theCommandsOfASectionHelp(String section, ToApisSimulator toApis) throws Exception {
        assertThat(SCENARIOS).containsKey(section);
        NightShift night = new NightShift(section, toApis, folder);
        try {
            SCENARIOS.get(section).play(night);
        } finally {
            night.main.stop();
        }

        night.assertThatAllWasRun();
    }

    private static void giveACommand(NightShift night) throws Exception {
        night.start();

        assertThat(night.runNextBlock()).contains("\"account\":\"default\"");
        assertThat(night.runNextBlock()).contains(ProcessHandle.current().pid() + " ", "TaskCounts: [", "Pauses: []");
    }

    private static void isItWell(NightShift night) throws Exception {
        night.start();
        night.submit("order-4711");

        String shown = night.runNextBlock();

        assertThat(shown).contains("account: default", "\nsora_ledger_latency_seconds_count{");
        assertThat(OperationsPage.firstCells("A health check that is DOWN"))
                .hasSize(5)
                .allSatisfy(check -> assertThat(shown).contains('"' + check + '"'));
    }

    private static void aSubmitInTheStateUnknown(NightShift night) throws Exception {
        night.toApis.lookup(LookUp.OFF);
        night.toApis.taskDuration(Duration.ofHours(1));
        night.start("recovery-timeout", "100");
        night.toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        assertThat(night.submit("order-4711").getException()).isInstanceOf(SubmissionUnknownException.class);
        night.toApis.on(Call.SUBMIT).times(1).cut();
        assertThat(night.submit("order-4712").getException()).isInstanceOf(SubmissionUnknownException.class);
        String found = night.toApis.tasks().stream()
                .filter(task -> night.recordOf("order-4711").wireKey().equals(task.clientBusinessId()))
                .map(SimulatedTask::id)
                .findFirst()
                .orElseThrow();
        night.instead("video_01K8SGYNNNVBQTXNR4MM964S7K", found);

        assertThat(night.runNextBlock())
                .contains("default,order-4711,UNKNOWN", "default,order-4712,UNKNOWN", "to=UNKNOWN")
                .contains("," + night.recordOf("order-4711").wireKey());

        night.runNextBlock();
        assertThat(night.recordOf("order-4711").state()).isEqualTo(TaskState.RUNNING);
        assertThat(night.recordOf("order-4711").taskId()).isEqualTo(found);

        night.runNextBlock();
        assertThat(night.ledger.find("default", "order-4712")).isEmpty();
        assertThat(night.toApis.books().submitsAccepted()).isEqualTo(1);
    }

    private static void aTaskThatWasSetAside(NightShift night) throws Exception {
        night.toApis.taskDuration(Duration.ofHours(1));
        night.start();
        night.submitAndSetAside("order-4711", "night");
        night.submitAndSetAside("order-4712", "orders");
        night.submitAndSetAside("order-4713", "orders");

        assertThat(night.runNextBlock())
                .contains("order-4711,SET_ASIDE", "order-4713,SET_ASIDE", "actor=ann, detail=The disk is full");

        night.runNextBlock();
        assertThat(night.recordOf("order-4711").state()).isEqualTo(TaskState.RUNNING);
        assertThat(night.recordOf("order-4712").state()).isEqualTo(TaskState.SET_ASIDE);

        assertThat(night.runNextBlock()).contains("\"records\":2", "\"done\":[{");
        assertThat(night.recordOf("order-4712").state()).isEqualTo(TaskState.RUNNING);
        assertThat(night.recordOf("order-4713").state()).isEqualTo(TaskState.RUNNING);
    }

    private static void resultsThatNoRouteReceives(NightShift night) throws Exception {
        night.instead("older:10m", "older:0s").start();
        night.submit("order-4711");
        await().atMost(LIMIT).until(() -> night.recordOf("order-4711").state() == TaskState.ENDED);

        assertThat(night.runNextBlock()).contains("tag", "expiresAt", "default,order-4711,ENDED", ",night,");
    }

    private static void aVideoThatWasNotStored(NightShift night) throws Exception {
        night.start();
        night.submit("order-4711");
        await().atMost(LIMIT).until(() -> night.recordOf("order-4711").state() == TaskState.ENDED);
        String id = night.recordOf("order-4711").taskId();
        night.instead("video_01K8SGYNNNVBQTXNR4MM964S7K", id);

        assertThat(night.runNextBlock()).contains("default,order-4711,ENDED", id + ",", "\"completed\"", "http");

        night.instead("$ADDRESS", night.toApis.task(id).videoUrls().get(0)).runNextBlock();
        assertThat(night.folder().resolve("order-4711.mp4")).isNotEmptyFile();
    }

    private static void aPausedAccount(NightShift night) throws Exception {
        night.start();
        night.sora().operator().pause("default", new Operator("ann", "The bill is too high"));
        assertThat(night.runNextBlock()).contains("OPERATOR", "\"actor\":\"ann\"", "The bill is too high");
        night.runNextBlock();
        assertThat(night.ledger.pauses().orElseThrow().findAll()).isEmpty();
        night.submit("order-4711");

        night.toApis.addApiKey("sk-new").revokeApiKey(night.toApis.apiKey());
        assertThat(night.submit("order-4712").getException()).isInstanceOf(AuthenticationException.class);
        await().atMost(LIMIT)
                .until(() -> night.ledger.pauses().orElseThrow().findAll().size() == 1);
        assertThat(night.runNextBlock()).contains("\"account\":\"default\"");

        await().atMost(LIMIT).until(() -> night.submit("order-4712").getException() == null);
        await().atMost(LIMIT)
                .until(() -> night.ledger.pauses().orElseThrow().findAll().isEmpty());
    }

    private static void aSpendLimitIsReached(NightShift night) throws Exception {
        night.start("spend-limit", "20/1d", "credit-prices", "sora-2=20");
        assertThat(night.submit("order-4711").getException()).isNull();
        assertThat(night.submit("order-4712").getException()).isInstanceOf(SpendLimitException.class);

        assertThat(night.runNextBlock()).contains("20/1d", "\"left\":0", "default,order-4711,");

        night.runNextBlock();
        assertThat(night.ledger.pauses().orElseThrow().findAll())
                .singleElement()
                .satisfies(pause -> assertThat(pause.reason()).isEqualTo("too many orders, Ann decides at 9"));
    }

    private static void theLedgerFails(NightShift night) throws Exception {
        night.start();
        night.ledger.fail();
        await().atMost(LIMIT)
                .until(() -> night.submit("order-4711").getException() != null
                        && night.submit("order-4712").getException() != null);

        assertThat(night.runNextBlock()).contains("\"sora-ledger\"", "\"DOWN\"", "Filesystem");

        night.ledger.recover();
        assertThat(night.runNextBlock()).contains("\"account\":\"default\"");
        await().atMost(LIMIT).until(() -> night.submit("order-4711").getException() == null);
        assertThat(night.toApis.books().submitsAccepted()).isEqualTo(1);
    }

    private static void theServiceIsAway(NightShift night) throws Exception {
        assertThat(night.runNextBlock()).isEqualTo("401\n");
    }

    private static void webhooksStayAway(NightShift night) throws Exception {
        night.start();

        assertThat(night.runNextBlock()).isEqualTo("400\n");
    }

    private static void submitsWaitInTheQueue(NightShift night) throws Exception {
        night.start();
        night.sora().operator().pause("default", new Operator("joe", "To let submits wait"));
        CompletableFuture<Exchange> waiting = night.submitAsync("order-4711", "tag", "night");
        await().atMost(LIMIT)
                .until(() ->
                        Internals.of(night.sora()).runtime().engine().submits.queued() == 1);

        assertThat(night.runNextBlock()).contains("To let submits wait");

        assertThat(waiting.join().getException()).isInstanceOf(SubmitCancelledException.class);
        assertThat(night.toApis.books().submitsReceived()).isZero();
    }

    private static void theTimerIsStuck(NightShift night) throws Exception {
        night.start();

        night.runNextBlock();

        assertThat(Files.readString(night.folder().resolve("threads.txt"))).contains("SoraTicker");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theSameCommandsAreGivenByJmx(ToApisSimulator toApis) throws Exception {
        NightShift night = new NightShift("A task that was set aside", toApis, folder);
        night.useJmx();
        toApis.taskDuration(Duration.ofHours(1));
        try {
            night.start();
            night.submitAndSetAside("order-4711", "night");
            night.submitAndSetAside("order-4712", "orders");

            assertThat(night.runNextBlock()).contains("order-4711,SET_ASIDE", "by ann, The disk is full");
            assertThat(night.runNextBlock()).contains("\"state\":\"RUNNING\"");
            assertThat(night.runNextBlock()).contains("\"records\":1", "\"done\":[{");

            assertThat(night.recordOf("order-4712").state()).isEqualTo(TaskState.RUNNING);
            assertThat(night.sora().operator().history("default", "order-4711"))
                    .filteredOn(entry -> "joe".equals(entry.actor()))
                    .extracting(entry -> entry.detail())
                    .containsExactly("the route is mended");
        } finally {
            night.main.stop();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void tasksOfAFilterAreErasedByJmxAfterAPreview(ToApisSimulator toApis) throws Exception {
        NightShift night = new NightShift("A task that was set aside", toApis, folder);
        toApis.taskDuration(Duration.ofHours(1));
        try {
            night.start();
            night.submit("order-4711");
            night.sora().operator().setAside("default", "order-4711", new Operator("ann", "To be erased"));
            OperatorShell shell = new OperatorShell(
                    folder,
                    Map.of("SORA_PID", String.valueOf(ProcessHandle.current().pid()), "SORA_ACTOR", "joe"));

            String preview = shell.run("sora erase filter=tag:night");
            assertThat(preview).contains("\"action\":\"erase\"", "\"records\":1");
            Matcher token = Pattern.compile("\"token\":\"(\\w+)\"").matcher(preview);
            assertThat(token.find()).isTrue();

            assertThat(shell.run("sora erase token=" + token.group(1))).contains("\"done\":[{");
            assertThat(shell.run("sora erase correlation=no-such-process")).contains("\"done\":[]");
        } finally {
            night.main.stop();
        }
    }

    @Test
    void everyScenarioIsOfASection() {
        assertThat(SCENARIOS.keySet()).containsExactlyInAnyOrderElementsOf(sections());
    }

    @Test
    void everyBlockOfThePageIsRun() {
        String text = OperationsPage.page().text();

        List<String> languages = OperationsPage.page().blocks().stream()
                .map(Page.Block::language)
                .toList();

        assertThat(languages).isSubsetOf("shell", "sql", "properties", "yaml", "java");
        Map<String, List<String>> ofDatabases = OperationsPage.commands();
        ofDatabases.keySet().removeAll(sections());
        assertThat(ofDatabases.values().stream().flatMap(List::stream))
                .allSatisfy(block -> assertThat(block).containsPattern(COMMAND_OF_DATABASE));
        assertThat(Pattern.compile("(?m)^----$").matcher(text).results().count())
                .isEqualTo(2L * languages.size());
    }

    @ParameterizedTest
    @ValueSource(strings = "routes-reload.properties")
    void theRouteForCommandsIsPutIntoAnApplicationThatRuns(String properties, ToApisSimulator toApis) throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Properties settings = new Properties();
        settings.load(new StringReader(
                Snippets.read(Snippets.file(properties)).replace("/srv/orders/routes", routes.toString())));
        Main main = new Main();
        try {
            settings.forEach((name, value) -> main.addInitialProperty(name.toString(), value.toString()));
            toApis.camelProperties().forEach(main::addInitialProperty);
            main.addInitialProperty(
                    "sora.operator.directory", folder.resolve("operator").toString());
            main.addInitialProperty("camel.main.routes-include-pattern", "file:" + Snippets.file("balance.yaml"));
            main.start();

            Files.copy(Path.of("samples/operator/sora-operator.yaml"), routes.resolve("sora-operator.yaml"));
            await().atMost(LIMIT).until(() -> main.getCamelContext().getRoute("sora-operator") != null);
            String answer = new OperatorShell(
                            folder,
                            Map.of("SORA_FOLDER", folder.resolve("operator").toString()))
                    .run("sora accounts; sora cancel key=no-such-key || echo refused");

            assertThat(answer).contains("\"account\":\"default\"", "FAILED: ", "no-such-key", "refused");
            assertThat(main.getCamelContext().getRoutes()).hasSize(2);
        } finally {
            main.stop();
        }
    }

    @Test
    void aMistypedParameterIsRefusedBeforeAnythingIsSent() throws Exception {
        String answer = new OperatorShell(folder, Map.of("SORA_FOLDER", folder.toString()))
                .run("sora pause acount=default reason=x || echo refused");

        assertThat(answer).contains("Not a parameter: acount=default", "refused");
        assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                .allMatch(name -> name.startsWith("output"));
    }
}

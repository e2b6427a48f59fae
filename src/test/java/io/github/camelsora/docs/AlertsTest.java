package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.docs.AlertScenario.Phase;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.FreePort;
import io.github.camelsora.support.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks an application for each alert of {@code samples/monitoring}, and sees the alert fire on what Prometheus reads of it. What
 * is read within seconds is repeated for as long as the rules need.
 */
@Timeout(120)
class AlertsTest extends DocsTestSupport {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "whsec-of-the-test";

    private static final String UNKNOWN = "sora_tasks_open_tasks{state=\"unknown\"}";
    private static final String RUNNING = "sora_tasks_open_tasks{state=\"running\"}";
    private static final String SET_ASIDE = "sora_tasks_open_tasks{state=\"set_aside\"}";
    private static final String COMPLETED = "sora_task_duration_seconds_count{status=\"completed\"}";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);
    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(clock, 1_000));
    private volatile boolean isRouteBroken;
    private String source;

    private interface Step {
        void run(AlertsTest test) throws Exception;
    }

    /**
     * Something that breaks.
     *
     * @param alert the alert that is expected
     * @param what what is broken
     * @param begin breaks it
     * @param minute what happens in each minute from then on
     */
    private record Breakage(String alert, String what, Step begin, Step minute) {
        @Override
        public String toString() {
            return alert + ": " + what;
        }
    }

    static List<Breakage> breakages() {
        return List.of(
                new Breakage(
                        "SoraSubmitUnknown",
                        "answers to submits are lost",
                        test -> {
                            test.toApis.taskDuration(Duration.ofHours(1)).lookup(LookUp.OFF);
                            test.toApis.on(Call.SUBMIT).afterProcessing().cut();
                        },
                        test -> test.submitAndSee(UNKNOWN)),
                new Breakage(
                        "SoraResultsUndelivered",
                        "no route receives results",
                        test -> {
                            test.camel.getRouteController().stopRoute("results");
                            test.submitAndSee(COMPLETED);
                            test.ahead = test.ahead.plusMinutes(11);
                        },
                        test -> test.awaitAbove(600, "sora_tasks_oldest_undelivered_seconds")),
                new Breakage(
                        "SoraTasksSetAside",
                        "a route fails with each result until it is set aside",
                        test -> test.isRouteBroken = true,
                        test -> test.submitAndSee(SET_ASIDE)),
                new Breakage(
                        "SoraSpendHigh",
                        "a route orders what is expensive",
                        test -> {},
                        test -> test.see("sora_credits_total{kind=\"held\"}", () -> test.submit("sora-2-pro"))),
                new Breakage(
                        "SoraNoSubmitAccepted",
                        "the credits are spent",
                        AlertsTest::spendAllCredits,
                        test -> test.submitAndSee("sora_submits_total{outcome=\"not_sent\"}")),
                new Breakage(
                        "SoraKeyRejected",
                        "the API key is revoked",
                        test -> {
                            test.toApis.revokeApiKey(test.toApis.apiKey());
                            test.submitAndSee("sora_account_pauses{cause=\"key_rejected\"}");
                        },
                        test -> {}),
                new Breakage(
                        "SoraAccountPaused",
                        "an operator has paused the account",
                        test -> test.sora().operator().pause("default", new Operator("joe", "The bill is too high")),
                        test -> {}),
                new Breakage("SoraAccountPaused", "the credits are spent", AlertsTest::spendAllCredits, test -> {}),
                new Breakage(
                        "SoraPollsRejected",
                        "the API key is revoked while a task runs",
                        test -> {
                            test.submitLongTask();
                            test.toApis.revokeApiKey(test.toApis.apiKey());
                        },
                        test -> test.see("sora_polls_total{result=\"rejected\"}", () -> {})),
                new Breakage(
                        "SoraPollsMissing",
                        "the service answers no poll",
                        test -> {
                            test.toApis.on(Call.STATUS).cut();
                            test.submitLongTask();
                        },
                        test -> test.see("sora_polls_total{result=\"unavailable\"}", () -> {})),
                new Breakage(
                        "SoraWebhooksMissing",
                        "webhooks are lost",
                        test -> test.toApis.webhooks().on().lose(),
                        test -> test.submitAndSee("sora_polls_total{result=\"ended\"}")),
                new Breakage(
                        "SoraRateLimited",
                        "the service answers 429",
                        test -> {
                            test.toApis.on(Call.STATUS).answer(429, "{}", "Retry-After: 0");
                            test.submitLongTask();
                        },
                        test -> test.see("sora_rate_limited_answers_total", () -> {})),
                new Breakage(
                        "SoraLedgerFailing",
                        "the ledger is away",
                        test -> test.ledger.fail(),
                        test -> test.submitAndSee("sora_ledger_errors_total")),
                new Breakage(
                        "SoraSubmitQueueGrows",
                        "the service wants no submit for 10 minutes",
                        test -> test.toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 600"),
                        test -> test.see("sora_submit_queue_submits", () -> test.submitLater("sora-2"))),
                new Breakage(
                        "SoraDeliveriesFail",
                        "a route fails with each result",
                        test -> test.isRouteBroken = true,
                        test -> test.submitAndSee("sora_deliveries_total{result=\"failed\"}")),
                new Breakage(
                        "SoraDownloadsMissing",
                        "the file host fails",
                        test -> test.toApis.on(Call.FILE).answer(500, ""),
                        test -> test.submitAndSee(COMPLETED)),
                new Breakage("SoraMetersMissing", "the application is away", test -> test.camel.stop(), test -> {}));
    }

    @BeforeEach
    void startTheApplication() throws Exception {
        int port = FreePort.find();
        toApis.webhook("http://127.0.0.1:" + port + "/hooks/sora", SECRET).webhookTimestamps(clock);
        source = toApis.addSource();
        HttpServer.start(camel, port);
        camel.getRegistry().bind("metrics", registry);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(100);
        sora().setLedger(ledger);
        // Each move of the clock would else look as if the JVM was frozen beyond its lease.
        sora().setLeaseDuration(Duration.ofDays(1).toMillis());
        options.setWebhookSecret(SECRET);
        options.setRecoveryTimeout(100);
        options.setCreditPrices("sora-2=1,sora-2-pro=100");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:webhook?webhookPath=/hooks/sora").log("${header.CamelSoraTaskId}");
                from("sora:tasks?initialDelay=0&delay=20&redeliveryDelay=0&maximumRedeliveries=2")
                        .routeId("results")
                        .process(exchange -> {
                            if (isRouteBroken) {
                                throw new IllegalStateException("The bucket is unavailable");
                            }
                        })
                        .to("sora:download?directory=" + folder.resolve("videos"));
            }
        });
        camel.start();
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void theAlertFiresWhenSomethingIsBrokenAndNotBefore(Breakage breakage) throws Exception {
        Promtool.require();

        Phase well = phase(AlertsTest::order);

        breakage.begin().run(this);
        Phase broken = phase(breakage.minute());

        Path test = folder.resolve("alert.yml");
        Files.writeString(test, new AlertScenario(well, broken).promtoolTest(breakage.alert()));
        assertThat(Promtool.run(folder, "test", "rules", test.toString())).contains("SUCCESS");
    }

    @Test
    void thereIsSomethingThatBreaksForEachAlert() {
        assertThat(breakages().stream().map(Breakage::alert).distinct())
                .containsExactlyInAnyOrderElementsOf(MonitoringRules.alerts().stream()
                        .map(MonitoringRules::name)
                        .toList());
    }

    private Phase phase(Step minute) throws Exception {
        minute.run(this);
        Scrape first = Scrape.of(registry);
        minute.run(this);
        return new Phase(first, Scrape.of(registry));
    }

    private SoraComponent sora() {
        return camel.getComponent("sora", SoraComponent.class);
    }

    /** A remix as it is when nothing is broken. */
    private void order() {
        Scrape before = Scrape.of(registry);
        submit("sora-2");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(List.of(
                        "sora_deliveries_total{result=\"delivered\"}",
                        "sora_webhooks_total{result=\"(not_)?applied\"}",
                        "sora_download_bytes_total"))
                .allSatisfy(series ->
                        assertThat(Scrape.of(registry).sum(series)).as(series).isGreaterThan(before.sum(series))));
    }

    private void spendAllCredits() {
        toApis.credits(0);
        submitAndSee("sora_account_pauses{cause=\"no_credits\"}");
    }

    private void submitLongTask() {
        toApis.taskDuration(Duration.ofHours(1));
        submitAndSee(RUNNING);
    }

    private void submitAndSee(String series) {
        see(series, () -> submit("sora-2"));
    }

    /** Does something, and waits until a meter shows more than before. */
    private void see(String series, Runnable action) {
        double before = Scrape.of(registry).sum(series);
        action.run();
        awaitAbove(before, series);
    }

    /** Moves the clock meanwhile: gauges are read from the ledger every 15 s, and failed calls are repeated later and later. */
    private void awaitAbove(double value, String series) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            ahead = ahead.plusSeconds(16);
            assertThat(Scrape.of(registry).sum(series)).as(series).isGreaterThan(value);
        });
    }

    private void submit(String model) {
        submitLater(model).join();
    }

    private CompletableFuture<Exchange> submitLater(String model) {
        String uri = "sora:remix?waitForCompletion=false&videoId=" + source + "&model=" + model;
        return sendAsync(uri, "A puppy", Map.of());
    }
}

package io.github.camelsora.docs;

import static io.github.camelsora.docs.MonitoringRules.alerts;
import static io.github.camelsora.docs.MonitoringRules.list;
import static io.github.camelsora.docs.MonitoringRules.name;
import static io.github.camelsora.docs.MonitoringRules.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the alerts and the dashboard of {@code samples/monitoring}. */
class MonitoringSampleTest extends DocsTestSupport {
    private static final Path SAMPLE = MonitoringRules.FOLDER;
    private static final Path RULES = MonitoringRules.FILE;
    private static final Path RULES_TEST = SAMPLE.resolve("rules_test.yml");
    private static final Path DASHBOARD = SAMPLE.resolve("dashboard.json");
    private static final String OPERATIONS = "src/main/docs/sora-operations.adoc";

    private static final Pattern METER = Pattern.compile("\\bsora_\\w+");
    private static final Pattern SELECTOR = Pattern.compile("\\b(sora_\\w+|sora:(\\w+):\\w+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|=)\"([^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[\\[(\\w+)]]`(\\w+)` \\| .{20,} \\| .{20,}$");

    /** Labels that Prometheus adds, and that the dashboard replaces. */
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

    @Test
    void promtoolAcceptsTheRules() throws Exception {
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
    }

    @Test
    void promtoolFiresEachAlertAndSeesItSilentWhenAllIsWell() throws Exception {
        assertThat(promtool("test", "rules", RULES_TEST.toString())).contains("SUCCESS");
    }

    @Test
    void eachAlertHasATestThatFiresItAndOneInWhichItIsSilent() {
        List<Map<String, Object>> tests = list(yaml(RULES_TEST), "tests").stream()
                .flatMap(test -> list(test, "alert_rule_test").stream())
                .toList();

        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(tests).anyMatch(test -> isAbout(test, alert) && test.containsKey("exp_alerts"));
            assertThat(tests).anyMatch(test -> isAbout(test, alert) && !test.containsKey("exp_alerts"));
        });
    }

    @Test
    void eachAlertHasItsLineOnThePageForOperators() {
        List<MatchResult> rows =
                ROW.matcher(Page.at(Path.of(OPERATIONS)).text()).results().toList();

        assertThat(rows).allSatisfy(row -> assertThat(row.group(1)).isEqualTo(row.group(2)));
        assertThat(rows.stream().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(MonitoringRules::name).toList());
    }

    @Test
    void eachAlertHasASeverityASummaryAndTheAddressOfItsLine() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(map(alert, "labels").get("severity")).isIn("critical", "warning");
            assertThat(map(alert, "annotations"))
                    .containsEntry("runbook", OPERATIONS + "#" + name(alert))
                    .containsKey("summary");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yml", "rules_test.yml", "dashboard.json"})
    void eachMeterThatIsNamedExists(String file) throws Exception {
        String text = Files.readString(SAMPLE.resolve(file));

        Set<String> named =
                METER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());

        assertThat(named).isNotEmpty().isSubsetOf(MonitoredMeter.allNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yml", "rules_test.yml", "dashboard.json"})
    void eachTagThatIsNamedExistsAndHasThisValue(String file) throws Exception {
        String text = Files.readString(SAMPLE.resolve(file)).replace("\\\"", "\"");
        Map<String, String> recorded = MonitoringRules.all()
                .filter(rule -> rule.containsKey("record"))
                .collect(Collectors.toMap(rule -> rule.get("record").toString(), rule -> METER.matcher(
                                rule.get("expr").toString())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group()));

        List<MatchResult> selectors = SELECTOR.matcher(text).results().toList();

        assertThat(selectors).isNotEmpty().allSatisfy(selector -> {
            String meter = recorded.getOrDefault(selector.group(1), selector.group(1));
            Map<String, Set<String>> tags = MonitoredMeter.of(meter).tags();
            assertThat(MATCHER.matcher(selector.group(3)).results().toList())
                    .filteredOn(matcher -> !LABELS_OF_PROMETHEUS.contains(matcher.group(1)))
                    .allSatisfy(matcher -> {
                        assertThat(tags).containsKey(matcher.group(1));
                        Set<String> values = tags.get(matcher.group(1));
                        if (!values.isEmpty()) {
                            assertThat(matcher.group(3).split("\\|")).isSubsetOf(values);
                        }
                    });
        });
    }

    @Test
    void eachPanelOfTheDashboardHasQueriesInItsPlace() throws IOException {
        JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels");

        assertThat(panels).hasSizeGreaterThanOrEqualTo(6).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("targets")).isNotEmpty();
        });
        assertThat(panels).extracting(panel -> panel.get("gridPos")).doesNotHaveDuplicates();
    }

    @Test
    void promtoolAcceptsTheQueriesOfTheDashboard() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr").forEach(query -> rules.append(
                        "      - record: a:panel\n        expr: '")
                .append(query)
                .append("'\n"));
        Path file = folder.resolve("dashboard.yml");
        Files.writeString(file, rules);

        assertThat(promtool("check", "rules", "--lint=none", file.toString())).contains("SUCCESS");
    }

    /** The names of the meters follow from their table by a rule; here Prometheus reads them from a running component. */
    @Test
    void prometheusSeesTheMetersOfAComponentUnderTheseNames() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(inBuckets());
        camel.getRegistry().bind("metrics", registry);
        options.setCreditPrices("sora-2=20");
        camel.start();

        send("sora:remix?videoId=" + toApis.addSource() + "&model=sora-2", "A puppy", Map.of());

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(METER.matcher(registry.scrape())
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet()))
                .isSubsetOf(MonitoredMeter.allNames())
                .contains(
                        "sora_submits_total",
                        "sora_submit_queue_submits",
                        "sora_rate_limited_answers_total",
                        "sora_tasks_open_tasks",
                        "sora_tasks_oldest_undelivered_seconds",
                        "sora_task_duration_seconds_bucket",
                        "sora_polls_total",
                        "sora_deliveries_total",
                        "sora_ledger_latency_seconds_max",
                        "sora_ledger_errors_total"));
    }

    /** As the sample's README configures it with Spring Boot. */
    private static MeterFilter inBuckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .percentilesHistogram(true)
                        .build()
                        .merge(config);
            }
        };
    }

    private String promtool(String... arguments) throws Exception {
        return Promtool.run(folder, arguments);
    }

    private static boolean isAbout(Map<String, Object> test, Map<String, Object> alert) {
        return test.get("alertname").equals(name(alert));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.get(name);
    }
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void itPrintsItsAddressesAndACurlCommand() {
        try (ToApisSimulator simulator = start("--api-key", "sk-mine", "--source", "my video")) {
            assertThat(printed())
                    .contains(simulator.baseUrl(), simulator.fileBaseUrl(), "sk-mine", "my video")
                    .contains("curl -H 'Authorization: Bearer sk-mine'", "/v1/videos/my%20video/remix");
            assertThat(simulator.task("my video").state()).isEqualTo(TaskState.COMPLETED);
        }
    }

    @Test
    void thePrintedCurlCommandWorks() throws Exception {
        try (ToApisSimulator simulator = start()) {
            Matcher curl = Pattern.compile("-d '(.*)' (http\\S+)").matcher(printed());
            assertThat(curl.find()).isTrue();

            int status = SimulatorTest.send(HttpRequest.newBuilder(URI.create(curl.group(2)))
                            .header("Authorization", "Bearer " + simulator.apiKey())
                            .POST(HttpRequest.BodyPublishers.ofString(curl.group(1))))
                    .statusCode();

            assertThat(status).isEqualTo(200);
            assertThat(printed()).contains("POST /v1/videos/video_source/remix  200");
        }
    }

    @Test
    void itsOptionsConfigureTheSimulator() {
        try (ToApisSimulator simulator = start(
                "--duration",
                "5m",
                "--lookup",
                "off",
                "--credits",
                "-1",
                "--price",
                "7",
                "--price",
                "sora-2-pro=120",
                "--charged",
                "credits_used",
                "--models",
                "sora-2,sora-2-pro",
                "--ended-model",
                "sora-2",
                "--echo",
                "--limits",
                "vip",
                "--burst",
                "window")) {
            Settings settings = simulator.settings;

            assertThat(settings.taskDuration.apply(null)).isEqualTo(Duration.ofMinutes(5));
            assertThat(settings.lookup).isEqualTo(LookUp.OFF);
            assertThat(settings.priceOf("sora-2")).isEqualTo(7);
            assertThat(settings.priceOf("sora-2-pro")).isEqualTo(120);
            assertThat(settings.chargedField).isEqualTo("credits_used");
            assertThat(settings.models).containsExactly("sora-2", "sora-2-pro");
            assertThat(settings.endedModels).containsExactly(entry("sora-2", EndedModel.CODE));
            assertThat(settings.echo).isTrue();
            assertThat(settings.submitAllowance).isEqualTo(new Allowance(1_000, 167, Burst.WINDOW));
            assertThat(settings.queryAllowance).isEqualTo(new Allowance(10_000, 1_667, Burst.WINDOW));
        }
    }

    @Test
    void itSendsEventsAndPrintsTheirAnswers() {
        try (WebhookTest.Receiver receiver = new WebhookTest.Receiver();
                ToApisSimulator simulator = start(
                        "--webhook-url", receiver.url("/hooks"),
                        "--webhook-secret", "whsec-new",
                        "--webhook-secret", "whsec-old",
                        "--webhook-faster", "10000")) {
            receiver.answers(503);
            String task = simulator.addTask();
            simulator.complete(task);
            WebhookTest.await().until(() -> printed().contains("try 2  200"));

            assertThat(printed())
                    .contains("  webhooks " + receiver.url("/hooks"))
                    .contains("webhook generation.completed evt_")
                    .contains("of " + task + ", try 1  503");
            assertThat(receiver.received.get(0).isSignedBy("whsec-new", "whsec-old"))
                    .isTrue();
        }
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(SimulatorArguments.parse("--help").wantsHelp()).isTrue();
        assertThat(SimulatorArguments.HELP)
                .contains("--port", "--file-port", "--api-key", "--duration", "--lookup", "--credits", "--price")
                .contains("--envelope", "--errors", "--source", "--quiet")
                .contains("--charged", "--models", "--ended-model", "--echo")
                .contains("--webhook-url", "--webhook-secret", "--webhook-faster");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --port abc        | --port must be a whole number, not 'abc'
                    --port 70000      | A port must be 0 to 65535, not 70000
                    --port            | --port needs a value
                    --price pro=much  | --price must be a whole number, not 'much'
                    --duration 20     | --duration must be a time such as 500ms, 20s or 5m, not '20'
                    --lookup perhaps  | --lookup must be one of on, off, reject, not 'perhaps'
                    --envelope round  | --envelope must be one of generation_task, video, data_list, not 'round'
                    --webhook-url x   | --webhook-url and --webhook-secret must be given together
                    --webhook-secret x | --webhook-url and --webhook-secret must be given together
                    --verbose         | Unknown option --verbose
                    """)
    void wrongArgumentsGetAMessage(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorArguments.parse(line.split(" ")))
                .withMessage(message);
    }

    private ToApisSimulator start(String... arguments) {
        return SimulatorMain.start(
                SimulatorArguments.parse(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}

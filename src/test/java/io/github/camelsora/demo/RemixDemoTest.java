package io.github.camelsora.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemixDemoTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void withoutArgumentsAVideoIsRemixedAndItsFileIsPrinted() throws Exception {
        new RemixDemo(parse(), out).run();

        assertThat(lines())
                .contains(
                        "Balance before: 1000000 credits left, 0 used.",
                        "This remix costs 20 credits. It is paid for once it is accepted.",
                        "Balance after: 999980 credits left, 20 used.")
                .anyMatch(line -> line.matches("The remix is .*\\.mp4, 1\\d\\d,\\d{3} bytes\\."));
        assertThat(lines()).anyMatch(line -> line.contains("IN_PROGRESS"));
    }

    @Test
    void aRealRemixNeedsAnApiKey() {
        assertThatThrownBy(() -> DemoArguments.parse(args("--real --video-id v --prompt p"), ""))
                .hasMessageContaining("TOAPIS_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--real --prompt p",
                "--real --video-id v",
                "--video-id v",
                "--base-url http://x",
                "--prompt",
                "--free"
            })
    void invalidArgumentsAreRejected(String line) {
        assertThatThrownBy(() -> DemoArguments.parse(args(line), "sk-key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRealRemixPrintsTheBalanceAndIsPaid() throws Exception {
        try (ToApisSimulator service =
                ToApisSimulator.builder().taskDuration(Duration.ofSeconds(1)).start()) {
            String line =
                    "--real --yes --prompt p --video-id " + service.addSource() + " --base-url " + service.baseUrl();

            new RemixDemo(DemoArguments.parse(args(line), service.apiKey()), out).run();

            assertThat(lines())
                    .contains(
                            "Balance before: 1000000 credits left, 0 used.",
                            "The price of this remix is not known (creditPrices). It is paid for once it is accepted.",
                            "Balance after: 999980 credits left, 20 used.");
            assertThat(service.books().submitsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void withoutConsentNothingIsPaid() {
        try (ToApisSimulator service = ToApisSimulator.start()) {
            String line = "--real --prompt p --video-id " + service.addSource() + " --base-url " + service.baseUrl();
            RemixDemo demo = new RemixDemo(DemoArguments.parse(args(line), service.apiKey()), out);

            assertThatThrownBy(demo::run).hasMessageContaining("--yes");

            assertThat(service.books().submitsReceived()).isZero();
        }
    }

    @Test
    void onATerminalTheBarStaysInOneLine() {
        ProgressBar bar = new ProgressBar(out, true);

        bar.show(task(0));
        bar.show(task(50));
        bar.end();

        assertThat(printed.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\n");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\r[" + "#".repeat(20) + ".".repeat(20) + "]  50 %");
    }

    @Test
    void withoutATerminalTheSameProgressIsPrintedOnce() {
        ProgressBar bar = new ProgressBar(out, false);

        bar.show(task(41));
        bar.show(task(44));

        assertThat(lines()).containsExactly("task video_1 IN_PROGRESS 40 %");
    }

    private static DemoArguments parse() {
        return DemoArguments.parse(new String[0], null);
    }

    private static String[] args(String line) {
        return line.split(" ");
    }

    private Iterable<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static VideoTask task(int progress) {
        return new VideoTask(
                "video_1",
                "k",
                null,
                TaskStatus.IN_PROGRESS,
                progress,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

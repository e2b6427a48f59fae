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
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemixDemoTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

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
        assertThat(lines()).anyMatch(line -> line.matches("task \\S+ IN_PROGRESS \\d+ %, about [1-5] s left"));
        assertThat(lines()).anyMatch(line -> line.matches("task \\S+ COMPLETED 100 %"));
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
        ProgressBar bar = bar(true);

        bar.seen(task(0));
        bar.seen(task(50));
        bar.end();

        assertThat(printed.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\n");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\r[" + "#".repeat(20) + ".".repeat(20) + "]  50 %");
    }

    @Test
    void onATerminalTheTimeThatIsLeftStandsBehindTheBar() {
        ProgressBar bar = bar(true);

        bar.seen(task(50), NOON.plusSeconds(41));
        bar.seen(task(50), NOON.plusSeconds(9));
        bar.seen(task(50), null);

        String[] shown = printed.toString(StandardCharsets.UTF_8).substring(1).split("\r");
        assertThat(shown).hasSize(3);
        assertThat(shown[0].strip()).endsWith("]  50 % IN_PROGRESS about 40 s left");
        assertThat(shown[1].strip()).endsWith("]  50 % IN_PROGRESS about 9 s left");
        assertThat(shown[1]).hasSameSizeAs(shown[0]);
        assertThat(shown[2]).hasSameSizeAs(shown[0]).doesNotContain("left");
    }

    @Test
    void withoutATerminalTheSameProgressIsPrintedOnce() {
        ProgressBar bar = bar(false);

        bar.seen(task(41));
        bar.seen(task(44));

        assertThat(lines()).containsExactly("task video_1 IN_PROGRESS 40 %");
    }

    @Test
    void withoutATerminalTheTimeThatIsLeftMakesNoLineOfItsOwn() {
        ProgressBar bar = bar(false);

        bar.seen(task(41), NOON.plusSeconds(58));
        bar.seen(task(44), NOON.plusSeconds(40));
        bar.seen(task(52), NOON.plusSeconds(25));

        assertThat(lines())
                .containsExactly(
                        "task video_1 IN_PROGRESS 40 %, about 1 min left",
                        "task video_1 IN_PROGRESS 50 %, about 25 s left");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 1 s",
        "0, 1 s",
        "1.4, 1 s",
        "7.6, 8 s",
        "9.9, 10 s",
        "12, 10 s",
        "41, 40 s",
        "57, 55 s",
        "58, 1 min",
        "89, 1 min",
        "91, 2 min",
        "180, 3 min",
        "3600, 60 min",
        "5400, 2 h",
        "36000, 10 h"
    })
    void theTimeThatIsLeftIsRounded(double seconds, String words) {
        assertThat(TimeLeft.words(NOON, NOON.plusMillis(Math.round(seconds * 1000))))
                .isEqualTo("about " + words + " left");
    }

    private ProgressBar bar(boolean isTerminal) {
        return new ProgressBar(out, isTerminal, () -> NOON);
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

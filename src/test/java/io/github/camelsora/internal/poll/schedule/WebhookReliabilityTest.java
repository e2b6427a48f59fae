package io.github.camelsora.internal.poll.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Polls are rare while webhooks arrive in time, and normal again when webhooks stop. */
class WebhookReliabilityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final TaskTimeouts LIMITS = new TaskTimeouts(
            Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofHours(24));

    private final WebhookReliability trust = new WebhookReliability("default");

    @Test
    void withoutWebhooksNoPauseIsStretched() {
        end(100, CompletionSource.POLL);

        assertThat(pause()).isEqualTo(INTERVAL);
    }

    @Test
    void whileWebhooksArriveInTimePollsAreMinutesApart() {
        end(10, CompletionSource.WEBHOOK);

        assertThat(pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void oneWebhookAloneStretchesPausesLittle() {
        end(1, CompletionSource.WEBHOOK);

        assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
        assertThat(trust.stretchFactor()).isEqualTo(2);
    }

    @Test
    void whenWebhooksStopThreeCompletionsRestoreTheSchedule() {
        end(100, CompletionSource.WEBHOOK);

        end(3, CompletionSource.POLL);

        assertThat(pause()).isEqualTo(INTERVAL);
    }

    @Test
    void whileOneWebhookInFiveIsLostPollsStayRare() {
        Random random = new Random(7);

        double meanSeconds = IntStream.range(0, 10_000)
                .peek(n -> end(1, random.nextInt(5) == 0 ? CompletionSource.POLL : CompletionSource.WEBHOOK))
                .mapToLong(n -> pause().toSeconds())
                .average()
                .orElseThrow();

        assertThat(meanSeconds).isGreaterThan(100);
    }

    @Test
    void statusCallsDoNotChangeReliability() {
        end(100, CompletionSource.WEBHOOK);

        end(100, CompletionSource.STATUS_CALL);

        assertThat(pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aLostWebhookMakesNoExchangeTimeOut() {
        end(100, CompletionSource.WEBHOOK);
        TaskTimeouts impatient =
                new TaskTimeouts(LIMITS.submit(), Duration.ofMinutes(2), LIMITS.recovery(), LIMITS.tracking());

        assertThat(trust.stretch(NOW, NOW.plus(INTERVAL), impatient)).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aPauseLongerThanTheLongestStretchIsKept() {
        end(100, CompletionSource.WEBHOOK);

        assertThat(trust.stretch(NOW, NOW.plus(Duration.ofHours(1)), LIMITS)).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void theEndOfWebhooksIsLoggedOnce() {
        try (WarningCapture warnings = WarningCapture.of(WebhookReliability.class)) {
            end(100, CompletionSource.WEBHOOK);
            end(100, CompletionSource.POLL);

            assertThat(warnings.lines()).singleElement().asString().contains("no longer arrive");
        }
    }

    private void end(int count, CompletionSource signal) {
        IntStream.range(0, count).forEach(n -> trust.onCompleted(signal));
    }

    private Duration pause() {
        return Duration.between(NOW, trust.stretch(NOW, NOW.plus(INTERVAL), LIMITS));
    }
}

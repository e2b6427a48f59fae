package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.internal.download.format.UnexpectedPageException;
import io.github.camelsora.simulator.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether there is time for another try, on a clock that stands still. The pause after a first failure is two seconds. */
class TimeLeftTest extends FileHostTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private Download download(Duration timeout) {
        return new Download(client, rules(timeout), FileKind.VIDEO, "video_1/0", target(), InstantSource.fixed(NOW));
    }

    @ParameterizedTest
    @CsvSource({"PT2S, PT1H", "PT1H, PT2S", "PT2S,"})
    void aTryIsMadeAgainWhenItBeginsByTheDeadlineAtTheLatest(Duration timeout, Duration untilExpiry)
            throws IOException {
        simulator.on(Call.FILE).answer(500, "");

        try (Download download = download(timeout)) {
            assertThat(download.attempt(url, untilExpiry == null ? null : NOW.plus(untilExpiry)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1.999S, PT1H", "PT1H, PT1.999S", "PT1.999S,"})
    void noTryIsMadeAfterTheDeadline(Duration timeout, Duration untilExpiry) {
        simulator.on(Call.FILE).answer(500, "");

        assertThatExceptionOfType(FileHostBusyException.class)
                .isThrownBy(() -> download(timeout).attempt(url, untilExpiry == null ? null : NOW.plus(untilExpiry)));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, true", "PT2S, true", "PT1S, false"})
    void whatIsNotThereMayBeAskedForAgainWhileThereIsTime(Duration timeout, boolean isTimeLeft) throws IOException {
        simulator.on(Call.FILE).answer(404, "");

        try (Download download = download(timeout)) {
            assertThatExceptionOfType(FileUnavailableException.class).isThrownBy(() -> download.attempt(url, null));

            assertThat(download.isTimeLeft()).isEqualTo(isTimeLeft);
            assertThat(download.pause()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1H, true", "PT2S, true", "PT1S, false"})
    void whereAPageIsTheFileMayBeAskedForAgainWhileThereIsTime(Duration timeout, boolean isTimeLeft)
            throws IOException {
        simulator.on(Call.FILE).answer(200, "<!doctype html><title>Sorry</title>");

        try (Download download = download(timeout)) {
            assertThatExceptionOfType(UnexpectedPageException.class).isThrownBy(() -> download.attempt(url, null));

            assertThat(download.isTimeLeft()).isEqualTo(isTimeLeft);
        }
    }

    @Test
    void aPageIsNotTakenForTheBeginningOfTheFile() throws IOException {
        simulator.on(Call.FILE).times(1).answer(200, "<!doctype html><title>Sorry</title>");

        try (Download download = download(Duration.ofHours(1))) {
            assertThatExceptionOfType(UnexpectedPageException.class).isThrownBy(() -> download.attempt(url, null));

            assertThat(download.attempt(url, null))
                    .hasValueSatisfying(file -> assertThat(file.path()).hasBinaryContent(VIDEO));
        }
    }
}

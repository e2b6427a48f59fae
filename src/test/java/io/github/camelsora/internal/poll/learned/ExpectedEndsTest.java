package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectedEndsTest {
    private static final Instant NOW = Instant.parse("2026-01-14T12:00:00Z");
    private static final TaskProfile KIND = new TaskProfile("https://toapis.com", "remix", "sora-2", "15");

    private final DurationHistory history = new DurationHistory();
    private final ExpectedEnds ends = new ExpectedEnds(history, () -> NOW);

    @BeforeEach
    void learn() {
        IntStream.range(0, DurationHistory.FEWEST_ENDS)
                .forEach(i -> history.ended(KIND, new CompletionObservation(0, 299, 301)));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "IN_PROGRESS", "UNKNOWN"})
    void aTaskThatRunsEndsWhenOthersDid(TaskStatus status) {
        Instant end = expected(status, KIND, NOW.minusSeconds(100)).orElseThrow();

        assertThat(end).isCloseTo(NOW.plusSeconds(200), within(Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "EXPIRED"})
    void aTaskThatHasEndedIsExpectedNoMore(TaskStatus status) {
        assertThat(ends.of(task(status), () -> fail("Its record was read"))).isEmpty();
    }

    @Test
    void aTaskThatIsOverdueEndsLaterThanNow() {
        assertThat(expected(TaskStatus.IN_PROGRESS, KIND, NOW.minusSeconds(400)).orElseThrow())
                .isAfter(NOW.plusSeconds(60));
    }

    @Test
    void aTaskThatAnotherClockHasAcceptedLaterEndsAfterNow() {
        assertThat(expected(TaskStatus.IN_PROGRESS, KIND, NOW.plusSeconds(10)).orElseThrow())
                .isCloseTo(NOW.plusSeconds(300), within(Duration.ofSeconds(3)));
    }

    @Test
    void withoutAProfileOrAnAcceptanceNothingIsExpected() {
        assertThat(expected(TaskStatus.IN_PROGRESS, null, NOW)).isEmpty();
        assertThat(expected(TaskStatus.UNKNOWN, KIND, null)).isEmpty();
    }

    @Test
    void anEstimateThatFailsStopsNothing() {
        Optional<Instant> end = ends.of(task(TaskStatus.IN_PROGRESS), () -> {
            throw new IllegalStateException("thrown by a test");
        });

        assertThat(end).isEmpty();
    }

    private Optional<Instant> expected(TaskStatus status, TaskProfile profile, Instant acceptedAt) {
        return ends.of(task(status), () -> new PolledTask(profile, acceptedAt));
    }

    private static VideoTask task(TaskStatus status) {
        return new VideoTask(
                "video_1", "key-1", null, status, null, null, null, null, null, null, null, null, null, null);
    }
}

package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.internal.poll.learned.DurationHistory.Learned;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import io.github.camelsora.internal.toapis.TaskJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurationHistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    private static final TaskProfile KIND = new TaskProfile("https://toapis.com", "remix", "sora-2", "15");
    private static final String REQUEST = "{\"video_id\": \"video_0\", \"model\": \"sora-2\", \"duration\": 15}";

    private final DurationHistory history = new DurationHistory();

    @Test
    void aFewCompletionsGiveNoPlan() {
        end(KIND, DurationHistory.FEWEST_ENDS - 1);
        Optional<PollPlan> ofTooFew = plan(KIND);

        end(KIND, 1);

        assertThat(ofTooFew).isEmpty();
        assertThat(plan(KIND)).isPresent();
    }

    @Test
    void profilesDoNotInfluenceEachOther() {
        end(KIND, 50);

        assertThat(plan(new TaskProfile("https://toapis.com", "remix", "sora-2", "10")))
                .isEmpty();
        assertThat(plan(new TaskProfile("https://toapis.com", "remix", "sora-2-pro", "15")))
                .isEmpty();
    }

    @Test
    void moreCompletionsGiveANewPlan() {
        end(KIND, 50);
        Duration before = plan(KIND).orElseThrow().next(Duration.ZERO);

        for (int i = 0; i < 200; i++) {
            history.ended(KIND, new CompletionObservation(0, 29, 30));
        }

        assertThat(plan(KIND).orElseThrow().next(Duration.ZERO)).isLessThan(before);
    }

    @Test
    void theEndOfATaskIsExpectedOnceAFewOfItsProfileHaveEnded() {
        Optional<Duration> ofNone = history.remaining(KIND, Duration.ZERO);
        end(KIND, DurationHistory.FEWEST_ENDS - 1);
        Optional<Duration> ofTooFew = history.remaining(KIND, Duration.ZERO);

        end(KIND, 1);

        assertThat(ofNone).isEmpty();
        assertThat(ofTooFew).isEmpty();
        assertThat(secondsLeft(KIND, Duration.ofSeconds(200))).isCloseTo(100L, within(3L));
        assertThat(history.remaining(new TaskProfile("https://toapis.com", "remix", "sora-2", "10"), Duration.ZERO))
                .isEmpty();
    }

    @Test
    void whatWasLearnedOfEachProfileIsListedWithTheMedianOnceAFewHaveEnded() {
        TaskProfile shorter = new TaskProfile("https://toapis.com", "remix", "sora-2", "10");
        end(KIND, DurationHistory.FEWEST_ENDS);
        end(shorter, DurationHistory.FEWEST_ENDS - 1);

        List<Learned> learned = history.learned();

        assertThat(learned).extracting(Learned::profile).containsExactly(KIND, shorter);
        assertThat(learned.get(0).ends()).isEqualTo(DurationHistory.FEWEST_ENDS);
        assertThat(learned.get(0).median().orElseThrow().toSeconds()).isCloseTo(300L, within(3L));
        assertThat(learned.get(1).ends()).isEqualTo(DurationHistory.FEWEST_ENDS - 1);
        assertThat(learned.get(1).median()).isEmpty();
    }

    @Test
    void moreCompletionsMoveTheExpectedEnd() {
        end(KIND, 50);
        long before = secondsLeft(KIND, Duration.ZERO);

        for (int i = 0; i < 200; i++) {
            history.ended(KIND, new CompletionObservation(0, 29, 30));
        }

        assertThat(before).isCloseTo(300L, within(3L));
        assertThat(secondsLeft(KIND, Duration.ZERO)).isCloseTo(30L, within(3L));
    }

    @Test
    void durationsAreLoadedFromTheLedgerAtTheStart(@TempDir Path folder) {
        try (JdbcTaskLedger ledger = JdbcTaskLedger.inFile(folder.resolve("ledger"), true)) {
            for (int i = 0; i < DurationHistory.FEWEST_ENDS; i++) {
                deliver(ledger, "key-" + i, TaskJson.write(task(NOON, NOON.plusSeconds(300))));
            }
            history.loadFrom(ledger);
        }

        assertThat(plan(KIND)).isPresent();
        assertThat(plan(KIND).orElseThrow().next(Duration.ZERO)).isGreaterThan(Duration.ofSeconds(30));
        assertThat(secondsLeft(KIND, Duration.ZERO)).isCloseTo(300L, within(3L));
    }

    @Test
    void recordsThatCannotBeReadAreSkipped(@TempDir Path folder) {
        try (JdbcTaskLedger ledger = JdbcTaskLedger.inFile(folder.resolve("ledger"), true)) {
            deliver(ledger, "spoilt", "{\"spoilt\": true}");
            for (int i = 0; i < DurationHistory.FEWEST_ENDS; i++) {
                deliver(ledger, "key-" + i, TaskJson.write(task(NOON, NOON.plusSeconds(300))));
            }
            history.loadFrom(ledger);
        }

        assertThat(plan(KIND)).isPresent();
    }

    @Test
    void theLedgerIsReadOnce(@TempDir Path folder) {
        try (JdbcTaskLedger ledger = JdbcTaskLedger.inFile(folder.resolve("ledger"), true)) {
            for (int i = 0; i < DurationHistory.FEWEST_ENDS - 1; i++) {
                deliver(ledger, "key-" + i, TaskJson.write(task(NOON, NOON.plusSeconds(300))));
            }
            history.loadFrom(ledger);
            history.loadFrom(ledger);
        }

        assertThat(plan(KIND)).isEmpty();
    }

    @Test
    void aTaskWithoutARequestHasNoProfile() {
        TaskRecord foreign = LedgerRecords.intent("default", "key-1", null);

        assertThat(TaskProfile.of(foreign)).isEmpty();
    }

    @Test
    void aRequestThatCannotBeReadHasNoProfile() {
        TaskRecord spoilt = LedgerRecords.intent("default", "key-1", "spoilt");

        assertThat(TaskProfile.of(spoilt)).isEmpty();
    }

    @Test
    void theServicesOwnTimesGiveTheCompletionToTheSecond() {
        CompletionObservation end =
                seen(Duration.ofSeconds(280), Duration.ofSeconds(310), task(NOON, NOON.plusSeconds(300)));

        assertThat(end).isEqualTo(new CompletionObservation(280, 299, 301));
    }

    @Test
    void implausibleTimesAreIgnored() {
        VideoTask before = task(NOON, NOON.plusSeconds(200));
        VideoTask after = task(NOON, NOON.plusSeconds(3_600));

        assertThat(seen(Duration.ofSeconds(280), Duration.ofSeconds(310), before))
                .isEqualTo(new CompletionObservation(280, 280, 310));
        assertThat(seen(Duration.ofSeconds(280), Duration.ofSeconds(310), after))
                .isEqualTo(new CompletionObservation(280, 280, 310));
    }

    @Test
    void timesInMillisecondsAreIgnored() {
        VideoTask inMilliseconds = task(NOON, Instant.ofEpochSecond(NOON.toEpochMilli()));

        assertThat(seen(Duration.ofSeconds(280), Duration.ofSeconds(310), inMilliseconds))
                .isEqualTo(new CompletionObservation(280, 280, 310));
    }

    @Test
    void withoutTimesACompletionIsSomewhereSinceTheLastPoll() {
        CompletionObservation end = seen(Duration.ofSeconds(280), Duration.ofSeconds(310), task(null, null));

        assertThat(end.earliest()).isEqualTo(280, within(0.001));
        assertThat(end.latest()).isEqualTo(310, within(0.001));
    }

    @Test
    void withoutTimesAnUnobservedTaskGivesNoObservation() {
        Optional<CompletionObservation> end = CompletionObservation.of(null, Duration.ofHours(3), task(null, null));

        assertThat(end).isEmpty();
    }

    private static CompletionObservation seen(Duration lastRunning, Duration seenAt, VideoTask ended) {
        return CompletionObservation.of(lastRunning, seenAt, ended).orElseThrow();
    }

    private void end(TaskProfile kind, int tasks) {
        for (int i = 0; i < tasks; i++) {
            history.ended(kind, new CompletionObservation(0, 299, 301));
        }
    }

    private long secondsLeft(TaskProfile kind, Duration age) {
        return history.remaining(kind, age).orElseThrow().toSeconds();
    }

    private Optional<PollPlan> plan(TaskProfile kind) {
        return history.plan(kind, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private static VideoTask task(Instant createdAt, Instant completedAt) {
        return new VideoTask(
                "video_1",
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                createdAt,
                completedAt,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static void deliver(JdbcTaskLedger ledger, String key, String result) {
        TaskRecord record = LedgerRecords.intent("default", key, REQUEST);
        ledger.add(record);
        TaskRecord running =
                ledger.replace(record.accepted("video_" + key, NOON, NOON)).orElseThrow();
        TaskRecord ended =
                ledger.replace(running.ended(result, NOON.plusSeconds(310))).orElseThrow();
        ledger.replace(ended.delivered(NOON.plusSeconds(311))).orElseThrow();
    }
}

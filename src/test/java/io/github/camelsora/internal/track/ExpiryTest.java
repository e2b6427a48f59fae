package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record of a task has the expiry of its video, so that the video that expires first is delivered first. */
class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofHours(24));

    private final MemoryTaskLedger ledger = new MemoryTaskLedger(() -> NOW, 10);
    private final LedgerWriter writer = new LedgerWriter(ledger, "node-1", true, (entry, change) -> {});

    @Test
    void theExpiryIsTheOneThatTheServiceReports() {
        assertThat(expiryOf(NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void withoutAReportedExpiryItIsADay() {
        assertThat(expiryOf(null)).isEqualTo(TOMORROW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "1970-01-01T00:00:00Z"})
    void anImplausibleExpiryIsNotWritten(String reported) {
        assertThat(expiryOf(Instant.parse(reported))).isEqualTo(TOMORROW);
    }

    @Test
    void itStaysWhenTheRecordIsPutOffOrFollowedLonger() {
        TaskRecord record = LedgerRecords.due("default", "key-1", NOW).expiringAt(TOMORROW);

        assertThat(record.dueAt(NOW).trackedUntil(NOW).ownedBy("node-2").withDeliveries(2))
                .extracting(r -> r.due().expiresAt())
                .isEqualTo(TOMORROW);
    }

    private Instant expiryOf(Instant reported) {
        TaskRecord running =
                LedgerRecords.running("default", "key-1", "video_1").ownedBy("node-1");
        ledger.add(running);
        VideoTask result = new VideoTask(
                "video_1",
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                null,
                null,
                null,
                reported,
                "https://x/y",
                null,
                null,
                null,
                null);
        TaskEvent end = new TaskEvent.TaskCompleted("video_1", result, TaskEvent.ClaimHere.NONE);
        return writer.apply(TaskKey.of(running), end).required().due().expiresAt();
    }
}

package io.github.camelsora.support;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.GuardedLedger;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/** A ledger in memory that knows how long earlier remixes have taken, as a ledger on disk does after a restart. */
public final class LedgerWithHistory extends GuardedLedger {
    private static final int TASKS = 20;

    private final List<TaskRecord> delivered;

    /**
     * Creates a ledger.
     *
     * @param baseUrl the service that has made the remixes
     * @param duration how long each has taken
     */
    public LedgerWithHistory(String baseUrl, Duration duration) {
        super(new MemoryTaskLedger(InstantSource.system(), 100_000));
        Instant begin = Instant.ofEpochSecond(now().getEpochSecond()).minus(Duration.ofDays(1));
        delivered = Collections.nCopies(TASKS, delivered(baseUrl, begin, begin.plus(duration)));
    }

    private static TaskRecord delivered(String baseUrl, Instant begin, Instant end) {
        VideoTask result = new VideoTask(
                "video_1", null, null, TaskStatus.COMPLETED, 100, null, begin, end, null, null, null, null, null, null);
        return new TaskRecord(
                "default",
                "earlier",
                null,
                baseUrl,
                "remix",
                "{\"video_id\": \"video_0\", \"model\": \"sora-2\", \"prompt\": \"Add a puppy\"}",
                TaskState.DELIVERED,
                result.id(),
                TaskJson.write(result),
                null,
                new Times(begin, begin, end.plusSeconds(1), null, end.plusSeconds(1)),
                Due.NOTHING,
                0,
                null,
                null,
                null,
                null,
                1);
    }

    @Override
    public List<TaskRecord> findLastDelivered(int limit) {
        return delivered;
    }
}

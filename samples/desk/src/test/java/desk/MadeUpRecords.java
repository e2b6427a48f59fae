package desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes records as the component would have written them, with times of the past, their history, and what they cost. */
final class MadeUpRecords {
    /** Another JVM, which does not exist: it owns what is under way, so that this JVM leaves it as it is. */
    static final String OTHER_NODE = "render-2";

    private final TaskLedger ledger;
    private final String baseUrl;

    MadeUpRecords(TaskLedger ledger, String baseUrl) {
        this.ledger = ledger;
        this.baseUrl = baseUrl;
        ledger.renewLease(OTHER_NODE, Duration.ofDays(365));
    }

    /** What was ordered. */
    record Order(
            String account,
            String key,
            String sourceId,
            String model,
            String prompt,
            String tag,
            String tenant,
            String correlationId) {}

    TaskRecord intent(Order order, int credits, Instant at) {
        Map<String, Object> request = new LinkedHashMap<>();
        if (order.sourceId() != null) {
            request.put("video_id", order.sourceId());
        }
        request.put("model", order.model());
        request.put("prompt", order.prompt());
        TaskRecord record = new TaskRecord(
                order.account(),
                order.key(),
                order.key() + "~0123456789",
                baseUrl,
                order.sourceId() == null ? "generate" : "remix",
                json(request),
                TaskState.INTENT,
                null,
                null,
                OTHER_NODE,
                new TaskRecord.Times(at, null, null, null, null),
                TaskRecord.Due.NOTHING,
                0,
                order.tag(),
                Map.of(),
                new TaskOrigin(order.sourceId(), order.model(), order.tenant(), 4, order.correlationId(), null),
                new TaskPrice(BigDecimal.valueOf(credits), null),
                0);
        ledger.add(new LedgerWrite(record, new Amount(record, at), entry(record, null, at, "SubmitStarted", null)));
        return record;
    }

    TaskRecord accepted(TaskRecord record, String taskId, Instant at) {
        return write(
                record,
                record.accepted(taskId, at, at.plus(Duration.ofDays(1))),
                at,
                "SubmitAccepted",
                "task " + taskId);
    }

    TaskRecord unknown(TaskRecord record, Instant at) {
        return write(record, record.withState(TaskState.UNKNOWN).lossReported(at), at, "AnswerLost", null);
    }

    TaskRecord rejected(TaskRecord record, Instant at, String why) {
        return write(record, record.withState(TaskState.REJECTED).ownedBy(null), at, "IntentWithdrawn", why);
    }

    TaskRecord completed(TaskRecord record, Instant at, String videoUrl) {
        VideoTask.Video video = new VideoTask.Video(videoUrl, "mp4", null);
        VideoTask result = result(record, TaskStatus.COMPLETED, at, video, null, null);
        TaskRecord ended = record.ended(json(result.toMap()), at)
                .expiringAt(result.expiresAt())
                .dueAt(at)
                .ownedBy(null);
        return write(record, ended, at, "TaskCompleted", "COMPLETED");
    }

    TaskRecord failed(TaskRecord record, Instant at, TaskStatus status, String code, String message) {
        VideoTask result = result(record, status, at, null, code, message);
        TaskRecord ended = record.ended(json(result.toMap()), at).dueAt(at).ownedBy(null);
        return write(record, ended, at, "TaskCompleted", status + " " + code);
    }

    TaskRecord delivered(TaskRecord record, Instant at) {
        return write(record, record.delivered(at), at, "Delivered", null);
    }

    TaskRecord setAside(TaskRecord record, Instant at, String event, String detail) {
        return write(record, record.withState(TaskState.SET_ASIDE).dueAt(null).ownedBy(null), at, event, detail);
    }

    private VideoTask result(
            TaskRecord record, TaskStatus status, Instant at, VideoTask.Video video, String code, String message) {
        return new VideoTask(
                record.taskId(),
                record.key(),
                record.wireKey(),
                status,
                video == null ? 0 : 100,
                record.origin().model(),
                record.times().acceptedAt(),
                at,
                video == null ? null : at.plus(Duration.ofHours(24)),
                video == null ? null : video.url(),
                video == null ? List.of() : List.of(video),
                code,
                message,
                Map.of(
                        "id",
                        record.taskId(),
                        "object",
                        "generation.task",
                        "status",
                        status.name().toLowerCase()));
    }

    private TaskRecord write(TaskRecord before, TaskRecord next, Instant at, String event, String detail) {
        return ledger.replace(new LedgerWrite(next, null, entry(next, before.state(), at, event, detail)))
                .orElseThrow();
    }

    private static HistoryEntry entry(TaskRecord record, TaskState from, Instant at, String event, String detail) {
        return new HistoryEntry(
                record.account(),
                record.key(),
                // The version that the record has now is that of the row before, if there is one.
                from == null ? record.version() : record.version() + 1,
                at,
                event,
                from,
                record.state(),
                OTHER_NODE,
                null,
                detail);
    }

    private static String json(Object value) {
        try {
            return Answers.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The price, in the book since the time of the intent. */
    private record Amount(TaskRecord record, Instant at) implements Booking {
        @Override
        public String account() {
            return record.account();
        }

        @Override
        public String tenant() {
            return record.origin().tenant();
        }

        @Override
        public Instant slice() {
            return Instant.ofEpochSecond(at.getEpochSecond() / 600 * 600);
        }

        @Override
        public BigDecimal amount() {
            return record.price().estimated();
        }

        @Override
        public boolean isLimited() {
            return false;
        }

        @Override
        public void check(Booking.Held held) {}
    }
}

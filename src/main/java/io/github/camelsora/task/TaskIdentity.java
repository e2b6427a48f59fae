package io.github.camelsora.task;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.toapis.SubmitRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether an answer of the service is about a task of the ledger. A proxy or a cache may answer with the body of
 * another task; believed, it would deliver one customer's video to another. An id that differs proves nothing: services write
 * the id of one task in several forms ({@code tsk_…}, {@code video_…}). What proves it is the wire key; without one, that the
 * ledger knows the id as another's, or that model, prompt or source contradict the request.
 */
final class TaskIdentity {
    /** By how much the service's clock may be behind the ledger's. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final TaskLedger ledger;

    TaskIdentity(TaskLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Why an answer to a question for a task cannot be about it.
     *
     * @param isKeySent whether the service is sent the wire keys of its tasks
     * @return the reason, in words that begin no sentence; empty when nothing speaks against it
     */
    Optional<String> doubt(TaskRecord record, boolean isKeySent, VideoTask answer) {
        String echo = answer.wireKey();
        boolean isSameId = answer.id().equals(record.taskId());
        if (echo != null) {
            if (echo.equals(record.wireKey())) {
                return Optional.empty();
            }
            Optional<TaskRecord> other =
                    ledger.findByWireKey(record.account(), echo).filter(found -> !isSameTask(record, found));
            if (other.isPresent()) {
                return Optional.of("it carries the key of the request of key "
                        + other.get().key());
            }
            if (isKeySent && record.wireKey() != null && !(isSameId && isCut(echo, record.wireKey()))) {
                return Optional.of(
                        "it carries the key " + echo + ", and this request was sent with " + record.wireKey());
            }
        }
        return isSameId ? Optional.empty() : doubtOfId(record, answer).or(() -> doubtOfContent(record, answer));
    }

    /**
     * Why what a look-up by its wire key has found is not the lost submit of a record.
     *
     * @return the reason, in words that begin no sentence; empty when it may be adopted
     */
    Optional<String> doubtOfFound(TaskRecord lost, VideoTask found) {
        String echo = found.wireKey();
        if (echo != null) {
            return echo.equals(lost.wireKey())
                    ? Optional.empty()
                    : Optional.of("it carries the key " + echo + ", and this request was sent with " + lost.wireKey());
        }
        if (found.id().equals(lost.wireKey())) {
            return Optional.of("the service has taken the key for an id");
        }
        boolean isTooOld = found.createdAt() != null
                && found.createdAt().isBefore(lost.times().createdAt().minus(CLOCKS));
        return isTooOld
                ? Optional.of("it was created at " + found.createdAt() + ", before this request was sent")
                : doubtOfId(lost, found).or(() -> doubtOfContent(lost, found));
    }

    /**
     * Why an answer to a submit cannot be about it, although it names a task.
     *
     * @return the reason, in words that begin no sentence; empty when nothing speaks against it
     */
    Optional<String> doubtOfAccepted(TaskRecord intent, boolean isKeySent, VideoTask accepted) {
        String echo = accepted.wireKey();
        if (echo != null && isKeySent && !isCut(echo, intent.wireKey())) {
            return Optional.of("it carries the key " + echo + ", and this request was sent with " + intent.wireKey());
        }
        return doubtOfId(intent, accepted);
    }

    private Optional<String> doubtOfId(TaskRecord record, VideoTask answer) {
        return ledger.findByTaskId(record.account(), answer.id())
                .filter(other -> !isSameTask(record, other))
                .map(other -> "task " + answer.id() + " is that of key " + other.key());
    }

    /** The record itself, or one of the two is of an import of the other's task. */
    private static boolean isSameTask(TaskRecord record, TaskRecord other) {
        if (TaskRef.of(record).equals(TaskRef.of(other))) {
            return true;
        }
        boolean isOneImported = ImportedTasks.isImported(record) || ImportedTasks.isImported(other);
        return isOneImported
                && (record.taskId() == null
                        || other.taskId() == null
                        || record.taskId().equals(other.taskId()));
    }

    /** A service may cut a key that is too long for it, or write it in one case. */
    private static boolean isCut(String echo, String wireKey) {
        return wireKey.toLowerCase(Locale.ROOT).startsWith(echo.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> doubtOfContent(TaskRecord record, VideoTask answer) {
        if (record.request() == null) {
            return Optional.empty();
        }
        SubmitRequest request = SubmitRequest.read(record.request());
        if (contradict(request.text("model").orElse(null), answer.model())) {
            return Optional.of("its model is " + answer.model());
        }
        String prompt = text(answer, "prompt");
        if (contradict(folded(request.text("prompt").orElse(null)), folded(prompt))) {
            return Optional.of("its prompt is another");
        }
        String source = text(answer, "remixed_from_video_id");
        boolean isOtherSource = source != null
                && request.videoId() != null
                && form(source).equals(form(request.videoId()))
                && !source.equals(request.videoId());
        return isOtherSource ? Optional.of("its source is " + source) : Optional.empty();
    }

    private static String text(VideoTask answer, String field) {
        return answer.raw().get(field) instanceof String text && !text.isBlank() ? text : null;
    }

    /** A longer form of the same name (a dated model, a prompt that was cut) is no contradiction. */
    private static boolean contradict(String asked, String answered) {
        if (asked == null || answered == null) {
            return false;
        }
        String one = asked.toLowerCase(Locale.ROOT);
        String other = answered.toLowerCase(Locale.ROOT);
        return !one.startsWith(other) && !other.startsWith(one);
    }

    private static String folded(String text) {
        return text == null ? null : text.strip().replaceAll("\\s+", " ");
    }

    private static String form(String id) {
        return Objects.requireNonNullElse(id, "").replaceFirst("_.*", "_");
    }
}

package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.WireKey.Echo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an answer of the service is about a task of the ledger. A proxy or a cache may answer with the body of
 * another task, and one customer's video must not be delivered to another. An id that differs proves nothing: services write
 * the id of one task in several forms ({@code tsk_…}, {@code video_…}). What proves it is the wire key; without one, that the
 * ledger knows the id as another's, or that model, prompt or source contradict the request.
 */
public final class TaskIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TaskIdentity.class);

    /** By how much the service's clock may be behind the ledger's. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final TaskLedger ledger;
    private final TaskEntries entries;

    /**
     * Creates it.
     *
     * @param entries know the accounts whose tasks may be mixed up with those of another
     */
    public TaskIdentity(TaskLedger ledger, TaskEntries entries) {
        this.ledger = ledger;
        this.entries = entries;
    }

    /**
     * Why an answer to a query for a task cannot be about it.
     *
     * @param isKeySent whether the service is sent the wire keys of its tasks
     * @return the reason, in words that begin no sentence; empty when nothing speaks against it
     */
    public Optional<String> mismatch(TaskRecord record, boolean isKeySent, VideoTask answer) {
        boolean isSameId = answer.id().equals(record.taskId());
        Optional<String> idMismatch = isSameId ? Optional.empty() : mismatchOfId(record, answer);
        Echo echo = echo(record, answer);
        if (echo == Echo.SAME || idMismatch.isPresent()) {
            return idMismatch;
        }
        // A task that is awaited by another form of its id is one of ours, and not mixed up with it.
        boolean isOwnByAnotherId = isSameId && ImportedTasks.isImported(record);
        if (answer.wireKey() != null && !isOwnByAnotherId) {
            Optional<TaskRecord> other = ledger.findByWireKey(record.account(), answer.wireKey())
                    .filter(found -> !isSameTask(record, found));
            if (other.isPresent()) {
                return Optional.of("it carries the key of the request of key "
                        + other.get().key());
            }
        }
        // A gateway may have a number of its own for each task; with the queried id it contradicts nothing.
        boolean isOthers = echo == Echo.OTHER_INTENT || echo == Echo.FOREIGN && !isSameId;
        if (isKeySent && isOthers) {
            return Optional.of(carries(record, answer));
        }
        return isSameId ? Optional.empty() : mismatchOfAge(record, answer).or(() -> mismatchOfContent(record, answer));
    }

    /**
     * Why what a look-up by its wire key has found is not the lost submit of a record. Whether it is the task of another key of the
     * account is for the ledger to decide, in the commit that gives the submit its task.
     *
     * @return the reason, in words that begin no sentence; empty when it may be the task of the record
     */
    public Optional<String> mismatchOfFound(TaskRecord lost, VideoTask found) {
        Echo echo = echo(lost, found);
        if (echo == Echo.OTHER_INTENT || echo == Echo.FOREIGN) {
            return Optional.of(carries(lost, found));
        }
        if (found.id().equals(lost.wireKey())) {
            return Optional.of("the service has used the key as an id");
        }
        Optional<String> idMismatch = mismatchOfId(lost, found.id(), findElsewhere(lost, found.id()));
        return echo == Echo.SAME || idMismatch.isPresent()
                ? idMismatch
                : mismatchOfAge(lost, found).or(() -> mismatchOfContent(lost, found));
    }

    /**
     * Why an answer to a submit cannot be about it, although it names a task. Whether that is the task of another key of the
     * account is for the ledger to decide, in the commit that records it.
     *
     * @return the reason, in words that begin no sentence; empty when nothing speaks against it
     */
    public Optional<String> mismatchOfAccepted(TaskRecord intent, boolean isKeySent, VideoTask accepted) {
        return isKeySent && echo(intent, accepted) == Echo.OTHER_INTENT
                ? Optional.of(carries(intent, accepted))
                : mismatchOfId(intent, accepted.id(), findElsewhere(intent, accepted.id()));
    }

    /** Logs that an answer is about another task. */
    public static void warnOfMismatch(TaskRecord record, VideoTask answer, String reason) {
        LOG.warn(
                "The service has answered a query for task {} (key {}) with another task ({}): {}. The answer is ignored, and"
                        + " the query repeated",
                record.taskId(),
                record.key(),
                answer.id(),
                reason);
    }

    /** What the answer's key says of the record's; null when one of them has none. */
    private static Echo echo(TaskRecord record, VideoTask answer) {
        return answer.wireKey() == null || record.wireKey() == null
                ? null
                : Echo.of(answer.wireKey(), record.wireKey());
    }

    private static String carries(TaskRecord record, VideoTask answer) {
        return "it carries the key " + answer.wireKey() + ", and this request was sent with " + record.wireKey();
    }

    private Optional<String> mismatchOfAge(TaskRecord record, VideoTask answer) {
        boolean isTooOld = answer.createdAt() != null
                && record.wireKey() != null
                && answer.createdAt().isBefore(record.times().createdAt().minus(CLOCKS));
        return isTooOld
                ? Optional.of("it was created at " + answer.createdAt() + ", before this request was sent")
                : Optional.empty();
    }

    private Optional<String> mismatchOfId(TaskRecord record, VideoTask answer) {
        String id = answer.id();
        return mismatchOfId(
                record, id, ledger.findByTaskId(record.account(), id).or(() -> findElsewhere(record, id)));
    }

    private Optional<String> mismatchOfId(TaskRecord record, String id, Optional<TaskRecord> known) {
        if (record.request() != null && id.equals(text(SubmitRequest.stored(record), SubmitRequest.VIDEO_ID_FIELD))) {
            return Optional.of("it is the source of this request");
        }
        if (known.isPresent()) {
            return known.filter(other -> !isSameTask(record, other))
                    .map(other -> "task " + id + " is that of key " + other.key());
        }
        return ledger.isForgottenTask(record.account(), id)
                ? Optional.of(
                        "task " + id + " is that of an earlier request, which an operator has had forgotten or retried")
                : Optional.empty();
    }

    private Optional<TaskRecord> findElsewhere(TaskRecord record, String taskId) {
        return entries.everyAccount().stream()
                .filter(account -> !account.equals(record.account()))
                .flatMap(account -> ledger.findByTaskId(account, taskId).stream())
                .findFirst();
    }

    /** The record itself, or one of the two is of an import of the other's task. */
    private static boolean isSameTask(TaskRecord record, TaskRecord other) {
        if (TaskKey.of(record).equals(TaskKey.of(other))) {
            return true;
        }
        boolean isOneImported = ImportedTasks.isImported(record) || ImportedTasks.isImported(other);
        return isOneImported
                && (record.taskId() == null
                        || other.taskId() == null
                        || record.taskId().equals(other.taskId()));
    }

    private static Optional<String> mismatchOfContent(TaskRecord record, VideoTask answer) {
        if (record.request() == null) {
            return Optional.empty();
        }
        Map<String, Object> request = SubmitRequest.stored(record);
        if (contradict(text(request, "model"), answer.model())) {
            return Optional.of("its model is " + answer.model());
        }
        if (contradict(folded(text(request, "prompt")), folded(text(answer.raw(), "prompt")))) {
            return Optional.of("its prompt is another");
        }
        String source = text(answer.raw(), "remixed_from_video_id");
        String videoId = text(request, SubmitRequest.VIDEO_ID_FIELD);
        boolean isOtherSource =
                source != null && videoId != null && form(source).equals(form(videoId)) && !source.equals(videoId);
        return isOtherSource ? Optional.of("its source is " + source) : Optional.empty();
    }

    private static String text(Map<String, Object> fields, String field) {
        return fields.get(field) instanceof String text && !text.isBlank() ? text : null;
    }

    /** A longer form of the same name (a dated model, a prompt that was cut) is no contradiction. */
    private static boolean contradict(String requested, String answered) {
        if (requested == null || answered == null) {
            return false;
        }
        String one = requested.toLowerCase(Locale.ROOT);
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

package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.StorePrompt;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.LimitedBooking;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.trace.TaskScope;
import java.time.Instant;
import java.util.Optional;

/**
 * A submit, as a route requests it.
 *
 * @param key what it is paid under
 * @param request what to make
 * @param service the service to send it to, and the account that pays
 * @param labels what the route attaches to the task
 * @param spending what it costs, and the limits that it is held to
 * @param isNewKey whether the key was made for this call, so that nothing was ever sent under it
 * @param traceId the id of its trace, to be sent with it; null for none
 * @param storePrompt what the ledger stores of its prompt
 */
public record SubmitCommand(
        TaskKey key,
        SubmitRequest request,
        ServiceProfile service,
        TaskLabels labels,
        Spending spending,
        boolean isNewKey,
        String traceId,
        StorePrompt storePrompt) {

    /** A submit without the id of a trace, whose prompt is stored. */
    public SubmitCommand(
            TaskKey key,
            SubmitRequest request,
            ServiceProfile service,
            TaskLabels labels,
            Spending spending,
            boolean isNewKey) {
        this(key, request, service, labels, spending, isNewKey, null, StorePrompt.full);
    }

    /** The request as the ledger stores it. */
    String storedRequest() {
        return request.toJson(storePrompt, key.key());
    }

    /** Tells whether another submit under the same key sends the same request to the same service. */
    boolean isSameRequestAs(SubmitCommand other) {
        return service.baseUrl().equals(other.service.baseUrl()) && request.isSameAs(other.request);
    }

    /** Why a record of the key does not allow this request. A key under which nothing was paid allows any. */
    Optional<SoraException> conflictWith(TaskRecord record) {
        if (record.state() == TaskState.REJECTED) {
            return Optional.empty();
        }
        if (!request.isThatOf(record)) {
            return Optional.of(SubmitExceptions.keyConflict(record));
        }
        return service.mustBeQueriedElsewhere(record)
                ? Optional.of(SubmitExceptions.elsewhere(record, service))
                : Optional.empty();
    }

    /** Why the submit fails: by the record of its key, or by another request that is in flight under it. */
    SoraException conflict(Optional<TaskRecord> known) {
        return known.flatMap(this::conflictWith).orElseGet(() -> SubmitExceptions.keyConflict(key));
    }

    /** Names its task in the log lines of this thread. */
    TaskScope scope() {
        return TaskScope.of(key.key(), null, labels.origin().correlationId());
    }

    /** What it holds in the book of its account when its intent is written now. */
    LimitedBooking booking(Instant now) {
        return new LimitedBooking(
                key.account(),
                labels.origin().tenant(),
                key.key(),
                request.text("model").orElse(null),
                now,
                spending);
    }
}

package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What may happen to a task that stands in the ledger. Events are data only; {@link TransitionTable} says in which states an
 * event counts, {@link TaskStateMachine} what it makes of a record, and {@link LedgerWriter} writes that.
 */
public sealed interface TaskEvent {

    // Submit

    /**
     * A submit has its turn and is about to be sent; from submit.IntentLog.
     *
     * @param intent the record to write, owned by this node
     * @param booking holds its price; null when nothing is held
     */
    record SubmitStarted(TaskRecord intent, Booking booking) implements TaskEvent {}

    /**
     * The service has answered a submit with a task id; from submit.OutcomeRecorder, which repeats it until it is written.
     *
     * @param wireKey the key that the request carried: a key that is paid under once more has another one
     * @param taskId the service's id
     * @param trackUntil until when the task is polled
     * @param charged what the service says that it charged, in credits; null when it says nothing
     */
    record SubmitAccepted(String wireKey, String taskId, Instant trackUntil, BigDecimal charged) implements TaskEvent {}

    /**
     * A submit was rejected by the service, or was not sent: nothing was paid; from submit.IntentLog, also late, when the key may
     * have another intent by then.
     *
     * @param wireKey the key that the request carried, or would have carried
     * @param reason why nothing was paid, in a word: neither the prompt nor what the service says of it
     */
    record IntentWithdrawn(String wireKey, String reason) implements TaskEvent {}

    /**
     * A submit was sent and its answer was lost; from recovery.LostSubmitRecovery.
     *
     * @param wireKey the key that the request carried
     * @param trackUntil until when the task is searched for
     */
    record AnswerLost(String wireKey, Instant trackUntil) implements TaskEvent {}

    /**
     * A lost submit was found at the service; from track.ImportedTasks on behalf of the recovery, a webhook, or an awaited id.
     *
     * @param wireKey the key that the request carried
     * @param taskId the service's id
     * @param trackUntil until when the task is polled
     */
    record LostSubmitFound(String wireKey, String taskId, Instant trackUntil) implements TaskEvent {}

    /**
     * The service says that the task which an operator has adopted for a submit is that of another one, so that the submit is lost
     * again, or its own late answer names another task; from track.AdoptionRevocation.
     *
     * @param taskId the task
     */
    record AdoptionRevoked(String taskId) implements TaskEvent {}

    // Tracking and completion

    /**
     * A poll, a webhook, a status call, or the result under another key has shown that a task has ended; from
     * track.CompletionHandler and track.ImportedTasks.
     *
     * @param taskId the task; an operator may have had its key paid for again on another node
     * @param result the task as it ended
     * @param claim whether an exchange of this node holds a claim on the task
     */
    record TaskCompleted(String taskId, VideoTask result, ClaimHere claim) implements TaskEvent {}

    /** Whether an exchange of this node holds a claim on a task. */
    enum ClaimHere {
        /** None: the result is delivered by a {@code sora:tasks} route. */
        NONE,
        /** One does, and the lease has lasted since its claim began: no other node can have taken the task over. */
        CERTAIN,
        /** One does, and the lease has run out since its claim began: an owner that stands in the record stays. */
        UNCERTAIN
    }

    /**
     * The address of a video was found after its task had ended for lack of one; from track.CompletionHandler.
     *
     * @param result the task with the address
     */
    record AddressFound(VideoTask result) implements TaskEvent {}

    /**
     * An exchange of this node begins to wait for a task; from submit.EarlierSubmits, track.AcceptanceHandler and
     * track.CompletionHandler.
     */
    record WaiterRegistered() implements TaskEvent {}

    /**
     * {@code trackingTimeout} is over, and a task has not ended, or a lost submit was not found; from track.CompletionHandler
     * and recovery.LostSubmitRecovery.
     */
    record TrackingTimedOut() implements TaskEvent {}

    /**
     * A task that was set aside is tracked again, or its result delivered again: an operator has released it, an exchange waits
     * for it, or its lost submit was found; from operator.OperatorService, track.AcceptanceHandler and track.ImportedTasks.
     *
     * @param trackUntil until when a task that has not ended is tracked
     */
    record TaskResumed(Instant trackUntil) implements TaskEvent {}

    /**
     * This node makes sure that it still owns a record after its lease had run out; from submit.IntentLog and
     * track.LeaseLossHandler.
     *
     * @param wireKey the key that its request carried, or is to carry; null for none, or when it is not known
     */
    record OwnershipConfirmed(String wireKey) implements TaskEvent {}

    /**
     * A record has no live owner, or one that does not know of it, and this node takes it over; from cluster.FailoverService.
     *
     * @param trackUntil until when a lost submit is searched for, unless its record says so
     * @param recovery how long it is searched for before a route is notified of the loss
     */
    record TakenOver(Instant trackUntil, Duration recovery) implements TaskEvent {}

    // Delivery

    /** A {@code sora:tasks} route acquires a due record, in the version that it has read; from deliver.DeliveryDispatcher. */
    record DeliveryStarted() implements TaskEvent {}

    /**
     * An exchange has completed with the result of a task; from track.TaskClaim and track.ImportedTasks.
     *
     * @param taskId the task whose result it had; null when it had none
     * @param isWithoutAddress whether that result lacked an address; another result, which has one, is then still to be delivered
     */
    record Delivered(String taskId, boolean isWithoutAddress) implements TaskEvent {}

    /** A route was notified that a submit is lost, or has failed on that too often; from track.TaskClaim and deliver.Delivery. */
    record LossReported() implements TaskEvent {}

    /**
     * The last exchange of this node has released its claim without having completed with a result, also because claimTimeout
     * is over; from track.ClaimReleases and track.CompletionHandler.
     *
     * @param recovery how long a lost submit is searched for before a route is notified of the loss
     */
    record ClaimReleased(Duration recovery) implements TaskEvent {}

    /**
     * A delivery has failed, or claimTimeout is over, and it is to be repeated; from deliver.Delivery.
     *
     * @param taskId the task that was delivered; null for the report of a lost submit
     * @param deliveries how many deliveries have failed
     * @param when when the next one is due
     */
    record DeliveryFailed(String taskId, int deliveries, Instant when) implements TaskEvent {}

    /**
     * The delivery of a result has failed {@code maximumRedeliveries} times and once more; from deliver.Delivery.
     *
     * @param taskId the task that was delivered
     */
    record DeliveryExhausted(String taskId) implements TaskEvent {}

    /** An operator sets a task aside, say because its delivery fails again and again; from operator.OperatorService. */
    record OperatorSetAside() implements TaskEvent {}

    // From outside: imports, operators, and a ledger that has lost records

    /**
     * An exchange awaits a task id that is not in the ledger; from recovery.TaskImporter.
     *
     * @param imported the record to write, owned by this node
     */
    record TaskImported(TaskRecord imported) implements TaskEvent {}

    /** An imported task is one that stands under its own key, so the import is removed; from track.ImportedTasks. */
    record ImportMerged() implements TaskEvent {}

    /** An operator has a key paid for again whose task has failed or was never accepted; from operator.OperatorService. */
    record OperatorRetried() implements TaskEvent {}

    /**
     * The submit of a retry could not begin, so the record becomes what it was; from operator.OperatorService.
     *
     * @param before the record before the retry
     */
    record RetryUndone(TaskRecord before) implements TaskEvent {}

    /** An operator has a record removed, so that its key is as if it had never been used; from operator.OperatorService. */
    record Forgotten() implements TaskEvent {}

    /**
     * An operator has the prompt and the carried headers of a record removed, whose key stays; from operator.OperatorService.
     */
    record PromptErased() implements TaskEvent {}

    /**
     * The ledger lacks a record that this JVM follows, or holds an older one; from {@link RestoringLedger}.
     *
     * @param known the record as this JVM knows it
     */
    record RecordRestored(TaskRecord known) implements TaskEvent {}
}

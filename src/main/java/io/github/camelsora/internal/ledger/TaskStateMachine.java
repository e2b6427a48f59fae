package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskEvent.ClaimHere;
import io.github.camelsora.internal.ledger.TaskStep.Supersede;
import io.github.camelsora.internal.ledger.TaskStep.Write;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.toapis.StoredResult;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import java.time.Instant;
import java.util.Objects;

/**
 * What an event makes of a record: a function of the record, the event, this node and the time. {@link TransitionTable} decides
 * by the record's state whether the event counts, the cases below by its owner and its identity, and what is written.
 */
public final class TaskStateMachine {
    private final TaskRecord record;
    private final String me;
    private final Instant now;

    private TaskStateMachine(TaskRecord record, String me, Instant now) {
        this.record = record;
        this.me = me;
        this.now = now;
    }

    /**
     * What an event leads to.
     *
     * @param standing the record as it stands; null when there is none
     * @param event what has happened
     * @param me the name of this node
     * @param now the time of the ledger
     */
    public static TaskStep next(TaskRecord standing, TaskEvent event, String me, Instant now) {
        TransitionTable.Row row = TransitionTable.of(event);
        TaskState from = standing == null ? null : standing.state();
        if (!row.isFrom(from)) {
            return standing == null ? TaskStep.NOT_FOUND : TaskStep.KEEP;
        }
        TaskStep step = row.rule().apply(new TaskStateMachine(standing, me, now), event);
        checkListed(row, from, step);
        return step;
    }

    private static void checkListed(TransitionTable.Row row, TaskState from, TaskStep step) {
        TaskRecord next;
        if (step instanceof Write write) {
            next = write.next();
        } else if (step instanceof Supersede supersede) {
            next = supersede.successor();
        } else {
            return;
        }
        TaskState to = next == null ? null : next.state();
        if (!row.isAllowed(from, to)) {
            throw new IllegalStateException(row.event().getSimpleName() + " must not lead from " + from + " to " + to);
        }
    }

    // Submit

    TaskStep submitStarted(TaskEvent.SubmitStarted event) {
        // A rejected record is replaced and not removed: its version goes up, so that a node which has read the old
        // record cannot take it for this one.
        TaskRecord intent = record == null ? event.intent() : event.intent().withVersion(record.version());
        return new Write(intent, event.booking());
    }

    TaskStep submitAccepted(TaskEvent.SubmitAccepted event) {
        return isIntent(event.wireKey()) && record.result() == null
                ? new Write(record.accepted(event.taskId(), now, event.trackUntil())
                        .withPrice(record.price().charging(event.charged())))
                : TaskStep.KEEP;
    }

    TaskStep intentWithdrawn(TaskEvent.IntentWithdrawn event) {
        // Another node's intent may have been sent; another intent of this node is not that submit.
        return isMine() && isIntent(event.wireKey())
                ? new Write(record.withState(TaskState.REJECTED).ownedBy(null), Bookings.released(record))
                : TaskStep.KEEP;
    }

    TaskStep answerLost(TaskEvent.AnswerLost event) {
        return isIntent(event.wireKey()) && record.result() == null
                ? new Write(record.withState(TaskState.UNKNOWN).ownedBy(me).trackedUntil(event.trackUntil()))
                : TaskStep.KEEP;
    }

    TaskStep lostSubmitFound(TaskEvent.LostSubmitFound event) {
        return isIntent(event.wireKey())
                ? new Write(record.accepted(event.taskId(), now, event.trackUntil()))
                : TaskStep.KEEP;
    }

    TaskStep adoptionRevoked(TaskEvent.AdoptionRevoked event) {
        if (!event.taskId().equals(record.taskId()) || record.result() != null) {
            return TaskStep.KEEP;
        }
        TaskState lost = record.state() == TaskState.SET_ASIDE ? TaskState.SET_ASIDE : TaskState.UNKNOWN;
        // Without an owner, so that a node takes it over and searches for it.
        return new Supersede(record.accepted(null, null, record.due().trackUntil())
                .withState(lost)
                .ownedBy(null));
    }

    /** A key that is paid under once more has a new intent, with a wire key of its own. */
    private boolean isIntent(String wireKey) {
        return Objects.equals(wireKey, record.wireKey());
    }

    // Tracking and completion

    TaskStep taskCompleted(TaskEvent.TaskCompleted event) {
        if (!event.taskId().equals(record.taskId())) {
            return TaskStep.NOT_FOUND;
        }
        // A record that was set aside with its result has ended for good.
        if (record.result() != null) {
            return TaskStep.KEEP;
        }
        TaskRecord ended = record.ended(result(event.result()), now)
                .expiringAt(expiry(event.result()))
                .withPrice(record.price().charging(event.result().chargedCredits()));
        Booking booking = isCostless(ended) ? Bookings.released(record) : null;
        if (event.claim() == ClaimHere.NONE) {
            // Another owner has exchanges that may wait for it: it completes them, or releases the result.
            return new Write(isOthers() ? ended : ended.ownedBy(null).dueAt(now), booking);
        }
        // After a break of the lease another owner has taken the task over, and delivers it.
        boolean isTakenOver = event.claim() == ClaimHere.UNCERTAIN && isOthers();
        return new Write(isTakenOver ? ended : ended.ownedBy(me), booking);
    }

    /**
     * Tells whether the book has released the price of a task when it ended. A video that has expired, or lacks only its address,
     * was made and is paid for.
     */
    static boolean isCostless(TaskRecord record) {
        return record.price().isReleasedOnFailure()
                && record.result() != null
                && TaskJson.read(record.result()).status() == TaskStatus.FAILED
                && !record.isResultMissing();
    }

    TaskStep addressFound(TaskEvent.AddressFound event) {
        TaskRecord found = record.addressFound(result(event.result()), now)
                .expiringAt(expiry(event.result()))
                .withPrice(record.price().charging(event.result().chargedCredits()));
        return record.isAddressFoundIn(found) ? new Write(found) : TaskStep.KEEP;
    }

    /** A record without its prompt must not have it by what the service says of the task. */
    private String result(VideoTask result) {
        VideoTask named = result.namedBy(record);
        return TaskJson.write(SubmitRequest.isPromptMissing(record) ? StoredResult.withoutPrompt(named) : named);
    }

    /** An expiry that makes no sense comes from outside, and must not be one that no ledger can hold. */
    private Instant expiry(VideoTask result) {
        Instant expiresAt = result.expiresAt();
        boolean isSound = expiresAt != null
                && expiresAt.isAfter(now.minus(TaskReader.RESULT_LIFE.multipliedBy(30)))
                && expiresAt.isBefore(now.plus(TaskReader.RESULT_LIFE.multipliedBy(30)));
        return isSound ? expiresAt : now.plus(TaskReader.RESULT_LIFE);
    }

    TaskStep waiterRegistered(TaskEvent.WaiterRegistered event) {
        // A result that has an owner is being delivered by it.
        boolean isToBeOwned = record.state() == TaskState.ENDED
                ? record.owner() == null
                : !isMine() || record.due().nextDelivery() != null;
        return isToBeOwned ? new Write(record.ownedBy(me).dueAt(null)) : TaskStep.KEEP;
    }

    TaskStep trackingTimedOut(TaskEvent.TrackingTimedOut event) {
        return setAside();
    }

    private TaskStep setAside() {
        return new Write(record.withState(TaskState.SET_ASIDE).ownedBy(null).dueAt(null));
    }

    TaskStep taskResumed(TaskEvent.TaskResumed event) {
        TaskRecord again = record.withDeliveries(0);
        if (record.result() != null) {
            return new Write(again.withState(TaskState.ENDED).dueAt(now));
        }
        TaskState open = record.taskId() == null ? TaskState.UNKNOWN : TaskState.RUNNING;
        return new Write(again.withState(open).trackedUntil(event.trackUntil()));
    }

    TaskStep ownershipConfirmed(TaskEvent.OwnershipConfirmed event) {
        // Written as it is: a node that has read it to take it over then comes too late.
        boolean isThatIntent = event.wireKey() == null || isIntent(event.wireKey());
        return isMine() && isThatIntent ? new Write(record) : TaskStep.KEEP;
    }

    TaskStep takenOver(TaskEvent.TakenOver event) {
        return switch (record.state()) {
            case RUNNING -> new Write(record.ownedBy(me));
            case ENDED -> new Write(record.ownedBy(null).dueAt(now));
            default -> new Write(lostByItsOwner(event));
        };
    }

    private TaskRecord lostByItsOwner(TaskEvent.TakenOver event) {
        TaskRecord lost = record.withState(TaskState.UNKNOWN).ownedBy(me);
        TaskRecord tracked = lost.due().trackUntil() == null ? lost.trackedUntil(event.trackUntil()) : lost;
        // It may be found before a route has to be notified of the loss.
        return tracked.dueAt(isLossReported() ? null : now.plus(event.recovery()));
    }

    // Delivery

    TaskStep deliveryStarted(TaskEvent.DeliveryStarted event) {
        return new Write(record.ownedBy(me).dueAt(null));
    }

    TaskStep delivered(TaskEvent.Delivered event) {
        boolean isAnotherResult = event.isWithoutAddress() && !record.isResultMissing();
        boolean isItsResult = event.taskId() != null && isOf(event.taskId()) && !isAnotherResult;
        // Also of a record that was set aside during its delivery; but not of one whose task has not ended.
        return isItsResult && record.result() != null ? new Write(record.delivered(now)) : TaskStep.KEEP;
    }

    TaskStep lossReported(TaskEvent.LossReported event) {
        // A record that was set aside may have its task, or may be about to be released.
        return isLossReported() || record.taskId() != null ? TaskStep.KEEP : new Write(record.lossReported(now));
    }

    TaskStep claimReleased(TaskEvent.ClaimReleased event) {
        if (!isMine() || record.due().nextDelivery() != null) {
            return TaskStep.KEEP;
        }
        if (record.state() == TaskState.ENDED) {
            return new Write(record.ownedBy(null).dueAt(now));
        }
        return isLossReported() ? TaskStep.KEEP : new Write(record.dueAt(now.plus(event.recovery())));
    }

    TaskStep deliveryFailed(TaskEvent.DeliveryFailed event) {
        if (!isMine() || !isOf(event.taskId())) {
            return TaskStep.KEEP;
        }
        TaskRecord later = record.withDeliveries(event.deliveries()).dueAt(event.when());
        if (record.state() == TaskState.ENDED) {
            // The report that the submit is lost has failed, and not a delivery of the result that was found meanwhile.
            boolean isOfReport = event.taskId() == null;
            return new Write((isOfReport ? record.dueAt(now) : later).ownedBy(null));
        }
        return isLossReported() ? TaskStep.KEEP : new Write(later);
    }

    TaskStep deliveryExhausted(TaskEvent.DeliveryExhausted event) {
        return isMine() && isOf(event.taskId()) ? setAside() : TaskStep.KEEP;
    }

    TaskStep operatorSetAside(TaskEvent.OperatorSetAside event) {
        return setAside();
    }

    private boolean isLossReported() {
        return record.times().lossReportedAt() != null;
    }

    // From outside

    TaskStep taskImported(TaskEvent.TaskImported event) {
        return new Write(event.imported());
    }

    TaskStep importMerged(TaskEvent.ImportMerged event) {
        return isOthers() ? TaskStep.KEEP : new Supersede(null);
    }

    TaskStep operatorRetried(TaskEvent.OperatorRetried event) {
        return RetryRules.mayBePaidAgain(record) ? new Supersede(RetryRules.unpaid(record, now)) : TaskStep.KEEP;
    }

    TaskStep retryUndone(TaskEvent.RetryUndone event) {
        return new Supersede(event.before());
    }

    TaskStep forgotten(TaskEvent.Forgotten event) {
        return new Supersede(null);
    }

    TaskStep promptErased(TaskEvent.PromptErased event) {
        return new Supersede(Erasure.of(record), true);
    }

    TaskStep recordRestored(TaskEvent.RecordRestored event) {
        TaskRecord known = event.known();
        if (record == null) {
            return new Write(known);
        }
        if (isIntent(known.wireKey())) {
            return record.version() < known.version() ? new Write(known.withVersion(record.version())) : TaskStep.KEEP;
        }
        // Of another request. Only an operator makes room for another one after a request that was sent.
        boolean isNewer = known.state() != TaskState.INTENT
                || known.times().createdAt().isAfter(record.times().createdAt());
        return isNewer ? new Supersede(known) : TaskStep.KEEP;
    }

    private boolean isMine() {
        return me.equals(record.owner());
    }

    private boolean isOthers() {
        return record.owner() != null && !isMine();
    }

    /** An operator may have retried the key on another node since: then its record is that of another task. */
    private boolean isOf(String taskId) {
        return taskId == null || taskId.equals(record.taskId());
    }
}

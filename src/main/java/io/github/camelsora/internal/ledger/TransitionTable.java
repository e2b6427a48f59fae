package io.github.camelsora.internal.ledger;

import static io.github.camelsora.api.TaskState.DELIVERED;
import static io.github.camelsora.api.TaskState.ENDED;
import static io.github.camelsora.api.TaskState.INTENT;
import static io.github.camelsora.api.TaskState.REJECTED;
import static io.github.camelsora.api.TaskState.RUNNING;
import static io.github.camelsora.api.TaskState.SET_ASIDE;
import static io.github.camelsora.api.TaskState.UNKNOWN;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which states of a record an event counts, and to which state it leads. {@link TaskStateMachine} goes by it, what ledgers
 * allow is derived from it, and CONTRIBUTING shows it.
 */
public final class TransitionTable {
    /** No record. */
    private static final TaskState ABSENT = null;

    /** By which operation of a ledger an event is written. */
    public enum Operation {
        /** By {@link TaskLedger#add} and {@link TaskLedger#replace}, which allow nothing but these transitions. */
        REPLACE,
        /** By {@link TaskLedger#replace}, which recognises a result whose address was found. */
        REPLACE_RESULT,
        /** By {@link TaskLedger#forget}, which leaves a note that the record was removed, unless it stays the same task. */
        FORGET,
        /**
         * By any of these, to whatever the record was before the ledger lost it. Listed are the replacements that no other event
         * makes.
         */
        RESTORE
    }

    /**
     * A step from one state to another, or to the same.
     *
     * @param from the state; null for no record
     * @param to the state; null for no record
     */
    public record Transition(TaskState from, TaskState to) {}

    /**
     * All that an event leads to.
     *
     * @param event the event
     * @param rule what it makes of a record
     * @param operation how it is written
     * @param transitions its transitions
     * @param condition what must hold besides the state, and what else is written
     */
    public record Row(
            Class<? extends TaskEvent> event,
            BiFunction<TaskStateMachine, TaskEvent, TaskStep> rule,
            Operation operation,
            List<Transition> transitions,
            String condition) {

        boolean isFrom(TaskState state) {
            return operation == Operation.RESTORE
                    || transitions.stream().anyMatch(transition -> transition.from() == state);
        }

        boolean isAllowed(TaskState from, TaskState to) {
            return operation == Operation.RESTORE || transitions.contains(new Transition(from, to));
        }
    }

    private static final List<Row> ROWS = List.of(
            row(
                    TaskEvent.SubmitStarted.class,
                    TaskStateMachine::submitStarted,
                    "the book holds its price, within the limits of its account",
                    to(INTENT, ABSENT, REJECTED)),
            row(
                    TaskEvent.SubmitAccepted.class,
                    TaskStateMachine::submitAccepted,
                    "the record is of the same intent and has no result",
                    to(RUNNING, INTENT, UNKNOWN, SET_ASIDE)),
            row(
                    TaskEvent.IntentWithdrawn.class,
                    TaskStateMachine::intentWithdrawn,
                    "this node owns the record, which is of the same intent; it has no owner afterwards, and the book releases"
                            + " its price",
                    to(REJECTED, INTENT)),
            row(
                    TaskEvent.AnswerLost.class,
                    TaskStateMachine::answerLost,
                    "the record is of the same intent and has no result; this node owns it afterwards",
                    to(UNKNOWN, INTENT, SET_ASIDE)),
            row(
                    TaskEvent.LostSubmitFound.class,
                    TaskStateMachine::lostSubmitFound,
                    "the record is of the same intent",
                    to(RUNNING, UNKNOWN)),
            row(
                    TaskEvent.AdoptionRevoked.class,
                    TaskStateMachine::adoptionRevoked,
                    Operation.FORGET,
                    "the record is as it was read, of the same task and without a result; without a task and an owner afterwards",
                    to(UNKNOWN, RUNNING),
                    stay(SET_ASIDE)),
            row(
                    TaskEvent.TaskCompleted.class,
                    TaskStateMachine::taskCompleted,
                    "the record is of the same task and has no result. Claimed here: this node owns it afterwards, unless this"
                            + " node's lease has ended since the claim and another node owns it. Not claimed: due now, without an"
                            + " owner, unless another node owns it. The book releases the price of a failed task with releaseFailed",
                    to(ENDED, RUNNING, SET_ASIDE)),
            row(
                    TaskEvent.AddressFound.class,
                    TaskStateMachine::addressFound,
                    Operation.REPLACE_RESULT,
                    "the result lacks an address, and the new one does not; due now, without an owner",
                    to(ENDED, ENDED, DELIVERED, SET_ASIDE)),
            row(
                    TaskEvent.WaiterRegistered.class,
                    TaskStateMachine::waiterRegistered,
                    "ENDED: only without an owner; this node owns it afterwards, and it is not due",
                    stay(UNKNOWN, RUNNING, ENDED)),
            row(
                    TaskEvent.TrackingTimedOut.class,
                    TaskStateMachine::trackingTimedOut,
                    "without an owner afterwards, not due",
                    to(SET_ASIDE, UNKNOWN, RUNNING)),
            row(
                    TaskEvent.TaskResumed.class,
                    TaskStateMachine::taskResumed,
                    "ENDED with a result, due now; UNKNOWN without a task id; else RUNNING",
                    to(ENDED, SET_ASIDE),
                    to(UNKNOWN, SET_ASIDE),
                    to(RUNNING, SET_ASIDE)),
            row(
                    TaskEvent.OwnershipConfirmed.class,
                    TaskStateMachine::ownershipConfirmed,
                    "this node owns the record, which is of the same intent; only its version changes, so that a take-over that has"
                            + " begun fails",
                    stay(INTENT, UNKNOWN, RUNNING, ENDED)),
            row(
                    TaskEvent.TakenOver.class,
                    TaskStateMachine::takenOver,
                    "the record is as it was read. Open: this node owns it afterwards; a lost submit is due after"
                            + " recoveryTimeout. ENDED: due now, without an owner",
                    to(UNKNOWN, INTENT),
                    stay(UNKNOWN, RUNNING, ENDED)),
            row(
                    TaskEvent.DeliveryStarted.class,
                    TaskStateMachine::deliveryStarted,
                    "the record is as it was read; this node owns it afterwards, and it is not due",
                    stay(UNKNOWN, ENDED)),
            row(
                    TaskEvent.Delivered.class,
                    TaskStateMachine::delivered,
                    "the record is of the same task, and its result the one that was delivered; without an owner afterwards",
                    to(DELIVERED, ENDED, SET_ASIDE)),
            row(
                    TaskEvent.LossReported.class,
                    TaskStateMachine::lossReported,
                    "the loss was not reported yet, and the record has no task; not due afterwards",
                    stay(UNKNOWN, SET_ASIDE)),
            row(
                    TaskEvent.ClaimReleased.class,
                    TaskStateMachine::claimReleased,
                    "this node owns the record, and it is not due. UNKNOWN: due after recoveryTimeout, unless reported."
                            + " ENDED: due now, without an owner",
                    stay(UNKNOWN, ENDED)),
            row(
                    TaskEvent.DeliveryFailed.class,
                    TaskStateMachine::deliveryFailed,
                    "this node owns the record, which is of the same task; due after redeliveryDelay, doubled with each"
                            + " failure. ENDED: without an owner; due now and not counted if it was the report of a loss that"
                            + " has failed. UNKNOWN: unless reported",
                    stay(UNKNOWN, ENDED)),
            row(
                    TaskEvent.DeliveryExhausted.class,
                    TaskStateMachine::deliveryExhausted,
                    "this node owns the record, which is of the same task; without an owner afterwards, not due",
                    to(SET_ASIDE, ENDED)),
            row(
                    TaskEvent.OperatorSetAside.class,
                    TaskStateMachine::operatorSetAside,
                    "the record is as it was read; without an owner afterwards, not due",
                    to(SET_ASIDE, UNKNOWN, RUNNING, ENDED)),
            row(TaskEvent.TaskImported.class, TaskStateMachine::taskImported, "", to(RUNNING, ABSENT)),
            row(
                    TaskEvent.ImportMerged.class,
                    TaskStateMachine::importMerged,
                    Operation.FORGET,
                    "the record is as it was read, and no other node owns it",
                    to(ABSENT, RUNNING, ENDED, SET_ASIDE)),
            row(
                    TaskEvent.OperatorRetried.class,
                    TaskStateMachine::operatorRetried,
                    Operation.FORGET,
                    "the record is as it was read, and its task has failed or was never accepted; a wire key is drawn anew",
                    to(REJECTED, ENDED, DELIVERED, REJECTED)),
            row(
                    TaskEvent.RetryUndone.class,
                    TaskStateMachine::retryUndone,
                    Operation.FORGET,
                    "the record is as it was read",
                    to(ENDED, REJECTED),
                    to(DELIVERED, REJECTED),
                    to(REJECTED, REJECTED)),
            row(
                    TaskEvent.Forgotten.class,
                    TaskStateMachine::forgotten,
                    Operation.FORGET,
                    "the record is as it was read",
                    to(ABSENT, UNKNOWN, ENDED, DELIVERED, SET_ASIDE, REJECTED)),
            row(
                    TaskEvent.PromptErased.class,
                    TaskStateMachine::promptErased,
                    Operation.FORGET,
                    "the record is as it was read; it has no prompt, no texts of the service and no carried headers afterwards",
                    stay(DELIVERED, SET_ASIDE, REJECTED)),
            row(
                    TaskEvent.RecordRestored.class,
                    TaskStateMachine::recordRestored,
                    Operation.RESTORE,
                    "this JVM knows a newer record, which was not forgotten. Ledgers allow INTENT and UNKNOWN to become ENDED for"
                            + " this only: the database holds a submit whose result this JVM knows",
                    to(ENDED, INTENT, UNKNOWN)));

    private static final Map<Class<? extends TaskEvent>, Row> BY_EVENT = byEvent();

    private static final Map<TaskState, Set<TaskState>> REPLACEMENTS = replacements();

    private TransitionTable() {}

    private static Map<Class<? extends TaskEvent>, Row> byEvent() {
        Map<Class<? extends TaskEvent>, Row> rows =
                ROWS.stream().collect(Collectors.toUnmodifiableMap(Row::event, Function.identity()));
        // No compiler finds an event that has no row.
        if (!rows.keySet().equals(Set.of(TaskEvent.class.getPermittedSubclasses()))) {
            throw new IllegalStateException("Each event needs a row in the table");
        }
        return rows;
    }

    private static Map<TaskState, Set<TaskState>> replacements() {
        Map<TaskState, Set<TaskState>> replacements = new EnumMap<>(TaskState.class);
        Stream.of(TaskState.values()).forEach(state -> replacements.put(state, EnumSet.of(state)));
        ROWS.stream()
                .filter(row -> row.operation() == Operation.REPLACE || row.operation() == Operation.RESTORE)
                .flatMap(row -> row.transitions().stream())
                .filter(transition -> transition.from() != ABSENT)
                .forEach(transition -> replacements.get(transition.from()).add(transition.to()));
        return replacements;
    }

    /** All rows, in the order in which a task meets their events. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** The row of an event. */
    static Row of(TaskEvent event) {
        return BY_EVENT.get(event.getClass());
    }

    /**
     * Tells whether a ledger allows a record to go from one state to another, or to stay in it.
     *
     * @param from the state of a record
     * @param to its next state
     */
    static boolean isReplacement(TaskState from, TaskState to) {
        return REPLACEMENTS.get(from).contains(to);
    }

    private static Transition[] to(TaskState to, TaskState... from) {
        return Arrays.stream(from).map(state -> new Transition(state, to)).toArray(Transition[]::new);
    }

    private static Transition[] stay(TaskState... states) {
        return Arrays.stream(states).map(state -> new Transition(state, state)).toArray(Transition[]::new);
    }

    private static <E extends TaskEvent> Row row(
            Class<E> event,
            BiFunction<TaskStateMachine, E, TaskStep> rule,
            String condition,
            Transition[]... transitions) {
        return row(event, rule, Operation.REPLACE, condition, transitions);
    }

    private static <E extends TaskEvent> Row row(
            Class<E> event,
            BiFunction<TaskStateMachine, E, TaskStep> rule,
            Operation operation,
            String condition,
            Transition[]... transitions) {
        return new Row(
                event,
                (record, happened) -> rule.apply(record, event.cast(happened)),
                operation,
                Arrays.stream(transitions).flatMap(Arrays::stream).toList(),
                condition);
    }
}

package io.github.camelsora.api;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the ledger: plain data, immutable. Times are of {@link TaskLedger#now()}. What is null is not known yet.
 *
 * @param account the payer, by name; with the key it identifies the record
 * @param key our key of the task
 * @param wireKey the key that its request carries to the service, another one for each intent, so that an answer is never
 *     taken for one about an earlier task of the same key; null when none was sent
 * @param baseUrl the service that the task lives at
 * @param operation what was asked for, say {@code remix}
 * @param request the request as JSON, as it is sent; null for a task that somebody else submitted
 * @param state what we know of it
 * @param taskId the service's id, from the moment that it is known
 * @param result the task as it ended, as JSON; set once, with the step to {@link TaskState#ENDED}
 * @param owner the node that follows it while it is open, or has taken its result to hand it to a route; null when none
 * @param times when what happened
 * @param due when what happens next
 * @param deliveries how often a route has failed to take it
 * @param tag the name by which a route asks for it; may be null
 * @param carriedHeaders headers of the submitting exchange that are given back with the result; values are what JSON
 *     knows: text, numbers, booleans, lists and maps of them
 * @param version how often it was changed; the ledger raises it
 */
public record TaskRecord(
        String account,
        String key,
        String wireKey,
        String baseUrl,
        String operation,
        String request,
        TaskState state,
        String taskId,
        String result,
        String owner,
        Times times,
        Due due,
        int deliveries,
        String tag,
        Map<String, Object> carriedHeaders,
        long version) {
    /** As it stands in the JSON of a result, whose quotes would be escaped within a text. */
    private static final String RESULT_MISSING = "\"errorCode\":\"result_missing\"";

    /** What comes last in that JSON: the answer of the service, in which any field may stand. */
    private static final String RAW = ",\"raw\":";

    /**
     * When what happened to a task.
     *
     * @param createdAt when the intent was written
     * @param acceptedAt when the service accepted it
     * @param endedAt when its end was seen
     * @param lossReportedAt when a route was told that its submit was lost
     * @param deliveredAt when its result was taken
     */
    public record Times(
            Instant createdAt, Instant acceptedAt, Instant endedAt, Instant lossReportedAt, Instant deliveredAt) {}

    /**
     * When what happens next to a task.
     *
     * @param trackUntil until when it is polled, or looked for, before it is set aside
     * @param nextDelivery from when on a route may take it; null when it is not to be taken: it has not ended, somebody has
     *     taken it, or it was delivered
     * @param expiresAt until when the service keeps its video; null while that is not known
     */
    public record Due(Instant trackUntil, Instant nextDelivery, Instant expiresAt) {
        /** Nothing is due. */
        public static final Due NOTHING = new Due(null, null);

        /**
         * What is due while there is nothing that could expire.
         *
         * @param trackUntil until when it is polled, or looked for, before it is set aside
         * @param nextDelivery from when on a route may take it; null when it is not to be taken
         */
        public Due(Instant trackUntil, Instant nextDelivery) {
            this(trackUntil, nextDelivery, null);
        }
    }

    /**
     * Copies the headers, so that the record cannot change afterwards.
     *
     * @param account the payer, by name; with the key it identifies the record
     * @param key our key of the task
     * @param wireKey the key that its request carries to the service; null when none was sent
     * @param baseUrl the service that the task lives at
     * @param operation what was asked for, say {@code remix}
     * @param request the request as JSON, as it is sent; null for a task that somebody else submitted
     * @param state what we know of it
     * @param taskId the service's id, from the moment that it is known
     * @param result the task as it ended, as JSON; set once, with the step to {@link TaskState#ENDED}
     * @param owner the node that follows it while it is open, or has taken its result to hand it to a route; null when none
     * @param times when what happened
     * @param due when what happens next
     * @param deliveries how often a route has failed to take it
     * @param tag the name by which a route asks for it; may be null
     * @param carriedHeaders headers of the submitting exchange that are given back with the result; values are what JSON
     *     knows: text, numbers, booleans, lists and maps of them
     * @param version how often it was changed; the ledger raises it
     */
    public TaskRecord {
        carriedHeaders = carriedHeaders == null ? Map.of() : Map.copyOf(carriedHeaders);
    }

    /**
     * The record with another state.
     *
     * @param newState the state to go to
     * @return a copy
     */
    public TaskRecord withState(TaskState newState) {
        return copy(newState, taskId, result, owner, times, due, deliveries);
    }

    /**
     * The record of a task that the service has accepted.
     *
     * @param newTaskId the service's id
     * @param acceptedAt when it accepted
     * @param trackUntil until when to follow it
     * @return a copy in state {@link TaskState#RUNNING}
     */
    public TaskRecord accepted(String newTaskId, Instant acceptedAt, Instant trackUntil) {
        Times newTimes = new Times(times.createdAt(), acceptedAt, null, times.lossReportedAt(), null);
        return copy(TaskState.RUNNING, newTaskId, null, owner, newTimes, new Due(trackUntil, null), 0);
    }

    /**
     * The record of a task that has ended.
     *
     * @param newResult the task as it ended, as JSON
     * @param endedAt when its end was seen
     * @return a copy in state {@link TaskState#ENDED}, with the owner that it had
     */
    public TaskRecord ended(String newResult, Instant endedAt) {
        Times newTimes = new Times(times.createdAt(), times.acceptedAt(), endedAt, times.lossReportedAt(), null);
        return copy(TaskState.ENDED, taskId, newResult, owner, newTimes, new Due(due.trackUntil(), null), 0);
    }

    /**
     * The record of a task that had ended for lack of an address, when the address has turned up.
     *
     * @param newResult the task as it ended, as JSON
     * @param endedAt when the address was seen
     * @return a copy in state {@link TaskState#ENDED}, without an owner, due for delivery at once
     */
    public TaskRecord addressFound(String newResult, Instant endedAt) {
        Times newTimes = new Times(times.createdAt(), times.acceptedAt(), endedAt, times.lossReportedAt(), null);
        Due now = new Due(due.trackUntil(), endedAt, due.expiresAt());
        return copy(TaskState.ENDED, taskId, newResult, null, newTimes, now, 0);
    }

    /**
     * Tells whether another record is this one with an address that has turned up, which is the only way in which a result
     * may change.
     *
     * @param next the record that shall replace this one
     * @return true when this one ended for lack of an address, and the next one has ended without lacking it
     */
    public boolean isAddressFoundIn(TaskRecord next) {
        return isResultMissing() && next.state == TaskState.ENDED && next.result != null && !next.isResultMissing();
    }

    /**
     * Tells whether the task has ended only because the service gave no address of its video.
     *
     * @return true for a result whose error code is {@code result_missing}
     */
    public boolean isResultMissing() {
        if (result == null) {
            return false;
        }
        int at = result.indexOf(RESULT_MISSING);
        int answer = result.indexOf(RAW);
        return at >= 0 && (answer < 0 || at < answer);
    }

    /**
     * The record of a lost submit that a route was told of.
     *
     * @param lossReportedAt when it was told
     * @return a copy that is not to be taken
     */
    public TaskRecord lossReported(Instant lossReportedAt) {
        Times newTimes =
                new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), lossReportedAt, times.deliveredAt());
        return copy(state, taskId, result, owner, newTimes, new Due(due.trackUntil(), null, due.expiresAt()), 0);
    }

    /**
     * The record of a task whose result was taken.
     *
     * @param deliveredAt when it was taken
     * @return a copy in state {@link TaskState#DELIVERED}, without an owner
     */
    public TaskRecord delivered(Instant deliveredAt) {
        Times newTimes =
                new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), times.lossReportedAt(), deliveredAt);
        return copy(
                TaskState.DELIVERED,
                taskId,
                result,
                null,
                newTimes,
                new Due(due.trackUntil(), null, due.expiresAt()),
                deliveries);
    }

    /**
     * The record under another owner.
     *
     * @param newOwner the node that looks after it; null for nobody
     * @return a copy
     */
    public TaskRecord ownedBy(String newOwner) {
        return copy(state, taskId, result, newOwner, times, due, deliveries);
    }

    /**
     * The record with another end of following it.
     *
     * @param trackUntil until when to follow it
     * @return a copy
     */
    public TaskRecord trackedUntil(Instant trackUntil) {
        return copy(
                state,
                taskId,
                result,
                owner,
                times,
                new Due(trackUntil, due.nextDelivery(), due.expiresAt()),
                deliveries);
    }

    /**
     * The record with another time from which on a route may take it.
     *
     * @param nextDelivery from when on; null when it is not to be taken
     * @return a copy
     */
    public TaskRecord dueAt(Instant nextDelivery) {
        Due next = new Due(due.trackUntil(), nextDelivery, due.expiresAt());
        return copy(state, taskId, result, owner, times, next, deliveries);
    }

    /**
     * The record with a time until when its video can be had.
     *
     * @param expiresAt until when; null when not known
     * @return a copy
     */
    public TaskRecord expiringAt(Instant expiresAt) {
        Due next = new Due(due.trackUntil(), due.nextDelivery(), expiresAt);
        return copy(state, taskId, result, owner, times, next, deliveries);
    }

    /**
     * The record with another count of routes that have failed to take it.
     *
     * @param newDeliveries how many
     * @return a copy
     */
    public TaskRecord withDeliveries(int newDeliveries) {
        return copy(state, taskId, result, owner, times, due, newDeliveries);
    }

    /**
     * The record with another version; for ledgers.
     *
     * @param newVersion the version
     * @return a copy
     */
    public TaskRecord withVersion(long newVersion) {
        return new TaskRecord(
                account,
                key,
                wireKey,
                baseUrl,
                operation,
                request,
                state,
                taskId,
                result,
                owner,
                times,
                due,
                deliveries,
                tag,
                carriedHeaders,
                newVersion);
    }

    private TaskRecord copy(
            TaskState newState,
            String newTaskId,
            String newResult,
            String newOwner,
            Times newTimes,
            Due newDue,
            int newDeliveries) {
        return new TaskRecord(
                account,
                key,
                wireKey,
                baseUrl,
                operation,
                request,
                newState,
                newTaskId,
                newResult,
                newOwner,
                newTimes,
                newDue,
                newDeliveries,
                tag,
                carriedHeaders,
                version);
    }

    /** Short, for logs: what it is and where it stands, without request and result. */
    @Override
    public String toString() {
        return "TaskRecord[" + account + "/" + key + " " + state + (taskId == null ? "" : " " + taskId) + " v" + version
                + "]";
    }
}

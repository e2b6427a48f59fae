package io.github.camelsora.api;

import java.time.Instant;
import java.util.Map;

/**
 * One record of the ledger: immutable plain data. Times are those of {@link TaskLedger#now()}; a null time or value is not known
 * yet.
 *
 * @param account the name of the account that pays; with the key it identifies the record
 * @param key the key that the task was submitted under
 * @param wireKey the key that is sent to the service, a new one for each intent, so that answers about an earlier task of the
 *     same key are distinguished; null when none was sent
 * @param baseUrl the base URL of the service that has the task
 * @param operation the operation that submitted it, say {@code remix}
 * @param request the request as JSON; null for a task that was submitted elsewhere
 * @param state its state in the ledger
 * @param taskId the service's id, once known
 * @param result the completed task as JSON; set on the transition to {@link TaskState#ENDED}
 * @param owner the node that tracks the task, or has acquired its result for a delivery; null when none
 * @param times when its events happened
 * @param due when its next events are due
 * @param deliveries how many deliveries have failed
 * @param tag the tag by which {@code sora:tasks} selects it; may be null
 * @param carriedHeaders headers of the submitting exchange that are set again on delivery; values are text, numbers,
 *     booleans, lists and maps of them
 * @param origin where its request came from; null for {@link TaskOrigin#UNKNOWN}
 * @param price what it costs; null for {@link TaskPrice#UNKNOWN}
 * @param version the number of changes; the ledger increments it
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
        TaskOrigin origin,
        TaskPrice price,
        long version) {
    /**
     * The times of a task's events so far.
     *
     * @param createdAt when the intent was written
     * @param acceptedAt when the service accepted it
     * @param endedAt when its completion was seen
     * @param lossReportedAt when it was reported to a route that its submit is lost
     * @param deliveredAt when its result was delivered
     */
    public record Times(
            Instant createdAt, Instant acceptedAt, Instant endedAt, Instant lossReportedAt, Instant deliveredAt) {}

    /**
     * The times of a task's next events.
     *
     * @param trackUntil until when it is polled, or searched for, before it is set aside
     * @param nextDelivery from when on it may be delivered; null when it may not: it has not ended, a delivery or a waiter
     *     has it, or it was delivered
     * @param expiresAt until when the service keeps its video; null while not known
     */
    public record Due(Instant trackUntil, Instant nextDelivery, Instant expiresAt) {
        /** Nothing is due. */
        public static final Due NOTHING = new Due(null, null);

        /**
         * The next events of a task without a video that could expire.
         *
         * @param trackUntil until when it is polled, or searched for, before it is set aside
         * @param nextDelivery from when on it may be delivered; null when it may not
         */
        public Due(Instant trackUntil, Instant nextDelivery) {
            this(trackUntil, nextDelivery, null);
        }
    }

    /**
     * Copies the headers, so that the record cannot change afterwards.
     *
     * @param account the name of the account that pays; with the key it identifies the record
     * @param key the key that the task was submitted under
     * @param wireKey the key that is sent to the service; null when none was sent
     * @param baseUrl the base URL of the service that has the task
     * @param operation the operation that submitted it, say {@code remix}
     * @param request the request as JSON; null for a task that was submitted elsewhere
     * @param state its state in the ledger
     * @param taskId the service's id, once known
     * @param result the completed task as JSON; set on the transition to {@link TaskState#ENDED}
     * @param owner the node that tracks the task, or has acquired its result for a delivery; null when none
     * @param times when its events happened
     * @param due when its next events are due
     * @param deliveries how many deliveries have failed
     * @param tag the tag by which {@code sora:tasks} selects it; may be null
     * @param carriedHeaders headers of the submitting exchange that are set again on delivery; values are text, numbers,
     *     booleans, lists and maps of them
     * @param origin where its request came from; null for {@link TaskOrigin#UNKNOWN}
     * @param price what it costs; null for {@link TaskPrice#UNKNOWN}
     * @param version the number of changes; the ledger increments it
     */
    public TaskRecord {
        carriedHeaders = carriedHeaders == null ? Map.of() : Map.copyOf(carriedHeaders);
        origin = origin == null ? TaskOrigin.UNKNOWN : origin;
        price = price == null ? TaskPrice.UNKNOWN : price;
    }

    /**
     * The record with another state.
     *
     * @param newState the state to go to
     * @return a copy
     */
    public TaskRecord withState(TaskState newState) {
        return copy(newState, taskId, result, owner, times, due, deliveries, version);
    }

    /**
     * The record of a task that the service has accepted.
     *
     * @param newTaskId the service's id
     * @param acceptedAt when it accepted
     * @param trackUntil until when to track it
     * @return a copy in state {@link TaskState#RUNNING}
     */
    public TaskRecord accepted(String newTaskId, Instant acceptedAt, Instant trackUntil) {
        Times newTimes = new Times(times.createdAt(), acceptedAt, null, times.lossReportedAt(), null);
        return copy(TaskState.RUNNING, newTaskId, null, owner, newTimes, new Due(trackUntil, null), 0, version);
    }

    /**
     * The record of a completed task.
     *
     * @param newResult the completed task as JSON
     * @param endedAt when its completion was seen
     * @return a copy in state {@link TaskState#ENDED}, with the owner that it had
     */
    public TaskRecord ended(String newResult, Instant endedAt) {
        Due newDue = new Due(due.trackUntil(), null);
        return copy(TaskState.ENDED, taskId, newResult, owner, timesOfEnd(endedAt), newDue, 0, version);
    }

    /**
     * The record of a task that had ended for lack of an address, once the address is known.
     *
     * @param newResult the completed task as JSON
     * @param endedAt when the address was seen
     * @return a copy in state {@link TaskState#ENDED}, without an owner, due for delivery at once
     */
    public TaskRecord addressFound(String newResult, Instant endedAt) {
        Due newDue = new Due(due.trackUntil(), endedAt, due.expiresAt());
        return copy(TaskState.ENDED, taskId, newResult, null, timesOfEnd(endedAt), newDue, 0, version);
    }

    /**
     * Tells whether another record is this one with the address that was missing, which is the only allowed change of a result.
     *
     * @param next the record that is to replace this one
     * @return true when this one ended for lack of an address, and the next one has ended with one
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
        return ResultJson.isResultMissing(result);
    }

    /**
     * The record of a lost submit whose loss was reported to a route.
     *
     * @param lossReportedAt when it was reported
     * @return a copy that is not due for delivery
     */
    public TaskRecord lossReported(Instant lossReportedAt) {
        Times newTimes =
                new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), lossReportedAt, times.deliveredAt());
        return copy(state, taskId, result, owner, newTimes, notDue(), 0, version);
    }

    /**
     * The record of a task whose result was delivered.
     *
     * @param deliveredAt when it was delivered
     * @return a copy in state {@link TaskState#DELIVERED}, without an owner
     */
    public TaskRecord delivered(Instant deliveredAt) {
        Times newTimes =
                new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), times.lossReportedAt(), deliveredAt);
        return copy(TaskState.DELIVERED, taskId, result, null, newTimes, notDue(), deliveries, version);
    }

    /**
     * The record under another owner.
     *
     * @param newOwner the node that owns it; null for none
     * @return a copy
     */
    public TaskRecord ownedBy(String newOwner) {
        return copy(state, taskId, result, newOwner, times, due, deliveries, version);
    }

    /**
     * The record with another end of tracking.
     *
     * @param trackUntil until when to track it
     * @return a copy
     */
    public TaskRecord trackedUntil(Instant trackUntil) {
        Due newDue = new Due(trackUntil, due.nextDelivery(), due.expiresAt());
        return copy(state, taskId, result, owner, times, newDue, deliveries, version);
    }

    /**
     * The record with another time of its next delivery.
     *
     * @param nextDelivery from when on it may be delivered; null when it may not
     * @return a copy
     */
    public TaskRecord dueAt(Instant nextDelivery) {
        Due newDue = new Due(due.trackUntil(), nextDelivery, due.expiresAt());
        return copy(state, taskId, result, owner, times, newDue, deliveries, version);
    }

    /**
     * The record with the time until which its video can be downloaded.
     *
     * @param expiresAt until when; null when not known
     * @return a copy
     */
    public TaskRecord expiringAt(Instant expiresAt) {
        Due newDue = new Due(due.trackUntil(), due.nextDelivery(), expiresAt);
        return copy(state, taskId, result, owner, times, newDue, deliveries, version);
    }

    /**
     * The record with another number of failed deliveries.
     *
     * @param newDeliveries the number
     * @return a copy
     */
    public TaskRecord withDeliveries(int newDeliveries) {
        return copy(state, taskId, result, owner, times, due, newDeliveries, version);
    }

    /**
     * The record with another price.
     *
     * @param newPrice the price
     * @return a copy
     */
    public TaskRecord withPrice(TaskPrice newPrice) {
        return copy(state, taskId, result, owner, times, due, deliveries, newPrice, version);
    }

    /**
     * The record with another version; for ledgers.
     *
     * @param newVersion the version
     * @return a copy
     */
    public TaskRecord withVersion(long newVersion) {
        return copy(state, taskId, result, owner, times, due, deliveries, newVersion);
    }

    private Times timesOfEnd(Instant endedAt) {
        return new Times(times.createdAt(), times.acceptedAt(), endedAt, times.lossReportedAt(), null);
    }

    private Due notDue() {
        return new Due(due.trackUntil(), null, due.expiresAt());
    }

    private TaskRecord copy(
            TaskState newState,
            String newTaskId,
            String newResult,
            String newOwner,
            Times newTimes,
            Due newDue,
            int newDeliveries,
            long newVersion) {
        return copy(newState, newTaskId, newResult, newOwner, newTimes, newDue, newDeliveries, price, newVersion);
    }

    private TaskRecord copy(
            TaskState newState,
            String newTaskId,
            String newResult,
            String newOwner,
            Times newTimes,
            Due newDue,
            int newDeliveries,
            TaskPrice newPrice,
            long newVersion) {
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
                origin,
                newPrice,
                newVersion);
    }

    /** Short, for logs: account, key, state, id and version. */
    @Override
    public String toString() {
        return "TaskRecord[" + account + "/" + key + " " + state + (taskId == null ? "" : " " + taskId) + " v" + version
                + "]";
    }
}

package io.github.camelsora.api;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the ledger: plain data, immutable. Times are of {@link TaskLedger#now()}. What is null is not known yet.
 *
 * @param account the payer, by name; with the key it identifies the record
 * @param key our key of the task
 * @param baseUrl the service that the task lives at
 * @param operation what was asked for, say {@code remix}
 * @param request the request as JSON, as it is sent; null for a task that somebody else submitted
 * @param state what we know of it
 * @param taskId the service's id, from the moment that it is known
 * @param verdict the task as it ended, as JSON; set once, with the step to {@link TaskState#ENDED}
 * @param owner the node that looks after it; null when nobody does
 * @param leaseUntil until when the owner may be believed; null means as long as the ledger lives, as in memory
 * @param times when what happened
 * @param due when what happens next
 * @param tag the name by which a route asks for it; may be null
 * @param carriedHeaders headers of the submitting exchange that are given back with the verdict
 * @param version how often it was changed; the ledger raises it
 */
public record TaskRecord(
        String account,
        String key,
        String baseUrl,
        String operation,
        String request,
        TaskState state,
        String taskId,
        String verdict,
        String owner,
        Instant leaseUntil,
        Times times,
        Due due,
        String tag,
        Map<String, Object> carriedHeaders,
        long version) {

    /**
     * When what happened to a task.
     *
     * @param createdAt when the intent was written
     * @param acceptedAt when the service accepted it
     * @param endedAt when its end was seen
     * @param deliveredAt when its verdict was taken
     */
    public record Times(Instant createdAt, Instant acceptedAt, Instant endedAt, Instant deliveredAt) {}

    /**
     * When what happens next to a task.
     *
     * @param nextPoll when to ask the service for it
     * @param submitDeadline until when its submit may be tried
     * @param completionDeadline until when an exchange waits for it
     * @param trackUntil until when it is polled before it is set aside
     */
    public record Due(Instant nextPoll, Instant submitDeadline, Instant completionDeadline, Instant trackUntil) {}

    /**
     * Copies the headers, so that the record cannot change afterwards.
     *
     * @param account the payer, by name; with the key it identifies the record
     * @param key our key of the task
     * @param baseUrl the service that the task lives at
     * @param operation what was asked for, say {@code remix}
     * @param request the request as JSON, as it is sent; null for a task that somebody else submitted
     * @param state what we know of it
     * @param taskId the service's id, from the moment that it is known
     * @param verdict the task as it ended, as JSON; set once, with the step to {@link TaskState#ENDED}
     * @param owner the node that looks after it; null when nobody does
     * @param leaseUntil until when the owner may be believed; null means as long as the ledger lives, as in memory
     * @param times when what happened
     * @param due when what happens next
     * @param tag the name by which a route asks for it; may be null
     * @param carriedHeaders headers of the submitting exchange that are given back with the verdict
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
        return copy(newState, taskId, verdict, owner, leaseUntil, times, due);
    }

    /**
     * The record of a task that the service has accepted.
     *
     * @param newTaskId the service's id
     * @param acceptedAt when it accepted
     * @param newDue when to poll, and until when
     * @return a copy in state {@link TaskState#RUNNING}
     */
    public TaskRecord accepted(String newTaskId, Instant acceptedAt, Due newDue) {
        Times newTimes = new Times(times.createdAt(), acceptedAt, null, null);
        return copy(TaskState.RUNNING, newTaskId, null, owner, leaseUntil, newTimes, newDue);
    }

    /**
     * The record of a task that has ended.
     *
     * @param newVerdict the task as it ended, as JSON
     * @param endedAt when its end was seen
     * @return a copy in state {@link TaskState#ENDED}
     */
    public TaskRecord ended(String newVerdict, Instant endedAt) {
        Times newTimes = new Times(times.createdAt(), times.acceptedAt(), endedAt, null);
        return copy(TaskState.ENDED, taskId, newVerdict, owner, leaseUntil, newTimes, due);
    }

    /**
     * The record of a task whose verdict was taken.
     *
     * @param deliveredAt when it was taken
     * @return a copy in state {@link TaskState#DELIVERED}, without an owner
     */
    public TaskRecord delivered(Instant deliveredAt) {
        Times newTimes = new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), deliveredAt);
        return copy(TaskState.DELIVERED, taskId, verdict, null, null, newTimes, due);
    }

    /**
     * The record under another owner.
     *
     * @param newOwner the node that looks after it; null for nobody
     * @param newLeaseUntil until when; null for as long as the ledger lives
     * @return a copy
     */
    public TaskRecord ownedBy(String newOwner, Instant newLeaseUntil) {
        return copy(state, taskId, verdict, newOwner, newLeaseUntil, times, due);
    }

    /**
     * The record with other times to come.
     *
     * @param newDue when what happens next
     * @return a copy
     */
    public TaskRecord withDue(Due newDue) {
        return copy(state, taskId, verdict, owner, leaseUntil, times, newDue);
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
                baseUrl,
                operation,
                request,
                state,
                taskId,
                verdict,
                owner,
                leaseUntil,
                times,
                due,
                tag,
                carriedHeaders,
                newVersion);
    }

    private TaskRecord copy(
            TaskState newState,
            String newTaskId,
            String newVerdict,
            String newOwner,
            Instant newLease,
            Times newTimes,
            Due newDue) {
        return new TaskRecord(
                account,
                key,
                baseUrl,
                operation,
                request,
                newState,
                newTaskId,
                newVerdict,
                newOwner,
                newLease,
                newTimes,
                newDue,
                tag,
                carriedHeaders,
                version);
    }

    /** Short, for logs: what it is and where it stands, without request and verdict. */
    @Override
    public String toString() {
        return "TaskRecord[" + account + "/" + key + " " + state + (taskId == null ? "" : " " + taskId) + " v" + version
                + "]";
    }
}

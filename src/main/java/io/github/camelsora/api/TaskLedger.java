package io.github.camelsora.api;

import java.time.Instant;
import java.util.Optional;

/**
 * The book of what may have cost money. A submit is written here before it is sent and again right after its answer;
 * everything else (polls, webhooks, waits, deliveries) changes its record by compare-and-set on the version.
 *
 * <p>Implementations are thread-safe, keep at most one record for an account and key, never let an ended state run again
 * ({@link TaskState#canBecome}; one that has a verdict is never open again), and never change the verdict of a record that
 * has one. A method may block while it writes. An implementation that cannot write throws a runtime exception, and nothing
 * is sent. {@link #now} never throws.
 */
public interface TaskLedger {

    /**
     * Tells whether records outlive this JVM.
     *
     * @return false for a ledger in memory
     */
    boolean isDurable();

    /**
     * The ledger's clock. All times in records are of this clock, so that several JVMs agree on a lease.
     *
     * @return now
     */
    Instant now();

    /**
     * Adds a record, unless its account and key have one.
     *
     * @param record the record to add; its version is 0
     * @return the record that stands there already, in which case nothing was added; else empty
     * @throws ServiceUnavailableException if the ledger is full; its outcome is {@link SubmitOutcome#NOT_SENT}
     */
    Optional<TaskRecord> add(TaskRecord record);

    /**
     * Finds a record by its key.
     *
     * @param account the account that pays
     * @param key the key within the account
     * @return the record as it stands; empty when there is none
     */
    Optional<TaskRecord> find(String account, String key);

    /**
     * Finds a record by the service's id of its task.
     *
     * @param account the account that pays
     * @param taskId the service's id
     * @return the record as it stands; empty when there is none
     */
    Optional<TaskRecord> findByTaskId(String account, String taskId);

    /**
     * Replaces a record, if nobody has changed it since it was read.
     *
     * @param next the new content, with the version that was read
     * @return the record as it stands now, its version raised; empty when it was changed or removed meanwhile
     * @throws IllegalStateException if the step from the state it is in is not allowed, or its verdict would change
     */
    Optional<TaskRecord> replace(TaskRecord next);

    /**
     * Removes a record, if it stands exactly as it was read. Its key is then as if it had never been used. A record that was
     * removed and added anew is another one, even if its version is the same.
     *
     * @param record the record as it was read
     * @return true when it was removed
     */
    boolean remove(TaskRecord record);
}

package io.github.camelsora.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The book of what may have cost money. A submit is written here before it is sent and again right after its answer;
 * everything else (polls, webhooks, waits, deliveries) changes its record by compare-and-set on the version.
 *
 * <p>Several JVMs may share one ledger. Each is a <em>node</em> with a lease that it renews; a record that a node owns is
 * its own as long as that lease lasts. When it has run out the record is abandoned, and others may take it over.
 *
 * <p>Implementations are thread-safe, keep at most one record for an account and key, never let an ended state run again
 * ({@link TaskState#canBecome}; one that has a result is never open again), and never change the result of a record that
 * has one, but for one case: the result of a task that had ended only because its video had no address is replaced, once, by
 * the same task with an address ({@link TaskRecord#isAddressFoundIn}). A method may block while it reads or writes. An implementation
 * that cannot write throws a runtime exception, and nothing is sent. {@link #now} never throws.
 */
public interface TaskLedger {

    /**
     * Tells whether records outlive this JVM.
     *
     * @return false for a ledger in memory
     */
    boolean isDurable();

    /**
     * The ledger's clock. All times in records are of this clock, so that several JVMs agree on them.
     *
     * @return now, to the millisecond at most
     */
    Instant now();

    /**
     * Adds a record, unless its account and key have one.
     *
     * @param record the record to add, with the version that it has
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
     * @return the record as it stands; empty when there is none. When a task stands under several keys, any of them
     */
    Optional<TaskRecord> findByTaskId(String account, String taskId);

    /**
     * Finds a record by the key that its request carried to the service.
     *
     * @param account the account that pays
     * @param wireKey the key that was sent, as the service echoes it
     * @return the record as it stands; empty when there is none
     */
    Optional<TaskRecord> findByWireKey(String account, String wireKey);

    /**
     * Replaces a record, if nobody has changed it since it was read.
     *
     * @param next the new content, with the version that was read
     * @return the record as it stands now, its version raised; empty when it was changed or removed meanwhile
     * @throws IllegalStateException if the step from the state it is in is not allowed, or its result would change
     */
    Optional<TaskRecord> replace(TaskRecord next);

    /**
     * Replaces several records, each as {@link #replace} does. A ledger may do so in one step, which is faster by far where
     * each step is written through to a disk. This default replaces one after the other and ends early when one fails.
     *
     * @param next the new contents, each with the version that was read, and each of another key
     * @return the records that were replaced, as they stand now, in any order; a record that is not among them was changed or
     *     removed meanwhile, or was not reached
     * @throws RuntimeException if none was replaced, or the ledger cannot tell
     */
    default List<TaskRecord> replaceAll(List<TaskRecord> next) {
        List<TaskRecord> replaced = new ArrayList<>();
        for (TaskRecord record : next) {
            try {
                replace(record).ifPresent(replaced::add);
            } catch (RuntimeException e) {
                if (replaced.isEmpty()) {
                    throw e;
                }
                return replaced;
            }
        }
        return replaced;
    }

    /**
     * Removes a record because an operator says so, if it stands exactly as it was read. In the same step it notes that this
     * record was forgotten, and puts its successor into its place. A record that was removed and added anew is another one,
     * even if its version is the same.
     *
     * @param record the record as it was read
     * @param successor the record of the same account and key that stands from now on; its version becomes the next of the
     *     old one. Null for none: the key is then as if it had never been used
     * @return true when it was removed
     */
    boolean forget(TaskRecord record, TaskRecord successor);

    /**
     * Tells whether a record is missing because an operator has had it forgotten. One that is missing without that has been
     * lost, say by a failover to an older copy of the database.
     *
     * @param record the record as it was known
     * @return true when {@link #forget} has removed it; that is remembered as long as delivered records are kept
     */
    boolean isForgotten(TaskRecord record);

    /**
     * Tells whether a task is that of a record that an operator has had forgotten.
     *
     * @param account the account that pays
     * @param taskId the service's id
     * @return true when {@link #forget} has removed a record of it
     */
    boolean isForgottenTask(String account, String taskId);

    /**
     * Finds records that wait for a taker: those whose {@link TaskRecord.Due#nextDelivery} is not later than {@link #now}.
     * Those come first whose {@link TaskRecord.Due#expiresAt} is not known, then those where it is earliest; of several that
     * expire together, the longest due.
     *
     * @param account the account that pays
     * @param tag the tag that they must have; null for any, and for none
     * @param limit how many at most
     * @return the records as they stand
     */
    List<TaskRecord> findDue(String account, String tag, int limit);

    /**
     * Finds records that nobody looks after: open ones without an owner, and open or ended ones whose owner's lease has run
     * out. An ended record without an owner is not abandoned, it waits for a taker. The oldest come first.
     *
     * @param account the account that pays
     * @param baseUrl the service that open ones live at; ended ones are found whatever theirs is
     * @param limit how many at most
     * @return the records as they stand
     */
    List<TaskRecord> findAbandoned(String account, String baseUrl, int limit);

    /**
     * Finds what a node owns: open and ended records, so that the node can tell whether it looks after all of them.
     *
     * @param account the account that pays
     * @param node the node
     * @return the records as they stand, in any order
     */
    List<TaskRecord> findOwned(String account, String node);

    /**
     * Finds what a node owns and what has ended, be it by another node that was told of the end. Asked about once a second.
     *
     * @param account the account that pays
     * @param node the node
     * @param since the time that they have not ended before
     * @return the records as they stand, in any order
     */
    List<TaskRecord> findEnded(String account, String node, Instant since);

    /**
     * Finds the records that were delivered last, whoever paid for them: by them is learned how long tasks take. A ledger that
     * cannot find them has nothing to learn from; so does this default.
     *
     * @param limit how many at most
     * @return the records as they stand, the latest first
     */
    default List<TaskRecord> findLastDelivered(int limit) {
        return List.of();
    }

    /**
     * Begins or renews the lease of a node.
     *
     * @param node the node
     * @param lease how long from now, by the ledger's clock
     * @return true when the node's lease still lasted; false when it begins now, or had run out, so that others may have
     *     taken over what it owned
     */
    boolean renewLease(String node, Duration lease);

    /**
     * Ends the lease of a node now, so that others need not wait for that. Nothing happens when it has none.
     *
     * @param node the node
     */
    void releaseLease(String node);

    /**
     * Tells whether the lease of a node lasts.
     *
     * @param node the node
     * @return false for one that never had any
     */
    boolean isLive(String node);

    /**
     * Removes what was kept long enough: records that were delivered before a time, those that were rejected and created
     * before it, and the notes of what was forgotten before it. Others are never removed.
     *
     * @param before the time
     * @param limit how many records at most
     * @return how many records were removed
     */
    int removeClosed(Instant before, int limit);
}

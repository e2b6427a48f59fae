package io.github.camelsora.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of all tasks that may have cost money. A submit is written here before it is sent and again right after its answer.
 * All later events (polls, webhooks, waits, deliveries) change its record by compare-and-set on the version.
 *
 * <p>Several JVMs may share one ledger. Each is a <em>node</em> with a lease that it renews. A node owns records as long as its
 * lease lasts; when the lease has expired, its records are abandoned and other nodes may take them over.
 *
 * <p>Implementations are thread-safe, keep at most one record for an account and key, and at most one with a {@link
 * TaskRecord#request} for an account and task id: of two writes at once that give one task to two keys, one fails. They allow only
 * the transitions of {@link TaskState#canBecome}, never reopen a record that has a result, and never change a result, with one
 * exception: the result of a task that ended only because its video had no address is replaced, once, by the same task with an
 * address ({@link TaskRecord#isAddressFoundIn}). Methods may block. An implementation that cannot write throws a runtime exception, and then
 * nothing is sent. {@link #now} never throws.
 */
public interface TaskLedger {

    /**
     * Tells whether records outlive this JVM.
     *
     * @return false for a ledger in memory
     */
    boolean isDurable();

    /**
     * The ledger's clock. All times in records are read from it, so that several JVMs agree on them.
     *
     * @return the current time, in milliseconds at the finest
     */
    Instant now();

    /**
     * Adds a record, unless there is one of the same account and key. Where there is one, the book is neither checked nor changed.
     *
     * @param write the record to add, with the version that it has, and what is written with it
     * @return the existing record, in which case nothing was written; empty when all was written
     * @throws ServiceUnavailableException if the ledger is full; its outcome is {@link SubmitOutcome#NOT_SENT}
     * @throws SpendLimitException if the booking would exceed a limit; nothing was written
     * @throws TaskTakenException if its task is that of another key; nothing was written
     */
    Optional<TaskRecord> add(LedgerWrite write);

    /**
     * Adds a record alone, as {@link #add(LedgerWrite)} does.
     *
     * @param record the record to add
     * @return the existing record; empty when it was added
     */
    default Optional<TaskRecord> add(TaskRecord record) {
        return add(LedgerWrite.of(record));
    }

    /**
     * Finds a record by its key.
     *
     * @param account the account that pays
     * @param key the key within the account
     * @return the current record; empty when there is none
     */
    Optional<TaskRecord> find(String account, String key);

    /**
     * Finds a record by the service's id of its task.
     *
     * @param account the account that pays
     * @param taskId the service's id
     * @return the current record; empty when there is none. The record with a {@link TaskRecord#request}, if others have the task,
     *     too
     */
    Optional<TaskRecord> findByTaskId(String account, String taskId);

    /**
     * Finds a record by the key that was sent to the service.
     *
     * @param account the account that pays
     * @param wireKey the wire key, as the service echoes it
     * @return the current record; empty when there is none
     */
    Optional<TaskRecord> findByWireKey(String account, String wireKey);

    /**
     * Finds the records of tasks that change or continue a video, for an operator who asks what came of it. This default returns
     * none.
     *
     * @param account the account that pays
     * @param sourceId the service's id of the video ({@link TaskOrigin#sourceId})
     * @param limit the most records to return
     * @return the current records, in any order
     */
    default List<TaskRecord> findBySource(String account, String sourceId, int limit) {
        return List.of();
    }

    /**
     * Replaces a record, if it was not changed since it was read.
     *
     * @param write the new content, with the version that was read, and what is written with it
     * @return the new record, its version incremented; empty when it was changed or removed meanwhile, and then nothing was written
     * @throws IllegalStateException if the transition is not allowed, or the result would change
     * @throws SpendLimitException if the booking would exceed a limit; nothing was written
     * @throws TaskTakenException if its task is that of another key; nothing was written
     */
    Optional<TaskRecord> replace(LedgerWrite write);

    /**
     * Replaces a record alone, as {@link #replace(LedgerWrite)} does.
     *
     * @param next the new content, with the version that was read
     * @return the new record; empty when it was changed or removed meanwhile
     */
    default Optional<TaskRecord> replace(TaskRecord next) {
        return replace(LedgerWrite.of(next));
    }

    /**
     * Replaces several records, each as {@link #replace(LedgerWrite)} does. A ledger may do so in one commit, which is much faster
     * where each commit is written to a disk. This default replaces one after the other and stops at the first failure.
     *
     * @param writes the new contents, each with the version that was read, each of another key, and none with a booking
     * @return the new records, in any order; a record that is missing among them was changed or removed meanwhile, or was not
     *     reached
     * @throws RuntimeException if no record was replaced, or that is not known
     */
    default List<TaskRecord> replaceAll(List<LedgerWrite> writes) {
        List<TaskRecord> replaced = new ArrayList<>();
        for (LedgerWrite write : writes) {
            try {
                replace(write).ifPresent(replaced::add);
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
     * Removes a record by command of an operator, if it was not changed since it was read. In the same commit it notes that this
     * record was forgotten, and adds its successor. A record that was removed and added again is another one, even if its
     * version is the same.
     *
     * @param record the record as it was read
     * @param successor the record that replaces it, of the same account and key; its version becomes the next of the old one.
     *     Null for none: the key then counts as never used
     * @param entry the line of the history; null for none. Without a successor the other lines of the record are removed, except
     *     those of operators' actions
     * @return true when it was removed
     * @throws TaskTakenException if the task of the successor is that of another key; nothing was written
     */
    boolean forget(TaskRecord record, TaskRecord successor, HistoryEntry entry);

    /**
     * Removes a record as {@link #forget(TaskRecord, TaskRecord, HistoryEntry)} does, without a line of the history.
     *
     * @param record the record as it was read
     * @param successor the record that replaces it; null for none
     * @return true when it was removed
     */
    default boolean forget(TaskRecord record, TaskRecord successor) {
        return forget(record, successor, null);
    }

    /**
     * Replaces a record by one without the texts of its user, as {@link #forget(TaskRecord, TaskRecord, HistoryEntry)} does. In the same
     * commit it removes the details of all earlier lines of the history of its key, in whose reasons operators may have written personal
     * data. The lines stay. This default leaves the details.
     *
     * @param record the record as it was read
     * @param erased the record that replaces it
     * @param entry the line of the history, which keeps its detail; null for none
     * @return true when it was replaced; false when it was changed or removed meanwhile, and then nothing was written
     */
    default boolean erase(TaskRecord record, TaskRecord erased, HistoryEntry entry) {
        return forget(record, erased, entry);
    }

    /**
     * Tells whether a record is missing because an operator had it forgotten. Otherwise a missing record was lost, say by a
     * failover to an older copy of the database.
     *
     * @param record the record as last read
     * @return true when {@link #forget} has removed it; this is kept as long as delivered records
     */
    boolean isForgotten(TaskRecord record);

    /**
     * Tells whether a task belongs to a record with a {@link TaskRecord#request} that an operator had forgotten. One that was submitted
     * elsewhere and is awaited by its id may be that of a submit here, too.
     *
     * @param account the account that pays
     * @param taskId the service's id
     * @return true when {@link #forget} has removed its record
     */
    boolean isForgottenTask(String account, String taskId);

    /**
     * Finds records that are due for delivery: those whose {@link TaskRecord.Due#nextDelivery} is not later than {@link #now}.
     * The order is by {@link TaskRecord.Due#expiresAt}, unknown ones first, then by {@link TaskRecord.Due#nextDelivery}.
     *
     * @param account the account that pays
     * @param tag the tag to select by; null for all records, with or without a tag
     * @param limit the most records to return
     * @return the current records
     */
    List<TaskRecord> findDue(String account, String tag, int limit);

    /**
     * Finds abandoned records: open ones without an owner, and open or ended ones whose owner's lease has expired. An ended
     * record without an owner is not abandoned but due for delivery. The oldest come first.
     *
     * @param account the account that pays
     * @param baseUrl the service that open records must be of; ended ones may be of any
     * @param limit the most records to return
     * @return the current records
     */
    List<TaskRecord> findAbandoned(String account, String baseUrl, int limit);

    /**
     * Finds all open and ended records that a node owns, so that the node can check that it tracks all of them.
     *
     * @param account the account that pays
     * @param node the node
     * @return the current records, in any order
     */
    List<TaskRecord> findOwned(String account, String node);

    /**
     * Finds ended records that a node owns, including those that another node has completed. Called about once a second.
     *
     * @param account the account that pays
     * @param node the node
     * @param since the earliest time of their end
     * @return the current records, in any order
     */
    List<TaskRecord> findEnded(String account, String node, Instant since);

    /**
     * Finds the records that were delivered last, of all accounts, from which the learned poll schedule starts. This default
     * returns none, so that the schedule starts without history.
     *
     * @param limit the most records to return
     * @return the current records, the latest first
     */
    default List<TaskRecord> findLastDelivered(int limit) {
        return List.of();
    }

    /**
     * Acquires or renews the lease of a node.
     *
     * @param node the node
     * @param lease the duration from now, by the ledger's clock
     * @return true when the node's lease was still valid; false when it is new or had expired, so that other nodes may have
     *     taken over its records
     */
    boolean renewLease(String node, Duration lease);

    /**
     * Ends the lease of a node now, so that other nodes need not wait for its expiry. Does nothing when there is none.
     *
     * @param node the node
     */
    void releaseLease(String node);

    /**
     * Tells whether the lease of a node is valid.
     *
     * @param node the node
     * @return false when it has expired or never existed
     */
    boolean isLive(String node);

    /**
     * Removes closed records: those delivered before a time, those rejected and created before it, and the notes on records
     * forgotten before it. No others are ever removed. A book forgets slices of more than 100 days ago, and a history the
     * lines of removed records, and operators' actions of more than a year ago.
     *
     * @param before the time
     * @param limit the most records to remove
     * @return the number of removed records
     */
    int removeClosed(Instant before, int limit);

    /**
     * The book of the credits that are spent. Limits of spending need one, and a ledger that has one writes {@link
     * LedgerWrite#booking()}.
     *
     * @return the book; empty by default
     */
    default Optional<LedgerBook> book() {
        return Optional.empty();
    }

    /**
     * The pauses of accounts. Without them accounts are paused after an answer of the service in this JVM only, and an operator
     * cannot pause them.
     *
     * @return the pauses; empty by default
     */
    default Optional<LedgerPauses> pauses() {
        return Optional.empty();
    }

    /**
     * The history of tasks and of operators' actions. A ledger that has one writes {@link LedgerWrite#entry()}.
     *
     * @return the history; empty by default
     */
    default Optional<LedgerHistory> history() {
        return Optional.empty();
    }

    /**
     * Gives the search of this ledger, by which an operator finds and counts records.
     *
     * @return the search; empty by default: then the records cannot be listed
     */
    default Optional<LedgerSearch> search() {
        return Optional.empty();
    }
}

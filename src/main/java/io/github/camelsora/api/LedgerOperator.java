package io.github.camelsora.api;

import java.util.List;
import java.util.Set;

/**
 * What an operator sees of a ledger and does with it: the same as {@code sora:ledger}, for Java. Nothing here pays without a key that
 * the ledger knows. Where an account is null, the one that has the key is meant. Methods may block. Thread-safe.
 *
 * <p>All methods throw an {@link IllegalArgumentException} if there is no such record, or the action is wrong for it; then nothing was
 * changed. Those that search need a ledger with {@link TaskLedger#search}, and an {@link UnsupportedOperationException} says so.
 */
public interface LedgerOperator {

    /**
     * Finds records.
     *
     * @param filter which records
     * @param page which page of them
     * @return the records
     */
    List<TaskRecord> list(TaskFilter filter, TaskPage page);

    /**
     * Counts records by account and state.
     *
     * @param filter which records
     * @return the counts
     */
    List<TaskCount> count(TaskFilter filter);

    /**
     * Reads the record of a key.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @return the record
     */
    TaskRecord get(String account, String key);

    /**
     * Reads the history of a key, also of one whose record was forgotten.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @return at most 1000 lines, the oldest first
     */
    List<HistoryEntry> history(String account, String key);

    /**
     * Finds what a video was made from and what was made from it, with prices.
     *
     * @param account the account; null for the one that has the key
     * @param keyOrTaskId the key of its task, or the service's id of it; a key is tried first
     * @return at most 1000 videos by generation, the oldest source first
     */
    List<LineageEntry> lineage(String account, String keyOrTaskId);

    /**
     * Describes the accounts that have records, pauses, or endpoints of this JVM.
     *
     * @return the accounts, by name
     */
    List<AccountInfo> accounts();

    /**
     * Writes records as text.
     *
     * @param filter which records
     * @param page which page of them
     * @param format the format
     * @return the text, with a line break behind each line
     */
    String export(TaskFilter filter, TaskPage page, ExportFormat format);

    /**
     * Tells what can be done with a record: an action that is not among these would be rejected. {@link LedgerAction#cancel} is among
     * them only while a submit of its key waits in this JVM. What an action learns from the service, or needs of this JVM (a retry
     * needs a started endpoint of the account), is not known before.
     *
     * @param record a record, as it was read
     * @return those of retry, release, adopt, cancel, setAside, forget and erase that are possible
     */
    Set<LedgerAction> actions(TaskRecord record);

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. An endpoint of its account
     * must be started. No exchange waits for the task; a later submit under the key does.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @param by who retries it, and why
     * @return the record as it stands then
     */
    TaskRecord retry(String account, String key, Operator by);

    /**
     * Delivers a task again that was set aside; one that has not ended is followed again.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @param by who releases it, and why
     * @return the record as it stands then
     */
    TaskRecord release(String account, String key, Operator by);

    /**
     * Removes a record, so that its key counts as never used: the next submit under it is paid for. Rejected while its task runs.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @param by who forgets it, and why
     * @return the removed record
     */
    TaskRecord forget(String account, String key, Operator by);

    /**
     * Removes prompts, texts of the service, carried headers, and details of the history from the records of a business process. Their
     * keys stay, with a digest of the prompt, so that no request is paid for twice; but they cannot be retried any more. A record
     * whose task runs or is to be delivered is refused. Nothing is previewed.
     *
     * @param account the account; null for all accounts
     * @param correlationId the id of the business process
     * @param by who erases them, and why
     * @return which records were erased, and which not
     */
    ActionResult erase(String account, String correlationId, Operator by);

    /**
     * Gives a lost submit (UNKNOWN) the task that the operator has found in the vendor's console, and follows it. The service is
     * queried once; a task that it, or the ledger, knows as another's is refused.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @param taskId the service's id of the task
     * @param by who adopts it, and why
     * @return the record as it stands then
     */
    TaskRecord adopt(String account, String key, String taskId, Operator by);

    /**
     * Cancels a submit that waits in the queue of this JVM; its exchange fails with a {@link SubmitCancelledException}. It reaches no
     * submit of another JVM, and none that is being sent.
     *
     * @param account the account
     * @param key the key
     * @param by who cancels it, and why
     */
    void cancel(String account, String key, Operator by);

    /**
     * Takes a task out of tracking and delivery until it is released. Exchanges of this JVM that wait for it fail.
     *
     * @param account the account; null for the one that has the key
     * @param key the key
     * @param by who sets it aside, and why
     * @return the record as it stands then
     */
    TaskRecord setAside(String account, String key, Operator by);

    /**
     * Pauses an account: in each JVM that shares the ledger its new submits wait until it is resumed, or until their {@code
     * submitTimeout}. Running tasks are polled and delivered.
     *
     * @param account the account
     * @param by who pauses it, and why; a reason is needed. The exceptions of its submits name both
     */
    void pause(String account, Operator by);

    /**
     * Ends all pauses of an account.
     *
     * @param account the account
     * @param by who resumes it, and why
     */
    void resume(String account, Operator by);

    /**
     * Finds the records of a filter for an action on all of them, and changes nothing.
     *
     * @param action retry, release, forget, erase or setAside
     * @param filter which records; at most 10 000
     * @return how many they are, what they cost, and a token to act on exactly these
     */
    ActionPreview preview(LedgerAction action, TaskFilter filter);

    /**
     * Finds the records of chosen keys for an action on all of them, and changes nothing.
     *
     * @param action retry, release, forget, erase or setAside
     * @param keys the keys, at most 10 000, each with its account, or null for the one that has the key. If a key has no record, none
     *     is previewed, and the exception names it
     * @return how many they are, what they cost, and a token to act on exactly these
     */
    ActionPreview preview(LedgerAction action, List<ActionResult.Key> keys);

    /**
     * Carries out an action on the records of a preview, one after the other. A record that was changed or removed since is left
     * alone. If the ledger fails, the action stops, and the result says what was done and what was not reached; the token then counts
     * once more, for what was not reached.
     *
     * @param action the action that was previewed
     * @param token the token of the preview; it counts once, for a quarter of an hour, in the JVM that gave it
     * @param by who acts, and why
     * @return on which records it was carried out, and on which not
     */
    ActionResult act(LedgerAction action, String token, Operator by);
}

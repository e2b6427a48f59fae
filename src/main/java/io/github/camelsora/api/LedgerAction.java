package io.github.camelsora.api;

/** What {@code sora:ledger} does, written as users type it. */
public enum LedgerAction {
    /** Finds records by a filter, a page at a time. */
    list,
    /** Counts records by account and state. */
    count,
    /** Reads the record of a key. */
    get,
    /** Reads the history of a key. */
    history,
    /** Finds what a video was made from and what was made from it. */
    lineage,
    /** Pays for a request once more under its key, because its task has failed or was never accepted. */
    retry,
    /** Delivers or follows a task again that was set aside. */
    release,
    /** Removes a record, so that its key counts as never used. */
    forget,
    /** Gives a lost submit the task that the operator has found. */
    adopt,
    /** Cancels a submit that waits in the queue of this JVM. */
    cancel,
    /** Takes a task out of tracking and delivery until it is released. */
    setAside,
    /** Removes the prompts and carried headers of the records of a business process; their keys stay. */
    erase,
    /** Pauses an account. */
    pause,
    /** Ends all pauses of an account. */
    resume,
    /** Describes the accounts. */
    accounts,
    /** Writes the records of a filter as text. */
    export;

    /**
     * Tells whether the action can be done with all records of a filter, or with chosen ones, at once, after a preview.
     *
     * @return true for retry, release, forget, setAside and erase
     */
    public boolean isForMany() {
        return switch (this) {
            case retry, release, forget, setAside, erase -> true;
            case list, count, get, history, lineage, adopt, cancel, pause, resume, accounts, export -> false;
        };
    }
}

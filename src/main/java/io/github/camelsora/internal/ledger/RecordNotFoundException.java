package io.github.camelsora.internal.ledger;

/** The ledger no longer has the record of a key: an operator has removed or retried it, on another node or with SQL. */
public final class RecordNotFoundException extends IllegalStateException {
    /** Creates it, for the record of a key. */
    public RecordNotFoundException(TaskKey key) {
        super("The ledger no longer has the record of key " + key.key()
                + ", or it has that of another task: an operator has"
                + " removed or retried the key, on another node or with SQL. Nothing was written. Check in the vendor's console"
                + " whether its task is running before you use the key again: another submit of it is paid for again.");
    }
}

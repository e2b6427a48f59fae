package io.github.camelsora.internal.ledger;

/** A record is no longer in the ledger: an operator has forgotten it on another node, or with SQL. */
public final class RecordNotFoundException extends IllegalStateException {
    RecordNotFoundException(TaskKey key) {
        super("The ledger no longer has key " + key.key());
    }
}

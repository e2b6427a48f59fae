package io.github.camelsora.task;

/** A record is no longer in the ledger: an operator has forgotten it on another node, or with SQL. */
final class RecordNotFoundException extends IllegalStateException {
    RecordNotFoundException(TaskKey ref) {
        super("The ledger no longer has key " + ref.key());
    }
}

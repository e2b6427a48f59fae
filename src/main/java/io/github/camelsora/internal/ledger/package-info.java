/**
 * Records of tasks that may have cost money. What an event makes of a record is decided in {@link
 * io.github.camelsora.internal.ledger.TaskStateMachine}, in which states it counts in {@link
 * io.github.camelsora.internal.ledger.TransitionTable}; {@link io.github.camelsora.internal.ledger.LedgerWriter} writes it, by
 * compare-and-set. What is written again after a database has lost it is decided in {@link
 * io.github.camelsora.internal.ledger.RestoringLedger}. Where records are kept is in the packages below this one.
 */
package io.github.camelsora.internal.ledger;

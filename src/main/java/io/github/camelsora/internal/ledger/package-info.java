/**
 * Records of tasks that may have cost money. {@link io.github.camelsora.internal.ledger.TransitionTable} decides in
 * which states an event counts, {@link io.github.camelsora.internal.ledger.TaskStateMachine} what the event makes of a
 * record. {@link io.github.camelsora.internal.ledger.LedgerWriter} writes it, by compare-and-set,
 * together with a line of the history, and notifies the {@link io.github.camelsora.internal.ledger.ChangeObserver}.
 * {@link io.github.camelsora.internal.ledger.RetryRules} decides which record may be paid for again.
 * {@link io.github.camelsora.internal.ledger.Lineage} finds what a video was made from, and what was made from it.
 * {@link io.github.camelsora.internal.ledger.RestoringLedger} writes records again that a database has lost. The
 * packages below this one keep the records.
 */
package io.github.camelsora.internal.ledger;

/**
 * Records of tasks that may have cost money. {@link io.github.camelsora.internal.ledger.LedgerWriter} changes them,
 * by compare-and-set. What is written again after a database has lost it is decided in {@link
 * io.github.camelsora.internal.ledger.RestoringLedger}. Where records are kept is in the packages below this one.
 */
package io.github.camelsora.internal.ledger;

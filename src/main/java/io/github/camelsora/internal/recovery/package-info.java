/**
 * Tasks that the ledger knows only in part. {@link io.github.camelsora.internal.recovery.LostSubmitRecovery} searches
 * for a submit whose answer was lost, by its wire key; {@link io.github.camelsora.internal.recovery.TaskImporter}
 * puts a task into the ledger that was submitted elsewhere.
 */
package io.github.camelsora.internal.recovery;

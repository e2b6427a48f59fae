/**
 * The ledger in the memory of one JVM. Begin reading at {@link
 * io.github.camelsora.internal.ledger.memory.MemoryTaskLedger}; its records and their indexes are in {@link
 * io.github.camelsora.internal.ledger.memory.IndexedRecords}.
 */
package io.github.camelsora.internal.ledger.memory;

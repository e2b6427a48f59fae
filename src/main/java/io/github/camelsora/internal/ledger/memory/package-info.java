/**
 * The ledger in the memory of one JVM. Begin reading at
 * {@link io.github.camelsora.internal.ledger.memory.MemoryTaskLedger}.
 * {@link io.github.camelsora.internal.ledger.memory.IndexedRecords} has its records and their indexes.
 */
package io.github.camelsora.internal.ledger.memory;

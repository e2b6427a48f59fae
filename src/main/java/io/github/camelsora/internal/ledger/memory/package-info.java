/**
 * The ledger in the memory of one JVM. Begin reading at {@link
 * io.github.camelsora.internal.ledger.memory.MemoryTaskLedger}.
 */
package io.github.camelsora.internal.ledger.memory;

package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * What the components of one Camel context share; each component is a node of its own. There is one ledger in memory, so that
 * no component pays for a key that another one has paid for. It lasts as long as the context, whichever component is stopped,
 * removed or added. Thread-safe.
 */
final class ContextLedgers {
    // By identity: a user's ledger or data source may have an equals method of its own.
    private final Map<Object, PayerRegistry> payersOfGiven = new IdentityHashMap<>();
    private final Map<Path, PayerRegistry> payersOfFiles = new HashMap<>();
    private MemoryTaskLedger memory;

    /** The shared ledgers of a context. */
    static ContextLedgers of(CamelContext context) {
        return ContextPlugin.of(context, ContextLedgers.class, ContextLedgers::new);
    }

    /** The ledger in memory; its capacity is the largest that a component has asked for. */
    synchronized MemoryTaskLedger memory(int maxOpenTasks) {
        if (memory == null) {
            memory = new MemoryTaskLedger(InstantSource.system(), maxOpenTasks);
        }
        memory.growTo(maxOpenTasks);
        return memory;
    }

    /** The payers of a ledger in memory, of a user's own ledger, or of one in a database. */
    synchronized PayerRegistry payersOf(Object ledgerOrDatabase) {
        return payersOfGiven.computeIfAbsent(ledgerOrDatabase, given -> new PayerRegistry());
    }

    /** The payers of a ledger in a file, by the real path of the file. */
    synchronized PayerRegistry payersOfFile(Path file) {
        return payersOfFiles.computeIfAbsent(file, path -> new PayerRegistry());
    }
}

package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/**
 * What the components of one Camel context share, each of which is a node of its own. There is one ledger in memory, so that
 * none pays for a key that another has paid for. It lasts as long as the context: what it holds was paid for, whichever
 * component is stopped, removed or added.
 */
final class ContextLedgers {
    // By identity: what a user has given may compare itself in any way.
    private final Map<Object, PayerRegistry> payersOfGiven = new IdentityHashMap<>();
    private final Map<Path, PayerRegistry> payersOfFiles = new HashMap<>();
    private MemoryTaskLedger memory;

    /** Those of a context, which keeps them. */
    static ContextLedgers of(CamelContext context) {
        ExtendedCamelContext plugins = context.getCamelContextExtension();
        synchronized (ContextLedgers.class) {
            ContextLedgers found = plugins.getContextPlugin(ContextLedgers.class);
            if (found != null) {
                return found;
            }
            ContextLedgers made = new ContextLedgers();
            plugins.addContextPlugin(ContextLedgers.class, made);
            return made;
        }
    }

    /** The ledger in memory, which holds as much as any component has asked for. */
    synchronized MemoryTaskLedger memory(int maxOpenTasks) {
        if (memory == null) {
            memory = new MemoryTaskLedger(InstantSource.system(), maxOpenTasks);
        }
        memory.growTo(maxOpenTasks);
        return memory;
    }

    /** Who pays for what is in a ledger in memory, or in one that a user has given, or in a database. */
    synchronized PayerRegistry payersOf(Object ledgerOrDatabase) {
        return payersOfGiven.computeIfAbsent(ledgerOrDatabase, given -> new PayerRegistry());
    }

    /** Who pays for what is in a ledger in a file, which is named by the path that the ledger has found it at. */
    synchronized PayerRegistry payersOfFile(Path file) {
        return payersOfFiles.computeIfAbsent(file, path -> new PayerRegistry());
    }
}

package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.jdbc.H2FileWatch;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.internal.runtime.settings.LedgerSettings;
import java.nio.file.Path;
import org.apache.camel.CamelContext;

/** Opens the ledger that a component's options ask for, and closes it if it was opened here. */
public final class LedgerFactory {
    private TaskLedger ledger;
    private JdbcTaskLedger opened;
    private PayerRegistry payers;

    /**
     * Opens a ledger, unless one is open.
     *
     * @param context its components share one ledger in memory
     * @param settings where the ledger is
     */
    public void open(CamelContext context, LedgerSettings settings) {
        if (ledger != null) {
            // It outlives a restart of the component, because its records were paid for.
            return;
        }
        ContextLedgers shared = ContextLedgers.of(context);
        if (settings.dataSource() != null) {
            opened = JdbcTaskLedger.on(settings.dataSource(), settings.createTable());
            payers = shared.payersOf(settings.dataSource());
        } else if (settings.file() != null) {
            opened = JdbcTaskLedger.inFile(Path.of(settings.file()), settings.createTable());
            payers = shared.payersOfFile(opened.fileWatch().file());
        }
        if (opened != null) {
            ledger = opened;
        } else {
            ledger = settings.ledger() != null ? settings.ledger() : shared.memory(settings.maxOpenTasks());
            payers = shared.payersOf(ledger);
        }
    }

    /** The payers of the ledger, once it is open. */
    public PayerRegistry payers() {
        return payers;
    }

    /** The ledger, once it is open. */
    public TaskLedger ledger() {
        return ledger;
    }

    /** Watches the file of the ledger. */
    public H2FileWatch fileWatch() {
        return opened == null ? H2FileWatch.NONE : opened.fileWatch();
    }

    /** Closes the ledger if it was opened here. A ledger in memory stays. */
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
            ledger = null;
        }
    }
}

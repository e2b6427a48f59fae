package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.jdbc.H2FileWatch;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** Opens the ledger that a component's options ask for, and closes it if it was opened here. */
public final class LedgerFactory {
    private TaskLedger ledger;
    private JdbcTaskLedger opened;
    private PayerRegistry payers;

    /**
     * Opens a ledger, unless one is open.
     *
     * @param context whose components share one in memory
     * @param given the user's own; null for none
     * @param dataSource the database to keep it in; null for none
     * @param file the file to keep it in; null for none
     * @param createTable whether to make its tables
     * @param maxOpenTasks how much one in memory holds
     */
    public void open(
            CamelContext context,
            TaskLedger given,
            DataSource dataSource,
            String file,
            boolean createTable,
            int maxOpenTasks) {
        if (Stream.of(given, dataSource, file).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException(
                    "There is one ledger: set only one of the options ledger, dataSource and ledgerFile");
        }
        if (ledger != null) {
            // It outlives a restart of the component: what it holds was paid for.
            return;
        }
        ContextLedgers shared = ContextLedgers.of(context);
        if (dataSource != null) {
            opened = JdbcTaskLedger.on(dataSource, createTable);
            payers = shared.payersOf(dataSource);
        } else if (file != null) {
            opened = JdbcTaskLedger.inFile(Path.of(file), createTable);
            payers = shared.payersOfFile(opened.fileWatch().file());
        }
        if (opened != null) {
            ledger = opened;
        } else {
            ledger = given != null ? given : shared.memory(maxOpenTasks);
            payers = shared.payersOf(ledger);
        }
    }

    /** Who pays for what is in the ledger, once it is open. */
    public PayerRegistry payers() {
        return payers;
    }

    /** The ledger, once it is open. */
    public TaskLedger ledger() {
        return ledger;
    }

    /** What sees whether the file of the ledger is still there. */
    public H2FileWatch fileWatch() {
        return opened == null ? H2FileWatch.NONE : opened.fileWatch();
    }

    /** Closes it, if it was opened here. One in memory goes on. */
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
            ledger = null;
        }
    }
}

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
     * @param context its components share one ledger in memory
     * @param given the user's own ledger; null for none
     * @param dataSource the database of the ledger; null for none
     * @param file the file of the ledger; null for none
     * @param createTable whether to create its tables
     * @param maxOpenTasks the capacity of a ledger in memory
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
                    "A component has one ledger: set only one of the options ledger, dataSource and ledgerFile");
        }
        if (ledger != null) {
            // It outlives a restart of the component, because its records were paid for.
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

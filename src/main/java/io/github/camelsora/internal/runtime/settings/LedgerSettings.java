package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.api.TaskLedger;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Where the ledger is: at most one of the first three is set; without any it is in memory.
 *
 * @param ledger the user's own; null for none
 * @param dataSource the database; null for none
 * @param file the path of the file; null for none
 * @param createTable whether to create the tables
 * @param maxOpenTasks how many open tasks a ledger in memory holds
 * @param recordsHistory whether it keeps a history, if it can
 */
public record LedgerSettings(
        TaskLedger ledger,
        DataSource dataSource,
        String file,
        boolean createTable,
        int maxOpenTasks,
        boolean recordsHistory) {

    public LedgerSettings {
        if (Stream.of(ledger, dataSource, file).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException(
                    "A component has one ledger: set only one of the options ledger, dataSource and ledgerFile");
        }
        if (file != null && file.isBlank()) {
            throw new IllegalArgumentException("ledgerFile must be the path of a file, not '" + file + "'");
        }
        OptionRules.atLeast("maxOpenTasks", 1, maxOpenTasks);
    }
}

package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.api.TaskLedger;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class JdbcTaskLedgerInFileTest extends JdbcTaskLedgerContract {
    private static H2LedgerFile file;
    private static JdbcTaskLedger opened;

    @BeforeAll
    static void openFile(@TempDir Path folder) {
        opened = JdbcTaskLedger.inFile(folder.resolve("ledger"), true);
        file = H2LedgerFile.open(folder.resolve("ledger"), false);
    }

    @AfterAll
    static void closeFile() {
        opened.close();
        file.close();
    }

    @Override
    DataSource dataSource() {
        return file.dataSource();
    }

    @Override
    protected TaskLedger emptyLedger() {
        run("DELETE FROM sora_task");
        run("DELETE FROM sora_node");
        run("DELETE FROM sora_forgotten");
        run("DELETE FROM sora_book");
        run("DELETE FROM sora_pause");
        run("DELETE FROM sora_event");
        run("DELETE FROM sora_action");
        return opened;
    }
}

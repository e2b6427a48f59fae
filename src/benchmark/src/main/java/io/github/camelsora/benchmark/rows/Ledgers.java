package io.github.camelsora.benchmark.rows;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.benchmark.PostgresServer;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.util.FileUtil;

/** Makes the ledgers that this component brings, each empty and on its own, and removes what they leave on the disk. */
final class Ledgers implements AutoCloseable {
    /** How much a ledger in memory holds unless an option says otherwise. */
    static final int IN_MEMORY = 100_000;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private PostgresServer server;

    static TaskLedger inMemory() {
        return new MemoryTaskLedger(InstantSource.system(), IN_MEMORY);
    }

    /** A file that no ledger is in yet. */
    Path freshFile() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "ledger-");
        opened.add(() -> FileUtil.removeDir(folder.toFile()));
        return folder.resolve("sora").toAbsolutePath();
    }

    JdbcTaskLedger inFreshFile() throws IOException {
        return inFile(freshFile());
    }

    JdbcTaskLedger inFile(Path file) {
        JdbcTaskLedger ledger = JdbcTaskLedger.inFile(file, true);
        opened.add(ledger);
        return ledger;
    }

    JdbcTaskLedger inFreshPostgres() throws Exception {
        return JdbcTaskLedger.on(freshPostgres(), true);
    }

    /** A database of PostgreSQL that no ledger is in yet. */
    DataSource freshPostgres() throws Exception {
        if (server == null) {
            server = PostgresServer.start();
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.freshDatabase());
        pool.setUsername(PostgresServer.USER);
        pool.setMaximumPoolSize(10);
        opened.add(pool);
        return pool;
    }

    /** Closes all ledgers that were made until now, and removes their files. The server goes on. */
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }

    @Override
    public void close() throws Exception {
        closeAll();
        if (server != null) {
            server.close();
        }
    }
}

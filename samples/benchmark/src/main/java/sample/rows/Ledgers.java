package sample.rows;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.task.JdbcTaskLedger;
import io.github.camelsora.task.MemoryTaskLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The ledgers that this component brings, each open and empty. */
final class Ledgers implements AutoCloseable {
    private static final int CAPACITY = 10_000_000;

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final JdbcTaskLedger file;
    private final JdbcTaskLedger postgres;
    private final TaskLedger memory = new MemoryTaskLedger(InstantSource.system(), CAPACITY);

    Ledgers() throws IOException {
        file = inFreshFile();
        // As PostgreSQL comes. The embedded one would not write through, to be faster in tests.
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        pool = new HikariDataSource();
        pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(10);
        postgres = JdbcTaskLedger.on(pool, true);
    }

    static JdbcTaskLedger inFreshFile() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "ledger-");
        return JdbcTaskLedger.inFile(folder.resolve("sora").toAbsolutePath(), true);
    }

    TaskLedger memory() {
        return memory;
    }

    TaskLedger file() {
        return file;
    }

    TaskLedger postgres() {
        return postgres;
    }

    @Override
    public void close() throws IOException {
        file.close();
        postgres.close();
        pool.close();
        server.close();
    }
}

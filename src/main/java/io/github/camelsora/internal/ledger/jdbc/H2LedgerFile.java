package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of H2 in a file, open in this JVM and in no other. The one class that knows H2, since users add H2 only when
 * they want such a file.
 */
final class H2LedgerFile {
    private static final Logger LOG = LoggerFactory.getLogger(H2LedgerFile.class);
    private static final String SUFFIX = ".mv.db";
    // H2 would keep commits in memory for a moment, and lose them with the JVM (WRITE_DELAY). Opened in another way
    // than
    // async:, it closes the file for all when one thread is interrupted. Texts within their line
    // (MAX_LENGTH_INPLACE_LOB)
    // are a third faster. The trace would hold prompts.
    private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=1000000"
            + ";LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=1000;TRACE_LEVEL_FILE=0";
    private static final String SIZE =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'info.FILE_SIZE'";
    private static final int MOST_CONNECTIONS = 32;
    private static final int MOST_SECONDS_FOR_A_CONNECTION = 30;

    // How many ledgers of this JVM have a file open. Guarded by the class.
    private static final Map<Path, Integer> LEDGERS = new HashMap<>();

    private final Path file;
    private final boolean isFirst;
    private final JdbcConnectionPool pool;
    // Keeps the database open when the pool happens to be empty.
    private final Connection anchor;
    private boolean isClosed;

    private H2LedgerFile(Path file, JdbcDataSource source) throws SQLException {
        this.file = file;
        this.anchor = source.getConnection();
        this.isFirst = LEDGERS.merge(file, 1, Integer::sum) == 1;
        this.pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(MOST_CONNECTIONS);
        pool.setLoginTimeout(MOST_SECONDS_FOR_A_CONNECTION);
    }

    /**
     * Opens a file.
     *
     * @param name the file, with the suffix that H2 gives it or without
     * @param mayCreate whether to create it when it is not there
     * @throws IllegalArgumentException if H2 cannot open a file of that name
     * @throws IllegalStateException if it is open elsewhere, not there, damaged, or cannot be written
     */
    static synchronized H2LedgerFile open(Path name, boolean mayCreate) {
        Path file = realPath(name, mayCreate);
        H2FileCheck.refuseWhatIsNoLedger(Path.of(file + SUFFIX));
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + file + SETTINGS + (mayCreate ? "" : ";IFEXISTS=TRUE"));
        source.setUser("sa");
        boolean isNew = !Files.exists(Path.of(file + SUFFIX));
        try {
            H2LedgerFile opened = new H2LedgerFile(file, source);
            opened.refuseIfReadOnly();
            LOG.info("The ledger is {}{}", file + SUFFIX, isNew ? ", which is new: no key is known" : "");
            return opened;
        } catch (SQLException e) {
            throw switch (e.getErrorCode()) {
                case ErrorCode.DATABASE_ALREADY_OPEN_1 -> openElsewhere(file, e);
                case ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 -> notThere(file, e);
                case ErrorCode.FILE_CORRUPTED_1,
                        ErrorCode.IO_EXCEPTION_1,
                        ErrorCode.IO_EXCEPTION_2,
                        ErrorCode.FILE_VERSION_ERROR_1 -> H2FileCheck.unreadable(Path.of(file + SUFFIX), e);
                default -> new LedgerAccessException("open " + file + SUFFIX, e);
            };
        }
    }

    // One file has one path here, by whatever links it was reached.
    private static Path realPath(Path name, boolean mayCreate) {
        Path file = name.toAbsolutePath().normalize();
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("The path of the ledger's file must not contain a semicolon: " + file);
        }
        String last = file.getFileName().toString();
        String base = last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
        try {
            Path parent = mayCreate ? Files.createDirectories(file.getParent()) : file.getParent();
            return behindLink(parent.toRealPath().resolve(base));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of the ledger's file cannot be used: " + file.getParent(), e);
        }
    }

    // The file itself may be a link, too. One to a name that H2 would not open stays as it is.
    private static Path behindLink(Path file) throws IOException {
        Path onDisk = Path.of(file + SUFFIX);
        if (!Files.isSymbolicLink(onDisk) || !Files.exists(onDisk)) {
            return file;
        }
        String target = onDisk.toRealPath().toString();
        return target.endsWith(SUFFIX) ? Path.of(target.substring(0, target.length() - SUFFIX.length())) : file;
    }

    private void refuseIfReadOnly() throws SQLException {
        if (anchor.isReadOnly()) {
            close();
            throw H2FileCheck.readOnly(Path.of(file + SUFFIX));
        }
    }

    private static IllegalStateException openElsewhere(Path file, SQLException cause) {
        return new IllegalStateException(
                "The ledger's file " + file + SUFFIX
                        + " is open in another JVM, or in this one by another name. A file serves one JVM; let several share "
                        + "a database server by the option dataSource.",
                cause);
    }

    private static IllegalStateException notThere(Path file, SQLException cause) {
        return new IllegalStateException(
                "The ledger's file " + file + SUFFIX + " is not there. Check its path, or let the component create it.",
                cause);
    }

    DataSource dataSource() {
        return pool;
    }

    /** What sees whether the file that is open is still the one that the next JVM would open. */
    H2FileWatch watch(JdbcExecutor connections) {
        return new H2FileWatch(Path.of(file + SUFFIX), () -> sizeBy(connections));
    }

    /** How long H2 takes the file to be. */
    private static long sizeBy(JdbcExecutor connections) {
        return connections.execute("tell the size of its file", connection -> {
            try (PreparedStatement statement = JdbcExecutor.prepare(connection, SIZE);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Long.parseLong(row.getString(1)) : 0;
            }
        });
    }

    /** Whether this JVM had the file not open already, so that whoever had it before is gone. */
    boolean isFirst() {
        return isFirst;
    }

    /** Closes it; the last ledger of this JVM closes the file. */
    void close() {
        synchronized (H2LedgerFile.class) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            LEDGERS.computeIfPresent(file, (path, count) -> count == 1 ? null : count - 1);
            pool.dispose();
            try {
                anchor.close();
            } catch (SQLException e) {
                throw new LedgerAccessException("close " + file + SUFFIX, e);
            }
        }
    }
}

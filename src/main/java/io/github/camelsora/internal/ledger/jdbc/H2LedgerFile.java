package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.internal.ledger.LedgerAccessException;
import java.io.IOException;
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
 * A database of H2 in a file, open in this JVM and in no other. Only this class and its {@link
 * H2PooledConnection} depend on H2, which users add only when they want such a file.
 */
final class H2LedgerFile {
    private static final Logger LOG = LoggerFactory.getLogger(H2LedgerFile.class);
    private static final String SUFFIX = ".mv.db";
    // WRITE_DELAY=0: H2 would keep commits in memory for a moment, and lose them with the JVM. MAX_LENGTH_INPLACE_LOB:
    // texts within their row are a third faster. TRACE_LEVEL_FILE=0: a trace would contain prompts. And with another
    // prefix than async: the interrupt of one thread closes the file for all.
    private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=1000000"
            + ";LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=1000;TRACE_LEVEL_FILE=0";
    private static final String SIZE =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'info.FILE_SIZE'";
    private static final int MOST_CONNECTIONS = 32;
    private static final int CONNECTION_TIMEOUT_SECONDS = 30;

    private static final String SESSIONS = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS";

    // Guarded by the class. Also holds the header of a file that H2 has kept open, since the garbage collector would
    // close it.
    private static final Map<Path, SharedFile> FILES = new HashMap<>();

    private final Path file;
    // Keeps the database open while the pool has no connection.
    private final Connection anchor;
    private final SharedFile shared;
    private final boolean isFirst;
    private final JdbcConnectionPool pool;
    private boolean isClosed;

    private H2LedgerFile(Path file, JdbcDataSource source, Connection anchor, SharedFile shared) {
        this.file = file;
        this.anchor = anchor;
        this.shared = shared;
        this.isFirst = ++shared.ledgers == 1;
        this.pool = JdbcConnectionPool.create(new H2PooledConnection.Source(source));
        pool.setMaxConnections(MOST_CONNECTIONS);
        pool.setLoginTimeout(CONNECTION_TIMEOUT_SECONDS);
    }

    /** What the ledgers of this JVM share that have one file open. */
    private static final class SharedFile {
        final FileHeader header;
        int ledgers;

        SharedFile(FileHeader header) {
            this.header = header;
        }
    }

    /** Opens the header of a file that H2 has open. */
    interface HeaderOpener {
        FileHeader open(Path file) throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param name the file, with the suffix that H2 gives it or without
     * @param mayCreate whether to create it when it does not exist
     * @throws IllegalArgumentException if H2 cannot open a file of that name
     * @throws IllegalStateException if it is open elsewhere, missing, damaged, or read-only
     */
    static H2LedgerFile open(Path name, boolean mayCreate) {
        return open(name, mayCreate, FileHeader::new);
    }

    static synchronized H2LedgerFile open(Path name, boolean mayCreate, HeaderOpener headers) {
        Path file = realPath(name, mayCreate);
        H2FileCheck.requireLedger(Path.of(file + SUFFIX));
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + file + SETTINGS + (mayCreate ? "" : ";IFEXISTS=TRUE"));
        source.setUser("sa");
        boolean isNew = !Files.exists(Path.of(file + SUFFIX));
        try {
            H2LedgerFile opened = connect(file, source, headers);
            LOG.info("The ledger is {}{}", file + SUFFIX, isNew ? ", a new file that holds no key yet" : "");
            return opened;
        } catch (SQLException e) {
            throw switch (e.getErrorCode()) {
                case ErrorCode.DATABASE_ALREADY_OPEN_1 -> openElsewhere(file, e);
                case ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 -> missing(file, e);
                case ErrorCode.FILE_CORRUPTED_1,
                        ErrorCode.IO_EXCEPTION_1,
                        ErrorCode.IO_EXCEPTION_2,
                        ErrorCode.FILE_VERSION_ERROR_1 -> H2FileCheck.unreadable(Path.of(file + SUFFIX), e);
                default -> new LedgerAccessException("open " + file + SUFFIX, e);
            };
        }
    }

    private static H2LedgerFile connect(Path file, JdbcDataSource source, HeaderOpener headers) throws SQLException {
        Connection anchor = source.getConnection();
        try {
            if (anchor.isReadOnly()) {
                throw H2FileCheck.readOnly(Path.of(file + SUFFIX));
            }
            return new H2LedgerFile(file, source, anchor, share(file, headers));
        } catch (SQLException | RuntimeException | Error e) {
            // Otherwise the file would stay locked until the JVM ends.
            closeAfter(e, anchor);
            throw e;
        }
    }

    private static SharedFile share(Path file, HeaderOpener headers) {
        SharedFile known = FILES.get(file);
        if (known != null) {
            return known;
        }
        try {
            SharedFile opened = new SharedFile(headers.open(Path.of(file + SUFFIX)));
            FILES.put(file, opened);
            return opened;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The ledger's file " + file + SUFFIX + " was opened by H2, but cannot be read by the component ("
                            + e.getMessage()
                            + "). Nothing was sent and nothing was paid. Keep the file: what it holds was"
                            + " paid for.",
                    e);
        }
    }

    private static void closeAfter(Throwable failure, Connection anchor) {
        try {
            anchor.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    // Without links, so that one file has one path in FILES.
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
            throw new IllegalStateException(
                    "The folder of the ledger's file cannot be used: " + file.getParent() + " (" + e + ")", e);
        }
    }

    // The file itself may be a link, too. A link to a name without the suffix of H2 stays as it is.
    private static Path behindLink(Path file) throws IOException {
        Path onDisk = Path.of(file + SUFFIX);
        if (!Files.isSymbolicLink(onDisk) || !Files.exists(onDisk)) {
            return file;
        }
        String target = onDisk.toRealPath().toString();
        return target.endsWith(SUFFIX) ? Path.of(target.substring(0, target.length() - SUFFIX.length())) : file;
    }

    private static IllegalStateException openElsewhere(Path file, SQLException cause) {
        return new IllegalStateException(
                "The ledger's file " + file + SUFFIX
                        + " is open in another JVM, or in this one by another name. A file serves one JVM; let several share "
                        + "a database server by the option dataSource.",
                cause);
    }

    private static IllegalStateException missing(Path file, SQLException cause) {
        return new IllegalStateException(
                "The ledger's file " + file + SUFFIX + " is not there. Check its path, or let the component create it.",
                cause);
    }

    DataSource dataSource() {
        return pool;
    }

    /** Watches whether the next JVM would open the same file. */
    H2FileWatch watch(JdbcExecutor jdbc) {
        return new H2FileWatch(Path.of(file + SUFFIX), shared.header, () -> sizeByH2(jdbc));
    }

    /** The size of the file by H2. */
    private static long sizeByH2(JdbcExecutor jdbc) {
        return jdbc.execute("read the size of its file", connection -> {
            try (PreparedStatement statement = JdbcExecutor.prepare(connection, SIZE);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Long.parseLong(row.getString(1)) : 0;
            }
        });
    }

    /** True when this ledger was the first of this JVM to open the file, so that every JVM that had it before has ended. */
    boolean isFirst() {
        return isFirst;
    }

    /** Closes this ledger; the last one of this JVM closes the file. Idempotent. */
    void close() {
        synchronized (H2LedgerFile.class) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            shared.ledgers--;
            pool.dispose();
            boolean endsDatabase = shared.ledgers == 0 && isOnlySession();
            try {
                anchor.close();
            } catch (SQLException e) {
                throw new LedgerAccessException("close " + file + SUFFIX, e);
            }
            if (endsDatabase) {
                closeHeader();
            }
        }
    }

    /** A connection that is still borrowed keeps the database open; then closing the header would end the lock of H2. */
    private boolean isOnlySession() {
        try (PreparedStatement statement = JdbcExecutor.prepare(anchor, SESSIONS);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getInt(1) == 1;
        } catch (SQLException e) {
            LOG.debug("The connections to the ledger's file {} could not be counted", file, e);
            return false;
        }
    }

    private void closeHeader() {
        FILES.remove(file);
        try {
            shared.header.close();
        } catch (IOException e) {
            LOG.debug("The descriptor of the ledger's file {} could not be closed", file, e);
        }
    }
}

package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file outlives its JVM, however that ends, and belongs to one at a time. */
class H2LedgerFileTest {
    private static final Duration LEASE = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final List<JdbcTaskLedger> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(JdbcTaskLedger::close);
    }

    @Test
    void recordsOutliveAReopening() {
        JdbcTaskLedger first = open();
        TaskRecord record = LedgerRecords.running("default", "key-1", "video_1");
        first.add(record);
        first.close();

        assertThat(open().find("default", "key-1")).contains(record);
    }

    @Test
    void recordsOutliveACrashOfTheJvm() throws Exception {
        assertThat(LedgerInAnotherJvm.run(file())).contains("written");

        JdbcTaskLedger ledger = open();

        for (int i = 0; i < 100; i++) {
            assertThat(ledger.find("default", "key-" + i))
                    .contains(LedgerRecords.running("default", "key-" + i, "video_" + i));
        }
    }

    @Test
    void tasksOfAJvmAreAbandonedAsSoonAsTheNextJvmStarts() throws Exception {
        LedgerInAnotherJvm.run(file());

        JdbcTaskLedger ledger = open();

        assertThat(ledger.isLive("node-1")).isFalse();
        assertThat(ledger.findAbandoned("default", LedgerRecords.SERVICE, 1_000))
                .hasSize(100);
    }

    @Test
    void tasksFromBeforeAReopeningAreAbandoned() {
        JdbcTaskLedger first = open();
        first.renewLease("node-1", LEASE);
        first.close();

        assertThat(open().isLive("node-1")).isFalse();
    }

    @Test
    void theMessageToAnotherJvmNamesADatabaseServer() throws Exception {
        open();

        String said = LedgerInAnotherJvm.run(file());

        assertThat(said).contains("open in another JVM").contains("dataSource").contains(file().toString());
    }

    @Test
    void noOtherJvmOpensTheFileAfterItWasChecked() throws Exception {
        JdbcTaskLedger one = open();
        JdbcTaskLedger other = open();

        // Closing any descriptor of a file ends all locks that a process has on it (POSIX).
        one.fileWatch().check();
        other.fileWatch().check();
        other.close();

        assertThat(LedgerInAnotherJvm.run(file())).contains("open in another JVM");
        assertThat(one.fileWatch().problem()).isEmpty();
    }

    @Test
    void anotherJvmOpensTheFileAfterItsLastLedgerWasClosed() throws Exception {
        JdbcTaskLedger one = open();
        JdbcTaskLedger other = open();
        one.fileWatch().check();
        one.close();
        other.close();

        assertThat(LedgerInAnotherJvm.run(file())).doesNotContain("open in another JVM");
    }

    @Test
    void twoLedgersOfOneJvmShareTheFile() {
        JdbcTaskLedger one = open();
        JdbcTaskLedger other = open();

        one.add(LedgerRecords.intent("default", "key-1"));

        assertThat(other.find("default", "key-1")).isPresent();
    }

    @Test
    void openingTheFileAgainDoesNotEndTheLeaseOfALiveNode() {
        JdbcTaskLedger first = open();
        first.renewLease("node-1", LEASE);

        open();

        assertThat(first.isLive("node-1")).isTrue();
    }

    @Test
    void aLiveNodeOutlivesTheLedgerThatOpenedTheFileFirst() {
        JdbcTaskLedger first = open();
        JdbcTaskLedger second = open();
        second.renewLease("node-2", LEASE);
        first.close();

        JdbcTaskLedger third = open();

        assertThat(third.isLive("node-2")).isTrue();
        assertThat(second.renewLease("node-2", LEASE)).isTrue();
    }

    @Test
    void itMayBeClosedTwice() {
        JdbcTaskLedger one = open();
        JdbcTaskLedger other = open();
        other.renewLease("node-2", LEASE);
        one.close();

        one.close();

        assertThat(open().isLive("node-2")).isTrue();
    }

    @Test
    void aClosedFileCanBeOpenedByAnotherJvm() throws Exception {
        open().close();

        assertThat(LedgerInAnotherJvm.run(file())).contains("written");
    }

    @Test
    void theFolderIsCreated() {
        opened.add(JdbcTaskLedger.inFile(folder.resolve("not/there yet/größe #1"), true));

        assertThat(folder.resolve("not/there yet/größe #1.mv.db")).exists();
    }

    @Test
    void theFileMayBeNamedAsItIsCalledOnDisk() {
        open().add(LedgerRecords.intent("default", "key-1"));

        opened.add(JdbcTaskLedger.inFile(folder.resolve("ledger.mv.db"), true));

        assertThat(opened.get(1).find("default", "key-1")).isPresent();
    }

    @Test
    void oneFileIsOneLedgerByAnyPath() throws Exception {
        JdbcTaskLedger first = open();
        first.renewLease("node-1", LEASE);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        opened.add(JdbcTaskLedger.inFile(link.resolve("../link/ledger"), true));

        assertThat(opened.get(1).isLive("node-1")).isTrue();
    }

    @Test
    void noOtherFileIsCreated() throws Exception {
        JdbcTaskLedger ledger = open();
        ledger.add(LedgerRecords.intent("default", "key-1"));
        ledger.add(LedgerRecords.intent("default", "key-1"));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("ledger.mv.db"));
        }
    }

    @Test
    void aFileThatMustNotBeCreatedHasToExist() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcTaskLedger.inFile(file(), false))
                .withMessageContaining(file() + ".mv.db is not there");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSemicolonInThePathIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTaskLedger.inFile(folder.resolve("ledger;INIT=DROP ALL OBJECTS"), true))
                .withMessageContaining("semicolon");
    }

    @Test
    void anInterruptDuringAWriteDoesNotCloseTheFile() {
        JdbcTaskLedger ledger = open();
        H2LedgerFile file = H2LedgerFile.open(file(), false);
        try {
            new JdbcExecutor(file.dataSource()).execute("write while interrupted", connection -> {
                try (PreparedStatement statement = connection.prepareStatement(TaskSql.ADD)) {
                    TaskRowMapper.bindNew(statement, LedgerRecords.intent("default", "key-1"));
                    Thread.currentThread().interrupt();
                    return statement.executeUpdate();
                } finally {
                    Thread.interrupted();
                }
            });
        } finally {
            file.close();
        }

        TaskRecord written = ledger.find("default", "key-1").orElseThrow();
        assertThat(ledger.replace(written.withState(TaskState.REJECTED))).isPresent();
    }

    // An operator opens the file with any client of H2, and so does each later version.
    @Test
    void theFileIsThatOfTheUserSa() throws Exception {
        open().close();

        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + file() + ";IFEXISTS=TRUE", "sa", "")) {
            assertThat(connection.getMetaData().getUserName()).isEqualToIgnoringCase("sa");
        }
    }

    @Test
    void itsPoolIsBounded() {
        open();
        H2LedgerFile file = H2LedgerFile.open(file(), false);
        try {
            JdbcConnectionPool pool = (JdbcConnectionPool) file.dataSource();

            assertThat(pool.getMaxConnections()).isEqualTo(32);
            assertThat(pool.getLoginTimeout()).isEqualTo(30);
        } finally {
            file.close();
        }
    }

    @Test
    void aFileWithoutTablesIsClosedAgain() {
        H2LedgerFile.open(file(), true).close();

        assertThatIllegalStateException().isThrownBy(() -> JdbcTaskLedger.inFile(file(), false));

        H2LedgerFile again = H2LedgerFile.open(file(), false);
        assertThat(again.isFirst()).isTrue();
        again.close();
    }

    @Test
    void noOtherJvmOpensTheFileWhileAConnectionOfAClosedLedgerIsInUse() throws Exception {
        open().close();
        H2LedgerFile file = H2LedgerFile.open(file(), false);
        try (Connection borrowed = file.dataSource().getConnection()) {
            file.close();

            assertThat(borrowed.isClosed()).isFalse();
            assertThat(LedgerInAnotherJvm.run(file())).contains("open in another JVM");
        }
    }

    @Test
    void aFileIsOpenedAndClosedAgainAfterAConnectionOutlivedItsLedger() throws Exception {
        open().close();
        H2LedgerFile file = H2LedgerFile.open(file(), false);
        try (Connection borrowed = file.dataSource().getConnection()) {
            file.close();
            assertThat(borrowed.isClosed()).isFalse();
        }

        H2LedgerFile again = H2LedgerFile.open(file(), false);
        assertThat(again.isFirst()).isTrue();
        again.close();

        assertThat(LedgerInAnotherJvm.run(file())).contains("written");
    }

    @Test
    void aFileWhoseHeaderCannotBeReadIsNotLeftLocked() throws Exception {
        open().close();

        assertThatIllegalStateException()
                .isThrownBy(() -> H2LedgerFile.open(file(), false, name -> {
                    throw new IOException("Too many open files, says the test");
                }))
                .withMessageContainingAll(file() + ".mv.db", "Too many open files", "nothing was paid");

        assertThat(LedgerInAnotherJvm.run(file())).contains("written");
    }

    @Test
    void aFolderThatCannotBeCreatedIsNamed() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "");

        assertThatIllegalStateException()
                .isThrownBy(() -> H2LedgerFile.open(noFolder.resolve("ledger"), true))
                .withMessageContaining(noFolder.toString());
    }

    @Test
    void theFileThatIsWatchedIsTheOneOnDisk() throws Exception {
        assertThat(open().fileWatch().file()).isEqualTo(folder.toRealPath().resolve("ledger.mv.db"));
    }

    @Test
    void withoutH2TheDependencyIsNamed() throws Exception {
        Class<?> ledger = new WithoutH2().loadClass(JdbcTaskLedger.class.getName());

        assertThatThrownBy(() ->
                        ledger.getMethod("inFile", Path.class, boolean.class).invoke(null, file(), true))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("com.h2database:h2");
    }

    /** Finds our own classes anew, and H2 nowhere. */
    private static final class WithoutH2 extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.h2.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.camelsora.internal.ledger.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private Path file() {
        return folder.resolve("ledger");
    }

    private JdbcTaskLedger open() {
        JdbcTaskLedger ledger = JdbcTaskLedger.inFile(file(), true);
        opened.add(ledger);
        return ledger;
    }
}

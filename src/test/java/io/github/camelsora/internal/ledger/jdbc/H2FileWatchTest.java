package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.support.WarningCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no longer what this JVM has open is noticed, and one that is only used is not. */
class H2FileWatchTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path file;
    private JdbcTaskLedger ledger;
    private H2FileWatch watch;
    private FileHeader header;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temporary.resolve("data"));
        file = folder.resolve("ledger.mv.db");
        ledger = JdbcTaskLedger.inFile(file, true);
        ledger.add(LedgerRecords.intent("default", "key-1"));
        watch = ledger.fileWatch();
        header = new FileHeader(file);
    }

    @AfterEach
    void close() throws IOException {
        try {
            ledger.close();
        } catch (RuntimeException e) {
            // Its file is not there any more.
        }
        header.close();
    }

    @Test
    void aFileInUseIsNotReportedAsReplaced() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 50; i++) {
                TaskRecord record = LedgerRecords.intent("default", "key " + round + " " + i);
                ledger.add(record);
                ledger.replace(record.withState(TaskState.REJECTED));
            }
            ledger.removeClosed(Instant.now().plusSeconds(3_600), 1_000);
            watch.check();
        }

        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void aDeletedFileIsNoticedAndTheLogSaysWhatToDo() throws Exception {
        try (WarningCapture warnings = WarningCapture.of(H2FileWatch.class)) {
            Files.delete(file);

            watch.check();
            watch.check();

            assertThat(watch.problem())
                    .hasValueSatisfying(said -> assertThat(said).contains("ledger.mv.db", "deleted"));
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("ERROR", "deleted", "Nothing new is paid", "start again");
        }
    }

    @Test
    void aFileThatIsRenamedAndBackIsAProblemInBetweenOnly() throws Exception {
        Files.move(file, folder.resolve("elsewhere"));
        watch.check();
        assertThat(watch.problem()).isPresent();

        Files.move(folder.resolve("elsewhere"), file);
        watch.check();

        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void aFileThatIsReplacedIsNoticed() throws Exception {
        Path other = folder.resolve("other");
        Files.copy(file, other);
        Files.delete(file);
        Files.move(other, file);

        watch.check();

        assertThat(watch.problem()).hasValueSatisfying(said -> assertThat(said).contains("replaced"));
    }

    @Test
    void aFolderThatIsRemovedIsNoticed() throws Exception {
        Files.delete(file);
        Files.delete(folder);

        watch.check();

        assertThat(watch.problem()).isPresent();
    }

    @Test
    void aFileThatIsEmptiedIsNoticedAlsoAfterMoreWasWritten() throws Exception {
        truncate(0);
        ledger.add(LedgerRecords.intent("default", "key-2"));

        watch.check();

        assertThat(watch.problem()).hasValueSatisfying(said -> assertThat(said).contains("shortened"));
    }

    @Test
    void aFileThatIsCutIsNoticedForGood() throws Exception {
        truncate(Files.size(file) - 4_096);
        watch.check();
        ledger.add(LedgerRecords.intent("default", "key-2"));

        watch.check();

        assertThat(watch.problem()).hasValueSatisfying(said -> assertThat(said).contains("shortened"));
    }

    @Test
    void aCompactionThatH2RecordsLateIsAProblemForAWhileOnly() throws Exception {
        long[] late = {Files.size(file) + 4_096};
        H2FileWatch lateWatch = new H2FileWatch(file, header, () -> late[0]);
        lateWatch.check();
        lateWatch.check();
        assertThat(lateWatch.problem()).isPresent();

        late[0] = Files.size(file);
        lateWatch.check();

        assertThat(lateWatch.problem()).isEmpty();
    }

    @Test
    void aFileThatIsTooShortInThreeChecksInARowIsDamagedForGood() throws Exception {
        long[] known = {Files.size(file) + 4_096};
        H2FileWatch cutWatch = new H2FileWatch(file, header, () -> known[0]);
        cutWatch.check();
        cutWatch.check();
        cutWatch.check();

        known[0] = Files.size(file);
        cutWatch.check();

        assertThat(cutWatch.problem()).isPresent();
    }

    @Test
    void aGoodCheckResetsTheCount() throws Exception {
        long size = Files.size(file);
        long[] known = {0};
        H2FileWatch lateWatch = new H2FileWatch(file, header, () -> known[0]);
        for (long answer : new long[] {size + 1, size + 1, size, size + 1, size + 1, size}) {
            known[0] = answer;
            lateWatch.check();
        }

        assertThat(lateWatch.problem()).isEmpty();
    }

    @Test
    void aFileThatGrowsWhileH2IsAskedIsNotTooShort() throws Exception {
        H2FileWatch growing = new H2FileWatch(file, header, () -> {
            try {
                long size = Files.size(file) + 4_096;
                Files.write(file, new byte[4_096], StandardOpenOption.APPEND);
                return size;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        growing.check();

        assertThat(growing.problem()).isEmpty();
    }

    @Test
    void largeDeletesWithCheckpointsRaiseNoAlarm() throws Exception {
        H2LedgerFile opened = H2LedgerFile.open(file, true);
        try (Connection connection = opened.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            // Else H2 keeps for 45 s what it could overwrite.
            statement.execute("SET RETENTION_TIME 0");
            for (int round = 0; round < 10; round++) {
                statement.execute(
                        "CREATE TABLE FILLING AS SELECT X, REPEAT(RANDOM_UUID(), 200) Y FROM SYSTEM_RANGE(1, 500)");
                statement.execute("DROP TABLE FILLING");
                statement.execute("CHECKPOINT SYNC");
                watch.check();
                assertThat(watch.problem()).isEmpty();
            }
        } finally {
            opened.close();
        }
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}

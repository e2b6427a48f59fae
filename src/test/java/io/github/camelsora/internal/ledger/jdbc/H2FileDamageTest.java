package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged ledger file is rejected: a new ledger in its place would pay for each key again. */
class H2FileDamageTest {
    private static final TaskRecord RECORD = LedgerRecords.running("default", "key-1", "video_1");

    @TempDir
    Path folder;

    @Test
    void anEmptyFileIsRejected() throws Exception {
        writeLedger();
        Files.write(onDisk(), new byte[0]);

        assertRejected("is empty");

        assertThat(onDisk()).isEmptyFile();
    }

    @Test
    void anEmptyFileIsRejectedAlsoWhenNoFileMayBeCreated() throws Exception {
        Files.createFile(onDisk());

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcTaskLedger.inFile(file(), false))
                .withMessageContaining("is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, 8192, 100_000})
    void aFileOfZerosIsRejected(int length) throws Exception {
        Files.write(onDisk(), new byte[length]);

        assertRejected("cannot be opened");

        assertThat(onDisk()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void aTruncatedFileIsRejected(int length) throws Exception {
        writeLedger();
        Files.write(onDisk(), Arrays.copyOf(Files.readAllBytes(onDisk()), length));

        assertRejected("cannot be opened");
    }

    @Test
    void aFileOfTextIsRejected() throws Exception {
        Files.writeString(onDisk(), "version https://git-lfs.github.com/spec/v1\n");

        assertRejected("cannot be opened");
    }

    @Test
    void aDirectoryIsRejected() throws Exception {
        Files.createDirectory(onDisk());

        assertRejected("is a directory");
    }

    @Test
    void aBrokenLinkIsRejected() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("not mounted"));
        Files.createSymbolicLink(onDisk(), elsewhere.resolve("ledger.mv.db"));

        assertRejected("is a link to a file that is not there");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aReadOnlyFileIsRejected() throws Exception {
        writeLedger();
        assertThat(onDisk().toFile().setWritable(false)).isTrue();
        // The administrator writes it all the same.
        assumeThat(Files.isWritable(onDisk())).isFalse();

        assertThatIllegalStateException()
                .isThrownBy(this::open)
                .withMessageContaining(onDisk() + " cannot be written")
                .withMessageContaining("nothing was paid");
    }

    @Test
    void aRejectedFileOpensOnceItIsRestored() throws Exception {
        writeLedger();
        byte[] backup = Files.readAllBytes(onDisk());
        Files.write(onDisk(), new byte[0]);
        assertRejected("is empty");
        Files.write(onDisk(), backup);

        try (JdbcTaskLedger ledger = open()) {
            assertThat(ledger.find("default", "key-1")).contains(RECORD);
        }
    }

    @Test
    void whereNothingIsALedgerIsCreated() {
        try (JdbcTaskLedger ledger = open()) {
            assertThat(ledger.find("default", "key-1")).isEmpty();
        }
    }

    @Test
    void aTraceOfH2BesideIsNoLedger() throws Exception {
        Files.createFile(folder.resolve("ledger.trace.db"));
        writeLedger();

        try (JdbcTaskLedger ledger = open()) {
            assertThat(ledger.find("default", "key-1")).contains(RECORD);
        }
    }

    @Test
    void aLinkAndItsTargetAreOneFile() throws Exception {
        writeLedger();
        Files.createSymbolicLink(folder.resolve("link.mv.db"), onDisk());

        try (JdbcTaskLedger one = open();
                JdbcTaskLedger other = JdbcTaskLedger.inFile(folder.resolve("link"), true)) {
            one.add(LedgerRecords.intent("default", "key-2"));

            assertThat(other.find("default", "key-2")).isPresent();
        }
    }

    private void assertRejected(String why) {
        assertThatIllegalStateException()
                .isThrownBy(this::open)
                .withMessageContaining(onDisk() + " " + why)
                .withMessageContaining("nothing was paid")
                .withMessageContaining("Restore the file")
                .withMessageContaining("delete it");
    }

    private void writeLedger() throws IOException {
        try (JdbcTaskLedger ledger = open()) {
            ledger.add(RECORD);
        }
        assertThat(onDisk()).isNotEmptyFile();
    }

    private JdbcTaskLedger open() {
        return JdbcTaskLedger.inFile(file(), true);
    }

    private Path file() throws RuntimeException {
        return real().resolve("ledger");
    }

    private Path onDisk() {
        return real().resolve("ledger.mv.db");
    }

    // As the messages say it.
    private Path real() {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

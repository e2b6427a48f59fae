package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is advised when the file of a ledger cannot be opened: a sound one must not be deleted, since then no key is known. */
class H2FileCheckTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("ledger.mv.db"), "H:2,");
    }

    @Test
    void theMessageForAnUnreadableFileDoesNotSayToDeleteIt() {
        SQLException cause = new SQLException("IO error", new IOException(new AccessDeniedException(file.toString())));

        IllegalStateException rejection = H2FileCheck.unreadable(file, cause);

        assertThat(rejection).hasMessageContaining("may not be read").hasCause(cause);
        assertThat(rejection.getMessage()).doesNotContain("delete").doesNotContain("damaged");
    }

    @Test
    void aFileThatIsDamagedMayBeReplacedByAnEmptyLedger() {
        IllegalStateException rejection = H2FileCheck.unreadable(file, new SQLException("File corrupted"));

        assertThat(rejection).hasMessageContainingAll("damaged", "backup", "delete it", "paid again");
    }
}

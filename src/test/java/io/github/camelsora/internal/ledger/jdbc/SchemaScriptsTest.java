package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of the ledger are final once they are released, and each of them is run. */
class SchemaScriptsTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/github/camelsora/ledger");

    /** Of the scripts that a release has, or is about to have. */
    private static final Map<String, String> CHECKSUMS =
            Map.of("1.sql", "0b7e9ccc94311de1f1997d0c527d9a6dc848452f1f7cba4f539cf8bfce4fdf09");

    private static final String HOW_TO_CHANGE_THE_TABLES = """
            %s has changed. From 1.0.0 on the ledgers of users have these tables, and no version of the component runs \
            the script on them again. Undo the change, and write the next script instead, such as 2.sql:
            - It only adds tables, columns with a default value, and indexes, so that JVMs of the old version go on.
            - Each statement says IF NOT EXISTS, because H2 commits each one: a script that was interrupted is run again.
            - Its last statement adds its number to sora_schema, as that of 1.sql does.
            - Set SchemaMigration.NEWEST to its number, and add its checksum to this test when it is released.
            Only as long as 1.0.0 is not released: if the change is meant, put the new checksum here.
            """;

    @ParameterizedTest
    @MethodSource("scripts")
    void noReleasedScriptChanges(Path script) throws Exception {
        String name = script.getFileName().toString();

        String checksum = sha256(Files.readAllBytes(script));

        assertThat(checksum).as(HOW_TO_CHANGE_THE_TABLES, name).isEqualTo(CHECKSUMS.getOrDefault(name, checksum));
    }

    @Test
    void noReleasedScriptIsMissing() throws Exception {
        assertThat(scripts())
                .extracting(script -> script.getFileName().toString())
                .containsAll(CHECKSUMS.keySet());
    }

    @Test
    void everyScriptIsRunInTheOrderOfItsNumber() throws Exception {
        DataSource database = JdbcConnectionPool.create("jdbc:h2:mem:scripts;DB_CLOSE_DELAY=-1", "sa", "");

        SchemaMigration.ofThisVersion().prepare(new JdbcExecutor(database), true);

        List<Integer> numbers =
                IntStream.rangeClosed(1, scripts().size()).boxed().toList();
        assertThat(scripts())
                .extracting(script -> script.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(number -> number + ".sql").toList());
        assertThat(SchemaMigrationContract.versions(database))
                .as("What SchemaMigration.NEWEST says, and what each script adds to sora_schema")
                .isEqualTo(numbers);
    }

    @Test
    void everyScriptMayBeRunAgain() throws Exception {
        DataSource database = JdbcConnectionPool.create("jdbc:h2:mem:again;DB_CLOSE_DELAY=-1", "sa", "");
        SchemaMigration.ofThisVersion().prepare(new JdbcExecutor(database), true);
        List<Integer> versions = SchemaMigrationContract.versions(database);

        for (Path script : scripts()) {
            SchemaMigrationContract.run(database, Files.readString(script));
        }

        assertThat(SchemaMigrationContract.versions(database)).isEqualTo(versions);
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> scripts = Files.list(FOLDER)) {
            return scripts.toList();
        }
    }

    private static String sha256(byte[] script) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
    }
}

package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.support.FreePort;
import io.github.camelsora.support.Postgres;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts camel-main with the ledgers that the documentation shows, and runs the SQL that it shows. */
class LedgerSettingsTest {
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*");

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = "ledger-file.properties")
    void aKeyIsKnownAfterARestart(String properties, ToApisSimulator toApis) throws Exception {
        Map<String, String> instead = Map.of(
                "camel.component.sora.ledger-file", folder.resolve("sora").toString());

        toApis.addSource("video_0");
        remix(properties, instead, toApis);
        remix(properties, instead, toApis);

        assertThat(folder.resolve("sora.mv.db")).isNotEmptyFile();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = "ledger-database.properties")
    void aKeyIsKnownInADatabase(String properties, ToApisSimulator toApis) throws Exception {
        Map<String, String> instead = Map.of(
                "camel.beans.tasks.jdbc-url", Postgres.urlOf(Postgres.freshDatabase()),
                "camel.beans.tasks.username", "postgres",
                "camel.beans.tasks.password", "postgres");
        toApis.addSource("video_0");

        remix(properties, instead, toApis);
        remix(properties, instead, toApis);

        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = "operator.sql")
    void everyStatementForOperatorsRuns(String questions) throws Exception {
        DataSource database = Postgres.freshDatabase();
        execute(database, Snippets.read(Snippets.SCHEMA));

        for (String question : END_OF_STATEMENT.split(Snippets.read(Snippets.file(questions)))) {
            assertThatCode(() -> execute(database, question)).doesNotThrowAnyException();
        }
    }

    @Test
    void psqlReadsTheLedgerInPostgres() throws Exception {
        assumeTrue(Programs.find("psql").isPresent(), "psql is not installed");
        DataSource database = Postgres.freshDatabase();
        execute(database, Snippets.read(Snippets.SCHEMA));
        String address = Postgres.urlOf(database).replaceFirst("^jdbc:", "").replace("?user=postgres&user=", "?user=");

        List<String> commands = OperationsPage.commands("psql");

        assertThat(commands).hasSize(1);
        assertThat(new OperatorShell(folder, Map.of())
                        .run(commands.get(0).replace("postgresql://sora@db.example.com/sora", address)))
                .contains("task_key | task_id | state", "(0 rows)");
    }

    @Test
    void theShellReadsTheFileOfAJvmThatHasStopped(ToApisSimulator toApis) throws Exception {
        toApis.addSource("video_0");
        remix("ledger-file.properties", Map.of("camel.component.sora.ledger-file", ledgerFile()), toApis);

        assertThat(H2Commands.run(folder, shell(0), 0)).contains("TASK_KEY | TASK_ID | STATE", "(0 rows");
        for (String statement : END_OF_STATEMENT.split(Snippets.read(Snippets.file("operator.sql")))) {
            assertThat(H2Commands.run(folder, withStatement(shell(0), statement), 0))
                    .matches(statement.contains("UPDATE") ? "(?s).*Update count: \\d+.*" : "(?s).*\\(\\d+ rows?, .*");
        }
        assertThat(H2Commands.run(folder, withStatement(shell(0), "SELECT task_key FROM sora_task"), 0))
                .contains("order-4711");
    }

    @Test
    void theShellIsRejectedWhileTheJvmRuns(ToApisSimulator toApis) throws Exception {
        Main main = start("ledger-file.properties", Map.of("camel.component.sora.ledger-file", ledgerFile()), toApis);
        try {
            assertThat(H2Commands.run(folder, shell(0), 1)).contains("Database may be already in use");
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "ledger-h2-server.properties")
    void theShellReadsTheLedgerOfAnH2ServerWhileTheJvmRuns(String properties, ToApisSimulator toApis) throws Exception {
        toApis.addSource("video_0");
        int port = FreePort.find();
        String[] commands = shell(1).split("\n");
        H2Commands.run(folder, commands[0], 0);
        Process server = H2Commands.start(folder, atPort(commands[1], port));
        try {
            awaitServer(port);
            String url = properties(properties).getProperty("camel.beans.tasks.jdbc-url");
            Main main = start(properties, Map.of("camel.beans.tasks.jdbc-url", atPort(url, port)), toApis);
            try {
                remix(main);
                String inside = atPort(shell(2), port);

                assertThat(H2Commands.run(folder, inside, 0)).contains("TASK_KEY | TASK_ID | STATE", "(0 rows");
                assertThat(H2Commands.run(folder, withStatement(inside, "SELECT task_key FROM sora_task"), 0))
                        .contains("order-4711");
            } finally {
                main.stop();
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private String ledgerFile() {
        return folder.resolve("data/sora").toString();
    }

    /** The blocks with the jar of H2 on the operations page, in their order. */
    private static String shell(int number) {
        List<String> blocks = OperationsPage.commands("h2.jar");
        assertThat(blocks).hasSize(3);
        return blocks.get(number);
    }

    private static String withStatement(String command, String statement) {
        String line = statement.replaceAll("(?m)^--.*$", "").strip().replace("\n", " ");
        return command.replaceFirst("(?s)-sql \".*\"", Matcher.quoteReplacement("-sql \"" + line + "\""));
    }

    private static String atPort(String text, int port) {
        assertThat(text).contains("9092");
        return text.replace("9092", String.valueOf(port));
    }

    private static void awaitServer(int port) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    private static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Snippets.read(Snippets.file(name))));
        return properties;
    }

    private static void remix(String properties, Map<String, String> instead, ToApisSimulator toApis) throws Exception {
        Main main = start(properties, instead, toApis);
        try {
            remix(main);
        } finally {
            main.stop();
        }
    }

    private static Main start(String properties, Map<String, String> instead, ToApisSimulator toApis) {
        Map<String, String> settings = new HashMap<>(instead);
        settings.put("camel.component.sora.base-url", toApis.baseUrl());
        settings.put("camel.component.sora.api-key", toApis.apiKey());
        settings.put("camel.component.sora.poll-initial-delay", "20");
        settings.put("camel.component.sora.poll-interval", "20");
        settings.put("camel.component.sora.rate-group", "none");
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + Snippets.file(properties));
        settings.forEach(main::addOverrideProperty);
        main.start();
        return main;
    }

    private static void remix(Main main) throws Exception {
        Exchange out = main.getCamelTemplate()
                .send("sora:remix?requestKey=order-4711&videoId=video_0&prompt=Add a puppy", exchange -> {});
        assertThat(out.getException()).isNull();
    }

    private static void execute(DataSource database, String script) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }
}

package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.support.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
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

    private static void remix(String properties, Map<String, String> instead, ToApisSimulator toApis) throws Exception {
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
        try {
            Exchange out = main.getCamelTemplate()
                    .send("sora:remix?requestKey=order-4711&videoId=video_0&prompt=Add a puppy", exchange -> {});
            assertThat(out.getException()).isNull();
        } finally {
            main.stop();
        }
    }

    private static void execute(DataSource database, String script) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }
}

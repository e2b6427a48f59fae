package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RateGroup;
import io.github.camelsora.support.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps buckets in a database, as the documentation shows. */
class SharedBucketsTest extends DocsTestSupport {
    private final DataSource database = Postgres.freshDatabase();

    @BeforeEach
    void bindTheDatabase() {
        camel.getRegistry().bind("database", database);
    }

    @ParameterizedTest
    @ValueSource(strings = "shared-buckets.sql shared-buckets.java")
    void theBucketsOfTheAccountAreInTheDatabase(String files) throws Exception {
        String table = files.split(" ")[0];
        String route = files.split(" ")[1];
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Snippets.read(Snippets.file(table)));
        }
        options.setRateGroup(RateGroup.DEFAULT);
        Snippets.load(camel, Snippets.file(route));
        camel.start();

        Exchange out = send("direct:shared", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isNull();
        assertThat(buckets()).hasSize(2).allMatch(id -> id.contains(toApis.baseUrl()));
    }

    private List<String> buckets() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM bucket")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}

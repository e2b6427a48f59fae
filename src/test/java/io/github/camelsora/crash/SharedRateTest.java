package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.Allowance;
import io.github.camelsora.simulator.Burst;
import io.github.camelsora.support.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Two nodes share their buckets in PostgreSQL. Each has more to submit than both together may send. */
class SharedRateTest {
    private static final int MESSAGES = 100;
    private static final int PER_SECOND = 20;
    // As many as a busy machine may delay and then send together.
    private static final int BURST = 20;

    @Test
    void twoNodesTogetherKeepTheRateOfOne() throws Exception {
        try (Scenario scenario = Scenario.withDatabase(
                "shared-rate", url(), Duration.ofSeconds(30), Duration.ofSeconds(2), key -> Duration.ZERO)) {
            scenario.simulator().limits(new Allowance(PER_SECOND * 60, BURST, Burst.BUCKET), null);
            List<String> jvmOptions = new ArrayList<>(ClassDataSharing.options());
            jvmOptions.add("-D" + Node.RATE + "=" + PER_SECOND);
            List<Node> nodes = List.of(scenario.start(jvmOptions), scenario.start(jvmOptions));
            nodes.forEach(Node::awaitReady);

            IntStream.range(0, MESSAGES).forEach(number -> scenario.broker()
                    .send(new RemixMessage(RemixMessage.Kind.FORGET, "key-" + number), nodes.get(number % 2)));
            scenario.awaitDelivered(MESSAGES);

            assertThat(scenario.simulator().books().submitsAccepted()).isEqualTo(MESSAGES);
            assertThat(scenario.simulator().books().callsLimited()).isZero();
            nodes.forEach(node -> assertThat(node.stop()).isZero());
        }
    }

    private static String url() throws SQLException {
        DataSource database = Postgres.freshDatabase();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bucket (id VARCHAR PRIMARY KEY, state BYTEA, expires_at BIGINT)");
        }
        return Postgres.urlOf(database);
    }
}

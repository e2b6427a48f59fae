package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.support.Postgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Four nodes share a ledger in PostgreSQL, and have ten times as much to submit as their account may spend. */
class SpendLimitKillTest {
    private static final int MESSAGES = 1_000;
    private static final int LIMIT = 100;

    private final DataSource database = Postgres.freshDatabase();

    @Test
    void fourNodesTogetherSpendExactlyTheLimit() throws Exception {
        try (Scenario scenario = scenario("spend-limit")) {
            List<Node> nodes = start(scenario);

            send(scenario, nodes);
            awaitAnswers(scenario);

            assertThat(scenario.simulator().books().submitsAccepted()).isEqualTo(LIMIT);
            assertThat(scenario.broker().deadLetters()).hasSize(MESSAGES - LIMIT);
            assertThat(held()).isEqualByComparingTo(BigDecimal.valueOf(LIMIT));
        }
    }

    @Test
    void killsNeverLetThemSpendMore() throws Exception {
        try (Scenario scenario = scenario("spend-limit-kill")) {
            List<Node> nodes = start(scenario);
            scenario.awaitAccepted(LIMIT / 4, () -> send(scenario, nodes));

            for (Node node : nodes.subList(0, 2)) {
                assertThat(scenario.kill(node)).isEqualTo(Node.KILLED);
                scenario.broker().redeliver(node, nodes.get(3));
            }
            awaitAnswers(scenario);

            assertThat(scenario.simulator().books().submitsAccepted()).isLessThanOrEqualTo(LIMIT);
            // Each record that is not rejected was accepted, is open, or may have been accepted.
            Map<String, Long> states = LedgerRows.of(scenario.ledger()).states();
            long counted =
                    states.values().stream().mapToLong(Long::longValue).sum() - states.getOrDefault("REJECTED", 0L);
            System.out.printf(
                    "Four nodes, two killed: %d accepted, %s%n",
                    scenario.simulator().books().submitsAccepted(), states);
            assertThat(held()).isEqualByComparingTo(BigDecimal.valueOf(counted));
            assertThat(counted).isLessThanOrEqualTo(LIMIT);
        }
    }

    private Scenario scenario(String name) {
        return Scenario.withDatabase(
                name,
                Postgres.urlOf(database),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                key -> Duration.ofHours(1));
    }

    private static List<Node> start(Scenario scenario) throws Exception {
        List<String> jvmOptions = new ArrayList<>(ClassDataSharing.options());
        jvmOptions.add("-D" + Node.SPEND_LIMIT + "=" + LIMIT + "/1d");
        List<Node> nodes =
                Stream.generate(() -> scenario.start(jvmOptions)).limit(4).toList();
        nodes.forEach(Node::awaitReady);
        return nodes;
    }

    private static void send(Scenario scenario, List<Node> nodes) {
        IntStream.range(0, MESSAGES).forEach(number -> scenario.broker()
                .send(new RemixMessage(RemixMessage.Kind.FORGET, "key-" + number), nodes.get(number % nodes.size())));
    }

    private static void awaitAnswers(Scenario scenario) {
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.broker().unconfirmed().isEmpty());
    }

    private BigDecimal held() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("SELECT SUM(held) FROM sora_book WHERE tenant = ''")) {
            sum.next();
            return sum.getBigDecimal(1);
        }
    }
}

package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.support.Postgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Three nodes share a ledger in PostgreSQL. One is frozen beyond its lease and resumed. Then two are killed while they own
 * tasks, the one that was frozen among them. The third has to deliver everything.
 */
class ClusterKillTest {
    private static final int MESSAGES = 1_000;
    private static final int FIRST_WAVE = 600;
    private static final int MIN_OWNED = 40;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int SHORT_MILLIS = 4_000;

    private Scenario scenario;
    /** Each node's name in the column {@code owner}. */
    private final Map<Node, String> owners = new HashMap<>();

    @Test
    void eachAcceptedRemixIsDeliveredAndPaidOnce() {
        String url = Postgres.urlOf(Postgres.freshDatabase());
        try (Scenario open = Scenario.withDatabase("cluster", url, LEASE, POLL, ClusterKillTest::duration)) {
            scenario = open;
            List<Node> nodes = List.of(scenario.start(), scenario.start(), scenario.start());
            Node first = nodes.get(0);
            Node frozen = nodes.get(1);
            Node survivor = nodes.get(2);
            nodes.forEach(Node::awaitReady);
            send(0, FIRST_WAVE, nodes);
            scenario.awaitDelivered(FIRST_WAVE / 10);
            nodes.forEach(node -> owners.put(node, ownerOf(nodes.indexOf(node), nodes.size())));

            freezeBeyondItsLease(frozen, () -> send(FIRST_WAVE, MESSAGES, nodes));
            kill(first, survivor);
            kill(frozen, survivor);
            scenario.endAllTasks();
            scenario.awaitAllDelivered();

            assertThat(survivor.stop()).isZero();
            InvariantCheck check = new InvariantCheck(scenario, Optional.of(LedgerRows.of(url)));
            System.out.printf("Three nodes, one frozen, two killed: %s%n", check);
            check.reasonsForDuplicates().forEach(System.out::println);
            check.assertNoViolations();
        }
    }

    /** Half of the tasks end within seconds, so that there are deliveries at any time; the test ends the other half. */
    private static Duration duration(String key) {
        Random random = new Random(key.hashCode());
        return random.nextBoolean() ? Duration.ofMillis(random.nextInt(SHORT_MILLIS)) : Duration.ofHours(1);
    }

    private void send(int from, int to, List<Node> nodes) {
        IntStream.range(from, to).forEach(number -> scenario.broker()
                .send(RemixMessage.of("key-" + number, number), nodes.get(number % nodes.size())));
    }

    /** The owner of a running task of the node with this index. */
    private String ownerOf(int index, int nodes) {
        return LedgerRows.of(scenario.ledger()).all().stream()
                .filter(row -> row.state().equals("RUNNING"))
                .filter(row -> Integer.parseInt(row.key().split("-")[1]) % nodes == index)
                .map(Row::owner)
                .findFirst()
                .orElseThrow();
    }

    /** Freezes a node until the other nodes own all its tasks, and while an action runs. */
    private void freezeBeyondItsLease(Node node, Runnable action) {
        awaitOwned(node);
        scenario.freeze(node, () -> {
            System.out.printf("%s is frozen; it owns %d tasks%n", node, owned(node));
            await().atMost(Scenario.LIMIT).until(() -> owned(node) == 0);
            action.run();
        });
    }

    private void kill(Node node, Node heir) {
        awaitOwned(node);
        assertThat(scenario.kill(node)).isEqualTo(Node.KILLED);
        System.out.printf("%s was killed; it owned %d tasks%n", node, owned(node));
        scenario.broker().redeliver(node, heir);
    }

    private void awaitOwned(Node node) {
        await().atMost(Scenario.LIMIT).until(() -> owned(node) > MIN_OWNED);
    }

    private long owned(Node node) {
        return LedgerRows.of(scenario.ledger()).all().stream()
                .filter(row -> owners.get(node).equals(row.owner()))
                .count();
    }
}

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
 * Three JVMs share a ledger in PostgreSQL. One of them is frozen for longer than its lease lasts, and thawed; later two are
 * killed, the frozen one among them, each while it has work in hand. The third one, to which nothing happens, brings all to
 * a route.
 */
class ClusterKillTest {
    private static final int MESSAGES = 1_000;
    private static final int FIRST_WAVE = 600;
    private static final int LEAST_IN_HAND = 40;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int SHORT_MILLIS = 4_000;

    private Stage stage;
    /** What the ledger calls each node. */
    private final Map<Node, String> owners = new HashMap<>();

    @Test
    void whateverIsAcceptedReachesARouteAndIsPaidOnce() {
        String url = Postgres.urlOf(Postgres.freshDatabase());
        try (Stage open = Stage.withDatabase("cluster", url, LEASE, POLL, ClusterKillTest::duration)) {
            stage = open;
            List<Node> nodes = List.of(stage.start(), stage.start(), stage.start());
            Node first = nodes.get(0);
            Node frozen = nodes.get(1);
            Node survivor = nodes.get(2);
            nodes.forEach(Node::awaitReady);
            send(0, FIRST_WAVE, nodes);
            stage.awaitTaken(FIRST_WAVE / 10);
            nodes.forEach(node -> owners.put(node, ownerOf(nodes.indexOf(node), nodes.size())));

            freezeBeyondItsLease(frozen, () -> send(FIRST_WAVE, MESSAGES, nodes));
            kill(first, survivor);
            kill(frozen, survivor);
            stage.endAllTasks();
            stage.awaitAllTaken();

            assertThat(survivor.stop()).isZero();
            Reckoning reckoning = new Reckoning(stage, Optional.of(LedgerRows.of(url)));
            System.out.printf("Three nodes, one frozen, two killed: %s%n", reckoning);
            reckoning.reasonsForTakingTwice().forEach(System.out::println);
            reckoning.assertAgreement();
        }
    }

    /** Half of them end within seconds, so that there are deliveries at any moment, half when they are told to. */
    private static Duration duration(String key) {
        Random random = new Random(key.hashCode());
        return random.nextBoolean() ? Duration.ofMillis(random.nextInt(SHORT_MILLIS)) : Duration.ofHours(1);
    }

    private void send(int from, int to, List<Node> nodes) {
        IntStream.range(from, to).forEach(number -> stage.broker()
                .send(Message.of("key-" + number, number), nodes.get(number % nodes.size())));
    }

    /** The owner of a task that runs where it was submitted. */
    private String ownerOf(int index, int nodes) {
        return LedgerRows.of(stage.ledger()).all().stream()
                .filter(row -> row.state().equals("RUNNING"))
                .filter(row -> Integer.parseInt(row.key().split("-")[1]) % nodes == index)
                .map(Row::owner)
                .findFirst()
                .orElseThrow();
    }

    /** Freezes a node until others have taken over whatever it had in hand, and for something more. */
    private void freezeBeyondItsLease(Node node, Runnable action) {
        awaitWork(node);
        stage.freeze(node, () -> {
            System.out.printf("%s is frozen with %d tasks in hand%n", node, inHand(node));
            await().atMost(Stage.LIMIT).until(() -> inHand(node) == 0);
            action.run();
        });
    }

    private void kill(Node node, Node heir) {
        awaitWork(node);
        assertThat(stage.kill(node)).isEqualTo(Node.KILLED);
        System.out.printf("%s was killed with %d tasks in hand%n", node, inHand(node));
        stage.broker().redeliver(node, heir);
    }

    private void awaitWork(Node node) {
        await().atMost(Stage.LIMIT).until(() -> inHand(node) > LEAST_IN_HAND);
    }

    private long inHand(Node node) {
        return LedgerRows.of(stage.ledger()).all().stream()
                .filter(row -> owners.get(node).equals(row.owner()))
                .count();
    }
}

package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;

/** One node after another on one ledger file: each is killed, and the next continues from the ledger. */
final class NodeChain implements AutoCloseable {
    private final Scenario scenario;
    private Node node;

    NodeChain(Scenario scenario) {
        this.scenario = scenario;
        this.node = scenario.start();
    }

    Scenario scenario() {
        return scenario;
    }

    /** The node that runs at present. */
    Node node() {
        return node;
    }

    /** Kills the node, and reads the ledger as it was at that moment. */
    LedgerRows kill() {
        assertThat(scenario.kill(node)).as("exit code of %s", node).isEqualTo(Node.KILLED);
        return LedgerRows.ofCopy(Path.of(scenario.ledger()));
    }

    /** Starts the next node, and redelivers to it the messages that the killed one has not confirmed. */
    void startNext() {
        Node killed = node;
        startNextWithoutRedelivery();
        scenario.broker().redeliver(killed, node);
    }

    /** Starts the next node; the broker redelivers nothing. */
    void startNextWithoutRedelivery() {
        node = scenario.start();
    }

    /** Waits until everything is delivered, stops the last node, and checks the invariants. */
    InvariantCheck finish() {
        scenario.awaitAllDelivered();
        return stop();
    }

    /** Stops the last node now, and checks the invariants. */
    InvariantCheck stop() {
        assertThat(node.stop()).as("exit code of %s", node).isZero();
        return new InvariantCheck(scenario, Optional.of(LedgerRows.of("jdbc:h2:" + scenario.ledger())));
    }

    @Override
    public void close() {
        scenario.close();
    }
}

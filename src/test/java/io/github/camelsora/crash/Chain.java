package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;

/** One node after another on one ledger file: each is killed, and the next goes on with what it has left. */
final class Chain implements AutoCloseable {
    private final Stage stage;
    private Node node;

    Chain(Stage stage) {
        this.stage = stage;
        this.node = stage.start();
    }

    Stage stage() {
        return stage;
    }

    /** The node that works at present. */
    Node node() {
        return node;
    }

    /** Kills the node, and shows the ledger as it was at that moment. */
    LedgerRows kill() {
        assertThat(stage.kill(node)).as("exit code of %s", node).isEqualTo(Node.KILLED);
        return LedgerRows.ofCopy(Path.of(stage.ledger()));
    }

    /** Starts the next node, which is handed what the one before has not confirmed. */
    void goOn() {
        Node killed = node;
        goOnWithoutRedelivery();
        stage.broker().redeliver(killed, node);
    }

    /** Starts the next node, which is handed nothing. */
    void goOnWithoutRedelivery() {
        node = stage.start();
    }

    /** Lets the last node take what there is, stops it, and compares the books. */
    Reckoning end() {
        stage.awaitAllTaken();
        return stop();
    }

    /** Stops the last node as it is, and compares the books. */
    Reckoning stop() {
        assertThat(node.stop()).as("exit code of %s", node).isZero();
        return new Reckoning(stage, Optional.of(LedgerRows.of("jdbc:h2:" + stage.ledger())));
    }

    @Override
    public void close() {
        stage.close();
    }
}

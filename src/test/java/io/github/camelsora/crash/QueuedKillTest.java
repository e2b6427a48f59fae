package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.simulator.LookUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A JVM is killed while most of its submits wait for a token. */
class QueuedKillTest {
    private static final int MESSAGES = 40;

    @Test
    void whatWaitedForItsTurnLeavesNothingThatLooksAsIfItWasSent() throws Exception {
        try (Stage stage = Stage.withFile("queued", key -> Duration.ofHours(1))) {
            stage.service().lookup(LookUp.OFF);
            List<String> jvmOptions = new ArrayList<>(FastStart.options());
            jvmOptions.add("-D" + Node.RATE + "=2");
            Node node = stage.start(jvmOptions);
            node.awaitReady();

            stage.awaitAccepted(3, () -> stage.broker()
                    .send(
                            IntStream.range(0, MESSAGES)
                                    .mapToObj(number -> new Message(Message.Kind.FORGET, "key-" + number))
                                    .toList(),
                            node));
            stage.kill(node);

            Collection<Row> rows = LedgerRows.ofCopy(Path.of(stage.ledger())).all();
            long accepted = stage.service().books().submitsAccepted();
            // The one that was on its way, at most.
            assertThat(rows).hasSizeBetween((int) accepted, (int) accepted + 1);
            assertThat(accepted).isLessThan(MESSAGES);
        }
    }
}

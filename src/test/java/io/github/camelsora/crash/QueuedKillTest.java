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

/** A node is killed while most of its submits wait for a permit. */
class QueuedKillTest {
    private static final int MESSAGES = 40;

    @Test
    void aSubmitThatWaitedForAPermitLeavesNoRecord() throws Exception {
        try (Scenario scenario = Scenario.withFile("queued", key -> Duration.ofHours(1))) {
            scenario.simulator().lookup(LookUp.OFF);
            List<String> jvmOptions = new ArrayList<>(ClassDataSharing.options());
            // So slow that a busy machine has one submit on its way, not two.
            jvmOptions.add("-D" + Node.RATE + "=1");
            Node node = scenario.start(jvmOptions);
            node.awaitReady();

            scenario.awaitAccepted(3, () -> scenario.broker()
                    .send(
                            IntStream.range(0, MESSAGES)
                                    .mapToObj(number -> new RemixMessage(RemixMessage.Kind.FORGET, "key-" + number))
                                    .toList(),
                            node));
            scenario.kill(node);

            Collection<Row> rows = LedgerRows.ofCopy(Path.of(scenario.ledger())).all();
            long accepted = scenario.simulator().books().submitsAccepted();
            // At most one more: the submit that was on its way.
            assertThat(rows).hasSizeBetween((int) accepted, (int) accepted + 1);
            assertThat(accepted).isLessThan(MESSAGES);
        }
    }
}

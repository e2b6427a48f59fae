package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.simulator.LookUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node is killed while most of its submits wait for a permit. */
class QueuedKillTest {
    private static final int PERMITS = 3;
    private static final int MESSAGES = 40;

    @Test
    void aSubmitThatWaitedForAPermitLeavesNoRecord() throws Exception {
        try (Scenario scenario = Scenario.withFile("queued", key -> Duration.ofHours(1))) {
            scenario.simulator().lookup(LookUp.OFF);
            List<String> jvmOptions = new ArrayList<>(ClassDataSharing.options());
            jvmOptions.add("-D" + Node.BURST + "=" + PERMITS);
            // The next permit is due in half an hour.
            jvmOptions.add("-D" + Node.RATE + "=0.0005");
            Node node = scenario.start(jvmOptions);
            List<RemixMessage> messages = IntStream.range(0, MESSAGES)
                    .mapToObj(number -> new RemixMessage(RemixMessage.Kind.FORGET, "key-" + number))
                    .toList();

            List<RemixMessage> first = messages.subList(0, PERMITS);
            scenario.awaitAccepted(PERMITS, () -> scenario.broker().send(first, node));
            scenario.broker().send(messages.subList(PERMITS, MESSAGES), node);
            node.awaitQueued(MESSAGES - PERMITS);
            scenario.kill(node);

            assertThat(LedgerRows.ofCopy(Path.of(scenario.ledger())).all())
                    .map(Row::key)
                    .containsExactlyInAnyOrderElementsOf(
                            first.stream().map(RemixMessage::key).toList());
            assertThat(scenario.simulator().books().submitsReceived()).isEqualTo(PERMITS);
        }
    }
}

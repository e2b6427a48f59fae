package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.crash.RemixMessage.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker redelivers the message of a killed node to another node. The key of the message prevents a second payment. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RedeliveryKillTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMessageRedeliveredAfterAKillIsPaidOnce(Kind kind) {
        try (NodeChain chain = new NodeChain(Scenario.withFile("redelivery-" + kind, key -> Duration.ofHours(1)))) {
            Scenario scenario = chain.scenario();
            scenario.awaitAccepted(1, () -> scenario.broker().send(new RemixMessage(kind, "message-1"), chain.node()));

            chain.kill();
            chain.startNext();
            scenario.endAllTasks();
            InvariantCheck check = chain.finish();

            assertThat(scenario.simulator().books().submitsReceived()).isEqualTo(1);
            check.assertNoViolations();
        }
    }
}

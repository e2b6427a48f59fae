package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.crash.Message.Kind;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message whose JVM was killed comes again from the broker, to another JVM: the key of the message keeps it from paying. */
class RedeliveryKillTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMessageThatComesAgainAfterAKillIsPaidOnce(Kind kind) {
        try (Chain chain = new Chain(Stage.withFile("redelivery-" + kind, key -> Duration.ofHours(1)))) {
            Stage stage = chain.stage();
            stage.awaitAccepted(1, () -> stage.broker().send(new Message(kind, "message-1"), chain.node()));

            chain.kill();
            chain.goOn();
            stage.endAllTasks();
            Reckoning reckoning = chain.end();

            assertThat(stage.service().books().submitsReceived()).isEqualTo(1);
            reckoning.assertAgreement();
        }
    }
}

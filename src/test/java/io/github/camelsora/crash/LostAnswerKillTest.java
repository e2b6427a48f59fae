package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A node is killed, the service cannot be queried by key, and no message is redelivered. Each submit without a task id is then
 * delivered to {@code sora:tasks} as unknown, and every other task with its result.
 */
class LostAnswerKillTest {
    private static final int MESSAGES = 36;
    private static final Set<String> LOST = Set.of("key-5", "key-17", "key-26", "key-34");

    @Test
    void onlySubmitsWithALostAnswerAreReportedAsLost() {
        try (NodeChain chain = chain("lost-answers")) {
            Hold answers = chain.scenario()
                    .simulator()
                    .on(Call.SUBMIT)
                    .when(request -> LOST.contains(
                            RemixMessage.keyOf(request.json().path("prompt").textValue())))
                    .afterProcessing()
                    .hold();
            send(chain);
            answers.awaitReached(LOST.size(), Scenario.LIMIT);
            await().atMost(Scenario.LIMIT)
                    .untilAsserted(() ->
                            assertThat(chain.scenario().broker().unconfirmed()).isEqualTo(LOST));

            chain.kill();
            answers.release();
            InvariantCheck check = finishWithoutRedelivery(chain, LOST);

            assertThat(check.reportedLost()).isEqualTo(LOST);
            assertThat(check.lost()).isEqualTo(LOST);
            assertThat(check.delivered()).isEqualTo(MESSAGES - LOST.size());
            assertThat(check.acceptedTwice()).isEmpty();
        }
    }

    @Test
    void eachSubmitWithoutATaskIdAtTheKillIsReportedAsLost() {
        try (NodeChain chain = chain("lost-anywhere")) {
            chain.scenario().awaitAccepted(MESSAGES / 3, () -> send(chain));

            LedgerRows left = chain.kill();
            Set<String> withoutId = left.all().stream()
                    .filter(row -> row.taskId() == null)
                    .map(Row::key)
                    .collect(Collectors.toSet());
            InvariantCheck check = finishWithoutRedelivery(chain, withoutId);

            assertThat(check.reportedLost()).isEqualTo(withoutId).containsAll(check.lost());
            assertThat(check.delivered()).isEqualTo(left.all().size() - withoutId.size());
            assertThat(check.acceptedTwice()).isEmpty();
        }
    }

    private static NodeChain chain(String name) {
        NodeChain chain = new NodeChain(Scenario.withFile(name, key -> Duration.ofHours(1)));
        chain.scenario().simulator().lookup(LookUp.OFF);
        return chain;
    }

    private static void send(NodeChain chain) {
        List<RemixMessage> messages = IntStream.range(0, MESSAGES)
                .mapToObj(number -> new RemixMessage(RemixMessage.Kind.FORGET, "key-" + number))
                .toList();
        chain.scenario().broker().send(messages, chain.node());
    }

    /** Starts a node without redelivery, and stops it when it has delivered each result and reported each loss. */
    private static InvariantCheck finishWithoutRedelivery(NodeChain chain, Set<String> lost) {
        Scenario scenario = chain.scenario();
        scenario.endAllTasks();
        chain.startNextWithoutRedelivery();
        await().atMost(Scenario.LIMIT).untilAsserted(() -> {
            assertThat(scenario.journals().keysReportedLost()).containsAll(lost);
            assertThat(scenario.journals().undelivered(scenario.acceptedKeys())).isSubsetOf(lost);
        });
        InvariantCheck check = chain.stop();
        System.out.printf("Look-up off, %d without an id at the kill: %s%n", lost.size(), check);
        return check;
    }
}

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
 * A JVM is killed, the service does not tell by the key what became of a submit, and nobody asks again: then what may have
 * been paid for is told to {@code sora:tasks} as unknown, and all else is delivered.
 */
class LostAnswerKillTest {
    private static final int MESSAGES = 36;
    private static final Set<String> LOST = Set.of("key-5", "key-17", "key-26", "key-34");

    @Test
    void exactlyTheAnswersThatWereUnderWayAreToldOfAsLost() {
        try (Chain chain = chain("lost-answers")) {
            Hold answers = chain.stage()
                    .service()
                    .on(Call.SUBMIT)
                    .when(request -> LOST.contains(
                            Message.keyOf(request.json().path("prompt").textValue())))
                    .afterProcessing()
                    .hold();
            send(chain);
            answers.awaitReached(LOST.size(), Stage.LIMIT);
            await().atMost(Stage.LIMIT)
                    .untilAsserted(() ->
                            assertThat(chain.stage().broker().unconfirmed()).isEqualTo(LOST));

            chain.kill();
            answers.release();
            Reckoning reckoning = goOnWithoutRedelivery(chain, LOST);

            assertThat(reckoning.told()).isEqualTo(LOST);
            assertThat(reckoning.lost()).isEqualTo(LOST);
            assertThat(reckoning.taken()).isEqualTo(MESSAGES - LOST.size());
            assertThat(reckoning.acceptedTwice()).isEmpty();
        }
    }

    @Test
    void whateverHasNoIdAtTheKillIsToldOfAsLost() {
        try (Chain chain = chain("lost-anywhere")) {
            chain.stage().awaitAccepted(MESSAGES / 3, () -> send(chain));

            LedgerRows left = chain.kill();
            Set<String> withoutId = left.all().stream()
                    .filter(row -> row.taskId() == null)
                    .map(Row::key)
                    .collect(Collectors.toSet());
            Reckoning reckoning = goOnWithoutRedelivery(chain, withoutId);

            assertThat(reckoning.told()).isEqualTo(withoutId).containsAll(reckoning.lost());
            assertThat(reckoning.taken()).isEqualTo(left.all().size() - withoutId.size());
            assertThat(reckoning.acceptedTwice()).isEmpty();
        }
    }

    private static Chain chain(String name) {
        Chain chain = new Chain(Stage.withFile(name, key -> Duration.ofHours(1)));
        chain.stage().service().lookup(LookUp.OFF);
        return chain;
    }

    private static void send(Chain chain) {
        List<Message> messages = IntStream.range(0, MESSAGES)
                .mapToObj(number -> new Message(Message.Kind.FORGET, "key-" + number))
                .toList();
        chain.stage().broker().send(messages, chain.node());
    }

    /** The next node brings what it can to a route, and the news of the rest. */
    private static Reckoning goOnWithoutRedelivery(Chain chain, Set<String> lost) {
        Stage stage = chain.stage();
        stage.endAllTasks();
        chain.goOnWithoutRedelivery();
        await().atMost(Stage.LIMIT).untilAsserted(() -> {
            assertThat(stage.takings().keysOfLost()).containsAll(lost);
            assertThat(stage.takings().withoutResult(stage.acceptedKeys())).isSubsetOf(lost);
        });
        Reckoning reckoning = chain.stop();
        System.out.printf("Look-up off, %d without an id at the kill: %s%n", lost.size(), reckoning);
        return reckoning;
    }
}

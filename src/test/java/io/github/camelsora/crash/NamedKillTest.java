package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import io.github.camelsora.simulator.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A JVM is killed when one task has come exactly to a point, with thirty others and more in flight. The next JVM on the same
 * ledger, to which the broker hands what was not confirmed, brings each accepted remix to a route and pays for none twice.
 * It is then killed at the next point.
 */
class NamedKillTest {
    private static final int OTHERS = 40;
    private static final int LEAST_IN_FLIGHT = 30;
    private static final String TARGET = "-target";

    @Test
    void whateverIsAcceptedReachesARouteAndIsPaidOnce() {
        // Two chains of the same kills, because a JVM that starts leaves a processor idle half of the time.
        CompletableFuture<Void> arriving = CompletableFuture.runAsync(() -> killAtEachPoint(true));
        killAtEachPoint(false);
        arriving.join();
    }

    /** Kills at each point, with what was under way at that moment arriving afterwards or not. */
    private static void killAtEachPoint(boolean isArriving) {
        String name = isArriving ? "named-arriving" : "named-cut";
        try (Chain chain = new Chain(Stage.withHaltingFile(name, NamedKillTest::duration))) {
            for (KillPoint point : KillPoint.values()) {
                kill(chain, point, isArriving);
            }

            Reckoning reckoning = chain.end();
            System.out.printf("%d kills at named points (%s): %s%n", KillPoint.values().length, name, reckoning);
            reckoning.assertAgreement();
            // The POST that was cut before the service had looked at it.
            assertThat(reckoning.postsThatWereNotAccepted()).isEqualTo(isArriving ? 0 : 1);
        }
    }

    private static void kill(Chain chain, KillPoint point, boolean isArriving) {
        Stage stage = chain.stage();
        stage.letTasksRun();
        Message target = new Message(kind(point, isArriving), point + TARGET);
        Optional<Hold> hold = point.isInLedger() ? Optional.empty() : Optional.of(hold(stage, point, target));
        if (point.isInLedger()) {
            chain.node().haltAt(point, target.key());
        }
        stage.awaitAccepted(LEAST_IN_FLIGHT, () -> stage.broker().send(others(point), chain.node()));
        stage.broker().send(target, chain.node());
        hold.ifPresentOrElse(
                gate -> gate.awaitReached(Stage.LIMIT), () -> chain.node().awaitHalted());

        LedgerRows left = chain.kill();
        System.out.printf("%s (%s): at the kill %s%n", point, target.kind(), left.statesOf(point.name()));
        assertThat(left.find(target.key()).map(Row::state))
                .as("state at %s", point)
                .contains(point.state());
        assertThat(left.inFlight()).as("in flight at %s", point).isGreaterThan(LEAST_IN_FLIGHT);
        hold.ifPresent(isArriving ? Hold::release : Hold::cut);
        stage.endAllTasks();
        chain.goOn();
        stage.awaitAllTaken();
    }

    /** Both kinds at each point; but what somebody waits for is never delivered by sora:tasks. */
    private static Message.Kind kind(KillPoint point, boolean isArriving) {
        return isArriving || point == KillPoint.DELIVERING ? Message.Kind.FORGET : Message.Kind.WAIT;
    }

    /** Most run until they are ended. The target ends at once, and some others do, so that there is something of each. */
    private static Duration duration(String key) {
        return key.endsWith(TARGET) || key.endsWith("0") ? Duration.ZERO : Duration.ofHours(1);
    }

    private static List<Message> others(KillPoint point) {
        return IntStream.range(0, OTHERS)
                .mapToObj(number -> Message.of(point + "-" + number, number))
                .toList();
    }

    private static Hold hold(Stage stage, KillPoint point, Message target) {
        return switch (point) {
            case POST_HELD -> submit(stage, target).hold();
            case ANSWER_HELD -> submit(stage, target).afterProcessing().hold();
            case POLLING -> about(stage, Call.STATUS, target).afterProcessing().hold();
            case DOWNLOADING -> about(stage, Call.FILE, target).hold();
            default -> throw new IllegalArgumentException(point + " is not a point at the service");
        };
    }

    private static FaultRule about(Stage stage, Call call, Message target) {
        return stage.service().on(call).when(request -> stage.keyOfTask(request).equals(target.key()));
    }

    private static FaultRule submit(Stage stage, Message target) {
        return stage.service().on(Call.SUBMIT).when(request -> Message.keyOf(
                        request.json().path("prompt").textValue())
                .equals(target.key()));
    }
}

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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills a node when one task is exactly at a {@link KillPoint}, with more than thirty others in flight. The next node on the
 * same ledger gets the unconfirmed messages from the broker. It has to deliver each accepted remix and to pay for none twice.
 * It is then killed at the next point.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class NamedKillTest {
    private static final int OTHERS = 40;
    private static final int MIN_IN_FLIGHT = 30;
    private static final String TARGET = "-target";

    @Test
    void eachAcceptedRemixIsDeliveredAndPaidOnce() {
        // Two chains at the same time, because one leaves a processor idle while a JVM starts.
        CompletableFuture<Void> arriving = CompletableFuture.runAsync(() -> killAtEachPoint(true));
        killAtEachPoint(false);
        arriving.join();
    }

    /** Kills at each point. A request or answer that is held at the kill arrives afterwards, or is cut. */
    private static void killAtEachPoint(boolean isArriving) {
        String name = isArriving ? "named-arriving" : "named-cut";
        try (NodeChain chain = new NodeChain(Scenario.withHaltingFile(name, NamedKillTest::duration))) {
            for (KillPoint point : KillPoint.values()) {
                kill(chain, point, isArriving);
            }

            InvariantCheck check = chain.finish();
            System.out.printf("%d kills at named points (%s): %s%n", KillPoint.values().length, name, check);
            check.assertNoViolations();
            // The POST that was cut before the service processed it.
            assertThat(check.submitsNotAccepted()).isEqualTo(isArriving ? 0 : 1);
        }
    }

    private static void kill(NodeChain chain, KillPoint point, boolean isArriving) {
        Scenario scenario = chain.scenario();
        scenario.runTasks();
        RemixMessage target = new RemixMessage(kind(point, isArriving), point + TARGET);
        Optional<Hold> hold = point.isInLedger() ? Optional.empty() : Optional.of(hold(scenario, point, target));
        if (point.isInLedger()) {
            chain.node().haltAt(point, target.key());
        }
        scenario.awaitAccepted(MIN_IN_FLIGHT, () -> scenario.broker().send(others(point), chain.node()));
        scenario.broker().send(target, chain.node());
        hold.ifPresentOrElse(
                gate -> gate.awaitReached(Scenario.LIMIT), () -> chain.node().awaitHalted());

        LedgerRows left = chain.kill();
        System.out.printf("%s (%s): at the kill %s%n", point, target.kind(), left.statesOf(point.name()));
        assertThat(left.find(target.key()).map(Row::state))
                .as("state at %s", point)
                .contains(point.state());
        assertThat(left.inFlight()).as("in flight at %s", point).isGreaterThan(MIN_IN_FLIGHT);
        hold.ifPresent(isArriving ? Hold::release : Hold::cut);
        scenario.endAllTasks();
        chain.startNext();
        scenario.awaitAllDelivered();
    }

    /** Both kinds at each point, but for DELIVERING: sora:tasks does not deliver a task that a route waits for. */
    private static RemixMessage.Kind kind(KillPoint point, boolean isArriving) {
        return isArriving || point == KillPoint.DELIVERING ? RemixMessage.Kind.FORGET : RemixMessage.Kind.WAIT;
    }

    /** The target and some others end at once; the rest run until the test ends them. So both kinds are in flight. */
    private static Duration duration(String key) {
        return key.endsWith(TARGET) || key.endsWith("0") ? Duration.ZERO : Duration.ofHours(1);
    }

    private static List<RemixMessage> others(KillPoint point) {
        return IntStream.range(0, OTHERS)
                .mapToObj(number -> RemixMessage.of(point + "-" + number, number))
                .toList();
    }

    private static Hold hold(Scenario scenario, KillPoint point, RemixMessage target) {
        return switch (point) {
            case POST_HELD -> submit(scenario, target).hold();
            case ANSWER_HELD -> submit(scenario, target).afterProcessing().hold();
            case POLLING ->
                about(scenario, Call.STATUS, target).afterProcessing().hold();
            case DOWNLOADING -> about(scenario, Call.FILE, target).hold();
            default -> throw new IllegalArgumentException(point + " is not a point at the service");
        };
    }

    private static FaultRule about(Scenario scenario, Call call, RemixMessage target) {
        return scenario.simulator().on(call).when(request -> scenario.keyOfTask(request)
                .equals(target.key()));
    }

    private static FaultRule submit(Scenario scenario, RemixMessage target) {
        return scenario.simulator().on(Call.SUBMIT).when(request -> RemixMessage.keyOf(
                        request.json().path("prompt").textValue())
                .equals(target.key()));
    }
}

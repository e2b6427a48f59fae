package io.github.camelsora.internal.camel.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.FreePort;
import io.github.camelsora.support.HeldThread;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each thing that goes wrong makes one health check DOWN, which says what it is; it is UP again when that is over. */
@Timeout(90)
class HealthRouteTest extends KeyTestSupport {
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(40);
    private static final List<String> ALL =
            List.of("sora-key", "sora-ledger", "sora-paused", "sora-service", "sora-timer");

    private HeldThread thread;
    private final SimulatorClock clock = SimulatorClock.real();
    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(clock, 1_000));

    @BeforeEach
    void watchThreads() {
        thread = new HeldThread(shared());
    }

    @AfterEach
    void endTheHold() {
        thread.close();
    }

    private Map<String, HealthCheck.Result> readiness() {
        return ours(HealthCheckHelper.invokeReadiness(camel, "full"));
    }

    private Map<String, HealthCheck.Result> liveness() {
        return ours(HealthCheckHelper.invokeLiveness(camel, "full"));
    }

    private static Map<String, HealthCheck.Result> ours(Collection<HealthCheck.Result> results) {
        return results.stream()
                .filter(result -> result.getCheck().getId().startsWith("sora"))
                .collect(Collectors.toMap(result -> result.getCheck().getId(), result -> result));
    }

    private static List<String> down(Map<String, HealthCheck.Result> results) {
        return results.values().stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getCheck().getId())
                .sorted()
                .toList();
    }

    private HealthCheck.Result awaitDown(String id) {
        await().atMost(UNTIL_NOTICED).until(() -> down(readiness()).contains(id));
        assertThat(down(readiness())).containsExactly(id);
        return readiness().get(id);
    }

    private void awaitUp() {
        await().atMost(UNTIL_NOTICED).until(() -> down(readiness()).isEmpty());
    }

    private static String messageOf(HealthCheck.Result result) {
        return result.getMessage().orElseThrow();
    }

    private CompletableFuture<Exchange> submitLater(String uri) {
        return CompletableFuture.supplyAsync(() -> send(uri + "&waitForCompletion=false", "A puppy"));
    }

    @Test
    void allIsUpWhileNothingIsWrong() throws Exception {
        start();
        send(remix, "A puppy");

        assertThat(readiness().keySet()).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(liveness().keySet()).containsExactly("sora-timer");
        assertThat(readiness().values()).allMatch(result -> result.getState() == HealthCheck.State.UP);
    }

    @Test
    void aLedgerThatFailsIsDownUntilItAnswers() throws Exception {
        sora().setLedger(ledger);
        sora().setLeaseDuration(900);
        start();

        ledger.fail();
        HealthCheck.Result found = awaitDown("sora-ledger");

        assertThat(messageOf(found))
                .contains(
                        "The ledger cannot be reached since", "simulated by the test", "rejected before they are sent");
        assertThat(found.getDetails()).containsKey("ledger");
        assertThat(liveness().get("sora-timer").getState()).isEqualTo(HealthCheck.State.UP);
        ledger.recover();
        awaitUp();
    }

    @Test
    void aLedgerThatHangsIsDownAndNoCheckWaitsForIt() throws Exception {
        sora().setLedger(ledger);
        sora().setLeaseDuration(900);
        start();

        ledger.onceBeforeRenewal(thread);
        thread.letItCountAsDeadWhileTheTimerTicks();
        HealthCheck.Result found = awaitDown("sora-ledger");

        assertThat(messageOf(found)).contains("lease of this JVM was not renewed");
        thread.close();
        awaitUp();
    }

    @Test
    void aTimerThatIsHeldIsNeitherReadyNorLive() throws Exception {
        start();

        shared().runtime().timers().schedule(Instant.EPOCH, thread);
        thread.letItCountAsDead();
        HealthCheck.Result found = awaitDown("sora-timer");

        assertThat(messageOf(found)).contains("timer of this JVM has not ticked", "nothing is paid");
        assertThat(down(liveness())).containsExactly("sora-timer");
        thread.close();
        awaitUp();
        assertThat(down(liveness())).isEmpty();
    }

    @Test
    void anApiKeyThatIsRejectedIsDownUntilTheAccountIsResumed() throws Exception {
        String key = "sk-wrong-1234567890";
        options().setApiKey(key);
        start();

        send(remix + "&waitForCompletion=false", "A puppy");
        HealthCheck.Result found = awaitDown("sora-key");

        assertThat(messageOf(found))
                .contains(
                        "rejects the API key of account 'default'", "nothing is paid", "when apiKey holds another key")
                .doesNotContain(key);
        assertThat(found.getDetails()).containsKey("account default");
        assertThat(found.getDetails().toString()).doesNotContain(key);
        sora().operator().resume("default", OPERATOR);
        assertThat(down(readiness())).isEmpty();
    }

    @Test
    void aLackOfCreditsIsDownAsAPause() throws Exception {
        toApis.credits(0);
        start();

        send(remix + "&waitForCompletion=false", "A puppy");
        HealthCheck.Result found = awaitDown("sora-paused");

        assertThat(messageOf(found)).contains("Account 'default'", "too few credits", "when the balance");
        sora().operator().resume("default", OPERATOR);
        assertThat(down(readiness())).isEmpty();
    }

    @Test
    void aPauseByAnOperatorIsDownWithItsReasonUntilTheAccountIsResumed() throws Exception {
        start();

        sora().operator().pause("default", new Operator("joe", "The bill is too high"));

        HealthCheck.Result found = awaitDown("sora-paused");
        assertThat(messageOf(found))
                .contains("An operator has paused account 'default'", "(joe)", "The bill is too high");
        sora().operator().resume("default", OPERATOR);
        assertThat(down(readiness())).isEmpty();
    }

    @Test
    void aPauseOfAnAccountThatThisJvmDoesNotUseIsNothingToIt() throws Exception {
        start();

        sora().operator().pause("another", new Operator("joe", "The bill is too high"));

        assertThat(down(readiness())).isEmpty();
    }

    @Test
    void aServiceThatCannotBeReachedIsDownUntilItAnswers() throws Exception {
        int port = FreePort.find();
        options().setBaseUrl("http://127.0.0.1:" + port);
        sora().setLedger(ledger);
        start();

        CompletableFuture<Exchange> waiting = submitLater("sora:remix?videoId=video_1");
        HealthCheck.Result found = awaitDown("sora-service");

        assertThat(messageOf(found))
                .contains("service at http://127.0.0.1:" + port + " cannot be reached since", "Connection refused");
        assertThat(found.getDetails()).containsKey("account default");
        try (ToApisSimulator back = ToApisSimulator.builder().port(port).start()) {
            back.addSource("video_1");
            options().setApiKey(back.apiKey());
            advance(clock, Duration.ofSeconds(30));
            awaitUp();
            assertThat(waiting).succeedsWithin(LIMIT);
        }
    }

    @Test
    void anOutageThatNoCallHasSeenForTenMinutesIsForgotten() throws Exception {
        sora().setLedger(ledger);
        toApis.on(Call.STATUS).times(2).answer(502, "<html>Bad gateway</html>");
        start();
        String status = "sora:status?taskId=" + toApis.addSource();
        send(status, null);
        send(status, null);
        awaitDown("sora-service");

        advance(clock, KnownProblems.OUTAGE_COUNTS_FOR.minusMinutes(1));
        List<String> before = down(readiness());
        advance(clock, Duration.ofMinutes(2));

        assertThat(before).containsExactly("sora-service");
        assertThat(down(readiness())).isEmpty();
    }

    @Test
    void aCheckSendsNothing() throws Exception {
        letTasksRunLong();
        options().setPollInitialDelay(3_600_000);
        start();
        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy");
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.RUNNING);
        int before = toApis.requests().size();

        readiness();
        liveness();

        assertThat(toApis.requests()).hasSize(before);
    }

    @Test
    void aComponentIsCheckedUnderItsNameAndOnlyWhileItIsStarted() throws Exception {
        SoraComponent second = new SoraComponent();
        second.setConfiguration(options().copy());
        camel.addComponent("video", second);
        start();
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        assertThat(registry.getCheck("sora-ledger")).isPresent();
        assertThat(registry.getCheck("video-ledger")).isPresent();

        camel.removeComponent("video");

        assertThat(registry.getCheckIDs()).containsAll(ALL).noneMatch(id -> id.startsWith("video"));
        sora().stop();
        assertThat(registry.getCheckIDs()).noneMatch(id -> id.startsWith("sora"));
        sora().start();
        assertThat(registry.getCheckIDs()).containsAll(ALL);
    }

    @Test
    void aComponentThatIsAddedToAStartedContextIsCheckedUnderANumber() throws Exception {
        start();
        SoraComponent second = new SoraComponent();
        second.setConfiguration(options().copy());

        camel.addComponent("video", second);

        assertThat(HealthCheckRegistry.get(camel).getCheckIDs())
                .contains("sora-2-ledger")
                .containsAll(ALL);
        camel.removeComponent("video");
        assertThat(HealthCheckRegistry.get(camel).getCheckIDs())
                .containsAll(ALL)
                .noneMatch(id -> id.startsWith("sora-2"));
    }
}

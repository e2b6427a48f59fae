package io.github.camelsora.internal.camel.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.HeldThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What the dev console shows, by Camel's registry of consoles. */
class ConsoleRouteTest extends KeyTestSupport {
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(40);

    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 1_000));

    private DevConsole console() {
        return DevConsoleRegistry.get(camel).resolveById("sora");
    }

    private JsonNode json() throws Exception {
        JsonObject answer = (JsonObject) console().call(DevConsole.MediaType.JSON);
        return new ObjectMapper().readTree(answer.toJson());
    }

    private JsonNode component() throws Exception {
        JsonNode components = json().path("components");
        assertThat(components).hasSize(1);
        return components.get(0);
    }

    private JsonNode account() throws Exception {
        return component().path("accounts").get(0);
    }

    private String text() {
        return (String) console().call(DevConsole.MediaType.TEXT);
    }

    @Test
    void aComponentWithoutProblemsShowsItsNodeLeaseAndAccount() throws Exception {
        start();
        send(remix, "A puppy");

        JsonNode component = component();

        assertThat(component.path("name").textValue()).isEqualTo("sora");
        assertThat(component.path("problems")).isEmpty();
        assertThat(component.path("node").textValue())
                .isEqualTo(shared().runtime().lease().node());
        assertThat(component.path("lease").path("lasts").booleanValue()).isTrue();
        assertThat(component.path("lease").path("seconds").intValue()).isEqualTo(30);
        assertThat(component.path("ledger").path("durable").booleanValue()).isFalse();
        assertThat(component.path("lastErrors")).isEmpty();
        assertThat(account().path("account").textValue()).isEqualTo("default");
        assertThat(account().path("baseUrl").textValue()).isEqualTo(toApis.baseUrl());
        assertThat(account().path("pauses")).isEmpty();
        assertThat(account().path("pollsStretchedByWebhooks").intValue()).isEqualTo(1);
        assertThat(text()).doesNotContain(toApis.apiKey());
        assertThat(json().toString()).doesNotContain(toApis.apiKey());
    }

    @Test
    void openTasksAreCountedByState() throws Exception {
        letTasksRunLong();
        start();
        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy");
        send(remix + "&waitForCompletion=false&requestKey=order-2", "A kitten");
        await().atMost(LIMIT).until(() -> recordOf("order-2").state() == TaskState.RUNNING);

        assertThat(component().path("tasksInMemory").path("RUNNING").intValue()).isEqualTo(2);
        JsonNode open = component().path("openTasks");
        assertThat(open).hasSize(1);
        assertThat(open.get(0).path("account").textValue()).isEqualTo("default");
        assertThat(open.get(0).path("state").textValue()).isEqualTo("RUNNING");
        assertThat(open.get(0).path("tasks").intValue()).isEqualTo(2);
        toApis.complete(recordOf("order-1").taskId());
        await().atMost(LIMIT)
                .until(() ->
                        component().path("openTasks").findValuesAsText("state").contains("ENDED"));
        assertThat(text()).contains("state: ENDED\n");
    }

    @Test
    void aPausedAccountShowsWhySinceWhenAndTheSubmitsThatWait() throws Exception {
        start();
        sora().operator().pause("default", new Operator("joe", "The bill is too high"));

        CompletableFuture<Exchange> waiting = begin(remix, "A puppy");
        await().atMost(LIMIT).until(() -> account().path("queuedSubmits").intValue() == 1);

        JsonNode account = account();
        assertThat(account.path("pauses").get(0).path("cause").textValue()).isEqualTo("OPERATOR");
        assertThat(account.path("pauses").get(0).path("reason").textValue()).isEqualTo("The bill is too high");
        assertThat(account.path("pauses").get(0).path("end").textValue()).contains("resume");
        assertThat(account.path("submitLimiter").path("held").booleanValue()).isTrue();
        assertThat(account.path("submitLimiter").path("queued").intValue()).isEqualTo(1);
        assertThat(component().path("problems").get(0).textValue())
                .contains("An operator has paused account 'default'");
        assertThat(text()).contains("cause: OPERATOR", "reason: The bill is too high", "queuedSubmits: 1");
        sora().operator().resume("default", OPERATOR);
        assertThat(waiting).succeedsWithin(LIMIT);
        assertThat(account().path("queuedSubmits").intValue()).isZero();
    }

    @Test
    void limitsOfSpendingShowWhatIsHeldAndLeft() throws Exception {
        options().setSpendLimit("50/1d");
        options().setTenantSpendLimit("30/1d");
        options().setCreditPrices("sora-2=" + PRICE);
        start();
        send(remix + "&model=sora-2", "A puppy");

        JsonNode limits = account().path("limits");

        assertThat(limits.get(0).toString()).isEqualTo("{\"limit\":\"50/1d\",\"held\":20,\"left\":30}");
        assertThat(limits.get(1).toString()).isEqualTo("{\"limit\":\"30/1d for each tenant\"}");
        assertThat(text()).contains("limit: 50/1d\n", "held: 20\n", "left: 30\n");
    }

    @Test
    void aLedgerThatFailsIsAProblemAndTheRestIsShown() throws Exception {
        sora().setLedger(ledger);
        options().setSpendLimit("50/1d");
        options().setCreditPrices("sora-2=" + PRICE);
        start();
        send(remix + "&model=sora-2", "A puppy");
        ledger.fail();
        send(remix + "&model=sora-2", "A puppy");
        send(remix + "&model=sora-2", "A puppy");

        JsonNode component = component();

        assertThat(component.path("problems").get(0).textValue()).contains("The ledger cannot be reached");
        assertThat(component.path("lastErrors").get(0).path("calls").textValue())
                .isEqualTo("ledger");
        assertThat(component.path("lastErrors").get(0).path("reason").textValue())
                .contains("simulated by the test");
        assertThat(account().path("limits").get(0).toString()).isEqualTo("{\"limit\":\"50/1d\"}");
        assertThat(component.has("openTasks")).isFalse();
        ledger.recover();
        send(remix + "&model=sora-2", "A puppy");
        assertThat(component().path("problems")).isEmpty();
        assertThat(component().path("lastErrors").get(0).path("calls").textValue())
                .isEqualTo("ledger");
        assertThat(account().path("limits").get(0).path("left").intValue()).isEqualTo(10);
    }

    @Test
    void aLedgerThatHangsIsNotRead() throws Exception {
        HeldThread renewal = new HeldThread(shared());
        sora().setLedger(ledger);
        sora().setLeaseDuration(900);
        start();
        assertThat(component().has("openTasks")).isTrue();

        ledger.onceBeforeRenewal(renewal);
        renewal.letItCountAsDeadWhileTheTimerTicks();
        await().atMost(UNTIL_NOTICED).until(() -> !component().path("problems").isEmpty());

        JsonNode component = component();
        assertThat(component.path("problems").get(0).textValue()).contains("was not renewed");
        assertThat(component.has("openTasks")).isFalse();
        renewal.close();
        await().atMost(UNTIL_NOTICED).until(() -> component().has("openTasks"));
    }

    @Test
    void aPauseThatTheServiceAsksForIsShownAtTheRateLimiter() throws Exception {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(429, "{\"error\": {\"code\": \"rate_limit_exceeded\", \"message\": \"slow\"}}");
        options().setSubmitsPerSecond(20.0);
        SimulatorClock clock = SimulatorClock.real();
        sora().setLedger(new MemoryTaskLedger(clock, 1_000));
        start();

        CompletableFuture<Exchange> waiting = begin(remix, "A puppy");
        await().atMost(LIMIT).until(() -> account().path("submitLimiter").has("pausedUntil"));

        assertThat(account().path("submitLimiter").path("rate").textValue()).contains("a second");
        assertThat(account().path("queryLimiter").has("pausedUntil")).isFalse();
        advance(clock, Duration.ofMinutes(1));
        assertThat(waiting).succeedsWithin(LIMIT);
    }

    @Test
    void learnedDurationsAreShownByModelOnceEnoughTasksHaveEnded() throws Exception {
        start();
        for (int i = 0; i < 8; i++) {
            send(remix + "&model=sora-2", "Puppy " + i);
        }

        JsonNode learned = component().path("learned").get(0);

        assertThat(learned.path("operation").textValue()).isEqualTo("remix");
        assertThat(learned.path("model").textValue()).isEqualTo("sora-2");
        assertThat(learned.path("ends").intValue()).isEqualTo(8);
        assertThat(learned.path("medianSeconds").isNumber()).isTrue();
    }

    @Test
    void aComponentIsShownOnlyWhileItIsStarted() throws Exception {
        SoraComponent second = new SoraComponent();
        second.setConfiguration(options().copy());
        camel.addComponent("video", second);
        start();
        assertThat(json().path("components")).hasSize(2);
        assertThat(text()).contains("name: sora\n", "name: video\n");

        camel.removeComponent("video");

        assertThat(component().path("name").textValue()).isEqualTo("sora");
        sora().stop();
        assertThat(json().path("components")).isEmpty();
        assertThat(text()).isEqualTo("components: none\n");
    }
}

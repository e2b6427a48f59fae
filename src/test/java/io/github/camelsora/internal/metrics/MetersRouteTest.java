package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.VideoFiles;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each meter shows what has happened, as a monitoring that reads the registry sees it. */
class MetersRouteTest extends TasksTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    @BeforeEach
    void bindARegistry() {
        camel.getRegistry().bind("metrics", registry);
        stopQuickly();
    }

    /** The first value of a meter: its count, or what a gauge shows; 0 when there is no such meter. */
    private double value(String meter, String... tags) {
        return registry.find(meter).tags(tags).meters().stream()
                .mapToDouble(found -> found.measure().iterator().next().getValue())
                .sum();
    }

    private void awaitValue(double expected, String meter, String... tags) {
        soon().untilAsserted(() -> assertThat(value(meter, tags)).isEqualTo(expected));
    }

    @Test
    void submitsAreCountedByOutcomeAndModel() throws Exception {
        start();

        send(remix + "&model=sora-2", "A puppy", KEY, "order-1");
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        send(remix + "&model=sora-2-pro", "A puppy", KEY, "order-2");
        loseTheNextAnswer();
        send(remix, "A puppy", KEY, "order-3");

        awaitValue(1, "sora.submits", "outcome", "accepted", "model", "sora-2", "account", "default");
        awaitValue(1, "sora.submits", "outcome", "rejected", "model", "sora-2-pro");
        awaitValue(1, "sora.submits", "outcome", "unknown", "model", "sora-2");
        assertThat(value("sora.submits")).isEqualTo(3);
    }

    @Test
    void aSubmitThatCouldNotBeSentIsCounted() throws Exception {
        FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 100));
        sora().setLedger(ledger);
        start();
        ledger.fail();

        send(remix, "A puppy");

        awaitValue(1, "sora.submits", "outcome", "not_sent");
        assertPaid(0);
        ledger.recover();
    }

    @Test
    void aSubmitThatJoinsAnEarlierOneIsNotCounted() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        send(remix, "A puppy", KEY, "order-1");

        awaitValue(1, "sora.submits");
    }

    @Test
    void aPausedSubmitIsInTheQueue() throws Exception {
        start();
        sora().operator().pause("default", new Operator("joe", "A test"));

        begin(remix, "A puppy", KEY, "order-1");

        awaitValue(1, "sora.submit.queue", "account", "default");
        sora().operator().resume("default", OPERATOR);
        awaitValue(0, "sora.submit.queue");
        awaitValue(1, "sora.submits", "outcome", "accepted");
    }

    @Test
    void answers429AreCounted() throws Exception {
        toApis.on(Call.SUBMIT).times(1).answer(429, "{}", "Retry-After: 0");
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 0");
        start();

        send(remix, "A puppy");

        awaitValue(2, "sora.rate.limited", "account", "default");
        awaitValue(1, "sora.polls", "result", "rate_limited");
        awaitValue(1, "sora.submits", "outcome", "accepted");
    }

    @Test
    void pollsAreCountedByTheirAnswer() throws Exception {
        letTasksRunLong();
        start();
        fireAndForget("order-1");
        String taskId = recordOf("order-1").taskId();
        soon().untilAsserted(() ->
                assertThat(value("sora.polls", "result", "running")).isPositive());
        toApis.on(Call.STATUS).times(1).cut();
        awaitValue(1, "sora.polls", "result", "unavailable");

        toApis.complete(taskId);

        awaitValue(1, "sora.polls", "result", "ended", "account", "default");
    }

    @Test
    void theTimeOfATaskIsMeasuredByModelAndStatus() throws Exception {
        letTasksRunLong();
        start();
        fireAndForget("order-1");
        fireAndForget("order-2");

        toApis.complete(recordOf("order-1").taskId());
        toApis.fail(recordOf("order-2").taskId(), "internal_error", "It broke");

        awaitValue(1, "sora.task.duration", "model", "sora-2", "status", "completed");
        awaitValue(1, "sora.task.duration", "model", "sora-2", "status", "failed");
        assertThat(registry.get("sora.task.duration")
                        .tag("status", "completed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isPositive()
                .isLessThan(LIMIT.toSeconds());
    }

    @Test
    void creditsAreCountedAsHeldChargedAndReleased() throws Exception {
        options().setCreditPrices("sora-2=25");
        toApis.chargedField("credits_charged");
        start();

        send(remix, "A puppy", KEY, "order-1");
        toApis.credits(0);
        send(remix, "A puppy", KEY, "order-2");

        awaitValue(50, "sora.credits", "kind", "held", "account", "default");
        awaitValue(25, "sora.credits", "kind", "released");
        awaitValue(PRICE, "sora.credits", "kind", "charged");
    }

    @Test
    void deliveriesAreCountedByResult() throws Exception {
        start(failing(TASKS + "&maximumRedeliveries=2"));

        fireAndForget("order-1");

        awaitState("order-1", TaskState.SET_ASIDE);
        awaitValue(2, "sora.deliveries", "result", "failed", "account", "default");
        awaitValue(1, "sora.deliveries", "result", "set_aside");
    }

    @Test
    void aTaskThatIsDeliveredAgainHasNotEndedAgain() throws Exception {
        start(failing(TASKS + "&maximumRedeliveries=0"));
        fireAndForget("order-1");
        awaitState("order-1", TaskState.SET_ASIDE);

        sora().operator().release(null, "order-1", OPERATOR);

        awaitValue(2, "sora.deliveries", "result", "set_aside");
        assertThat(value("sora.task.duration")).isEqualTo(1);
    }

    @Test
    void aResultThatARouteHasTakenIsADelivery() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForget("order-1");

        awaitValue(1, "sora.deliveries", "result", "delivered");
    }

    @Test
    void theBytesOfDownloadsAreCounted() throws Exception {
        byte[] video = VideoFiles.mp4(100_000, 1);
        toApis.video(video);
        start();

        send("sora:download?directory=" + folder + "&taskId=" + toApis.addSource(), null);

        awaitValue(video.length, "sora.download.bytes", "account", "default");
    }

    @Test
    void callsToTheLedgerAreTimedAndItsFailuresCounted() throws Exception {
        FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 100));
        sora().setLedger(ledger);
        start();
        assertThat(value("sora.ledger.latency")).isPositive();
        assertThat(value("sora.ledger.errors")).isZero();

        ledger.fail();
        send(remix, "A puppy");

        assertThat(value("sora.ledger.errors", "component", "sora")).isPositive();
        ledger.recover();
    }

    @Test
    void openTasksAreShownByTheirState() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        toApis.lookup(LookUp.OFF);
        start();
        send(remix, "A puppy", KEY, "order-1");

        sora().stop();
        sora().start();

        awaitValue(1, "sora.tasks.open", "state", "unknown", "account", "default");
        awaitValue(0, "sora.tasks.open", "state", "set_aside");
        assertThat(registry.find("sora.tasks.open").tag("state", "delivered").gauge())
                .isNull();
    }

    @Test
    void aResultThatNoRouteTakesIsShownWithItsAge() throws Exception {
        start();
        fireAndForget("order-1");
        awaitDue("order-1");

        sora().stop();
        sora().start();

        awaitValue(1, "sora.tasks.open", "state", "ended");
        soon().untilAsserted(() -> assertThat(value("sora.tasks.oldest.undelivered", "account", "default"))
                .isPositive()
                .isLessThan(LIMIT.toSeconds()));
    }

    @Test
    void eachMeterHasADescriptionAndAUnit() throws Exception {
        options().setCreditPrices("sora-2=25");
        start(receivingTasks(TASKS));

        fireAndForget("order-1");

        awaitValue(1, "sora.deliveries");
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getName()).startsWith("sora.");
            assertThat(meter.getId().getDescription()).isNotBlank();
            assertThat(meter.getId().getBaseUnit()).isNotBlank();
            assertThat(meter.getId().getTag("component")).isEqualTo("sora");
        });
    }

    @Test
    void modelsBeyondTheFirstFiftyAreCountedTogether() throws Exception {
        start();

        for (int model = 0; model < 52; model++) {
            send(remix + "&waitForCompletion=false&model=model-" + model, "A puppy");
        }

        awaitValue(52, "sora.submits");
        assertThat(value("sora.submits", "model", "other")).isEqualTo(2);
    }

    @Test
    void aStoppedComponentHasNoMetersAndARestartedOneHasThemAgain() throws Exception {
        start();
        send(remix, "A puppy");

        sora().stop();

        assertThat(registry.getMeters()).isEmpty();

        sora().start();
        send(remix, "A kitten");

        awaitValue(1, "sora.submits", "outcome", "accepted", "component", "sora");
        assertThat(registry.find("sora.submit.queue").gauge()).isNotNull();
    }

    @Test
    void aRestartOfARouteKeepsTheMeters() throws Exception {
        start(receivingTasks(TASKS));
        fireAndForget("order-1");
        awaitValue(1, "sora.deliveries", "result", "delivered");

        camel.getRouteController().stopRoute("receivingTasks");
        camel.getRouteController().startRoute("receivingTasks");
        fireAndForget("order-2");

        awaitValue(2, "sora.deliveries", "result", "delivered");
    }

    @Test
    void twoComponentsOfAContextAreToldApart() throws Exception {
        addComponent("sora2");
        start();

        send(remix, "A puppy");
        send(remix.replace("sora:", "sora2:"), "A kitten");

        awaitValue(1, "sora.submits", "component", "sora");
        awaitValue(1, "sora.submits", "component", "sora2");
    }

    @Test
    void aComponentThatIsAddedToARunningContextTakesNoNameOfAnother() throws Exception {
        start();
        send(remix, "A puppy");
        addComponent("late");
        send(remix.replace("sora:", "late:"), "A kitten");
        awaitValue(2, "sora.submits");

        camel.removeComponent("sora");

        assertThat(registry.getMeters().stream().map(meter -> meter.getId().getTag("component")))
                .isNotEmpty()
                .containsOnly("sora-2");
    }

    private void addComponent(String name) {
        SoraComponent component = new SoraComponent();
        component.setConfiguration(options().copy());
        camel.addComponent(name, component);
    }

    @Test
    void ofSeveralRegistriesTheCompositeIsUsed() throws Exception {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        camel.getRegistry().bind("all", composite);
        start();

        send(remix, "A puppy");

        awaitValue(1, "sora.submits");
    }

    @Test
    void ofSeveralRegistriesThatOfCamelMicrometerIsUsed() throws Exception {
        MeterRegistry named = new SimpleMeterRegistry();
        camel.getRegistry().bind("metricsRegistry", named);
        start();

        send(remix, "A puppy");

        soon().until(() -> named.find("sora.submits").counter() != null);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aRegistryThatFailsTouchesNoTask() throws Exception {
        registry.config().onMeterAdded(meter -> {
            throw new IllegalStateException("The registry is broken");
        });
        start(receivingTasks(TASKS));

        fireAndForget("order-1");

        delivered("order-1");
        assertPaid(1);
    }
}

package io.github.camelsora.internal.camel.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** camel-main shows the health of the component and its console, by its own options. */
class HealthOnMainTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private final Main main = new Main();

    @BeforeEach
    void configure(ToApisSimulator simulator) {
        simulator.camelProperties().forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:remix?videoId=video_1");
            }
        });
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private CamelContext start() {
        main.start();
        return main.getCamelContext();
    }

    private static HealthCheck.State stateOf(CamelContext camel, String id) {
        return HealthCheckHelper.invoke(camel, "full").stream()
                .filter(result -> result.getCheck().getId().equals(id))
                .findFirst()
                .orElseThrow()
                .getState();
    }

    @Test
    void aPausedAccountIsDownAndTheRestIsUp() {
        main.addInitialProperty("camel.health.enabled", "true");
        CamelContext camel = start();

        camel.getComponent("sora", SoraComponent.class)
                .operator()
                .pause("default", new Operator("joe", "The bill is too high"));

        assertThat(stateOf(camel, "sora-paused")).isEqualTo(HealthCheck.State.DOWN);
        assertThat(stateOf(camel, "sora-ledger")).isEqualTo(HealthCheck.State.UP);
        assertThat(HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(camel), true))
                .isFalse();
    }

    @Test
    void theConsoleIsFoundWhenConsolesAreOn() {
        main.addInitialProperty("camel.main.dev-console-enabled", "true");
        CamelContext camel = start();

        Object text =
                DevConsoleRegistry.get(camel).getConsole("sora").orElseThrow().call(DevConsole.MediaType.TEXT);

        assertThat(text).asString().contains("name: sora\n", "account: default\n");
    }

    @Test
    void aCheckThatIsExcludedDoesNotCount() {
        main.addInitialProperty("camel.health.exclude-pattern", "sora-paused");
        CamelContext camel = start();

        camel.getComponent("sora", SoraComponent.class)
                .operator()
                .pause("default", new Operator("joe", "The bill is too high"));

        assertThat(HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(camel), true))
                .isTrue();
    }
}

package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.Test;

/** On Spring Boot the component's health checks are in the registry of the context, which the Actuator reads, and its console is
 * found. */
class SpringHealthTest extends SpringTestSupport {
    @Test
    void aPausedAccountIsSeenByItsCheckAndInTheConsole() {
        set("api-key", "k");
        set("base-url", "http://127.0.0.1:9");
        route("sora:remix?videoId=video_1");
        CamelContext camel = start(CamelApplication.class);
        HealthCheck check =
                HealthCheckRegistry.get(camel).getCheck("sora-paused").orElseThrow();
        HealthCheck.State before = check.callReadiness().getState();

        camel.getComponent("sora", SoraComponent.class)
                .operator()
                .pause("default", new Operator("joe", "The bill is too high"));

        assertThat(before).isEqualTo(HealthCheck.State.UP);
        assertThat(check.callReadiness().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(DevConsoleRegistry.get(camel).resolveById("sora").call(DevConsole.MediaType.TEXT))
                .asString()
                .contains("The bill is too high");
    }
}

package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On camel-main a registry is a bean of its properties. */
class MetersMainTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aRegistryThatIsNamedInThePropertiesHasTheMeters(ToApisSimulator simulator) {
        simulator.taskDuration(Duration.ofMillis(50)).camelProperties().forEach(main::addInitialProperty);
        main.addInitialProperty("camel.beans.metrics", "#class:" + SimpleMeterRegistry.class.getName());
        main.start();

        main.getCamelContext()
                .createProducerTemplate()
                .requestBody(
                        "sora:remix?waitForCompletion=false&rateGroup=NONE&videoId=" + simulator.addSource(),
                        "A puppy");

        MeterRegistry registry = main.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(registry.get("sora.submits")
                        .tags("outcome", "accepted", "component", "sora")
                        .counter()
                        .count())
                .isEqualTo(1));
    }
}

package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registry that an application on Spring Boot has as a bean gets the meters. */
class ApplicationMetersTest extends SpringTestSupport {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        simulator.taskDuration(Duration.ofMillis(50));
        set("base-url", simulator.baseUrl());
        set("api-key", simulator.apiKey());
        set("poll-initial-delay", "20ms");
        set("poll-interval", "20ms");
        set("rate-group", "none");
        route("sora:remix?videoId=" + simulator.addSource());
    }

    private void assertASubmitIsCounted() {
        CamelContext camel = start();

        camel.createProducerTemplate().requestBody("direct:in", "A puppy");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(registry.get("sora.submits")
                        .tags("outcome", "accepted", "component", "sora")
                        .counter()
                        .count())
                .isEqualTo(1));
    }

    @Test
    void theRegistryOfTheApplicationHasTheMeters() {
        bean("simpleMeterRegistry", registry);

        assertASubmitIsCounted();
    }

    @Test
    void severalRegistriesHaveThemByTheirComposite() {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(registry);
        bean("simpleMeterRegistry", registry);
        bean("otherMeterRegistry", new SimpleMeterRegistry());
        bean("compositeMeterRegistry", all);

        assertASubmitIsCounted();
    }
}

package io.github.camelsora.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.Internals;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.internal.camel.ComponentContext;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Camel context whose sora component uses a simulator over real HTTP, with short intervals. */
public abstract class SoraTestSupport {
    /** How long a test waits for another thread. Only a failing test waits so long. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    /** Who acts as an operator where a test does not name one. */
    public static final Operator OPERATOR = new Operator("joe", "A test");

    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    public ToApisSimulator toApis;
    public CamelContext camel;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator.taskDuration(Duration.ofMillis(50));
        camel = new DefaultCamelContext();
        SoraConfiguration options = options();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey(simulator.apiKey());
        options.setPollInitialDelay(20);
        options.setPollInterval(20);
        options.setRateGroup(RateGroup.NONE);
        options.setRecoveryTimeout(500);
        // Only its own tests need it, and others count requests.
        options.setModelCheck(ModelCheck.OFF);
        options.setAllowPrivateHosts(true);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    public SoraComponent sora() {
        return camel.getComponent("sora", SoraComponent.class);
    }

    /** What the endpoints of the component share, which users do not see. */
    public ComponentContext shared() {
        return Internals.of(sora());
    }

    /** The options that all endpoints of the context start from. */
    public SoraConfiguration options() {
        return sora().getConfiguration();
    }

    /** Starts the context with routes. */
    public void start(RouteBuilder... routes) throws Exception {
        for (RouteBuilder route : routes) {
            camel.addRoutes(route);
        }
        camel.start();
    }

    /** Moves the clock of the ledger forward. The timers, which sleep for up to a second, see it at once. */
    public void advance(SimulatorClock clock, Duration by) {
        clock.advance(by);
        shared().runtime().timers().schedule(Instant.EPOCH, () -> {});
    }

    /** Lets the clock of the ledger run fast until something is done, so that no test waits for a pause of ours. */
    public void hasten(SimulatorClock clock, Future<?> future) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            advance(clock, Duration.ofSeconds(1));
            return future.isDone();
        });
    }

    /** Sends one message, and returns the exchange with its exception, if any. */
    public Exchange send(String uri, Object body, Object... headers) {
        FluentProducerTemplate message =
                camel.createFluentProducerTemplate().to(uri).withBody(body);
        for (int i = 0; i < headers.length; i += 2) {
            message.withHeader((String) headers[i], headers[i + 1]);
        }
        return message.send();
    }

    /** The one submit that has reached the service. */
    public ReceivedRequest submit() {
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
        return toApis.requests(Call.SUBMIT).get(0);
    }

    /** The body of the one submit that has reached the service. */
    public JsonNode submitted() {
        return submit().json();
    }
}

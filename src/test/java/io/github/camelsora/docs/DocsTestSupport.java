package io.github.camelsora.docs;

import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Camel context in front of a simulator, which notes down what routes log and stores videos where no reader looks. */
abstract class DocsTestSupport {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS =
            ToApisSimulatorExtension.of(ToApisSimulator.builder().taskDuration(Duration.ofMillis(100)));

    @TempDir
    Path folder;

    final List<String> logged = new CopyOnWriteArrayList<>();
    ToApisSimulator toApis;
    DefaultCamelContext camel;
    SoraConfiguration options;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator;
        camel = new DefaultCamelContext();
        options = camel.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey(simulator.apiKey());
        options.setPollInitialDelay(20);
        options.setPollInterval(20);
        options.setRateGroup(RateGroup.NONE);
        options.setAllowPrivateHosts(true);
        camel.getCamelContextExtension().addLogListener((exchange, logger, message) -> {
            logged.add(message);
            return message;
        });
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** Ends the pause that a lack of credits begins, as an operator does. */
    void resumeAccount() {
        SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
        // The answer was sent, and may not be read yet.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !sora.ledger().pauses().orElseThrow().findAll().isEmpty());
        sora.operator().resume("default", new Operator("joe", "A test"));
    }

    Exchange send(String uri, Object body, Map<String, Object> headers) {
        return sendAsync(uri, body, headers).join();
    }

    CompletableFuture<Exchange> sendAsync(String uri, Object body, Map<String, Object> headers) {
        return camel.createProducerTemplate().asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }
}

package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application on Spring Boot calls the service that its properties name, and keeps the ledger where they say. */
class SpringRouteTest extends SpringTestSupport {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    @TempDir
    Path folder;

    private ToApisSimulator toApis;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator.taskDuration(Duration.ofMillis(50));
        set("base-url", toApis.baseUrl());
        set("api-key", toApis.apiKey());
        set("poll-initial-delay", "20ms");
        set("poll-interval", "20ms");
        set("rate-group", "none");
        set("ledger-file", folder.resolve("tasks").toString());
        set("video-id", toApis.addSource());
    }

    @Test
    void aRemixIsPaidAtTheServiceOfTheProperties() {
        set("model", "sora-2-pro");
        route("sora:remix");

        VideoTask task = send(start(Application.class)).getMessage().getBody(VideoTask.class);

        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(toApis.requests(Call.SUBMIT).get(0).json().path("model").asText())
                .isEqualTo("sora-2-pro");
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aKeyIsKnownAfterARestart() {
        set("request-key", "order-$simple{header.orderId}");
        route("sora:remix");

        String first = send(start(Application.class))
                .getMessage()
                .getBody(VideoTask.class)
                .id();
        stop();
        String again = send(start(Application.class))
                .getMessage()
                .getBody(VideoTask.class)
                .id();

        assertThat(again).isEqualTo(first);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
        assertThat(folder.resolve("tasks.mv.db")).isNotEmptyFile();
    }

    @Test
    void anOptionOfTheEndpointComesBeforeThatOfTheComponent() {
        set("model", "sora-2-pro");
        set("duration", "25");
        route("sora:remix?model=sora-2&duration=15");

        send(start(Application.class));

        assertThat(toApis.requests(Call.SUBMIT).get(0).json().path("model").asText())
                .isEqualTo("sora-2");
        assertThat(toApis.requests(Call.SUBMIT).get(0).json().path("duration").asInt())
                .isEqualTo(15);
    }

    @Test
    void aKeyThatIsReplacedInTheEnvironmentOfSpringIsReadAgain() {
        property("toapis.key", toApis.apiKey());
        set("api-key", "property:toapis.key");
        route("sora:remix");
        CamelContext camel = start();
        send(camel);

        toApis.addApiKey("sk-rotated");
        property("toapis.key", "sk-rotated");
        toApis.revokeApiKey(toApis.apiKey());
        send(camel);

        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    private static Exchange send(CamelContext camel) {
        Exchange out = camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody("Add a puppy")
                .withHeader("orderId", 4711)
                .send();
        assertThat(out.getException()).isNull();
        return out;
    }
}

package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderRouteTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    @Test
    void anOutageDuringTheWaitCostsNothing(ToApisSimulator toApis) throws Exception {
        toApis.on(Call.STATUS).times(2).cut();

        try (CamelContext camel = new DefaultCamelContext()) {
            SoraConfiguration options =
                    camel.getComponent("sora", SoraComponent.class).getConfiguration();
            options.setBaseUrl(toApis.baseUrl());
            options.setApiKey(toApis.apiKey());
            camel.start();

            VideoTask task = camel.createFluentProducerTemplate()
                    .to("sora:remix?pollInitialDelay=20&pollInterval=20")
                    .withHeader("CamelSoraVideoId", toApis.addSource())
                    .withBody("Add a puppy")
                    .request(VideoTask.class);

            assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(toApis.books().submitsReceived()).isEqualTo(1);
        }
    }
}

package io.github.camelsora.internal.metrics;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.ToApisSimulator;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;

/** Remixes a video with the classes of its own class loader, in which Micrometer may be missing. */
public final class WithoutMicrometer {
    private WithoutMicrometer() {}

    /** Gives the status of the remix. */
    public static String remix() throws Exception {
        try (ToApisSimulator simulator = ToApisSimulator.start();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            simulator.taskDuration(Duration.ofMillis(50));
            SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
            sora.getConfiguration().setBaseUrl(simulator.baseUrl());
            sora.getConfiguration().setApiKey(simulator.apiKey());
            sora.getConfiguration().setPollInitialDelay(20);
            sora.getConfiguration().setPollInterval(20);
            camel.start();
            VideoTask video = camel.createProducerTemplate()
                    .requestBody("sora:remix?videoId=" + simulator.addSource(), "A puppy", VideoTask.class);
            return video.status().name();
        }
    }
}

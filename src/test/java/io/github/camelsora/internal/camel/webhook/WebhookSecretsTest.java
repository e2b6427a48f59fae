package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.LogCapture;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Neither the secret nor the API key is logged, whatever is received and rejected. */
class WebhookSecretsTest extends WebhookTestSupport {
    private static final String OLD_SECRET = "whsec-old";

    @Test
    void whatIsLoggedHoldsNoSecret() throws Exception {
        // Those of the component, as operators set them: what stands in a URI is logged by Camel itself at TRACE.
        options().setWebhookSecret(SECRET + "," + OLD_SECRET);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Event event = completed("video_1", "order-1");
        String right = event.signature(SECRET);
        try (LogCapture everything = new LogCapture(lines)) {
            start(receiving("sora:webhook?webhookPath=" + PATH));
            event.sendSignedBy("whsec-wrong");
            event.sendSignedBy(SECRET + "," + OLD_SECRET);
            event.body = "[]";
            event.send();
            event.timestamp = "0";
            event.send();
            event.timestamp = "now";
            event.send();
            completed("video_2", "order-2").send();
            completed("video_3", "order-3").sendSignedBy(OLD_SECRET);
            awaitNotices(2);
            camel.stop();
        }

        assertThat(lines).anyMatch(line -> line.contains("is rejected"));
        assertThat(lines.stream().filter(line -> List.of(SECRET, OLD_SECRET, toApis.apiKey(), right).stream()
                        .anyMatch(line::contains)))
                .isEmpty();
    }

    @Test
    void theConfigurationPrintsNoSecret() {
        options().setWebhookSecret(SECRET);

        assertThat(options()).asString().doesNotContain(SECRET);
    }
}

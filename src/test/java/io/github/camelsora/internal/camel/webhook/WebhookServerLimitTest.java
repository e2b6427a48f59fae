package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.WebhookSigner;
import io.github.camelsora.support.RawRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;

/** The limit of the server itself ends a body that has no end before it fills the memory. */
class WebhookServerLimitTest extends WebhookTestSupport {

    @Override
    void limit(VertxPlatformHttpServerConfiguration server) {
        server.setMaxBodySize(1_048_576L);
    }

    @Test
    void aFloodIsCutOff() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        byte[] body = completed(recordOf("order-1").taskId(), "order-1").body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = WebhookSigner.of(SECRET).headers("evt_01abcdef", Instant.now(), body);

        try (RawRequest flood = new RawRequest(port).head("POST " + PATH, headers, "Transfer-Encoding: chunked")) {
            assertThat(flood.chunk(body).flood(1_048_576).status()).isEqualTo(413);
        }

        assertThat(completed("video_1", "order-3").send().statusCode()).isEqualTo(200);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
        awaitNotices(1);
        assertThat(notices).hasSize(1);
    }
}

package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.WebhookSigner;
import io.github.camelsora.support.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A body that never ends is never an event, and blocks no other request. */
class WebhookFloodTest extends WebhookTestSupport {
    private RawRequest endless(String event) throws IOException {
        Map<String, String> headers =
                WebhookSigner.of(SECRET).headers("evt_01abcdef", Instant.now(), event.getBytes(StandardCharsets.UTF_8));
        return new RawRequest(port)
                .head("POST " + PATH, headers, "Transfer-Encoding: chunked")
                .chunk(event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void manySlowRequestsBlockNoOther() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        fireAndForget("order-2");
        String event = completed(recordOf("order-1").taskId(), "order-1").body;
        List<RawRequest> dripping = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            dripping.add(endless(event));
        }

        int other = completed(recordOf("order-2").taskId(), "order-2").send().statusCode();
        for (RawRequest request : dripping) {
            request.chunk(new byte[] {' '});
            request.close();
        }

        assertThat(other).isEqualTo(200);
        assertThat(completed("video_1", "order-3").send().statusCode()).isEqualTo(200);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
        awaitNotices(2);
        assertThat(notices).hasSize(2);
    }

    @Test
    void aFloodThatBreaksOffIsNoEvent() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");

        try (RawRequest flood = endless(completed(recordOf("order-1").taskId(), "order-1").body)) {
            flood.flood(4_194_304);
        }

        assertThat(completed("video_1", "order-3").send().statusCode()).isEqualTo(200);
        awaitNotices(1);
        assertThat(notices).hasSize(1);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }
}

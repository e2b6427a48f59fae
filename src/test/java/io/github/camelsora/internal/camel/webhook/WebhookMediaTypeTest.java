package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.WebhookSigner;
import io.github.camelsora.support.RawAnswer;
import io.github.camelsora.support.RawRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature says whose an event is. What its media type says, or that it has none, changes nothing. */
class WebhookMediaTypeTest extends WebhookTestSupport {
    // Bytes that a detour through text would change.
    private static final String REASON = "é 視頻 🐶";

    @BeforeEach
    void startReceiving() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
    }

    @Test
    void aGenuineEventWithoutAMediaTypeIsRecorded() throws Exception {
        assertThat(post(null, event("No luck")).status()).isEqualTo(200);

        assertThat(result().status()).isEqualTo(TaskStatus.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/octet-stream",
                "APPLICATION/JSON",
                "Application/Json; Charset=UTF-8",
                "application/json;charset=UTF-8",
                "text/json",
                "application/vnd.toapis+json",
                "application/xml",
                "text/plain; charset=utf-16",
                "application/json; charset=nonsense",
                "json",
                "*/*"
            })
    void aGenuineEventOfAnyMediaTypeIsReadByItsBytes(String type) throws Exception {
        byte[] event = event(REASON);

        assertThat(post(type, event).status()).isEqualTo(200);

        assertThat(result().errorMessage()).isEqualTo(REASON);
    }

    private VideoTask result() {
        awaitNotices(1);
        return notice().getMessage().getBody(VideoTask.class);
    }

    private byte[] event(String reason) {
        String data = "{\"task_id\":\"" + recordOf("order-1").taskId()
                + "\",\"status\":\"FAILURE\",\"error\":{\"code\":\"refused\",\"message\":\"" + reason
                + "\"}}";
        return new Event("generation.failed", data).body.getBytes(StandardCharsets.UTF_8);
    }

    private RawAnswer post(String type, byte[] body) throws Exception {
        Map<String, String> headers =
                new LinkedHashMap<>(WebhookSigner.of(SECRET).headers("evt_01abcdef", Instant.now(), body));
        headers.keySet().removeIf("Content-Type"::equalsIgnoreCase);
        if (type != null) {
            headers.put("Content-Type", type);
        }
        try (RawRequest request = new RawRequest(port)) {
            return request.head("POST " + PATH, headers, "Content-Length: " + body.length)
                    .write(body)
                    .answer();
        }
    }
}

package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.support.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route that observes webhooks is in the trace of the task. */
class WebhookTraceTest extends WebhookTestSupport {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Tracing tracing;

    @BeforeEach
    void trace() {
        tracing = new Tracing().start(camel);
    }

    @AfterEach
    void close() {
        tracing.close();
    }

    @Test
    void aWebhookIsASpanInTheTraceOfItsTask() throws Exception {
        start(receiving(RECEIVER));
        String taskId = send(
                        "sora:remix?requestKey=key-1&waitForCompletion=false&videoId=" + toApis.addSource(),
                        "A puppy",
                        "traceparent",
                        "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
                .getMessage()
                .getHeader("CamelSoraTaskId", String.class);

        completed(taskId, "key-1").send();

        await().atMost(LIMIT).until(() -> !tracing.spans("sora webhook").isEmpty());
        assertThat(tracing.span("sora webhook").getTraceId()).isEqualTo(TRACE_ID);
        assertThat(tracing.span("sora webhook").getParentSpanId())
                .isEqualTo(tracing.span("sora remix").getSpanId());
    }

    @Test
    void aWebhookOfAnUnknownTaskIsATraceOfItsOwn() throws Exception {
        start(receiving(RECEIVER));

        completed("video_unknown", "key-unknown").send();

        await().atMost(LIMIT).until(() -> !tracing.spans("sora webhook").isEmpty());
        assertThat(tracing.span("sora webhook").getParentSpanContext().isValid())
                .isFalse();
    }
}

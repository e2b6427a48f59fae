package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A continuation of a video is submitted, found again and retried as what it is, and never as a remix. */
class ExtendKeyTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";
    private static final String MODEL = "grok-video-1.0";

    private String extend;

    @BeforeEach
    void extendTheSource() {
        extend = "sora:extend?videoId=" + source + "&model=" + MODEL;
        remix = remix + "&model=" + MODEL;
    }

    private List<Call> sent() {
        return toApis.requests(Call.SUBMIT).stream().map(ReceivedRequest::call).toList();
    }

    @Test
    void itIsSubmittedToAnAddressOfItsOwn() throws Exception {
        start();

        VideoTask task = send(extend, "The cat jumps").getMessage().getBody(VideoTask.class);

        assertThat(sent()).containsExactly(Call.SUBMIT_EXTEND);
        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/extend");
        assertThat(task.videoUrl()).isNotNull();
    }

    @Test
    void itsRecordSaysWhatItIs() throws Exception {
        start();

        send(extend, "The cat jumps", KEY, "order-1");

        TaskRecord record = shared().ledger().find("default", "order-1").orElseThrow();
        assertThat(record.operation()).isEqualTo("extend");
        assertThat(record.origin().sourceId()).isEqualTo(source);
        assertThat(record.origin().model()).isEqualTo(MODEL);
    }

    @Test
    void theKeyOfARemixIsNotThatOfAContinuation() throws Exception {
        start();
        send(remix, "The cat jumps", KEY, "order-1");

        failureOf(send(extend, "The cat jumps", KEY, "order-1"), KeyConflictException.class);

        assertThat(sent()).containsExactly(Call.SUBMIT_REMIX);
    }

    @Test
    void aRedeliveryOfADynamicStepFindsItsOwnSubmit() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD("sora:${header.operation}?videoId=" + source + "&model=" + MODEL);
            }
        });

        Exchange extended = send("direct:in", "The cat jumps", "operation", "extend");
        Exchange remixed = send("direct:in", "The cat jumps", "operation", "remix");

        assertThat(extended.getException()).isNull();
        assertThat(remixed.getException()).isNull();
        assertThat(sent()).containsExactly(Call.SUBMIT_EXTEND, Call.SUBMIT_REMIX);
    }

    @Test
    void aRetryPaysForAContinuationAgain() throws Exception {
        start();
        failureOf(send(extend, "The cat [fail]", KEY, "order-1"), TaskFailedException.class);

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertThat(sent()).containsExactly(Call.SUBMIT_EXTEND, Call.SUBMIT_EXTEND);
    }

    @Test
    void aLostContinuationIsFoundByItsKey() throws Exception {
        options().setRecoveryTimeout(10_000);
        start();
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();

        Exchange out = send(extend, "The cat jumps");

        assertThat(out.getException()).isNull();
        assertThat(sent()).containsExactly(Call.SUBMIT_EXTEND);
    }

    @Test
    void itNeedsAModel() throws Exception {
        start();

        BadRequestException refusal =
                failureOf(send("sora:extend?videoId=" + source, "The cat jumps"), BadRequestException.class);

        assertThat(refusal).hasMessageContainingAll("sora:extend", "model", "CamelSoraModel", "Nothing was sent");
        assertThat(sent()).isEmpty();
    }

    @Test
    void aModelOfTheComponentIsItsModelToo() throws Exception {
        options().setModel(MODEL);
        start();

        assertThat(send("sora:extend?videoId=" + source, "The cat jumps").getException())
                .isNull();
    }

    @Test
    void itNeedsAVideo() throws Exception {
        start();

        BadRequestException refusal =
                failureOf(send("sora:extend?model=" + MODEL, "The cat jumps"), BadRequestException.class);

        assertThat(refusal).hasMessageContainingAll("sora:extend", "video_id", "CamelSoraVideoId");
    }
}

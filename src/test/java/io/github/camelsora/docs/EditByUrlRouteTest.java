package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/edit-by-url.yaml} with each kind of source. */
class EditByUrlRouteTest extends FollowUpTestSupport {
    private String source;

    @BeforeEach
    void startWithASource() throws Exception {
        source = toApis.addSource();
        start("edit-by-url");
    }

    @Test
    void theSourceMayBeATask() throws Exception {
        VideoTask task = send("sora:status", null, Map.of("CamelSoraTaskId", source))
                .getMessage()
                .getBody(VideoTask.class);

        Exchange out = edit(task);

        assertEdited(out, source);
    }

    @Test
    void theSourceMayBeAnId() throws Exception {
        Exchange out = edit(source);

        assertEdited(out, source);
        assertThat(logged)
                .containsExactly("Order 4711 is task " + out.getMessage().getHeader("CamelSoraTaskId") + ", made from "
                        + source);
    }

    @Test
    void theSourceMayBeAnAddress() throws Exception {
        Exchange out = edit(address());

        assertEdited(out, null);
    }

    @Test
    void theLineageOfAnEditNamesItsSource() throws Exception {
        edit(source);

        assertThat(camel.getComponent("sora", SoraComponent.class).operator().lineage("default", "4711"))
                .extracting(LineageEntry::generation, LineageEntry::taskId)
                .containsExactly(tuple(-1, source), tuple(0, recordOf("4711").taskId()));
    }

    @Test
    void anExpiredSourceIsRefusedBeforeItIsPaid() {
        toApis.expire(source);

        Exchange out = edit(source);

        assertThat(out.getException()).isInstanceOf(ResultExpiredException.class);
        assertThat(logged).singleElement().asString().startsWith("Order 4711 has no source: ");
        assertNothingSent(out);
    }

    @Test
    void aSourceWithoutAVideoIsRefusedBeforeItIsPaid() {
        toApis.statusWord(source, "in_progress");

        Exchange out = edit(source);

        assertThat(out.getException()).hasMessageContaining("has no video to edit");
        assertNothingSent(out);
    }

    @Test
    void anAddressThatWouldChangeTheRequestIsNoAddress() {
        Exchange out = edit("https://files.test/x.mp4\", \"role\": \"first_frame");

        assertThat(out.getException()).isNotNull();
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void anEditThatArrivesTwiceIsPaidOnce() throws Exception {
        edit(source);

        Exchange again = edit(source);

        assertThat(again.getException()).isNull();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    private Exchange edit(Object body) {
        return send("direct:edit-by-url", body, Map.of("orderId", "4711", "CamelSoraPrompt", "Say \"hello\""));
    }

    private String address() {
        return toApis.task(source).videoUrls().get(0);
    }

    private void assertNothingSent(Exchange out) {
        assertThat(toApis.books().submitsReceived()).isZero();
        assertThat(out.getException()).hasMessageNotContaining(address());
        assertThat(logged).noneMatch(line -> line.contains("http"));
    }

    private void assertEdited(Exchange out, String sourceId) throws Exception {
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(out.getMessage().getHeader("CamelSoraSourceId")).isEqualTo(sourceId);
        assertThat(out.getMessage().getHeader("CamelSoraVideoId")).isNull();
        assertThat(recordOf("4711").origin().sourceId()).isEqualTo(sourceId);
        assertThat(new ObjectMapper()
                        .readTree(toApis.requests(Call.SUBMIT_GENERATION).get(0).body()))
                .isEqualTo(new ObjectMapper()
                        .readTree("""
                        {"model": "seedance-2-5", "prompt": "Say \\"hello\\"", "aspect_ratio": "adaptive",
                        "video_operation": "edit", "video_with_roles": [{"url": "%s", "role": "reference_video"}],
                        "client_business_id": "%s"}
                        """.formatted(address(), recordOf("4711").wireKey())));
        assertThat(logged).noneMatch(line -> line.contains("http"));
    }
}

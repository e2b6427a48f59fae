package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a message is kept in the record of its task, sent to models that have a field for it, and delivered. */
class TraceRouteTest extends SoraTestSupport {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
    private static final String OTHER = "00-11112222333344445555666677778888-00f067aa0ba902b7-01";
    private static final String SEEDANCE = "sora:generate?model=seedance-2-5&requestKey=key-1&waitForCompletion=false";

    private TaskRecord record() {
        return sora().ledger().find("default", "key-1").orElseThrow();
    }

    private List<JsonNode> generated() {
        return toApis.requests(Call.SUBMIT_GENERATION).stream()
                .map(request -> request.json())
                .toList();
    }

    private JsonNode remixed() {
        return toApis.requests(Call.SUBMIT_REMIX).get(0).json();
    }

    @Test
    void theTraceOfAMessageIsKeptInItsRecord() throws Exception {
        start();

        send("sora:remix?requestKey=key-1&videoId=" + toApis.addSource(), "A puppy", "traceparent", TRACE);

        assertThat(record().origin().traceContext()).isEqualTo(TRACE);
        assertThat(record().request()).doesNotContain(TRACE_ID);
    }

    @Test
    void aHeaderThatIsNoTraceFailsNothing() throws Exception {
        start();

        Exchange out =
                send("sora:remix?requestKey=key-1&videoId=" + toApis.addSource(), "A puppy", "traceparent", "x\0y");

        assertThat(out.getException()).isNull();
        assertThat(record().origin().traceContext()).isNull();
    }

    @Test
    void aTaskThatIsAwaitedBelongsToTheTraceThatAwaitsIt() throws Exception {
        String id = toApis.addTask();
        toApis.complete(id);
        start();

        send("sora:await?taskId=" + id, null, "traceparent", TRACE);

        assertThat(sora().ledger()
                        .findByTaskId("default", id)
                        .orElseThrow()
                        .origin()
                        .traceContext())
                .isEqualTo(TRACE);
    }

    @Test
    void aDeliveryHasTheTraceOfItsTask() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks").to("seda:delivered");
            }
        });

        send("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource(), "A puppy", "traceparent", TRACE);

        Message delivered = camel.createConsumerTemplate()
                .receive("seda:delivered", LIMIT.toMillis())
                .getMessage();
        assertThat(delivered.getHeader("traceparent")).isEqualTo(TRACE);
    }

    @Test
    void aDeliveryWithoutATraceHasNoHeader() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks").to("seda:delivered");
            }
        });

        send("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource(), "A puppy");

        Message delivered = camel.createConsumerTemplate()
                .receive("seda:delivered", LIMIT.toMillis())
                .getMessage();
        assertThat(delivered.getHeaders()).doesNotContainKey("traceparent");
    }

    @Test
    void aModelThatIsDocumentedToHaveTheFieldGetsTheIdOfTheTrace() throws Exception {
        start();

        send(SEEDANCE, "A puppy", "traceparent", TRACE);

        assertThat(generated().get(0).path("trace_id").textValue()).isEqualTo(TRACE_ID);
        assertThat(record().request()).doesNotContain("trace_id");
    }

    @Test
    void withoutATraceTheFieldIsNotSent() throws Exception {
        start();

        send(SEEDANCE, "A puppy");

        assertThat(generated().get(0).has("trace_id")).isFalse();
    }

    @Test
    void otherModelsDoNotGetIt() throws Exception {
        start();

        send("sora:remix?videoId=" + toApis.addSource(), "A puppy", "traceparent", TRACE);

        assertThat(submitted().has("trace_id")).isFalse();
    }

    @Test
    void theCatalogueOfTheUserSaysWhichOnesHaveTheField(@TempDir Path folder) throws Exception {
        Path catalogue = Files.writeString(
                folder.resolve("models.json"),
                "{\"models\": {\"sora-2\": {\"traced\": true}, \"seedance-2-5\": {\"traced\": null}}}");
        options().setModelCatalog("file:" + catalogue);
        start();

        send("sora:remix?videoId=" + toApis.addSource(), "A puppy", "traceparent", TRACE);
        send(SEEDANCE, "A puppy", "traceparent", TRACE);

        assertThat(remixed().path("trace_id").textValue()).isEqualTo(TRACE_ID);
        assertThat(generated().get(0).has("trace_id")).isFalse();
    }

    @Test
    void aTraceIdOfTheUsersIsNotSent() throws Exception {
        start();

        send(SEEDANCE, Map.of("prompt", "A puppy", "trace_id", "mine"), "traceparent", TRACE);
        send("sora:remix?videoId=" + toApis.addSource(), Map.of("prompt", "A puppy", "trace_id", "mine"));

        assertThat(generated().get(0).path("trace_id").textValue()).isEqualTo(TRACE_ID);
        assertThat(remixed().has("trace_id")).isFalse();
    }

    @Test
    void aRedeliveryInAnotherTraceIsTheSameRequest() throws Exception {
        start();
        send(SEEDANCE, "A puppy", "traceparent", TRACE);

        Exchange again = send(SEEDANCE, "A puppy", "traceparent", OTHER);

        assertThat(again.getException()).isNull();
        assertThat(generated()).hasSize(1);
        assertThat(record().origin().traceContext()).isEqualTo(TRACE);
    }
}

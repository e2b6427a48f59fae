package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers tell after a step, and that nothing of an earlier step is left in them. */
class ResultHeadersRouteTest extends SoraTestSupport {
    private static final Object[] OF_AN_EARLIER_TASK = {
        "CamelSoraTaskId", "stale",
        "CamelSoraTaskKey", "stale",
        "CamelSoraWireKey", "stale",
        "CamelSoraStatus", "stale",
        "CamelSoraProgress", -1,
        "CamelSoraExpectedAt", Instant.EPOCH,
        "CamelSoraVideoUrl", "stale",
        "CamelSoraExpiresAt", Instant.EPOCH,
        "CamelSoraErrorCode", "stale",
        "CamelSoraErrorMessage", "stale",
        "CamelSoraSourceId", "stale",
        "CamelSoraEstimatedCredits", -1,
        "CamelSoraChargedCredits", -1
    };

    private static final Object[] REQUEST = {
        "CamelSoraPrompt", "A puppy",
        "CamelSoraModel", "sora-2-pro",
        "CamelSoraDuration", 15,
        "CamelSoraAspectRatio", "16:9",
        "CamelSoraRequestKey", "order-1"
    };

    private String source;
    private String remix;

    @BeforeEach
    void startWithASource() throws Exception {
        source = toApis.addSource();
        remix = "sora:remix?videoId=" + source;
        start();
    }

    @Test
    void aCompletedTaskSetsAllHeaders() {
        Message out = send(remix, "A puppy", OF_AN_EARLIER_TASK).getMessage();

        String id = toApis.tasks().get(1).id();
        assertThat(soraHeaders(out))
                .containsEntry("CamelSoraTaskId", id)
                .containsEntry(
                        "CamelSoraTaskKey", WireKey.userKey(toApis.task(id).clientBusinessId()))
                .containsEntry("CamelSoraStatus", "COMPLETED")
                .containsEntry("CamelSoraProgress", 100)
                .containsEntry("CamelSoraVideoUrl", toApis.task(id).videoUrls().get(0))
                .containsEntry(
                        "CamelSoraExpiresAt",
                        Instant.ofEpochSecond(toApis.task(id).expiresAt().getEpochSecond()))
                .containsEntry("CamelSoraWireKey", toApis.task(id).clientBusinessId())
                .containsEntry("CamelSoraSourceId", source)
                .containsKey("CamelSoraCorrelationId")
                .hasSize(9);
    }

    @Test
    void aFailedTaskSetsTheHeadersOfItsReason() {
        Message out = send(remix, "A puppy [fail]", OF_AN_EARLIER_TASK).getMessage();

        String id = toApis.tasks().get(1).id();
        assertThat(soraHeaders(out))
                .containsEntry("CamelSoraTaskId", id)
                .containsEntry(
                        "CamelSoraTaskKey", WireKey.userKey(toApis.task(id).clientBusinessId()))
                .containsEntry("CamelSoraStatus", "FAILED")
                .containsEntry("CamelSoraErrorCode", "generation_failed")
                .containsEntry("CamelSoraErrorMessage", toApis.task(id).errorMessage())
                .doesNotContainKeys("CamelSoraVideoUrl", "CamelSoraExpiresAt", "CamelSoraExpectedAt");
    }

    @Test
    void aWaitThatTimedOutTellsWhatIsKnownOfTheTask() {
        toApis.taskDuration(Duration.ofHours(1));

        Message out = send(remix + "&completionTimeout=200", "A puppy", OF_AN_EARLIER_TASK)
                .getMessage();

        String id = toApis.tasks().get(1).id();
        assertThat(soraHeaders(out))
                .containsEntry("CamelSoraTaskId", id)
                .containsEntry(
                        "CamelSoraTaskKey", WireKey.userKey(toApis.task(id).clientBusinessId()));
        assertThat(soraHeaders(out).get("CamelSoraStatus")).isIn("QUEUED", "IN_PROGRESS");
    }

    @Test
    void aWaitThatTimedOutLeavesNothingOfAnEarlierTask() {
        toApis.taskDuration(Duration.ofHours(1));

        Message out = send(remix + "&completionTimeout=200", "A puppy", OF_AN_EARLIER_TASK)
                .getMessage();

        assertThat(soraHeaders(out))
                .doesNotContainKeys(
                        "CamelSoraVideoUrl", "CamelSoraExpiresAt", "CamelSoraErrorCode", "CamelSoraErrorMessage");
    }

    @Test
    void aLostAnswerLeavesNothingOfAnEarlierTask() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).afterProcessing().cut();

        Message out = send(remix, "A puppy", OF_AN_EARLIER_TASK).getMessage();

        String wireKey = submitted().path("client_business_id").textValue();
        assertThat(soraHeaders(out))
                .containsOnlyKeys(
                        "CamelSoraTaskKey",
                        "CamelSoraWireKey",
                        "CamelSoraStatus",
                        "CamelSoraErrorMessage",
                        "CamelSoraSourceId",
                        "CamelSoraCorrelationId")
                .containsEntry("CamelSoraTaskKey", WireKey.userKey(wireKey))
                .containsEntry("CamelSoraWireKey", wireKey)
                .containsEntry("CamelSoraStatus", "UNKNOWN");
    }

    @Test
    void aRejectedSubmitLeavesNoIdOfAnEarlierTask() {
        toApis.credits(0);

        Message out = send(remix, "A puppy", OF_AN_EARLIER_TASK).getMessage();

        assertThat(soraHeaders(out)).doesNotContainKey("CamelSoraTaskId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&tenant=${header.nobody}", "&requireRequestKey=true", "&minimumCredits=99999999"})
    void aSubmitThatIsNotSentLeavesNothingOfAnEarlierTask(String options) {
        Message out = send(remix + options, "A puppy", OF_AN_EARLIER_TASK).getMessage();

        assertThat(soraHeaders(out)).doesNotContainValue("stale").doesNotContainKeys("CamelSoraProgress");
    }

    @Test
    void aSubmitWhoseBalanceCannotBeAskedForLeavesNothingOfAnEarlierTask() {
        toApis.on(Call.BALANCE).answer(401, "{}");

        Message out =
                send(remix + "&minimumCredits=1", "A puppy", OF_AN_EARLIER_TASK).getMessage();

        assertThat(soraHeaders(out)).containsOnlyKeys("CamelSoraCorrelationId");
    }

    @Test
    void aSubmitThatIsRejectedLeavesTheRequestInPlace() {
        Message out = send(remix, "A puppy", "CamelSoraVideoId", "video_1", "CamelSoraDuration", "soon")
                .getMessage();

        assertThat(soraHeaders(out)).containsEntry("CamelSoraVideoId", "video_1");
        assertThat(out.getBody()).isEqualTo("A puppy");
    }

    @Test
    void statusSetsTheHeadersOfARunningTask() {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();

        Message out = send(
                        "sora:status?taskId=" + id, null, "CamelSoraVideoUrl", "stale", "CamelSoraErrorCode", "stale")
                .getMessage();

        assertThat(soraHeaders(out))
                .containsOnlyKeys("CamelSoraTaskId", "CamelSoraStatus", "CamelSoraProgress")
                .containsEntry("CamelSoraTaskId", id);
    }

    @Test
    void awaitSetsTheHeadersOfItsTask() {
        String id = toApis.addSource();

        Message out = send("sora:await?taskId=" + id, null, "CamelSoraErrorCode", "stale")
                .getMessage();

        assertThat(soraHeaders(out))
                .containsEntry("CamelSoraTaskId", id)
                .containsEntry("CamelSoraStatus", "COMPLETED")
                .containsKeys("CamelSoraVideoUrl", "CamelSoraExpiresAt")
                .doesNotContainKey("CamelSoraErrorCode");
    }

    @Test
    void headersThatAreNotOursStay() {
        Message out = send(remix, "A puppy", "order", 4711).getMessage();

        assertThat(out.getHeader("order")).isEqualTo(4711);
    }

    @Test
    void theNextStepDoesNotInheritTheRequest() {
        Message out = send(remix, null, REQUEST).getMessage();

        assertThat(out.getHeaders().keySet()).doesNotContainAnyElementsOf(requestHeaders());
    }

    @Test
    void theHeaderOfTheVideoIsRemovedToo() {
        Message out = send("sora:remix", "A puppy", "CamelSoraVideoId", toApis.addSource())
                .getMessage();

        assertThat(out.getHeaders()).doesNotContainKey("CamelSoraVideoId");
    }

    @Test
    void fireAndForgetRemovesTheRequestToo() {
        Message out = send(remix + "&waitForCompletion=false", null, REQUEST).getMessage();

        assertThat(out.getHeaders().keySet()).doesNotContainAnyElementsOf(requestHeaders());
    }

    @Test
    void aDeadLetterStillHasTheRequest() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("seda:dead"));
                from("direct:in").to(remix);
            }
        });
        toApis.credits(0);

        send("direct:in", null, REQUEST);

        Exchange dead = camel.createConsumerTemplate().receive("seda:dead", LIMIT.toMillis());
        assertThat(dead.getMessage().getHeaders()).containsAllEntriesOf(asMap(REQUEST));
    }

    @Test
    void aTaskThatFailedLeavesTheRequestInPlace() {
        Message out =
                send(remix, "A puppy [fail]", "CamelSoraModel", "sora-2-pro").getMessage();

        assertThat(out.getHeader("CamelSoraModel")).isEqualTo("sora-2-pro");
        assertThat(out.getBody()).isEqualTo("A puppy [fail]");
    }

    private static Map<String, Object> soraHeaders(Message message) {
        Map<String, Object> headers = new TreeMap<>(message.getHeaders());
        headers.keySet().removeIf(name -> !name.startsWith("CamelSora"));
        return headers;
    }

    private static Set<String> requestHeaders() {
        return asMap(REQUEST).keySet();
    }

    private static Map<String, Object> asMap(Object... entries) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}

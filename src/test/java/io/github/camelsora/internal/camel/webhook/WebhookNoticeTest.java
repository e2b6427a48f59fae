package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The route of a receiver sees events, after they are answered, and holds nothing of the request that brought them. */
class WebhookNoticeTest extends WebhookTestSupport {

    @Test
    void itTellsOfTheTaskAndTheEvent() throws Exception {
        start(receiving(RECEIVER));
        Event event = completed("video_1", "order-1");

        event.send();

        Exchange notice = notice();
        assertThat(notice.getMessage().getBody(VideoTask.class).id()).isEqualTo("video_1");
        assertThat(notice.getMessage().getHeaders())
                .containsEntry("CamelSoraEventId", event.id)
                .containsEntry("CamelSoraEventType", "generation.completed")
                .containsEntry("CamelSoraTaskId", "video_1")
                .containsEntry("CamelSoraTaskKey", "order-1")
                .containsEntry("CamelSoraStatus", "COMPLETED")
                .containsEntry("CamelSoraProgress", 100);
    }

    @Test
    void itHasTheProcessTheSourceAndThePriceOfItsTask() throws Exception {
        start(receiving(RECEIVER));
        fireAndForgetTo(remix + "&creditPrices=sora-2=20", "order-1", "CamelSoraCorrelationId", "process-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        event.body = event.body.replace("\"error\":null", "\"error\":null,\"credits_used\":18");

        event.send();

        Exchange notice = notice();
        assertThat(notice.getMessage().getHeaders())
                .containsEntry("CamelSoraCorrelationId", "process-1")
                .containsEntry("CamelSoraSourceId", recordOf("order-1").origin().sourceId())
                .containsEntry("CamelSoraEstimatedCredits", BigDecimal.valueOf(20))
                .containsEntry("CamelSoraChargedCredits", BigDecimal.valueOf(18));
        assertThat(notice.getMessage().getBody(VideoTask.class).correlationId()).isEqualTo("process-1");
    }

    @Test
    void anEventThatIsSentAgainHasTheSameHeaders() throws Exception {
        start(receiving(RECEIVER));
        fireAndForgetTo(remix, "order-1", "CamelSoraCorrelationId", "process-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");

        event.send();
        event.send();

        awaitNotices(2);
        assertThat(notices).allSatisfy(notice -> assertThat(notice.getMessage().getHeaders())
                .containsEntry("CamelSoraCorrelationId", "process-1")
                .containsKey("CamelSoraSourceId"));
    }

    @Test
    void anEventThatContradictsTheRecordHasNothingOfIt() throws Exception {
        start(receiving(RECEIVER));
        fireAndForgetTo(remix, "order-1", "CamelSoraCorrelationId", "process-1");
        fireAndForgetTo(remix, "order-2", "CamelSoraCorrelationId", "process-2");

        completed(recordOf("order-2").taskId(), "order-1").send();

        assertThat(notice().getMessage().getHeaders())
                .doesNotContainKeys("CamelSoraCorrelationId", "CamelSoraSourceId");
    }

    @Test
    void noHeaderOfTheRequestGetsIn() throws Exception {
        start(receiving(RECEIVER));
        Event event = completed("video_1", "order-1");

        HttpResponse<String> answer = http.send(
                event.unsigned()
                        .header("X-ToAPIs-Webhook-Signature", event.signature(SECRET))
                        .header("CamelSoraVideoId", "video_of_a_stranger")
                        .header("X-Anything", "else")
                        .build(),
                BodyHandlers.ofString());

        assertThat(notice().getMessage().getHeaders().keySet())
                .allSatisfy(name -> assertThat(name).startsWith("CamelSora"))
                .doesNotContain("CamelSoraVideoId");
        assertThat(answer.headers().map().keySet()).doesNotContain("x-anything", "x-toapis-webhook-id");
    }

    @Test
    void theTrialOfTheVendorIsSeen() throws Exception {
        start(receiving(RECEIVER));

        int status = new Event("endpoint.test", "{\"task_id\":\"endpoint_test\"}")
                .send()
                .statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(notice().getMessage().getHeader("CamelSoraEventType")).isEqualTo("endpoint.test");
        assertThat(sora().ledger().findByTaskId("default", "endpoint_test")).isEmpty();
    }

    @Test
    void anUnknownEventTypeReachesTheRouteAndCompletesNothing() throws Exception {
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");
        event.body = event.body.replace("generation.completed", "generation.archived");

        int status = event.send().statusCode();

        assertThat(status).isEqualTo(200);
        notice();
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anEventWithoutATaskIsSeen() throws Exception {
        start(receiving(RECEIVER));

        int status = new Event("account.changed", "null").send().statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(notice().getMessage().getBody()).isNull();
    }

    @Test
    void aRouteThatTakesItsTimeHoldsUpNoAnswer() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(RECEIVER).process(exchange -> held.await(20, TimeUnit.SECONDS));
            }
        });

        int status = completed("video_1", "order-1").send().statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(held.getCount()).isEqualTo(1);
        held.countDown();
    }

    @Test
    void aRouteThatFailsChangesNeitherAnswerNorDelivery() throws Exception {
        RouteBuilder failing = new RouteBuilder() {
            @Override
            public void configure() {
                from(RECEIVER).throwException(new IllegalStateException("The log is full"));
            }
        };
        start(failing, receivingTasks(ON_NOTIFICATION));
        fireAndForget("order-1");

        int status = completed(recordOf("order-1").taskId(), "order-1").send().statusCode();

        assertThat(status).isEqualTo(200);
        delivered("order-1");
    }
}

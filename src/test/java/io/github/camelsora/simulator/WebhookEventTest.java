package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events without faults: when they are sent, their content, and their counts in the books. */
class WebhookEventTest extends WebhookTest {

    @Test
    void theEventOfACompletedTaskHasTheShapeOfTheContract() throws Exception {
        String task = acceptedRemix("""
                {"prompt": "Add a puppy", "client_business_id": "order_123"}""");
        simulator().clock().advance(Duration.ofSeconds(2));
        Received event = awaitReceived(1).get(0);

        assertThat(event.method()).isEqualTo("POST");
        assertThat(event.path()).isEqualTo("/hooks/sora");
        assertThat(event.header("Content-Type")).isEqualTo("application/json");
        assertThat(event.header("User-Agent")).isEqualTo("ToAPIs-Webhook/1.0");
        assertThat(event.id()).startsWith("evt_");
        assertThat(event.header("X-ToAPIs-Webhook-Timestamp")).isEqualTo(String.valueOf(NOON.getEpochSecond() + 2));
        assertThat(event.isSignedBy(SECRET)).isTrue();
        assertThat(event.json()).isEqualTo(json("""
                {"id": "%s", "type": "generation.completed", "api_version": "v1", "created_at": %d,
                 "data": {"task_id": "%s", "client_business_id": "order_123", "task_type": "video", "model": "sora-2",
                          "status": "SUCCESS", "progress": "100%%",
                          "result": {"type": "video", "data": [{"url": "%s", "format": "mp4"}]},
                          "error": null, "submitted_at": %d, "finished_at": %d}}""".formatted(
                        event.id(),
                        NOON.getEpochSecond() + 2,
                        task,
                        simulator().task(task).videoUrls().get(0),
                        NOON.getEpochSecond(),
                        NOON.getEpochSecond() + 2)));
    }

    @Test
    void theEventOfAFailedTaskHasItsError() throws Exception {
        String task = acceptedRemix("{\"prompt\": \"Please [fail]\"}");
        simulator().clock().advance(Duration.ofSeconds(2));
        JsonNode event = awaitReceived(1).get(0).json();

        assertThat(event.get("type").textValue()).isEqualTo("generation.failed");
        assertThat(event.at("/data/task_id").textValue()).isEqualTo(task);
        assertThat(event.at("/data").has("client_business_id")).isFalse();
        assertThat(event.at("/data/status").textValue()).isEqualTo("FAILURE");
        assertThat(event.at("/data/result").isNull()).isTrue();
        assertThat(event.at("/data/error")).isEqualTo(json("""
                {"code": "generation_failed", "message": "Generation failed: Content violates the content policy"}"""));
    }

    @Test
    void aTaskEndedByATestCausesOneEvent() {
        String completed = simulator().addTask();
        String failed = simulator().addTask();

        simulator().complete(completed);
        simulator().fail(failed, "generation_failed", "no luck");
        simulator().complete(completed);
        simulator().expire(failed);
        simulator().clock().advance(Duration.ofHours(1));
        awaitAnswered(completed, 1);
        awaitAnswered(failed, 1);

        assertThat(receiver.received)
                .extracting(event -> event.json().at("/data/task_id").textValue())
                .containsExactlyInAnyOrder(completed, failed);
    }

    @Test
    void aRunningTaskAndASourceCauseNoEvent() {
        String running = simulator().addTask();
        String source = simulator().addSource();
        simulator().expire(source);
        simulator().webhooks().sendTest();

        assertThat(simulator().webhooks().deliveries(running)).isEmpty();
        assertThat(simulator().webhooks().deliveries(source)).isEmpty();
        assertThat(receiver.received).hasSize(1);
    }

    @Test
    void theBooksCountEventsAndTheirTries() {
        receiver.answers(503);
        String task = simulator().addTask();
        simulator().complete(task);
        awaitAnswered(task, 1);
        simulator().clock().advance(Duration.ofSeconds(10));
        WebhookDelivery delivery = awaitAnswered(task, 2);
        Books books = simulator().books();

        assertThat(delivery.isAccepted()).isTrue();
        assertThat(delivery.isOver()).isTrue();
        assertThat(delivery.lastStatus()).isEqualTo(200);
        assertThat(delivery.url()).hasToString(receiver.url("/hooks/sora"));
        assertThat(delivery.firstSentAt()).isEqualTo(NOON);
        assertThat(delivery.acceptedAt()).isEqualTo(NOON.plusSeconds(10));
        assertThat(delivery.tries()).extracting(WebhookTry::status).containsExactly(503, 200);
        assertThat(books.webhooksSent()).isEqualTo(1);
        assertThat(books.webhookTries()).isEqualTo(2);
        assertThat(books.webhooksAccepted()).isEqualTo(1);
    }

    @Test
    void aTestEventHasNoTask() {
        WebhookDelivery delivery = simulator().webhooks().sendTest();
        Received event = awaitReceived(1).get(0);

        assertThat(delivery.isAccepted()).isTrue();
        assertThat(event.isSignedBy(SECRET)).isTrue();
        assertThat(event.json().get("type").textValue()).isEqualTo("endpoint.test");
        assertThat(event.json().at("/data/task_id").textValue()).isEqualTo("endpoint_test");
    }

    @Test
    void anEventSentByATestIsNotSentAgainAutomatically() throws Exception {
        String task = acceptedRemix(PUPPY);

        WebhookDelivery delivery = simulator().webhooks().send(task);
        simulator().clock().advance(Duration.ofHours(1));
        simulator().webhooks().sendTest();

        assertThat(delivery.isAccepted()).isTrue();
        assertThat(simulator().task(task).endedAt()).isEqualTo(NOON);
        assertThat(simulator().webhooks().deliveries(task)).hasSize(1);
    }

    @Test
    void anEventSentTwiceHasTheSameIdAndBody() {
        String task = simulator().addTask();

        simulator().webhooks().send(task);
        simulator().clock().advance(Duration.ofMinutes(1));
        simulator().webhooks().send(task);
        List<Received> both = awaitReceived(2);

        assertThat(both.get(0).id()).isEqualTo(both.get(1).id());
        assertThat(both.get(0).body()).isEqualTo(both.get(1).body());
        assertThat(both.get(0).header(WebhookSigner.TIMESTAMP))
                .isNotEqualTo(both.get(1).header(WebhookSigner.TIMESTAMP));
    }

    @Test
    void aTestCanChangeTheBodyOfAnEvent() {
        WebhookEvent event = simulator().webhooks().event(simulator().addTask());

        simulator()
                .webhooks()
                .send(event.with(body -> body.put("type", "generation.paused")).withId("evt_mine"));
        Received received = awaitReceived(1).get(0);

        assertThat(received.id()).isEqualTo("evt_mine");
        assertThat(received.json().get("id").textValue()).isEqualTo("evt_mine");
        assertThat(received.json().get("type").textValue()).isEqualTo("generation.paused");
        assertThat(received.isSignedBy(SECRET)).isTrue();
    }

    @Test
    void anEventCanBelongToAnUnknownTask() throws Exception {
        WebhookDelivery delivery = simulator().webhooks().sendUnknownTask();
        Received event = awaitReceived(1).get(0);

        assertThat(event.isSignedBy(SECRET)).isTrue();
        assertThat(event.json().at("/data/status").textValue()).isEqualTo("SUCCESS");
        assertThat(status(delivery.event().taskId()).statusCode()).isEqualTo(404);
    }

    @Test
    void anEventHasItsResultInTheSameFieldAsTheStatus() {
        simulator().resultUrl(ResultUrl.DATA_VIDEO_URL);
        simulator().webhooks().send(simulator().addTask());

        assertThat(awaitReceived(1)
                        .get(0)
                        .json()
                        .at("/data/result/data/0/video_url")
                        .textValue())
                .startsWith(simulator().fileBaseUrl());
    }

    @Test
    void aTaskThatEndsWhileWebhooksAreOffCausesNoEvent() throws Exception {
        String accepted = acceptedRemix(PUPPY);
        simulator().withoutWebhook();
        String ended = simulator().addTask();
        simulator().complete(ended);
        simulator().webhook(receiver.url("/hooks/sora"), SECRET);
        simulator().clock().advance(Duration.ofSeconds(2));
        awaitAnswered(accepted, 1);

        assertThat(simulator().webhooks().deliveries(ended)).isEmpty();
        simulator().withoutWebhook();
        assertThatIllegalStateException()
                .isThrownBy(() -> simulator().webhooks().send(ended));
    }

    @Test
    void aCallbackUrlOfTheSameOriginGetsTheEvent() throws Exception {
        String task = acceptedRemix(
                "{\"prompt\": \"x\", \"callback_url\": \"%s\"}".formatted(receiver.url("/hooks/mine?a=b")));
        simulator().complete(task);

        assertThat(awaitReceived(1).get(0).path()).isEqualTo("/hooks/mine?a=b");
    }

    @Test
    void aCallbackUrlOfAnotherOriginIsRejected() throws Exception {
        String port = receiver.url("").substring("http://127.0.0.1".length());
        for (String url : List.of(
                "http://localhost" + port + "/hooks",
                "https://127.0.0.1" + port + "/hooks",
                "http://127.0.0.1:1/hooks",
                "/hooks",
                "not a url",
                " ")) {
            HttpResponse<String> answer = remix("{\"prompt\": \"x\", \"callback_url\": \"%s\"}".formatted(url));

            assertThat(answer.statusCode()).as(url).isEqualTo(400);
            assertThat(json(answer).at("/error/code").textValue()).isEqualTo("webhook_not_configured");
        }
        assertThat(simulator().books().charged()).isZero();
    }

    @Test
    void timestampsCanBeThoseOfAnotherClock() {
        simulator().webhookTimestamps(InstantSource.fixed(NOON.plusSeconds(99)));
        simulator().webhooks().sendTest();

        assertThat(awaitReceived(1).get(0).header(WebhookSigner.TIMESTAMP))
                .isEqualTo(String.valueOf(NOON.getEpochSecond() + 99));
    }

    @Test
    void aClockThatThrowsIsReportedAndBlocksNoOtherEvent() {
        simulator().webhookRetryPlan().webhookTimestamps(() -> {
            throw new IllegalStateException("what time is it?");
        });
        WebhookDelivery failed = simulator().webhooks().sendTest();
        simulator().webhookTimestamps(null);

        assertThat(failed.tries().get(0).problem()).contains("what time is it?");
        assertThat(simulator().webhooks().sendTest().isAccepted()).isTrue();
    }

    @Test
    void aRunningClockSendsEventsByItself() throws Exception {
        try (ToApisSimulator real = ToApisSimulator.builder()
                .taskDuration(Duration.ofMillis(100))
                .webhook(receiver.url("/"), SECRET)
                .start()) {
            String task = real.addTask();

            await().until(() -> real.webhooks().deliveries(task).stream().anyMatch(WebhookDelivery::isAccepted));
        }
    }

    @Test
    void aResetRemovesEventsAndRules() {
        simulator().webhooks().on().lose();
        simulator().complete(simulator().addTask());
        simulator().reset();
        turnOn();

        assertThat(simulator().webhooks().deliveries()).isEmpty();
        assertThat(simulator().books().webhookTries()).isZero();
        String task = simulator().addTask();
        simulator().complete(task);
        assertThat(awaitAnswered(task, 1).isAccepted()).isTrue();
    }
}

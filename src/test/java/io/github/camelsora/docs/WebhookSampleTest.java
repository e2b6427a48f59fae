package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.support.FreePort;
import io.github.camelsora.support.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the routes of {@code samples/webhook} as they are, with a real HTTP server. Polls come too late to be of help. */
class WebhookSampleTest extends FollowUpTestSupport {
    private static final Path ROUTES = Path.of("samples/webhook/src/main/resources/camel/webhook.yaml");

    private static final String SECRET = "whsec-of-the-sample";

    private static final long AN_HOUR = 3_600_000;

    private String source;

    @BeforeEach
    void openAServer() throws Exception {
        int port = FreePort.find();
        toApis.taskDuration(Duration.ofHours(1));
        toApis.webhook("http://127.0.0.1:" + port + "/hooks/sora", SECRET);
        source = toApis.addSource();
        options.setPollInitialDelay(AN_HOUR);
        options.setPollInterval(AN_HOUR);
        options.setWebhookSecret(SECRET);
        property("sora.orders", orders().toString());
        HttpServer.start(camel, port);
    }

    @Test
    void anOrderContinuesWithItsWebhook() throws Exception {
        drop("order-1", "Add a puppy");
        start();

        String taskId = submitted("order-1");
        toApis.webhooks().send(taskId);

        awaitLogged("Order order-1 is " + video("order-1") + ", " + Files.size(remix()) + " bytes");
        awaitFile(orders().resolve(".done/order-1.json"));
        assertThat(video("order-1")).hasSameBinaryContentAs(remix());
        assertThat(logged).contains("Order order-1 is made, by task " + taskId);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
        assertThat(toApis.books().statusCalls()).isZero();
    }

    @Test
    void theNotificationOfAWebhookIsLogged() throws Exception {
        start();

        String eventId = toApis.webhooks().sendTest().event().id();

        awaitLogged("Webhook " + eventId + ", endpoint.test: task endpoint_test");
    }

    @Test
    void aTaskWithoutAWaiterIsStoredToo() throws Exception {
        start();
        send("sora:remix?waitForCompletion=false&requestKey=order-1&videoId=" + source, "Add a puppy", Map.of());

        toApis.webhooks().send(submitted("order-1"));

        await().atMost(LIMIT).until(() -> isDelivered("order-1"));
        assertThat(video("order-1")).hasSameBinaryContentAs(remix());
        assertThat(logged).contains("Order order-1 is made, and no exchange was waiting for it");
    }

    @Test
    void aFailureWithoutAWaiterIsLogged() throws Exception {
        writeFailure("order-1", null, Map.of());
        start();

        awaitLogged("Order order-1 is FAILED: It broke");
    }

    @Test
    void aRejectedOrderIsDone() throws Exception {
        drop("order-1", "[refuse] this");
        start();

        awaitFile(orders().resolve(".done/order-1.json"));
        assertThat(logged).singleElement().asString().startsWith("Order order-1 has no video: ");
        assertThat(toApis.books().charged()).isZero();
    }

    @Test
    void anOrderThatAStopInterruptsStaysWhereItIs() throws Exception {
        drop("order-1", "Add a puppy");
        start();
        submitted("order-1");

        camel.stop();

        assertThat(orders().resolve("order-1.json")).exists();
    }

    private void start() throws Exception {
        Snippets.load(camel, ROUTES);
        camel.start();
    }

    private Path orders() {
        return folder.resolve("orders");
    }

    private static Path remix() {
        return Path.of("src/test/resources/io/github/camelsora/simulator/remix.mp4");
    }

    private void drop(String name, String prompt) throws IOException {
        Files.createDirectories(orders());
        Files.writeString(
                orders().resolve(name + ".json"), "{\"video_id\": \"" + source + "\", \"prompt\": \"" + prompt + "\"}");
    }

    /** The id of a task, once the ledger has it: before, an event about it would have to come again. */
    private String submitted(String key) {
        await().atMost(LIMIT)
                .until(() -> ledger.find("default", key).map(TaskRecord::taskId).isPresent());
        return recordOf(key).taskId();
    }

    private void awaitLogged(String message) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(logged).contains(message));
    }

    private void awaitFile(Path file) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(file).exists());
    }
}

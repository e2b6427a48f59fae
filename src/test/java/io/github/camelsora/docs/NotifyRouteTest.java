package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelsora.simulator.LookUp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/notify.yaml} with a real mail server and a real receiver of the POST. */
class NotifyRouteTest extends FollowUpTestSupport {
    private static final String SUBMIT = "sora:remix?waitForCompletion=false&tag=notify&carryHeaders=*";

    /** A POST as it was received. */
    private record Post(Headers headers, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }

        @Override
        public String toString() {
            return headers.entrySet() + body;
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private GreenMail mail;
    private HttpServer receiver;

    @BeforeEach
    void startServers() throws Exception {
        mail = mailServer(0);
        mail.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        property("sora.mail.server", "smtp://127.0.0.1:" + mail.getSmtp().getPort());
        property("sora.notify.url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/events?by=sora");
        options.setRedeliveryDelay(50);
    }

    @AfterEach
    void stopServers() {
        camel.stop();
        receiver.stop(0);
        mail.stop();
    }

    @Test
    void aVideoIsNotifiedByMailAndByPost() throws Exception {
        start("notify");

        String task = submit("order-4711", "Add a puppy", Map.of());
        await().atMost(LIMIT).until(() -> isDelivered("order-4711"));

        JsonNode event = posts.get(0).json();
        assertThat(event.get("key").asText()).isEqualTo("order-4711");
        assertThat(event.get("id").asText()).isEqualTo(task);
        assertThat(event.get("status").asText()).isEqualTo("COMPLETED");
        assertThat(mails())
                .singleElement()
                .asString()
                .contains("order-4711", task, "COMPLETED", "To: operator@localhost");
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("A remix has ended");
    }

    @Test
    void noNotificationContainsTheSignedAddress() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("notify");

        String completed = submit("order-1", "Add a puppy", Map.of());
        String failed = submit("order-2", "Add a puppy", Map.of());
        toApis.complete(completed);
        toApis.fail(
                failed,
                "broken",
                "No copy of " + toApis.task(completed).videoUrls().get(0) + ", see there");
        await().atMost(LIMIT).until(() -> isDelivered("order-1") && isDelivered("order-2"));

        String signature = toApis.task(completed).videoUrls().get(0).replaceFirst(".*\\?", "");
        assertThat(signature).isNotEmpty();
        assertThat(posts).hasSize(2).noneMatch(post -> post.toString().contains(signature));
        assertThat(mails()).hasSize(2).noneMatch(message -> message.contains(signature));
    }

    @Test
    void aFailedTaskIsNotifiedWithItsReason() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("notify");

        String task = submit("order-4711", "Add a puppy", Map.of());
        toApis.fail(task, "generation_failed", "Verstößt gegen \"die Regeln\"");
        await().atMost(LIMIT).until(() -> isDelivered("order-4711"));

        JsonNode event = posts.get(0).json();
        assertThat(event.get("status").asText()).isEqualTo("FAILED");
        assertThat(event.get("errorCode").asText()).isEqualTo("generation_failed");
        assertThat(event.get("errorMessage").asText()).isEqualTo("Verstößt gegen \"die Regeln\"");
        assertThat(mail.getReceivedMessages()[0].getContent().toString())
                .contains("FAILED", "generation_failed", "Verstößt gegen \"die Regeln\"");
    }

    @Test
    void aLostSubmitIsNotifiedWithoutAnId() throws Exception {
        toApis.lookup(LookUp.OFF);
        writeIntent("order-4711", "notify", Map.of());

        start("notify");
        await().atMost(LIMIT).until(() -> recordOf("order-4711").times().lossReportedAt() != null);

        assertThat(posts.get(0).json().get("status").asText()).isEqualTo("UNKNOWN");
        assertThat(posts.get(0).json().get("id").isNull()).isTrue();
        assertThat(mails()).singleElement().asString().contains("order-4711", "UNKNOWN");
    }

    @Test
    void anUnavailableMailServerDelaysTheMailAndDoesNotRepeatThePost() throws Exception {
        int port = mail.getSmtp().getPort();
        mail.stop();
        start("notify");

        submit("order-4711", "Add a puppy", Map.of());
        await().atMost(LIMIT).until(() -> recordOf("order-4711").deliveries() >= 2);
        assertThat(posts).hasSize(1);
        mail = mailServer(port);
        mail.start();

        await().atMost(LIMIT).until(() -> isDelivered("order-4711"));
        assertThat(mails()).hasSize(1);
        assertThat(posts).hasSize(1);
    }

    @Test
    void anUnavailableReceiverDelaysThePostAndDoesNotRepeatTheMail() throws Exception {
        refusals.set(2);
        start("notify");

        submit("order-4711", "Add a puppy", Map.of());

        await().atMost(LIMIT).until(() -> isDelivered("order-4711"));
        assertThat(posts).hasSize(3);
        assertThat(mails()).hasSize(1);
    }

    @Test
    void whatTheMessageCarriedChoosesNeitherReaderNorHeader() throws Exception {
        start("notify");

        submit(
                "order-4711",
                "Add a puppy",
                Map.of("To", "stranger@localhost", "Bcc", "stranger@localhost", "X-Mine", "1"));
        await().atMost(LIMIT).until(() -> isDelivered("order-4711"));

        assertThat(mails()).singleElement().asString().doesNotContain("stranger", "X-Mine", "CamelSora");
        assertThat(posts.get(0).headers()).doesNotContainKeys("To", "Bcc", "X-mine");
        assertThat(posts.get(0).headers().keySet()).noneMatch(name -> name.startsWith("Camel"));
    }

    private String submit(String key, String prompt, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>(more);
        headers.put("CamelSoraVideoId", toApis.addSource());
        headers.put("CamelSoraRequestKey", key);
        return send(SUBMIT, prompt, headers).getMessage().getHeader("CamelSoraTaskId", String.class);
    }

    private static GreenMail mailServer(int port) {
        return new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    /** The mails as they came over the wire. */
    private List<String> mails() {
        return List.of(mail.getReceivedMessages()).stream()
                .map(GreenMailUtil::getWholeMessage)
                .toList();
    }

    private void receive(HttpExchange post) throws IOException {
        posts.add(new Post(
                post.getRequestHeaders(), new String(post.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        post.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : 204, -1);
        post.close();
    }
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries: which answers cause one, when it is sent, and which secrets sign it. */
class WebhookRetryTest extends WebhookTest {

    private static final List<Duration> PLAN = Stream.of("PT10S", "PT30S", "PT2M", "PT10M", "PT1H", "PT6H", "PT24H")
            .map(Duration::parse)
            .toList();

    @Test
    void retriesFollowTheVendorsPlanWithTheSameIdAndANewTimestamp() {
        receiver.answers(IntStream.generate(() -> 500).limit(8).boxed().toArray(Integer[]::new));
        String task = simulator().addTask();
        simulator().complete(task);
        awaitAnswered(task, 1);
        for (int tries = 1; tries <= PLAN.size(); tries++) {
            simulator().clock().advance(PLAN.get(tries - 1).minusMillis(1));
            assertThat(awaitAnswered(task, tries).tries()).hasSize(tries);
            simulator().clock().advance(Duration.ofMillis(1));
            awaitAnswered(task, tries + 1);
        }
        simulator().clock().advance(Duration.ofDays(30));
        WebhookDelivery delivery = awaitAnswered(task, 8);
        List<Received> received = awaitReceived(8);

        assertThat(delivery.isOver()).isTrue();
        assertThat(delivery.isAccepted()).isFalse();
        assertThat(delivery.tries()).hasSize(8);
        assertThat(received)
                .extracting(Received::id)
                .containsOnly(delivery.event().id());
        assertThat(received).allMatch(event -> event.isSignedBy(SECRET));
        assertThat(received)
                .extracting(event -> event.header(WebhookSigner.TIMESTAMP))
                .doesNotHaveDuplicates();
    }

    @Test
    void aClockThatJumpsOverSeveralRetriesCausesAllOfThem() {
        receiver.answers(500, 500, 500, 500, 500, 500, 500, 200);
        String task = simulator().addTask();
        simulator().complete(task);
        awaitAnswered(task, 1);

        simulator().clock().advance(Duration.ofHours(32));

        assertThat(awaitAnswered(task, 8).isAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 301, 304, 307, 400, 404, 500})
    void onlyA2xxAnswerAcceptsAnEvent(int status) {
        receiver.answers(status, 204);
        String task = simulator().addTask();
        simulator().complete(task);
        WebhookDelivery first = awaitAnswered(task, 1);
        simulator().clock().advance(Duration.ofSeconds(10));
        WebhookDelivery second = awaitAnswered(task, 2);

        assertThat(first.isOver()).isFalse();
        assertThat(first.lastStatus()).isEqualTo(status);
        assertThat(second.isAccepted()).isTrue();
        assertThat(receiver.received).extracting(Received::path).containsOnly("/hooks/sora");
    }

    @Test
    void aTryWithoutAnAnswerTimesOut() throws Exception {
        simulator().webhookTimeout(Duration.ofMillis(200)).webhookRetryPlan();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            simulator().webhook("http://127.0.0.1:" + silent.getLocalPort() + "/", SECRET);
            WebhookDelivery delivery = simulator().webhooks().sendTest();

            assertThat(delivery.lastStatus()).isZero();
            assertThat(delivery.tries().get(0).problem()).isEqualTo("no answer within PT0.2S");
            assertThat(delivery.isOver()).isTrue();
        }
    }

    @Test
    void anAnswerThatNeverEndsTimesOut() throws Exception {
        simulator().webhookTimeout(Duration.ofMillis(300)).webhookRetryPlan();
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> beginAnAnswer(slow), "slow receiver");
            server.start();
            simulator().webhook("http://127.0.0.1:" + slow.getLocalPort() + "/", SECRET);

            assertThat(simulator().webhooks().sendTest().isAccepted()).isFalse();
            server.join(SOON.toMillis());
        }
    }

    /** Sends the headers of a 200 with a body, and waits until the client closes the connection. */
    private static void beginAnAnswer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client has closed the connection, as expected.
        }
    }

    @Test
    void aRetryGoesToThePresentUrl() {
        String closed = receiver.url("/hooks/sora");
        receiver.close();
        String task = simulator().addTask();
        simulator().complete(task);
        WebhookDelivery first = awaitAnswered(task, 1);
        try (Receiver elsewhere = new Receiver()) {
            simulator().webhook(elsewhere.url("/new"), SECRET);
            simulator().clock().advance(Duration.ofSeconds(10));
            WebhookDelivery second = awaitAnswered(task, 2);

            assertThat(first.url()).hasToString(closed);
            assertThat(first.tries().get(0).problem()).contains("Connect");
            assertThat(second.isAccepted()).isTrue();
            assertThat(second.url()).hasToString(elsewhere.url("/new"));
        }
    }

    @Test
    void theVendorsRetryPlanCanBeShortened() {
        receiver.answers(500, 500, 500);
        try (ToApisSimulator real = ToApisSimulator.builder()
                .webhook(receiver.url("/"), SECRET)
                .webhookRetryPlanDividedBy(1440)
                .start()) {
            String task = real.addTask();
            real.complete(task);

            await().until(() -> real.webhooks().deliveries(task).get(0).isAccepted());
            assertThat(real.webhooks().deliveries(task).get(0).tries()).hasSize(4);
        }
    }

    @Test
    void thePreviousSecretSignsForADay() {
        simulator().webhooks().rotateSecret("whsec-new");
        simulator().webhooks().sendTest();
        simulator().clock().advance(Duration.ofHours(24).minusSeconds(1));
        simulator().webhooks().sendTest();
        simulator().clock().advance(Duration.ofSeconds(1));
        simulator().webhooks().sendTest();
        List<Received> received = awaitReceived(3);

        assertThat(received.get(0).isSignedBy("whsec-new", SECRET)).isTrue();
        assertThat(received.get(1).isSignedBy("whsec-new", SECRET)).isTrue();
        assertThat(received.get(2).isSignedBy("whsec-new")).isTrue();
    }

    @Test
    void aTryAfterTheRotationOfTheSecretIsSignedByBoth() {
        receiver.answers(400);
        String task = simulator().addTask();
        simulator().complete(task);
        awaitAnswered(task, 1);
        simulator().webhooks().rotateSecret("whsec-new");
        simulator().clock().advance(Duration.ofSeconds(10));
        awaitAnswered(task, 2);

        assertThat(receiver.received.get(0).isSignedBy(SECRET)).isTrue();
        assertThat(receiver.received.get(1).isSignedBy("whsec-new", SECRET)).isTrue();
    }

    @Test
    void severalSecretsSignAsLongAsTheyAreSet() {
        simulator().webhook(receiver.url("/"), "whsec-one", "whsec-two");
        simulator().clock().advance(Duration.ofDays(365));
        simulator().webhooks().sendTest();

        assertThat(awaitReceived(1).get(0).isSignedBy("whsec-one", "whsec-two")).isTrue();
    }

    @Test
    void nothingIsRetriedAfterWebhooksAreTurnedOff() {
        receiver.answers(500);
        String task = simulator().addTask();
        simulator().complete(task);
        awaitAnswered(task, 1);
        simulator().withoutWebhook();
        simulator().clock().advance(Duration.ofSeconds(10));

        await().until(() -> simulator().webhooks().deliveries(task).get(0).isOver());
        assertThat(receiver.received).hasSize(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> simulator().webhooks().rotateSecret("whsec-new"))
                .withMessageContaining("webhook(url, secret)");
    }

    @Test
    void invalidSettingsAreRejectedWithAMessage() {
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhook("hooks/sora", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhook("http://a b/", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhook("ftp://host/", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhook(receiver.url("/")));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhookRetryPlan(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhookRetryPlanDividedBy(0));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator().webhookTimeout(Duration.ZERO));
    }
}

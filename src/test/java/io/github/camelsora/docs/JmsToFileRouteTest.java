package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/jms-to-file.yaml} with a real broker. */
class JmsToFileRouteTest extends FollowUpTestSupport {
    private final BrokerService broker = new BrokerService();

    @BeforeEach
    void startBroker() throws Exception {
        broker.setBrokerName("routes");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.start();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://routes?create=false");
        connections.getRedeliveryPolicy().setInitialRedeliveryDelay(20);
        connections.getRedeliveryPolicy().setRedeliveryDelay(20);
        connections.getRedeliveryPolicy().setMaximumRedeliveries(1_000);
        camel.getRegistry().bind("connections", connections);
    }

    // The context must close its connections first; otherwise it tries to reach the broker until it is stopped.
    @AfterEach
    void stopBroker() throws Exception {
        camel.stop();
        broker.stop();
    }

    @Test
    void aMessageBecomesAFileAndItsCorrelationIdComesBack() throws Exception {
        start("jms-to-file");

        ask("Add a puppy");

        await().atMost(LIMIT).until(() -> video().toFile().exists());
        await().atMost(LIMIT)
                .until(() -> logged.stream().anyMatch(line -> line.contains("(order-4711) is " + video())));
    }

    @Test
    void aRunningRemixDoesNotHoldUpTheQueue() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("jms-to-file");

        ask("Add a puppy");
        ask("Add a cat");

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
    }

    @Test
    void aMessageThatIsRolledBackAfterItsRemixWasAcceptedIsPaidOnce() throws Exception {
        AtomicInteger deliveries = failAfterTheSubmit(2, new CountDownLatch(0));

        ask("Add a puppy");

        await().atMost(LIMIT)
                .until(() -> deliveries.get() == 3 && video().toFile().exists());
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aMessageThatArrivesAgainAfterItsTaskHasEndedStillBecomesAFile() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger deliveries = failAfterTheSubmit(1, ended);
        camel.getRouteController().stopRoute("jms-to-file-ended");

        ask("Add a puppy");
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 1);
        ended.countDown();
        await().atMost(LIMIT).until(() -> deliveries.get() == 2 && logged.size() == 2);
        camel.getRouteController().startRoute("jms-to-file-ended");

        await().atMost(LIMIT).until(() -> video().toFile().exists());
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aRejectedRequestGoesUnchangedToAQueueOfItsOwn() throws Exception {
        start("jms-to-file");

        String request = ask("[refuse] this");
        String refused =
                camel.createConsumerTemplate().receiveBody("jms:queue:remixes.refused", LIMIT.toMillis(), String.class);

        assertThat(refused).isEqualTo(request);
        assertThat(toApis.books().charged()).isZero();
    }

    @Test
    void anInvalidRequestDoesNotStopTheQueue() throws Exception {
        start("jms-to-file");

        send("jms:queue:remixes", "Good morning", Map.of());
        ask("Add a puppy");

        await().atMost(LIMIT).until(() -> video().toFile().exists());
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aMessageWaitsInTheBrokerForCredits() throws Exception {
        toApis.credits(0);
        start("jms-to-file");

        ask("Add a puppy");
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 1);
        toApis.credits(20);
        resumeAccount();

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 1);
        await().atMost(LIMIT).until(() -> video().toFile().exists());
    }

    @Test
    void aFailedTaskIsLogged() throws Exception {
        start("jms-to-file");

        ask("[fail] this");

        await().atMost(LIMIT).until(() -> logged.stream().anyMatch(line -> line.contains("(order-4711) is FAILED: ")));
    }

    /** Has the route fail after the submit, and waits with that. */
    private AtomicInteger failAfterTheSubmit(int times, CountDownLatch moment) throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        Snippets.load(camel, Path.of("routes/jms-to-file.yaml"));
        AdviceWith.adviceWith(
                camel, "jms-to-file", route -> route.weaveAddLast().process(exchange -> {
                    if (deliveries.incrementAndGet() <= times) {
                        moment.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
                        throw new IllegalStateException("The JVM dies");
                    }
                }));
        camel.start();
        return deliveries;
    }

    private String ask(String prompt) {
        String request = "{\"video_id\": \"" + toApis.addSource() + "\", \"prompt\": \"" + prompt + "\"}";
        send("jms:queue:remixes", request, Map.of("JMSCorrelationID", "order-4711"));
        return request;
    }

    private Path video() {
        return video(toApis.tasks().get(toApis.tasks().size() - 1).id());
    }
}

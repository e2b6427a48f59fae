package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/fire-and-forget.yaml}, each way that it can go. */
class FireAndForgetRouteTest extends FollowUpTestSupport {

    @Test
    void theRouteContinuesAtOnceAndTheVideoIsStoredUnderItsOrder() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("fire-and-forget");

        Exchange out = order("fire-and-forget", "4711", "Add a puppy");
        String task = out.getMessage().getHeader("CamelSoraTaskId", String.class);
        assertThat(logged).containsExactly("Order 4711 is task " + task);
        toApis.complete(task);

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(video("4711")).isNotEmptyFile();
        assertThat(logged).last().isEqualTo("Order 4711 is " + video("4711"));
    }

    @Test
    void anOrderThatArrivesTwiceIsPaidOnce() throws Exception {
        start("fire-and-forget");
        String source = toApis.addSource();
        Map<String, Object> order = Map.of("orderId", "4711", "CamelSoraVideoId", source);

        send("direct:fire-and-forget", "Add a puppy", order);
        Exchange again = send("direct:fire-and-forget", "Add a puppy", order);

        assertThat(again.getException()).isNull();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void anOrderWithoutAnIdIsRefusedAndNotPaid() throws Exception {
        start("fire-and-forget");

        Exchange out = send("direct:fire-and-forget", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void aFailedTaskIsLoggedWithItsOrder() throws Exception {
        start("fire-and-forget");

        order("fire-and-forget", "4711", "[fail] this");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().asString().matches("Order 4711 has failed \\(\\w+\\): .+");
    }

    @Test
    void anExpiredTaskIsLoggedAsLost() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("fire-and-forget");

        Exchange out = order("fire-and-forget", "4711", "Add a puppy");
        String task = out.getMessage().getHeader("CamelSoraTaskId", String.class);
        toApis.statusWord(task, "expired");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().isEqualTo("Order 4711 is lost: task " + task + " has expired");
    }

    @Test
    void aVideoThatItsHostNoLongerHasIsLoggedAsLostAndNotRetried() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("fire-and-forget");

        Exchange out = order("fire-and-forget", "4711", "Add a puppy");
        toApis.expire(out.getMessage().getHeader("CamelSoraTaskId", String.class));

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().asString().startsWith("Order 4711 is lost: The video of task ");
        assertThat(recordOf("4711").deliveries()).isZero();
    }

    @Test
    void aVideoThatCannotBeDownloadedIsDeliveredAgain() throws Exception {
        options.setRedeliveryDelay(10);
        toApis.on(Call.FILE).times(2).cut();
        start("fire-and-forget");

        order("fire-and-forget", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(video("4711")).isNotEmptyFile();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aSubmitOfADeadJvmIsLoggedAsPossiblyPaid() throws Exception {
        toApis.lookup(LookUp.OFF);
        writeIntent("4711", "fire-and-forget", Map.of("orderId", "4711"));

        start("fire-and-forget");

        await().atMost(LIMIT).until(() -> recordOf("4711").times().lossReportedAt() != null);
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("Order 4711 may be paid for. Do not send it again: ")
                .contains("key 4711");
        assertThat(toApis.books().submitsReceived()).isZero();
    }
}

package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.Call;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/fire-and-forget-nightly.yaml} with a real Quartz. */
class NightlyRouteTest extends FollowUpTestSupport {

    @BeforeEach
    void letFailuresBeDueSoon() {
        options.setRedeliveryDelay(10);
    }

    @Test
    void anEndedTaskWaitsForTheNight() throws Exception {
        start("fire-and-forget-nightly");

        order("fire-and-forget-nightly", "4711", "Add a puppy");
        order("fire-and-forget-nightly", "4712", "[fail] this");
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 2);

        assertThat(logged).noneMatch(line -> line.contains(" is /") || line.contains(" has "));
        assertThat(video("4711")).doesNotExist();

        letTheNightCome();

        await().atMost(LIMIT).until(() -> isDelivered("4711") && isDelivered("4712"));
        assertThat(video("4711")).isNotEmptyFile();
        assertThat(logged)
                .contains("Order 4711 is " + video("4711"))
                .anyMatch(line -> line.startsWith("Order 4712 has FAILED: "));
    }

    @Test
    void oneNightIsEnoughForAll() throws Exception {
        int moreThanAPollHandsOutByDefault = 101;
        for (int i = 0; i < moreThanAPollHandsOutByDefault; i++) {
            writeFailure("order-" + i, "fire-and-forget-nightly", Map.of("orderId", "order-" + i));
        }
        start("fire-and-forget-nightly");

        letTheNightCome();

        await().atMost(LIMIT).until(() -> logged.size() == moreThanAPollHandsOutByDefault);
    }

    @Test
    void anOrderThatArrivesTwiceBeforeTheNightIsPaidOnceAndStored() throws Exception {
        start("fire-and-forget-nightly");
        Map<String, Object> order = Map.of("orderId", "4711", "CamelSoraVideoId", toApis.addSource());

        send("direct:fire-and-forget-nightly", "Add a puppy", order);
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 1);
        send("direct:fire-and-forget-nightly", "Add a puppy", order);
        letTheNightCome();

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(video("4711")).isNotEmptyFile();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aVideoThatCannotBeDownloadedWaitsForTheNextRun() throws Exception {
        // What is merely cut off, or refused, would be tried again at once.
        toApis.on(Call.FILE).times(1).answer(200, "", "Content-Encoding: br");
        start("fire-and-forget-nightly");

        order("fire-and-forget-nightly", "4711", "Add a puppy");
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 1);
        letTheNightCome();
        await().atMost(LIMIT).until(() -> recordOf("4711").deliveries() == 1);
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 1);
        letTheNightCome();

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(video("4711")).isNotEmptyFile();
    }

    @Test
    void theNightIsAProperty() throws Exception {
        property("sora.cron", "0 30 2 * * ?");

        start("fire-and-forget-nightly");

        assertThat(nights()).containsExactly("0 30 2 * * ?");
    }
}

package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BooksTest extends SimulatorTest {

    @Test
    void everyKindOfCallIsCounted() throws Exception {
        String task = acceptedRemix(PUPPY);
        remix("{}");
        generate("{\"model\": \"sora-2-vvip\", \"prompt\": \"x\"}");
        status(task);
        get("/v1/balance");
        get("/v1/user/balance");
        simulator().complete(task);
        download(simulator().task(task).videoUrls().get(0));
        get("/v1/nothing");

        Books books = simulator().books();

        assertThat(books.submitsReceived()).isEqualTo(3);
        assertThat(books.submitsAccepted()).isEqualTo(2);
        assertThat(books.charged()).isEqualTo(40);
        assertThat(books.statusCalls()).isEqualTo(1);
        assertThat(books.balanceCalls()).isEqualTo(2);
        assertThat(books.fileCalls()).isEqualTo(1);
        assertThat(books.otherCalls()).isEqualTo(1);
        assertThat(books.connectionsOpened()).isPositive();
    }

    @Test
    void submitsAreCountedByClientBusinessId() throws Exception {
        simulator().lookup(LookUp.OFF);
        remix("{\"prompt\": \"x\", \"client_business_id\": \"a\"}");
        remix("{\"prompt\": \"x\", \"client_business_id\": \"a\"}");
        remix("{\"prompt\": \"x\", \"client_business_id\": \"b\"}");
        remix(PUPPY);

        assertThat(simulator().books().acceptedByBusinessId())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", 2)
                .containsEntry("b", 1);
    }

    @Test
    void queriesByEitherIdAreCountedForTheTask() throws Exception {
        String task = acceptedRemix("{\"prompt\": \"x\", \"client_business_id\": \"order-1\"}");
        status(task);
        status("order-1");
        simulator().on(Call.STATUS).answer(500, "");
        status(task);

        Books books = simulator().books();

        assertThat(books.polls(task)).isEqualTo(3);
        assertThat(books.polls("order-1")).isEqualTo(1);
        assertThat(books.polls("never")).isZero();
    }

    @Test
    void peakRatesAreTheMaximumOfCallsInOneSecond() throws Exception {
        String task = simulator().addTask();
        status(task);
        simulator().clock().advance(Duration.ofMillis(999));
        status(task);
        remix(PUPPY);
        simulator().clock().advance(Duration.ofMillis(1));
        status(task);
        simulator().clock().advance(Duration.ofSeconds(5));
        status(task);

        Books books = simulator().books();

        assertThat(books.peakRate()).isEqualTo(3);
        assertThat(books.peakStatusRate()).isEqualTo(2);
        assertThat(books.peakSubmitRate()).isEqualTo(1);
    }

    @Test
    void requestsAreKeptUnchanged() throws Exception {
        simulator().addSource("a b");
        remix("a%20b", PUPPY);
        get("/v1/balance?x=1");

        ReceivedRequest submit = simulator().requests(Call.SUBMIT).get(0);
        ReceivedRequest balance = simulator().requests(Call.BALANCE).get(0);

        assertThat(simulator().requests()).containsExactly(submit, balance);
        assertThat(submit.call()).isEqualTo(Call.SUBMIT_REMIX);
        assertThat(submit.method()).isEqualTo("POST");
        assertThat(submit.path()).isEqualTo("/v1/videos/a%20b/remix");
        assertThat(submit.header("authorization")).hasValue("Bearer sk-simulator");
        assertThat(submit.body()).isEqualTo(PUPPY);
        assertThat(submit.json().get("duration").intValue()).isEqualTo(15);
        assertThat(submit.at()).isEqualTo(NOON);
        assertThat(balance.target()).isEqualTo("/v1/balance?x=1");
        assertThat(balance.path()).isEqualTo("/v1/balance");
    }

    @Test
    void theOldestRequestsAreDroppedAndStillCounted() throws Exception {
        try (ToApisSimulator small = ToApisSimulator.builder().requestsKept(2).start()) {
            for (int i = 0; i < 5; i++) {
                download(small.baseUrl() + "/" + i);
            }

            assertThat(small.requests()).extracting(ReceivedRequest::path).containsExactly("/3", "/4");
            assertThat(small.books().otherCalls()).isEqualTo(5);
        }
    }

    @Test
    void tasksAreListedInOrderOfAcceptance() throws Exception {
        String source = simulator().addSource();
        String first = acceptedRemix(PUPPY);
        String second = acceptedRemix("{\"prompt\": \"Add a kitten\"}");

        assertThat(simulator().tasks())
                .filteredOn(task -> !task.id().equals(source))
                .filteredOn(task -> task.call() == Call.SUBMIT_REMIX)
                .extracting(SimulatedTask::id)
                .containsExactly(first, second);
        assertThat(simulator().task(second).request().get("prompt").textValue()).isEqualTo("Add a kitten");
        assertThat(simulator().task(second).apiKey()).isEqualTo("sk-simulator");
        assertThat(simulator().task(second).call()).isEqualTo(Call.SUBMIT_REMIX);
        assertThat(simulator().task(source).call()).isEqualTo(Call.OTHER);
    }
}

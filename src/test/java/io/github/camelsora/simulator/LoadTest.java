package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest extends SimulatorTest {

    private static final int TASKS = 10_000;

    @Test
    void tenThousandOpenTasksAreCarriedAndTheBooksClose() throws Exception {
        simulator().taskDuration(Duration.ofHours(1));
        String source = simulator().addSource();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<HttpResponse<String>>> submits = IntStream.range(0, TASKS)
                    .<Callable<HttpResponse<String>>>mapToObj(i -> () ->
                            remix(source, "{\"prompt\": \"x\", \"client_business_id\": \"order-" + i % 5_000 + "\"}"))
                    .toList();
            for (Future<HttpResponse<String>> answer : callers.invokeAll(submits)) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        } finally {
            callers.shutdownNow();
        }

        Books books = simulator().books();
        assertThat(books.submitsReceived()).isEqualTo(TASKS);
        assertThat(books.submitsAccepted()).isEqualTo(TASKS);
        assertThat(books.charged()).isEqualTo(20L * TASKS);
        assertThat(books.acceptedByBusinessId()).hasSize(5_000).containsEntry("order-17", 2);
        assertThat(simulator().tasks())
                .hasSize(TASKS + 1)
                .extracting(SimulatedTask::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void creditsAreNeverSpentTwiceUnderContention() throws Exception {
        simulator().credits(50 * 20);
        String source = simulator().addSource();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<HttpResponse<String>>> submits = IntStream.range(0, 200)
                    .<Callable<HttpResponse<String>>>mapToObj(i -> () -> remix(source, PUPPY))
                    .toList();
            callers.invokeAll(submits);
        } finally {
            callers.shutdownNow();
        }

        assertThat(simulator().books().submitsAccepted()).isEqualTo(50);
        assertThat(simulator().books().charged()).isEqualTo(1_000);
        assertThat(json(get("/v1/balance")).get("remain_credits").intValue()).isZero();
    }
}

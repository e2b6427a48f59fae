package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoadTest extends SimulatorTest {

    private static final int TASKS = 10_000;
    private static final int CALLERS = 8;

    // Not the JDK's client: with many threads it sometimes closes a pooled connection during a request.
    private static final CloseableHttpClient CLIENT = HttpClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CALLERS)
                    .build())
            .build();

    @AfterAll
    static void close() throws IOException {
        CLIENT.close();
    }

    /** Submits a remix, and returns the HTTP status. */
    private int remixed(String source, String body) throws IOException {
        HttpPost post = new HttpPost(simulator().baseUrl() + "/v1/videos/" + source + "/remix");
        post.setHeader("Authorization", "Bearer " + simulator().apiKey());
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return CLIENT.execute(post, answer -> {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode();
        });
    }

    @Test
    void tenThousandRunningTasksAreServedAndCounted() throws Exception {
        simulator().taskDuration(Duration.ofHours(1));
        String source = simulator().addSource();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Integer>> submits = IntStream.range(0, TASKS)
                    .<Callable<Integer>>mapToObj(i -> () ->
                            remixed(source, "{\"prompt\": \"x\", \"client_business_id\": \"order-" + i % 5_000 + "\"}"))
                    .toList();
            for (Future<Integer> answer : callers.invokeAll(submits)) {
                assertThat(answer.get()).isEqualTo(200);
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
    void concurrentSubmitsNeverSpendCreditsTwice() throws Exception {
        simulator().credits(50 * 20);
        String source = simulator().addSource();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Integer>> submits = IntStream.range(0, 200)
                    .<Callable<Integer>>mapToObj(i -> () -> remixed(source, PUPPY))
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

package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.WebhookDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day at the vendor's in twelve seconds, with a ledger on disk: of its webhooks 20 % are lost, 30 % doubled and 5 % late by
 * hours, and 5 % of the polls fail. Half of the exchanges wait, the others fire and forget. In the end the books close: each
 * task is paid once and delivered once.
 */
class WebhookSoakTest extends WebhookTestSupport {
    private static final int TASKS_IN_A_DAY = 500;
    private static final Duration DAY = Duration.ofSeconds(12);
    private static final int FACTOR = (int) (Duration.ofDays(1).toSeconds() / DAY.toSeconds());
    private static final long SEED = 20260101;

    @TempDir
    Path folder;

    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failedPolls = new AtomicInteger();

    @Test
    void afterADayTheBooksClose() throws Exception {
        run(1);
    }

    /** {@code mvn -Pchaos -Dsoak.days=100 verify} */
    @Tag("chaos")
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    @Test
    void afterManyDaysTheBooksClose() throws Exception {
        run(Integer.getInteger("soak.days", 20));
    }

    private void run(int days) throws Exception {
        int count = TASKS_IN_A_DAY * days;
        disturb();
        prepareRoutes();

        submit(count);

        await().atMost(Duration.ofMinutes(2).multipliedBy(days)).until(() -> delivered.size() >= count);
        List<String> keys =
                IntStream.range(0, count).mapToObj(n -> "order-" + n).toList();
        keys.forEach(key -> awaitState(key, TaskState.DELIVERED));
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(keys);
        assertPaid(count);
        assertDisturbed(count);
    }

    private void disturb() {
        Random random = new Random(SEED);
        // One to five minutes.
        toApis.taskDuration(request -> compressed(Duration.ofSeconds(60 + random.nextInt(240))));
        toApis.webhook(address().toString(), SECRET);
        toApis.webhookRetryPlanDividedBy(FACTOR);
        toApis.webhooks().on().chance(0.2, SEED).lose();
        // Of the 80 % that are left.
        toApis.webhooks().on().chance(0.3 / 0.8, SEED + 1).duplicate();
        toApis.webhooks().on().chance(0.05 / 0.5, SEED + 2).delay(compressed(Duration.ofHours(3)));
        Random polls = new Random(SEED + 3);
        toApis.on(Call.STATUS)
                .when(request -> {
                    boolean isToFail = polls.nextInt(20) == 0;
                    failedPolls.addAndGet(isToFail ? 1 : 0);
                    return isToFail;
                })
                .refuse(ApiError.INTERNAL_ERROR);
    }

    private static Duration compressed(Duration time) {
        return time.dividedBy(FACTOR);
    }

    private void prepareRoutes() throws Exception {
        sora().setLedgerFile(folder.resolve("sora").toString());
        // As short as a round trip allows; compressed they would be shorter.
        options().setPollInitialDelay(10);
        options().setPollInterval(20);
        options().setCompletionTimeout(2_000);
        start(receiving(RECEIVER), new RouteBuilder() {
            @Override
            public void configure() {
                // What is not ready in time comes by sora:tasks.
                onException(Exception.class).handled(false);
                from("direct:waiting")
                        .to(remix)
                        .process(exchange -> delivered.add(
                                exchange.getMessage().getBody(VideoTask.class).key()));
                from("direct:forgetting").to(remix + "&waitForCompletion=false");
                from(TASKS)
                        .process(exchange -> delivered.add(
                                exchange.getMessage().getBody(VideoTask.class).key()));
            }
        });
    }

    private void submit(int count) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(count);
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            timer.scheduleAtFixedRate(
                    () -> {
                        int number = next.getAndIncrement();
                        if (number < count) {
                            send(number);
                            left.countDown();
                        }
                    },
                    0,
                    DAY.toMillis() / TASKS_IN_A_DAY,
                    TimeUnit.MILLISECONDS);
            left.await();
        } finally {
            timer.shutdownNow();
        }
    }

    private void send(int number) {
        camel.createFluentProducerTemplate()
                .to(number % 2 == 0 ? "direct:waiting" : "direct:forgetting")
                .withHeader("CamelSoraRequestKey", "order-" + number)
                .withBody("A puppy")
                .asyncSend();
    }

    /** Checks that the faults have really occurred, or this test would prove nothing. */
    private void assertDisturbed(int count) {
        List<WebhookDelivery> sent = toApis.webhooks().deliveries();
        long events =
                sent.stream().map(delivery -> delivery.event().id()).distinct().count();
        long lost = sent.stream().filter(delivery -> delivery.tries().isEmpty()).count();
        assertThat(lost).as("events that were lost").isBetween(count / 10L, count * 3L / 10);
        assertThat(sent.size() - events).as("doubles").isGreaterThan(count / 5);
        assertThat(failedPolls.get()).as("failed polls").isPositive();
    }
}

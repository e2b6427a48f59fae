package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.SimulatorClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Many exchanges submit under one key at the same time: each gets the outcome of the one submit, however it ends. */
class ConcurrentKeyTest extends KeyTestSupport {
    private static final int CROWD = 20;
    private static final String KEY = "CamelSoraRequestKey";

    @Test
    void aSubmitThatIsRejectedFailsAllItsWaiters() throws Exception {
        toApis.credits(0);

        List<CompletableFuture<Exchange>> all = gather(toApis.on(Call.SUBMIT).hold());

        assertThat(all).allSatisfy(each -> failureOf(each.join(), InsufficientCreditsException.class));
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aSubmitThatIsLostIsUnknownToAllItsWaiters() throws Exception {
        Hold hold = toApis.on(Call.SUBMIT).times(1).hold();
        options().setRecoveryTimeout(300);

        List<CompletableFuture<Exchange>> all = gather(hold::cut, hold);

        assertThat(all).allSatisfy(each -> failureOf(each.join(), SubmissionUnknownException.class));
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aSubmitThatIsLostAndFoundReachesAllItsWaiters() throws Exception {
        options().setRecoveryTimeout(LIMIT.toMillis());
        Hold hold = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();

        List<CompletableFuture<Exchange>> all = gather(hold::cut, hold);

        assertThat(all)
                .extracting(ConcurrentKeyTest::idOf)
                .containsOnly(toApis.tasks().get(1).id());
        assertPaid(1);
    }

    @Test
    void aThousandExchangesOfAHundredKeysOnABadDayPayAHundredTimes() throws Exception {
        SimulatorClock clock = SimulatorClock.real();
        sora().setLedger(new MemoryTaskLedger(clock, 1_000));
        options().setRecoveryTimeout(Duration.ofHours(1).toMillis());
        toApis.on(Call.SUBMIT)
                .when(request -> request.number() % 5 == 0)
                .times(60)
                .answer(429, "{}", "Retry-After: 0");
        toApis.on(Call.SUBMIT)
                .when(request -> request.number() % 3 == 0)
                .times(60)
                .afterProcessing()
                .cut();
        start();

        List<CompletableFuture<Exchange>> all = fromManyThreads(1_000, 100);
        hasten(clock, allOf(all));

        assertThat(allOf(all)).succeedsWithin(LIMIT);
        assertThat(toApis.books().acceptedByKey()).hasSize(100).values().containsOnly(1);
        assertThat(all.stream().map(ConcurrentKeyTest::idOf).distinct()).hasSize(100);
    }

    private List<CompletableFuture<Exchange>> gather(Hold hold) throws Exception {
        return gather(hold::release, hold);
    }

    /** Lets many exchanges wait for one submit that is held, releases it, and waits for all to end. */
    private List<CompletableFuture<Exchange>> gather(Runnable letGo, Hold hold) throws Exception {
        start();
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            all.add(begin(remix, "A puppy", KEY, "order-1"));
        }
        hold.awaitReached(LIMIT);
        letGo.run();
        assertThat(allOf(all)).succeedsWithin(LIMIT);
        return all;
    }

    private List<CompletableFuture<Exchange>> fromManyThreads(int exchanges, int keys) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<CompletableFuture<Exchange>>> begun = IntStream.range(0, exchanges)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> beginUnder("order-" + i % keys), threads))
                    .toList();
            return begun.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private CompletableFuture<Exchange> beginUnder(String key) {
        try {
            return begin(remix, "A puppy", KEY, key);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String idOf(CompletableFuture<Exchange> done) {
        Exchange out = done.join();
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(VideoTask.class).id();
    }
}

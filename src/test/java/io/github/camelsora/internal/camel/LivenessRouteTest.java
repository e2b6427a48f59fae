package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.support.HeldThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While what is paid for could not be followed nothing new is paid, and all goes on by itself afterwards. */
@Timeout(90)
class LivenessRouteTest extends KeyTestSupport {
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(40);

    private HeldThread thread;

    @TempDir
    Path folder;

    @BeforeEach
    void watchThreads() {
        thread = new HeldThread(shared());
    }

    @AfterEach
    void endTheHold() {
        thread.close();
    }

    @Test
    void whileTheTimerIsHeldNothingIsPaidAndWhatIsKnownIsAnswered() throws Exception {
        start();
        send(remix + "&requestKey=order-1", "A puppy");
        shared().runtime().timers().schedule(Instant.EPOCH, thread);
        thread.letItCountAsDead();

        ServiceUnavailableException failure = awaitRefusal();

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure.isSafeToResend()).isTrue();
        assertThat(failure).hasMessageContainingAll("timer", "Nothing was paid");
        long paid = toApis.books().submitsReceived();
        assertThat(send(remix + "&requestKey=order-1", "A puppy").getMessage().getBody())
                .isInstanceOf(VideoTask.class);
        assertThat(toApis.books().submitsReceived()).isEqualTo(paid);
        thread.close();
        await().atMost(LIMIT).until(() -> submitsAgain("after it"));
    }

    @Test
    void whileTheLeaseIsNotRenewedNothingIsPaid() throws Exception {
        sora().setLeaseDuration(1_000);
        start();
        shared().runtime().pools().housekeeping().execute(thread);
        thread.letItCountAsDeadWhileTheTimerTicks();

        ServiceUnavailableException failure = awaitRefusal();

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure).hasMessageContainingAll("lease", "Nothing was paid");
        thread.close();
        await().atMost(LIMIT).until(() -> submitsAgain("after it"));
    }

    @Test
    void anErrorInAPoolChangesNothing() throws Exception {
        start();
        for (ExecutorService pool : new ExecutorService[] {
            shared().runtime().pools().http(),
            shared().runtime().pools().routes(),
            shared().runtime().pools().downloads(),
            shared().runtime().pools().housekeeping()
        }) {
            for (int i = 0; i < 20; i++) {
                pool.execute(() -> {
                    throw new OutOfMemoryError("thrown by a test");
                });
            }
        }

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void whenTheFileOfTheLedgerIsDeletedNothingNewIsPaidAndWhatRunsIsDelivered() throws Exception {
        letTasksRunLong();
        sora().setLedgerFile(folder.resolve("ledger").toString());
        sora().setLeaseDuration(1_000);
        start();
        CompletableFuture<Exchange> waiting =
                CompletableFuture.supplyAsync(() -> send(remix + "&requestKey=order-1", "A puppy"));
        await().atMost(LIMIT).ignoreExceptions().until(() -> recordOf("order-1").state() == TaskState.RUNNING);

        Files.delete(folder.resolve("ledger.mv.db"));
        await().atMost(LIMIT)
                .until(() -> shared().runtime().ledgerFile().problem().isPresent());
        ServiceUnavailableException failure =
                failureOf(send(remix + "&requestKey=order-2", "A kitten"), ServiceUnavailableException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure).hasMessageContainingAll("ledger.mv.db", "deleted", "Nothing was paid");
        assertPaid(1);
        toApis.complete(recordOf("order-1").taskId());
        assertThat(waiting).succeedsWithin(LIMIT).satisfies(out -> assertThat(
                        out.getMessage().getBody(VideoTask.class).key())
                .isEqualTo("order-1"));
    }

    private ServiceUnavailableException awaitRefusal() {
        int[] count = {0};
        Exchange[] refused = new Exchange[1];
        await().atMost(UNTIL_NOTICED).until(() -> {
            refused[0] = send(remix + "&waitForCompletion=false", "A puppy " + count[0]++);
            return refused[0].getException() != null;
        });
        return failureOf(refused[0], ServiceUnavailableException.class);
    }

    private boolean submitsAgain(String prompt) {
        return send(remix + "&waitForCompletion=false", prompt).getException() == null;
    }
}

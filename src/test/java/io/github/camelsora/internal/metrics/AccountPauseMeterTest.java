package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.Operator;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.FaultyLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gauge shows each pause of an account by its cause, until it ends, and waits for nothing. */
@Timeout(60)
class AccountPauseMeterTest extends KeyTestSupport {
    private static final String KEY_REJECTED = "key_rejected";
    private static final String NO_CREDITS = "no_credits";
    private static final String OPERATOR = "operator";

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void bindARegistry() {
        camel.getRegistry().bind("metrics", registry);
    }

    @AfterEach
    void endTheHold() {
        end.countDown();
    }

    private double pauses(String cause) {
        return registry.get("sora.account.pauses")
                .tags("account", "default", "cause", cause)
                .gauge()
                .value();
    }

    private void awaitOnly(String cause) {
        await().atMost(LIMIT).until(() -> pauses(cause) == 1);
        assertThat(pauses(KEY_REJECTED) + pauses(NO_CREDITS) + pauses(OPERATOR)).isEqualTo(1);
    }

    private void assertNoneAfterResume() {
        sora().operator().resume("default", new Operator("joe", "It is paid"));

        assertThat(pauses(KEY_REJECTED)).isZero();
        assertThat(pauses(NO_CREDITS)).isZero();
        assertThat(pauses(OPERATOR)).isZero();
    }

    private void submitOne() {
        send(remix + "&waitForCompletion=false", "A puppy");
    }

    @Test
    void anAccountThatWorksHasNoPause() throws Exception {
        start();

        submitOne();

        assertThat(pauses(KEY_REJECTED)).isZero();
        assertThat(pauses(NO_CREDITS)).isZero();
        assertThat(pauses(OPERATOR)).isZero();
    }

    @Test
    void aRejectedKeyIsShown() throws Exception {
        start();
        toApis.revokeApiKey(toApis.apiKey());

        submitOne();

        awaitOnly(KEY_REJECTED);
        assertNoneAfterResume();
    }

    @Test
    void aLackOfCreditsIsShown() throws Exception {
        start();
        toApis.credits(0);

        submitOne();

        awaitOnly(NO_CREDITS);
        assertNoneAfterResume();
    }

    @Test
    void thePauseOfAnOperatorIsShown() throws Exception {
        start();

        sora().operator().pause("default", new Operator("joe", "The bill is too high"));

        awaitOnly(OPERATOR);
        assertNoneAfterResume();
    }

    @Test
    void thePauseOfAnotherAccountIsNotShown() throws Exception {
        start();

        sora().operator().pause("another", new Operator("joe", "The bill is too high"));

        assertThat(pauses(OPERATOR)).isZero();
    }

    @Test
    void aPauseIsShownWhileTheLedgerHangs() throws Exception {
        FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 100));
        sora().setLedger(ledger);
        start();
        CountDownLatch hangs = new CountDownLatch(1);
        ledger.onceBeforePause(() -> {
            hangs.countDown();
            awaitTheEnd();
        });
        toApis.revokeApiKey(toApis.apiKey());

        begin(remix + "&waitForCompletion=false", "A puppy");
        hangs.await();

        assertThat(CompletableFuture.supplyAsync(() -> pauses(KEY_REJECTED)))
                .succeedsWithin(LIMIT)
                .isEqualTo(1.0);
    }

    private void awaitTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

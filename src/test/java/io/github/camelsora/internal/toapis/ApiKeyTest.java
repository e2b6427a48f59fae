package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A key is read again when the service has rejected it, and not more often than every few seconds. */
class ApiKeyTest {
    private final ManualTime time = new ManualTime();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile String held = "sk-1";

    private final ApiKey key = ApiKey.from("file:key", this::read, time);

    private String read() {
        readings.incrementAndGet();
        if (held == null) {
            throw new IllegalStateException("The source is away, says the test");
        }
        return held;
    }

    @Test
    void aKeyIsReadOnceWhileItIsAccepted() {
        held = "sk-2";

        assertThat(key.value()).isEqualTo("sk-1");
        assertThat(readings).hasValue(1);
    }

    @Test
    void aRejectedKeyIsReplacedByTheOneThatItsSourceHolds() {
        held = "sk-2";

        assertThat(key.isReplaced("sk-1")).isTrue();

        assertThat(key.value()).isEqualTo("sk-2");
    }

    @Test
    void anUnchangedKeyIsReadAgainOnlyAfterThePause() {
        assertThat(key.isReplaced("sk-1")).isFalse();
        assertThat(key.isReplaced("sk-1")).isFalse();
        time.advance(ApiKey.PAUSE.minusMillis(1));
        assertThat(key.isReplaced("sk-1")).isFalse();
        assertThat(readings).hasValue(2);

        held = "sk-2";
        time.advance(ApiKey.PAUSE);

        assertThat(key.isReplaced("sk-1")).isTrue();
        assertThat(readings).hasValue(3);
    }

    @Test
    void aCallWithAnEarlierKeyReadsNothing() {
        held = "sk-2";
        key.isReplaced("sk-1");

        assertThat(key.isReplaced("sk-1")).isTrue();

        assertThat(readings).hasValue(2);
    }

    @Test
    void theKeyStaysWhileItsSourceCannotBeRead() {
        held = null;

        try (WarningCapture warnings = WarningCapture.of(ApiKey.class)) {
            assertThat(key.isReplaced("sk-1")).isFalse();

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("file:key")
                    .doesNotContain("sk-1");
        }
        assertThat(key.value()).isEqualTo("sk-1");
    }

    @Test
    void aSourceThatStaysUnreadableIsReportedLessAndLessOften() {
        held = null;

        try (WarningCapture warnings = WarningCapture.of(ApiKey.class)) {
            for (int i = 0; i < 16; i++) {
                key.isReplaced("sk-1");
                time.advance(ApiKey.PAUSE);
            }

            // After 1, 2, 4, 8 and 16 readings.
            assertThat(warnings.lines()).hasSize(5);
        }
        assertThat(readings).hasValue(17);
    }

    @Test
    void aReadingThatSucceedsEndsTheSeriesOfFailedOnes() {
        try (WarningCapture warnings = WarningCapture.of(ApiKey.class)) {
            for (String now : new String[] {null, null, null, "sk-1", null}) {
                held = now;
                key.isReplaced("sk-1");
                time.advance(ApiKey.PAUSE);
            }

            assertThat(warnings.lines()).hasSize(3);
        }
    }

    @Test
    void theWarningShowsTheFailureOfTheSourceWithoutTheKey() {
        AtomicInteger count = new AtomicInteger();
        ApiKey vault = ApiKey.from(
                "bean:vault",
                () -> {
                    if (count.getAndIncrement() > 0) {
                        throw new IllegalStateException(
                                "GET https://vault.example.com/sora?token=sk-vault failed for sk-1, says the test",
                                new IllegalStateException("sk-cause"));
                    }
                    return "sk-1";
                },
                time);

        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogCapture everything = new LogCapture(lines)) {
            vault.isReplaced("sk-1");
        }

        assertThat(lines)
                .filteredOn(line -> line.contains("bean:vault"))
                .singleElement()
                .asString()
                .contains("IllegalStateException", "https://vault.example.com/sora", "says the test")
                .doesNotContain("sk-");
    }

    @Test
    void aSourceThatIsBrokenDoesNotFailTheCall() {
        AtomicInteger count = new AtomicInteger();
        ApiKey broken = ApiKey.from(
                "bean:broken",
                () -> {
                    if (count.getAndIncrement() > 0) {
                        throw new NoClassDefFoundError("a class of the vault, says the test");
                    }
                    return "sk-1";
                },
                time);

        assertThat(broken.isReplaced("sk-1")).isFalse();
    }

    @Test
    void callsThatAreRejectedTogetherReadTheSourceOnce() throws Exception {
        CountDownLatch isReading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger slowReadings = new AtomicInteger();
        ApiKey slow = ApiKey.from(
                "file:slow",
                () -> {
                    if (slowReadings.getAndIncrement() == 0) {
                        return "sk-1";
                    }
                    isReading.countDown();
                    try {
                        mayEnd.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "sk-2";
                },
                time);
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();

        for (int i = 0; i < 16; i++) {
            CompletableFuture<Boolean> call = new CompletableFuture<>();
            new Thread(() -> call.complete(slow.isReplaced("sk-1"))).start();
            calls.add(call);
        }
        assertThat(isReading.await(10, TimeUnit.SECONDS)).isTrue();
        mayEnd.countDown();

        for (CompletableFuture<Boolean> call : calls) {
            assertThat(call.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(slowReadings).hasValue(2);
    }

    @Test
    void callsThatHaveWaitedForALongReadingDoNotReadAgain() {
        AtomicInteger slowReadings = new AtomicInteger();
        ApiKey slow = ApiKey.from(
                "file:slow",
                () -> {
                    slowReadings.incrementAndGet();
                    time.advance(ApiKey.PAUSE.multipliedBy(6));
                    return "sk-1";
                },
                time);

        slow.isReplaced("sk-1");
        slow.isReplaced("sk-1");

        assertThat(slowReadings).hasValue(2);
    }

    @Test
    void aFixedKeyIsNeverReplaced() {
        assertThat(ApiKey.fixed("sk-1").isReplaced("sk-1")).isFalse();
    }

    @Test
    void keysAreTheSameByTheirSourceOrByTheirValue() {
        held = "sk-2";
        ApiKey sameSource = ApiKey.from("file:key", this::read, time);
        ApiKey otherSource = ApiKey.from("file:other", this::read, time);

        assertThat(key.isSame(sameSource)).isTrue();
        assertThat(key.isSame(otherSource)).isFalse();
        assertThat(key.isSame(ApiKey.fixed("sk-1"))).isTrue();
        assertThat(ApiKey.fixed("sk-1").isSame(ApiKey.fixed("sk-2"))).isFalse();
    }

    @Test
    void aSourceThatCannotBeReadAtTheStartFailsIt() {
        held = null;

        assertThatThrownBy(() -> ApiKey.from("file:key", this::read, time)).hasMessageContaining("The source is away");
    }

    @Test
    void itsTextHoldsNoKey() {
        assertThat(key).hasToString("the API key of file:key");
        assertThat(ApiKey.fixed("sk-1")).hasToString("an API key");
    }
}

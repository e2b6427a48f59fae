package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {

    @Test
    void anInterruptedThreadPausesBetweenAttemptsAndStaysInterrupted() {
        List<Boolean> wasInterrupted = new ArrayList<>();
        Thread.currentThread().interrupt();

        Retry.untilDone(() -> {
            wasInterrupted.add(Thread.currentThread().isInterrupted());
            if (wasInterrupted.size() == 1) {
                throw new OutOfMemoryError("thrown by a test");
            }
        });

        // It also clears what would disturb the next test.
        boolean isInterrupted = Thread.interrupted();
        assertThat(isInterrupted).isTrue();
        assertThat(wasInterrupted).containsExactly(true, false);
    }
}

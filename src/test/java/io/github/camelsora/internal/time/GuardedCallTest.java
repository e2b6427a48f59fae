package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.WarningCapture;
import org.junit.jupiter.api.Test;

class GuardedCallTest {

    @Test
    void codeThatReturnsHasBeenCalled() {
        boolean[] isCalled = {false};

        assertThat(GuardedCall.run("The test", () -> isCalled[0] = true)).isTrue();
        assertThat(isCalled[0]).isTrue();
    }

    @Test
    void whatTheCallThrowsIsLoggedAndNotThrownOn() {
        try (WarningCapture warnings = WarningCapture.of(GuardedCall.class)) {
            boolean hasReturned = GuardedCall.run("The test, for task video_1,", () -> {
                throw new StackOverflowError("thrown by a test");
            });

            assertThat(hasReturned).isFalse();
            assertThat(warnings.lines()).singleElement().asString().contains("The test, for task video_1, failed");
        }
    }
}

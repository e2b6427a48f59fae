package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.WarningCapture;
import org.junit.jupiter.api.Test;

class UserCodeTest {

    @Test
    void codeThatReturnsHasBeenCalled() {
        boolean[] isCalled = {false};

        assertThat(UserCode.call("The test", () -> isCalled[0] = true)).isTrue();
        assertThat(isCalled[0]).isTrue();
    }

    @Test
    void whateverTheCodeThrowsIsToldAndGoesNoFurther() {
        try (WarningCapture warnings = WarningCapture.of(UserCode.class)) {
            boolean hasReturned = UserCode.call("The test, for task video_1,", () -> {
                throw new StackOverflowError("thrown by a test");
            });

            assertThat(hasReturned).isFalse();
            assertThat(warnings.lines()).singleElement().asString().contains("The test, for task video_1, failed");
        }
    }
}

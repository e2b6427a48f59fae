package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "4, 4", "9, 9", "' 7 ', 7"})
    void aDigitIsAPriority(String text, int priority) {
        assertThat(PriorityText.parse(text)).isEqualTo(priority);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aTextThatIsMissingIsTheNormalPriority(String text) {
        assertThat(PriorityText.parse(text)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10", "high", "4.5", "٣"})
    void anythingElseIsRejectedWithTheAllowedValues(String text) {
        assertThatThrownBy(() -> PriorityText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(text, "0 to 9", "CamelSoraPriority", "option priority");
    }
}

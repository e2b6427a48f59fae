package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedTagTest {
    private final BoundedTag tag = new BoundedTag(2);

    @Test
    void theFirstValuesStayAndFurtherOnesAreOneValue() {
        assertThat(tag.of("a")).isEqualTo("a");
        assertThat(tag.of("b")).isEqualTo("b");

        assertThat(tag.of("c")).isEqualTo("other");
        assertThat(tag.of("a")).isEqualTo("a");
    }

    @Test
    void noValueIsAValueOfItsOwnAndTakesNoPlace() {
        assertThat(tag.of(null)).isEqualTo("none");
        assertThat(tag.of(" ")).isEqualTo("none");

        assertThat(tag.of("a")).isEqualTo("a");
        assertThat(tag.of("b")).isEqualTo("b");
    }

    @Test
    void aTextTakesNoPlace() {
        assertThat(tag.of("x".repeat(65))).isEqualTo("other");

        assertThat(tag.of("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(tag.of("b")).isEqualTo("b");
    }
}

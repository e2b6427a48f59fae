package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireKeyTest {
    @Test
    void eachIntentOfAKeyHasAWireKeyOfItsOwn() {
        long different = IntStream.range(0, 1_000)
                .mapToObj(i -> WireKey.newFor("order-1"))
                .collect(Collectors.toSet())
                .size();

        assertThat(different).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "a~b", "order-1~0123456789", "ünï💡\nkey", " "})
    void theUsersKeyIsReadFromItsWireKey(String key) {
        assertThat(WireKey.userKey(WireKey.newFor(key))).isEqualTo(key);
    }

    @Test
    void aWireKeyIsElevenCharactersLongerThanItsKey() {
        assertThat(WireKey.newFor("k".repeat(500))).hasSize(511).matches("k{500}~[0-9a-z]{10}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "order~1", "order-1~012345678", "order-1~01234567890", "order-1~ABCDEFGHIJ"})
    void theKeyOfAnotherProgramStaysAsItIs(String key) {
        assertThat(WireKey.userKey(key)).isEqualTo(key);
    }

    @Test
    void withoutAnEchoThereIsNoKey() {
        assertThat(WireKey.userKey(null)).isNull();
    }
}

package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content-Range as hosts write it. */
class ContentRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes 5-9/20, 5, 9, 20",
        "bytes 5-5/20, 5, 5, 20",
        "bytes 5-19/20, 5, 19, 20",
        "bytes 0-0/1, 0, 0, 1",
        "bytes 5-9/*, 5, 9, -1",
        "bytes */20, -1, -1, 20",
        "bytes */*, -1, -1, -1",
        "Bytes  5-9/20, 5, 9, 20"
    })
    void aRangeIsReadWithTheLengthOfTheFile(String header, long first, long last, long total) {
        assertThat(ContentRange.read(header)).contains(new ContentRange(first, last, total));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes 5-4/20",
                "bytes 5-4/*",
                "bytes 5-20/20",
                "bytes 0-0/0",
                "bytes 5-9",
                "bytes -9/20",
                "bytes 5-9/20x",
                "items 5-9/20",
                "bytes 5-9999999999999999999/*"
            })
    void aRangeThatCannotBeIsNone(String header) {
        assertThat(ContentRange.read(header)).isEmpty();
    }

    @Test
    void aRangeIsWholeFromTheFirstByteToTheLast() {
        assertThat(new ContentRange(0, 19, 20).isWhole()).isTrue();
        assertThat(new ContentRange(1, 19, 20).isWhole()).isFalse();
        assertThat(new ContentRange(0, 18, 20).isWhole()).isFalse();
    }
}
